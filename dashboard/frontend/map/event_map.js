// @ts-check
// What the map's frame calls (browser/event_map.py): `eventMap.addBase` and `eventMap.events`.
//
// st_folium loads classic scripts only, so this is the one module that sets a global name.

import { decodeData } from "../shared/format.js";
import { addBasemap } from "./basemap.js";
import { DrawTool } from "./draw_tool.js";
import { addLegend } from "./legend.js";
import { LinkedEvents } from "./linked_events.js";
import { stateOf } from "./panes.js";
import { addPresentation } from "./presented.js";
import { addRoad } from "./roads.js";
import { followTheme } from "./theme.js";
import { addTools } from "./tools.js";
import { labelZoomButtons } from "./zoom_buttons.js";

/** @typedef {import("./types.js").BaseData} BaseData */

/**
 * Adds what stays at each rerun: basemap, roads, buttons, legend, and the first view.
 *
 * @param {L.Map} map
 * @param {string} encoded BaseData, see shared/format.js
 */
function addBase(map, encoded) {
  /** @type {BaseData} */
  const base = decodeData(encoded);
  stateOf(map).restored = base.restored;
  fillFrame(map);
  followTheme(map);
  if (!base.restored) map.fitBounds(base.bounds);
  addBasemap(map, { ...base.basemap, roads: base.roads });
  base.roads.forEach((road) => addRoad(map, road, base.basemap.colours));
  labelZoomButtons(map, base.style.words);
  if (!base.legend) return;
  const legend = addLegend(map, base.style, base.presented);
  if (base.presented) {
    addPresentation(map, legend);
    return;
  }
  const state = stateOf(map);
  // Before drawing: the click that ends a drawn area must find the tool still on.
  addTools(map, base.style.words);
  state.draw = new DrawTool(map, base.style.words, (text, latlng) => state.events?.linked?.click(`area:${text}`, latlng));
}

/** @param {string} encoded EventLink */
const events = (encoded) => new LinkedEvents(decodeData(encoded));

/**
 * The page sets the height of the frame, and the map fills it.
 *
 * @param {L.Map} map
 */
function fillFrame(map) {
  /** @type {HTMLElement | null} */
  let node = map.getContainer();
  for (; node && node !== document.documentElement; node = node.parentElement) node.style.height = "100%";
  document.documentElement.style.height = "100%";
  map.getContainer().setAttribute("dir", "ltr");
  map.attributionControl.setPrefix(false);
  map.invalidateSize();
}

Object.assign(window, { eventMap: { addBase, events } });
