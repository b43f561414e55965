// @ts-check
// The numbered roads, from the gazetteer; their numbers are among the labels (labels.js).

import { ROAD_PANE, pane } from "./panes.js";

/** @typedef {import("./types.js").Colours} Colours */
/** @typedef {import("./types.js").Road} Road */

/**
 * A road below all marks.
 *
 * @param {L.Map} map
 * @param {Road} road
 * @param {Colours} colours
 */
export function addRoad(map, { geometry }, colours) {
  pane(map, ROAD_PANE);
  for (const style of [
    { color: colours.road, weight: 4.5, opacity: 0.9 },
    { color: colours.road_fill, weight: 2.5, opacity: 1 },
  ]) {
    const options = /** @type {L.GeoJSONOptions} */ ({ pane: ROAD_PANE, interactive: false, style });
    L.geoJSON(geometry, options).addTo(map);
  }
}
