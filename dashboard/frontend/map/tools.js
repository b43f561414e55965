// @ts-check
// The tools of the map of events: going to a place, coordinates, measuring, what is outside, the whole screen.

import { html, svg } from "../shared/dom.js";
import { followSearch } from "./go_to.js";
import { Measure, measureButton } from "./measure.js";
import { Outside } from "./outside.js";
import { Readout } from "./readout.js";
import { icon, tool } from "./tool_button.js";

/** @typedef {import("./types.js").Words} Words */

// Icons of 16 by 16 pixels.
const ICONS = {
  fit: "M2 6V2H6M10 2H14V6M14 10V14H10M6 14H2V10M8 5V11M5 8H11",
  measure: "M1.5 11L11 1.5L14.5 5L5 14.5ZM4 9L5.5 10.5M6.2 6.8L8 8.6M8.5 4.5L10 6",
  full: "M2 6V2H6M14 10V14H10M2.5 2.5L6.5 6.5M13.5 13.5L9.5 9.5",
};

/**
 * @param {L.Map} map
 * @param {Words} words
 */
export function addTools(map, words) {
  const readout = new Readout(map, words);
  followSearch(map, words);
  addNorth(map, words);
  const bar = html("div", "map-tools leaflet-bar");
  const fit = tool(bar, ICONS.fit, words.fit);
  const outside = new Outside(map, words);
  fit.addEventListener("click", () => outside.fit());
  const measure = measureButton(words);
  bar.append(measure);
  icon(measure, ICONS.measure);
  new Measure(map, words, measure, readout);
  addFullScreen(bar, words);
  L.DomEvent.disableClickPropagation(bar);
  const control = new L.Control({ position: "topleft" });
  control.onAdd = () => bar;
  control.addTo(map);
}

/**
 * Beside the scale: north is up.
 *
 * @param {L.Map} map
 * @param {Words} words
 */
function addNorth(map, words) {
  const scale = map.getContainer().querySelector(".leaflet-control-scale");
  if (!(scale instanceof HTMLElement)) return;
  const north = html("span", "map-north", undefined, scale);
  north.title = words.north_up;
  svg("path", { d: "M5 1L9 12L5 9.5L1 12Z" }, svg("svg", { width: 10, height: 13, viewBox: "0 0 10 13", "aria-hidden": "true" }, north));
  html("span", "", words.north, north);
}

/**
 * The whole screen for the map's frame, where the browser has it.
 *
 * @param {HTMLElement} bar
 * @param {Words} words
 */
function addFullScreen(bar, words) {
  const root = document.documentElement;
  if (!document.fullscreenEnabled) return;
  const button = tool(bar, ICONS.full, words.full_screen);
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else root.requestFullscreen();
  });
  document.addEventListener("fullscreenchange", () => {
    const isFull = document.fullscreenElement !== null;
    button.setAttribute("aria-pressed", String(isFull));
    button.title = isFull ? words.leave_full_screen : words.full_screen;
    button.setAttribute("aria-label", button.title);
  });
}
