// @ts-check
// What is on a map that labels and tooltips leave free, as boxes in layer points.

import { stateOf } from "./panes.js";

/** @typedef {import("./label_positions.js").Box} Box */

/**
 * Where the marks are.
 *
 * @param {L.Map} map
 * @returns {Box[]}
 */
export const boxesOfMarks = (map) => stateOf(map).marks.map(boxAround);

/**
 * @param {import("./panes.js").MarkCircle} circle
 * @returns {Box}
 */
export const boxAround = ([x, y, r]) => [x - r, y - r, x + r, y + r];

/**
 * Where buttons, legend and scale are, and what removes an area.
 *
 * @param {L.Map} map
 * @returns {Box[]}
 */
export function boxesOfButtons(map) {
  const corner = map.getContainer().getBoundingClientRect();
  return [...map.getContainer().querySelectorAll(".leaflet-control, .map-area-remove")].map((control) => {
    const { left, top, right, bottom } = control.getBoundingClientRect();
    const from = map.containerPointToLayerPoint([left - corner.left, top - corner.top]);
    return [from.x, from.y, from.x + right - left, from.y + bottom - top];
  });
}

/**
 * What of the map is in sight.
 *
 * @param {L.Map} map
 * @returns {Box}
 */
export function boxOfView(map) {
  const { x, y } = map.containerPointToLayerPoint([0, 0]);
  const size = map.getSize();
  return [x, y, x + size.x, y + size.y];
}
