// @ts-check
// Measuring on the map: each click adds a point to a line; a click on the first one closes it to an area.

import { html } from "../shared/dom.js";
import { createFormat } from "../shared/format.js";
import { areaOf, lengthOf } from "./geodesic.js";
import { TOOL_PANE, pane } from "./panes.js";

/** @typedef {import("./readout.js").Readout} Readout */
/** @typedef {import("./types.js").Words} Words */

const TOOL = "measure";
const KM = 1000;
const KM2 = 1e6;
// A click so near to the first point closes the line, in pixels.
const CLOSE_PX = 12;
const LINE = { className: "measure-line", interactive: false, pane: TOOL_PANE };

export class Measure {
  /**
   * @param {L.Map} map
   * @param {Words} words
   * @param {HTMLButtonElement} button
   * @param {Readout} readout
   */
  constructor(map, words, button, readout) {
    this.map = map;
    this.words = words;
    this.format = createFormat(words.reading);
    this.button = button;
    this.readout = readout;
    /** @type {L.LatLng[]} */
    this.points = [];
    this.isClosed = false;
    this.isEnded = false;
    this.isBegun = false;
    this.group = L.layerGroup();
    pane(map, TOOL_PANE).style.pointerEvents = "none";
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => (this.isOn ? this.stop() : this.start()));
    document.addEventListener("keydown", (event) => this.pressed(event));
    map.on("click", (event) => { if (this.isOn && !this.isEnded) this.add(event); });
    map.on("dblclick", () => { if (this.isOn && !this.isEnded) this.end(); });
    map.on("mousemove", ({ latlng }) => { if (this.isOn && !this.isEnded && this.points.length) this.draw(latlng); });
  }

  /** Whether it measures; a tool that began meanwhile ends it. */
  get isOn() {
    if (this.isBegun && this.map.getContainer().dataset.tool !== TOOL) this.leave();
    return this.isBegun;
  }

  start() {
    this.map.getContainer().dataset.tool = TOOL;
    this.isBegun = true;
    this.map.doubleClickZoom.disable();
    this.button.setAttribute("aria-pressed", "true");
    this.group.addTo(this.map);
    this.clear();
    this.readout.showMeasured(this.words.measure_begin);
  }

  stop() {
    delete this.map.getContainer().dataset.tool;
    this.leave();
    this.map.doubleClickZoom.enable();
  }

  leave() {
    this.isBegun = false;
    this.button.setAttribute("aria-pressed", "false");
    this.clear();
    this.group.remove();
    this.readout.showMeasured("");
  }

  clear() {
    this.points = [];
    this.isClosed = false;
    this.isEnded = false;
    this.group.clearLayers();
  }

  /** The line stays, with what it measures, until the tool is left. */
  end() {
    this.isEnded = true;
    this.draw();
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (!this.isOn) return;
    if (event.key === "Escape") {
      this.stop();
      this.button.focus();
    } else if (event.key === "Enter" && event.target !== this.button) {
      this.end();
    } else if (event.key === "Backspace" && !this.isEnded) {
      this.points.pop();
      this.draw();
    } else {
      return;
    }
    event.preventDefault();
  }

  /** @param {L.LeafletMouseEvent} event */
  add({ latlng, containerPoint, originalEvent: { target } }) {
    if (target instanceof Element && target.closest(".leaflet-control")) return;
    const [first] = this.points;
    const last = this.points.at(-1);
    /** @param {L.LatLng} point */
    const isAt = (point) => this.map.latLngToContainerPoint(point).distanceTo(containerPoint) <= CLOSE_PX;
    if (this.points.length > 2 && isAt(first)) {
      this.isClosed = true;
      this.end();
    } else if (!last || !last.equals(latlng)) {
      this.points.push(latlng);
      this.draw();
    }
  }

  /** @param {L.LatLng} [next] the point that would be added */
  draw(next) {
    const { group, isClosed } = this;
    const points = next ? [...this.points, next] : this.points;
    group.clearLayers();
    if (isClosed) group.addLayer(L.polygon(points, { ...LINE, className: "measure-line measure-area" }));
    else group.addLayer(L.polyline(points, LINE));
    this.points.forEach((point, i) => group.addLayer(L.circleMarker(point, {
      radius: i ? 3 : 5, className: "measure-point", interactive: false, pane: TOOL_PANE,
    })));
    this.readout.showMeasured(points.length > 1 ? this.inWords(points) : this.words.measure_begin);
  }

  /** @param {L.LatLng[]} points */
  inWords(points) {
    const { words, format, isClosed } = this;
    const length = this.length(lengthOf(isClosed ? [...points, points[0]] : points));
    if (!isClosed) return format.fill(words.measured_length, { length });
    return format.fill(words.measured_area, { area: this.area(areaOf(points)), length });
  }

  /** @param {number} metres */
  length(metres) {
    const { format, words } = this;
    if (metres < KM) return format.fill(words.metres, { n: Math.round(metres) });
    return format.fill(words.kilometres, { n: rounded(metres / KM) });
  }

  /** @param {number} square */
  area(square) {
    const { format, words } = this;
    if (square < KM2 / 100) return format.fill(words.square_metres, { n: Math.round(square) });
    return format.fill(words.square_kilometres, { n: rounded(square / KM2) });
  }
}

/** @param {number} value with as many decimals as a hand can point at */
const rounded = (value) => (value < 10 ? Math.round(value * 100) / 100 : value < 100 ? Math.round(value * 10) / 10 : Math.round(value));

/**
 * The button of the tool.
 *
 * @param {Words} words
 */
export function measureButton(words) {
  const button = html("button", "tool");
  button.type = "button";
  button.title = words.measure;
  button.setAttribute("aria-label", words.measure);
  return button;
}
