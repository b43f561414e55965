// @ts-check
// The numbered roads, from the gazetteer.

import { html } from "../shared/dom.js";
import { ROAD_PANE, pane } from "./panes.js";

/** @typedef {import("./types.js").Colours} Colours */
/** @typedef {import("./types.js").Road} Road */

/**
 * A road below all marks, with its number.
 *
 * @param {L.Map} map
 * @param {Road} road
 * @param {Colours} colours
 */
export function addRoad(map, { geometry, label, shields }, colours) {
  pane(map, ROAD_PANE);
  for (const style of [
    { color: colours.road, weight: 4.5, opacity: 0.9 },
    { color: colours.road_fill, weight: 2.5, opacity: 1 },
  ]) {
    const options = /** @type {L.GeoJSONOptions} */ ({ pane: ROAD_PANE, interactive: false, style });
    L.geoJSON(geometry, options).addTo(map);
  }
  for (const position of shields) {
    const icon = L.divIcon({ html: html("div", "road-shield", label), className: "event-icon", iconSize: [30, 16] });
    L.marker(position, { pane: ROAD_PANE, interactive: false, keyboard: false, icon }).addTo(map);
  }
}
