// @ts-check
// How many events of the filters lie outside of the view, and the view that has all of them.

import { html } from "../shared/dom.js";
import { createFormat } from "../shared/format.js";
import { stateOf } from "./panes.js";

/** @typedef {import("./types.js").Words} Words */
/** @typedef {[south: number, west: number, north: number, east: number]} Edges */
/** @typedef {{ outside: number, bounds: Edges | null, selected: Edges | null }} Answer `Outside` of browser/outside.py */

const ADDRESS = "../../outside";
// The view has come to rest when it has not moved for so long.
const PAUSE_MS = 250;
// Room for the controls at the edges: beside, and above and below.
/** @type {[x: number, y: number]} */
const PADDING = [50, 60];
const CLOSEST_ZOOM = 12;
const DECIMALS = 5;
// The edge of the square world of web maps.
const MAX_LAT = 85;

export class Outside {
  /**
   * @param {L.Map} map
   * @param {Words} words
   */
  constructor(map, words) {
    this.map = map;
    this.words = words;
    this.format = createFormat(words.reading);
    this.box = html("button", "map-outside");
    this.box.type = "button";
    this.box.hidden = true;
    this.box.dir = words.reading.dir;
    this.box.addEventListener("click", () => this.fit());
    L.DomEvent.disableClickPropagation(this.box);
    const control = new L.Control({ position: "topright" });
    control.onAdd = () => this.box;
    control.addTo(map);
    /** @type {Answer | null} */
    this.answer = null;
    this.asked = "";
    /** @type {AbortController | null} */
    this.control = null;
    /** @type {number | undefined} */
    this.timer = undefined;
    map.on("moveend marksdrawn", () => this.later());
    map.on("unload", () => this.control?.abort());
  }

  later() {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.ask(), PAUSE_MS);
  }

  async ask() {
    const events = stateOf(this.map).events;
    if (!events?.linked) return;
    const zoom = this.map.getZoom();
    if (!Number.isInteger(zoom)) return;
    const question = `bbox=${edges(this.map.getBounds())}&zoom=${zoom}&${events.link()}`;
    if (question === this.asked) return;
    this.asked = question;
    this.control?.abort();
    this.control = new AbortController();
    try {
      const response = await fetch(`${ADDRESS}?${question}`, { signal: this.control.signal });
      if (!response.ok) throw new Error(String(response.status));
      /** @type {Answer} */
      const answer = await response.json();
      if (this.asked === question) this.show(answer);
    } catch {
      // The map itself says why it has no events; a number of another view would be wrong.
      if (this.asked === question) this.show(null);
    }
  }

  /** @param {Answer | null} answer */
  show(answer) {
    this.answer = answer;
    this.box.hidden = !answer?.outside;
    if (answer) this.box.textContent = this.format.plural(this.words.outside, answer.outside);
  }

  /** Shows the selection, or all marks if nothing is selected or the selection is in view alone. */
  fit() {
    const all = this.answer?.bounds;
    if (!all) return;
    const [south, west, north, east] = this.answer?.selected || all;
    this.map.fitBounds([[south, west], [north, east]], {
      padding: PADDING, maxZoom: Math.max(CLOSEST_ZOOM, this.map.getZoom()),
    });
  }
}

/** @param {L.LatLngBounds} bounds */
const edges = (bounds) =>
  [bounds.getWest(), Math.max(bounds.getSouth(), -MAX_LAT), bounds.getEast(), Math.min(bounds.getNorth(), MAX_LAT)]
    .map((it) => it.toFixed(DECIMALS)).join(",");
