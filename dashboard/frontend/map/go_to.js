// @ts-check
// The place or coordinate that the search field sends the map to, with a mark that says where it is.

import { html, svg } from "../shared/dom.js";
import { pixelMetres, written } from "./coordinates.js";
import { coordinateForm } from "./form_choice.js";
import { TOOL_PANE, pane } from "./panes.js";

/** @typedef {import("./types.js").Words} Words */
/** @typedef {{ lat: number, lon: number, zoom: number, bounds: number[] | null, label: string }} GoTo */

const PADDING = 30;
const SIZE = 22;

/**
 * Follows the search field of the page, which is outside of the map's frame.
 *
 * @param {L.Map} map
 * @param {Words} words
 */
export function followSearch(map, words) {
  /** @type {L.Marker | null} */
  let mark = null;
  const remove = () => { mark?.remove(); mark = null; };
  /** @param {Event} event */
  const go = (event) => {
    remove();
    const target = /** @type {CustomEvent<GoTo>} */ (event).detail;
    mark = markAt(map, target, words).addTo(map).on("click", remove);
    show(map, target);
  };
  window.parent.addEventListener("event-map-go", go);
  const leave = () => window.parent.removeEventListener("event-map-go", go);
  window.addEventListener("pagehide", leave);
  map.on("unload", leave);
}

/**
 * @param {L.Map} map
 * @param {GoTo} target
 */
function show(map, { lat, lon, zoom, bounds }) {
  if (bounds) {
    const [south, west, north, east] = bounds;
    map.fitBounds([[south, west], [north, east]], { padding: [PADDING, PADDING], maxZoom: map.getMaxZoom() });
  } else {
    // Who looks closer already stays there.
    map.setView([lat, lon], Math.max(zoom, map.getZoom()));
  }
}

/**
 * @param {L.Map} map
 * @param {GoTo} target
 * @param {Words} words
 */
function markAt(map, { lat, lon, zoom, label }, words) {
  const node = html("div", "go-mark");
  const cross = svg("svg", { width: SIZE, height: SIZE, viewBox: "-11 -11 22 22", "aria-hidden": "true" }, node);
  svg("circle", { r: 6, class: "halo" }, cross);
  svg("path", { d: "M-11 0H-4M4 0H11M0 -11V-4M0 4V11", class: "halo" }, cross);
  svg("circle", { r: 6 }, cross);
  svg("path", { d: "M-11 0H-4M4 0H11M0 -11V-4M0 4V11" }, cross);
  const text = html("span", "go-label", undefined, node);
  if (label) html("bdi", "", label, text);
  html("bdi", "", written({ lat, lng: lon }, coordinateForm(), pixelMetres(lat, label ? zoom : map.getMaxZoom())), text)
    .dir = "ltr";
  pane(map, TOOL_PANE);
  const icon = L.divIcon({ html: node, className: "event-icon", iconSize: [SIZE, SIZE] });
  return L.marker([lat, lon], { icon, pane: TOOL_PANE, title: words.remove_mark, alt: words.remove_mark });
}
