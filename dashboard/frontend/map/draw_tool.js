// @ts-check
// Drawing an area on the map, by clicks: two for a rectangle or a circle, one for each corner of a polygon.
//
// Escape ends it without an area, Enter, a double click or a click on the first corner ends a polygon.

import { html } from "../shared/dom.js";
import { MOST_CORNERS, areaText, roundedKm } from "./area_text.js";
import { createFormat } from "../shared/format.js";
import { distance } from "./geodesic.js";
import { AREA_PANE, pane } from "./panes.js";
import { tool } from "./tool_button.js";

/** @typedef {"box" | "polygon" | "circle"} Kind */
/** @typedef {import("./types.js").Words} Words */

// The value of `data-tool` of the map while it draws; another tool that begins replaces it.
const TOOL = "draw";
// A click this near to the first corner ends a polygon, in pixels.
const NEAR_PX = 12;
// A drawn area that the page does not take is shown no longer than this.
const LONGEST_MS = 8000;
/** Icons of 16 by 16 pixels. @type {Record<Kind | "area", string>} */
const ICONS = {
  area: "M2 5V2H5M7 2H9M11 2H14V5M14 7V9M14 11V14H11M9 14H7M5 14H2V11M2 9V7",
  box: "M2.5 4H13.5V12H2.5Z",
  polygon: "M3 5.5L9 2.5L13.5 7L11 13L4 12Z",
  circle: "M8 2.5A5.5 5.5 0 1 0 8 13.5A5.5 5.5 0 1 0 8 2.5Z",
};

export class DrawTool {
  /**
   * @param {L.Map} map
   * @param {Words} words
   * @param {(text: string, latlng: L.LatLng) => void} finish receives the text of a drawn area
   */
  constructor(map, words, finish) {
    this.map = map;
    this.words = words;
    this.finish = finish;
    /** @type {Kind | null} */
    this.kind = null;
    /** @type {L.LatLng[]} */
    this.points = [];
    this.shapes = L.layerGroup().addTo(map);
    /** @type {number | undefined} */
    this.timer = undefined;
    pane(map, AREA_PANE);
    this.hint = html("div", "map-notice map-draw-hint", undefined, map.getContainer());
    this.hint.setAttribute("role", "status");
    this.hint.dir = words.reading.dir;
    this.hint.lang = words.reading.lang;
    this.hint.hidden = true;
    this.buttons = this.addButtons();
    map.on("click", this.clicked, this);
    map.on("dblclick", () => { if (this.isOn && this.kind === "polygon") this.end(); });
    map.on("mousemove", ({ latlng }) => { if (this.isOn) this.draw(latlng); });
    document.addEventListener("keydown", (event) => this.pressed(event));
  }

  /** Whether it draws; a tool that began meanwhile ends it. */
  get isOn() {
    if (this.kind && this.map.getContainer().dataset.tool !== TOOL) this.leave();
    return this.kind !== null;
  }

  /** @returns {Record<Kind, HTMLButtonElement>} */
  addButtons() {
    const { words } = this;
    const bar = html("div", "map-tools draw-tools leaflet-bar");
    const opener = tool(bar, ICONS.area, words.draw_area);
    const kinds = html("div", "draw-kinds", undefined, bar);
    /** @param {boolean} isOpen */
    const open = (isOpen) => {
      kinds.hidden = !isOpen;
      opener.setAttribute("aria-expanded", String(isOpen));
      if (!isOpen && this.isOn) this.cancel();
    };
    opener.addEventListener("click", () => open(kinds.hidden));
    open(false);
    /** @param {Kind} kind */
    const add = (kind) => {
      const button = tool(kinds, ICONS[kind], words[`draw_${kind}`]);
      button.setAttribute("aria-pressed", "false");
      button.addEventListener("click", () => (this.isOn && this.kind === kind ? this.cancel() : this.start(kind)));
      return button;
    };
    const buttons = { box: add("box"), polygon: add("polygon"), circle: add("circle") };
    L.DomEvent.disableClickPropagation(bar);
    const control = new L.Control({ position: "topleft" });
    control.onAdd = () => bar;
    control.addTo(this.map);
    return buttons;
  }

  /** @param {Kind} kind */
  start(kind) {
    this.leave();
    this.kind = kind;
    this.map.getContainer().dataset.tool = TOOL;
    this.map.doubleClickZoom.disable();
    this.buttons[kind].setAttribute("aria-pressed", "true");
    this.say(this.words[`draw_${kind}_hint`]);
  }

  /** Ends drawing without an area. */
  cancel() {
    const button = this.kind && this.buttons[this.kind];
    delete this.map.getContainer().dataset.tool;
    this.leave();
    button?.focus();
  }

  /** Everything as before; the tool that is on now stays so. */
  leave() {
    const { kind } = this;
    if (!kind) return;
    this.kind = null;
    this.points = [];
    this.buttons[kind].setAttribute("aria-pressed", "false");
    this.map.doubleClickZoom.enable();
    this.clear();
    this.say("");
  }

  /** @param {L.LeafletMouseEvent} event */
  clicked({ latlng, containerPoint, originalEvent: { target } }) {
    if (!this.isOn || (target instanceof Element && target.closest(".leaflet-control"))) return;
    const [first] = this.points;
    const last = this.points.at(-1);
    const isFirst = first && this.map.latLngToContainerPoint(first).distanceTo(containerPoint) <= NEAR_PX;
    if (this.kind === "polygon" && this.points.length > 2 && isFirst) {
      this.end();
      return;
    }
    // The second click of a double click is no other corner.
    if (last && last.equals(latlng)) return;
    this.points.push(latlng);
    const most = this.kind === "polygon" ? MOST_CORNERS : 2;
    if (this.points.length >= most) this.end();
    else this.draw();
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (!this.isOn) return;
    if (event.key === "Escape") this.cancel();
    else if (event.key === "Enter" && this.kind === "polygon") this.end();
    else if (event.key === "Backspace" && this.points.length) { this.points.pop(); this.draw(); }
    else return;
    event.preventDefault();
  }

  /** The area is drawn: it stays in sight until the page has it. */
  end() {
    const { kind, points, map } = this;
    const metres = points.length === 2 ? distance(points[0], points[1]) : 0;
    const text = kind && areaText(kind, points, metres);
    if (!text) return;
    const [latlng] = points;
    this.draw();
    const drawn = this.shapes.getLayers();
    this.leave();
    // The marks hear of the click that ended the area after this: they must not take it for theirs.
    window.setTimeout(() => {
      const { dataset } = map.getContainer();
      if (!this.kind && dataset.tool === TOOL) delete dataset.tool;
    });
    drawn.forEach((shape) => this.shapes.addLayer(shape));
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.arrived(), LONGEST_MS);
    this.finish(text, latlng);
  }

  /** The page has the area that was drawn, or has refused it. */
  arrived() {
    if (!this.isOn) this.clear();
  }

  clear() {
    this.shapes.clearLayers();
  }

  /** @param {L.LatLng} [next] the point that a click would add */
  draw(next) {
    const { kind } = this;
    const points = next && this.points.length ? [...this.points, next] : this.points;
    const [first, second] = points;
    const style = { pane: AREA_PANE, interactive: false, className: "map-area drawn" };
    this.clear();
    if (kind === "circle" && second) {
      const metres = distance(first, second);
      this.shapes.addLayer(L.circle(first, { ...style, radius: metres }));
      this.say(createFormat(this.words.reading).fill(this.words.draw_radius, { km: roundedKm(metres) }));
    } else if (kind === "box" && second) {
      this.shapes.addLayer(L.rectangle(L.latLngBounds(first, second), style));
    } else if (points.length) {
      this.shapes.addLayer(L.polygon(points, style));
    }
    for (const point of this.points) this.shapes.addLayer(L.circleMarker(point, { ...style, radius: 4, className: "map-area-corner" }));
  }

  /** @param {string} text */
  say(text) {
    this.hint.hidden = !text;
    if (this.hint.textContent !== text) this.hint.textContent = text;
  }
}
