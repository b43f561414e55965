// @ts-check
// The areas of the filters on the map: a calm outline each, with a button that removes it.

import { html } from "../shared/dom.js";
import { AREA_PANE, pane } from "./panes.js";

/** @typedef {import("./types.js").AreaOutline} AreaOutline */

/**
 * @param {L.Map} map
 * @param {AreaOutline[]} areas
 * @param {((area: AreaOutline, latlng: L.LatLng) => void) | null} remove null for outlines without a button
 * @returns {L.Layer[]}
 */
export function areaLayers(map, areas, remove) {
  pane(map, AREA_PANE);
  return areas.flatMap((area) => [outline(area.rings), ...(remove ? [removeButton(area, remove)] : [])]);
}

/**
 * The outline of an area, that lets clicks through.
 *
 * @param {import("./types.js").Position[][]} rings one, or several of an area with islands
 */
const outline = (rings) =>
  L.polygon(rings.map((ring) => [ring]), { pane: AREA_PANE, interactive: false, className: "map-area" });

/**
 * At the corner that is farthest to the north-east.
 *
 * @param {AreaOutline} area
 * @param {(area: AreaOutline, latlng: L.LatLng) => void} remove
 */
function removeButton(area, remove) {
  const at = area.rings.flat().reduce((best, point) => (point[0] + point[1] > best[0] + best[1] ? point : best));
  const node = html("div", "map-area-remove", "×");
  const icon = L.divIcon({ html: node, className: "event-icon", iconSize: [20, 20] });
  const marker = L.marker(at, { pane: AREA_PANE, icon, title: area.remove, alt: area.remove, keyboard: true });
  marker.on("add", () => marker.getElement()?.setAttribute("aria-label", area.remove));
  marker.on("click", (event) => { L.DomEvent.stop(event); remove(area, marker.getLatLng()); });
  return marker;
}
