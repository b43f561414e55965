// @ts-check
// A basemap from a file of tiles that an analyst brought: pictures, or vectors that are drawn here.
//
// It covers the shipped basemap, whose labels and schematic roads are then hidden (map.css).

import { html } from "../shared/dom.js";
import { TILE_PANE, pane, stateOf } from "./panes.js";
import { labelRules, paintRules } from "./tile_styles.js";

/** @typedef {import("./types.js").TileOptions} TileOptions */

/**
 * Shows the tiles of a file, or none; the same ones stay when a run of the page brings them again.
 *
 * @param {L.Map} map
 * @param {TileOptions | null} tiles
 */
export async function showTiles(map, tiles) {
  const state = stateOf(map);
  const key = tiles ? `${tiles.address} ${tiles.version} ${tiles.language}` : "";
  if (state.tiles?.key === key || (!tiles && !state.tiles)) return;
  removeTiles(map);
  if (!tiles) return;
  const shown = { key, layer: /** @type {L.Layer | null} */ (null), credit: tiles.credit };
  state.tiles = shown;
  pane(map, TILE_PANE).style.pointerEvents = "none";
  map.attributionControl.addAttribution(shown.credit);
  try {
    const layer = tiles.kind === "raster" ? pictures(tiles) : await vectors(tiles);
    // Another basemap may have been chosen while the script was loaded.
    if (state.tiles !== shown) return;
    shown.layer = layer.addTo(map);
    map.getContainer().dataset.tiles = tiles.kind;
  } catch {
    if (state.tiles === shown) addNote(map, tiles.missing);
  }
}

/** @param {L.Map} map */
function removeTiles(map) {
  const state = stateOf(map);
  state.tiles?.layer?.remove();
  if (state.tiles) map.attributionControl.removeAttribution(state.tiles.credit);
  state.tiles = null;
  map.getContainer().querySelector(".tile-note")?.remove();
  delete map.getContainer().dataset.tiles;
}

/**
 * @param {TileOptions} tiles
 * @returns {L.Layer}
 */
function pictures({ address, version, min_zoom, max_zoom, bounds: [west, south, east, north] }) {
  return L.tileLayer(`${address}/{z}/{x}/{y}?v=${version}`, {
    pane: TILE_PANE, minNativeZoom: min_zoom, maxNativeZoom: max_zoom, maxZoom: 24,
    bounds: [[south, west], [north, east]],
  });
}

/**
 * @param {TileOptions} tiles
 * @returns {Promise<L.Layer>}
 */
async function vectors(tiles) {
  const draw = await renderer(tiles.script);
  return draw.leafletLayer({
    pane: TILE_PANE,
    url: new URL(`${tiles.address}/file.pmtiles`, document.baseURI).href,
    maxDataZoom: tiles.max_zoom,
    paintRules: paintRules(draw, tiles),
    labelRules: labelRules(draw, tiles),
    lang: tiles.language,
    attribution: "",
  });
}

/**
 * protomaps-leaflet, loaded by the first map that needs it.
 *
 * @param {string} script its address; empty where it is not installed
 * @returns {Promise<import("./types.js").TileRenderer>}
 */
async function renderer(script) {
  const known = /** @type {any} */ (window).protomapsL;
  if (known) return known;
  if (!script) throw new Error("protomaps-leaflet is not installed");
  await new Promise((resolve, reject) => {
    const node = document.createElement("script");
    node.src = script;
    node.onload = resolve;
    node.onerror = reject;
    document.head.append(node);
  });
  return /** @type {any} */ (window).protomapsL;
}

/**
 * @param {L.Map} map
 * @param {string} text
 */
function addNote(map, text) {
  html("div", "map-notice tile-note", text, map.getContainer());
}
