// @ts-check
// The line above the scale: the coordinates under the pointer, or of a point that was clicked, or what was measured.

import { copied } from "../shared/clipboard.js";
import { html } from "../shared/dom.js";
import { FORMS, pixelMetres, written } from "./coordinates.js";
import { chooseForm, coordinateForm } from "./form_choice.js";
import { TOOL_PANE, pane } from "./panes.js";

/** @typedef {import("./coordinates.js").Point} Point */
/** @typedef {import("./types.js").Words} Words */

const COPIED_MS = 1800;
const PIN_RADIUS = 3;
// A click so near to the point that was clicked before lets it go, in pixels.
const SAME_PX = 8;

export class Readout {
  /**
   * @param {L.Map} map
   * @param {Words} words
   */
  constructor(map, words) {
    this.map = map;
    this.words = words;
    this.box = html("div", "map-readout");
    this.box.hidden = true;
    this.copy = html("button", "copy", undefined, this.box);
    this.copy.type = "button";
    this.copy.title = words.copy_point;
    this.text = html("bdi", "", undefined, this.copy);
    this.text.dir = "ltr";
    this.form = html("select", "", undefined, this.box);
    this.status = html("span", "copied", undefined, this.box);
    this.status.setAttribute("role", "status");
    /** @type {Point | null} */
    this.point = null;
    /** The mark of the point that was clicked. @type {L.CircleMarker | null} */
    this.pin = null;
    /** What was measured, which stands here instead. */
    this.measured = "";
    /** @type {number | undefined} */
    this.timer = undefined;
    this.addForms();
    this.listen();
  }

  addForms() {
    const { form, words } = this;
    form.setAttribute("aria-label", words.coordinate_form);
    const labels = [words.form_decimal, words.form_degrees, "MGRS"];
    FORMS.forEach((name, i) => { html("option", "", labels[i], form).value = name; });
    form.value = coordinateForm();
    form.addEventListener("change", () => { chooseForm(form.value); this.draw(); });
  }

  listen() {
    const { map, box } = this;
    const control = new L.Control({ position: "bottomleft" });
    control.onAdd = () => box;
    control.addTo(map);
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.disableScrollPropagation(box);
    this.copy.addEventListener("click", () => this.copyText());
    map.on("mousemove", (event) => { if (!this.pin && !isOnControl(event)) this.show(event.latlng); });
    map.on("mouseout", () => { if (!this.pin) this.show(null); });
    map.on("click", (event) => this.clicked(event));
    map.on("zoomend", () => this.draw());
    map.getContainer().addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.pin) this.release();
    });
  }

  /** @param {L.LeafletMouseEvent} event */
  clicked(event) {
    const container = this.map.getContainer();
    // A tool takes the clicks, and so do squares with events.
    if (container.dataset.tool || container.style.cursor === "pointer" || isOnControl(event)) return;
    const before = this.pin && this.map.latLngToContainerPoint(this.pin.getLatLng());
    this.release();
    if (before && before.distanceTo(event.containerPoint) <= SAME_PX) return;
    pane(this.map, TOOL_PANE);
    this.pin = L.circleMarker(event.latlng, {
      radius: PIN_RADIUS, className: "map-pin", interactive: false, pane: TOOL_PANE,
    });
    this.pin.addTo(this.map);
    this.show(event.latlng);
  }

  release() {
    this.pin?.remove();
    this.pin = null;
    this.show(null);
  }

  /** @param {Point | null} point */
  show(point) {
    this.point = point;
    this.draw();
  }

  /** @param {string} text of a measurement, "" at its end */
  showMeasured(text) {
    this.measured = text;
    this.draw();
  }

  draw() {
    const { point, measured, map, box } = this;
    box.hidden = !point && !measured;
    box.classList.toggle("measured", Boolean(measured));
    box.classList.toggle("fixed", Boolean(this.pin));
    this.form.hidden = Boolean(measured);
    this.text.dir = measured ? "auto" : "ltr";
    if (measured) this.text.textContent = measured;
    else if (point) this.text.textContent = written(point, this.form.value, pixelMetres(point.lat, map.getZoom()));
  }

  async copyText() {
    const text = this.text.textContent || "";
    const isCopied = await copied(text);
    this.status.textContent = isCopied ? this.words.copied : this.words.not_copied;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => { this.status.textContent = ""; }, COPIED_MS);
  }
}

/** @param {L.LeafletMouseEvent} event */
const isOnControl = ({ originalEvent: { target } }) =>
  target instanceof Element && target.closest(".leaflet-control") !== null;
