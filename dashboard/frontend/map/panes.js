// @ts-check
// The layers of the map from bottom to top (Leaflet's panes), and what its modules know of a map.

/** @typedef {[x: number, y: number, radius: number]} MarkCircle in layer points */

/**
 * @typedef {object} MapState
 * @property {boolean} hasBasemap
 * @property {boolean} restored whether the first view comes from a link
 * @property {MarkCircle[]} marks where the marks are, which labels avoid
 * @property {MarkCircle[]} arrows points along the arrows, which labels avoid too
 * @property {L.Layer | null} shown the marks on the map
 * @property {HTMLElement | null} legend
 * @property {import("./draw_tool.js").DrawTool | null} draw
 * @property {import("./linked_events.js").EventsOfMap | null} events
 * @property {{ key: string, layer: L.Layer | null, credit: string } | null} tiles the basemap of a file
 * @property {import("./context_layers.js").ContextLayers | null} layers of analysts
 * @property {string | null | undefined} focusId the event that was brought into view; undefined before
 */

export const BASEMAP_PANE = "basemap";
export const TILE_PANE = "tiles";
// Layers of analysts, with a pane for each in it.
export const CONTEXT_PANE = "context";
// Areas by their numbers of events.
export const SHADE_PANE = "shades";
export const ROAD_PANE = "roads";
export const LABEL_PANE = "labels";
export const EVENT_PANE = "events";
export const AREA_PANE = "areas";
// What tools draw is above the marks.
export const TOOL_PANE = "tools";
/** @type {Record<string, number>} */
const Z_INDEX = {
  [BASEMAP_PANE]: 150, [TILE_PANE]: 160, [SHADE_PANE]: 340, [ROAD_PANE]: 350, [CONTEXT_PANE]: 380, [LABEL_PANE]: 420, [EVENT_PANE]: 450, [AREA_PANE]: 460,
  [TOOL_PANE]: 620,
};

/** @type {WeakMap<L.Map, MapState>} */
const states = new WeakMap();

/**
 * @param {L.Map} map
 * @returns {MapState}
 */
export function stateOf(map) {
  let state = states.get(map);
  if (!state) {
    state = {
      hasBasemap: false, restored: false, marks: [], arrows: [], shown: null, legend: null, draw: null, events: null, tiles: null,
      layers: null, focusId: undefined,
    };
    states.set(map, state);
  }
  return state;
}

/**
 * The pane of that name, created if it is missing.
 *
 * @param {L.Map} map
 * @param {string} name
 */
export function pane(map, name) {
  const existing = map.getPane(name);
  if (existing) return existing;
  const created = map.createPane(name);
  created.style.zIndex = String(Z_INDEX[name]);
  return created;
}

/**
 * Shows marks in place of those before.
 *
 * @param {L.Map} map
 * @param {L.LayerGroup | null} group
 */
export function replaceMarks(map, group) {
  const state = stateOf(map);
  if (state.shown) map.removeLayer(state.shown);
  state.shown = group;
  if (group) map.addLayer(group);
}
