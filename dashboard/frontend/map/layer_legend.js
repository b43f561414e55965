// @ts-check
// The rows of the legend for the layers of analysts: what each is, from whom and of when.

import { html, svg } from "../shared/dom.js";
import { stateOf } from "./panes.js";

/** @typedef {import("./types.js").LayerOptions} LayerOptions */

/**
 * The topmost layer is first, as on the map.
 *
 * @param {L.Map} map
 * @param {LayerOptions[]} layers from the lowest on
 * @param {LayerOptions[]} missing those that could not be loaded
 */
export function addLayerRows(map, layers, missing) {
  const rows = stateOf(map).legend?.querySelector(".legend-layers");
  if (!rows) return;
  rows.replaceChildren();
  for (const options of [...layers].reverse()) {
    const row = html("div", "legend-row legend-layer", undefined, rows);
    if (!options.colours.length) addSymbol(row, options, options.colour);
    const text = html("div", "", undefined, row);
    html("div", "legend-layer-title", options.title, text).dir = "auto";
    html("div", "legend-note", options.about, text);
    if (options.note) html("div", "legend-note", options.note, text);
    if (missing.includes(options)) html("div", "legend-note legend-missing", options.missing, text);
    for (const [label, colour] of options.colours) addLabelRow(rows, options, label, colour);
    if (options.others) addLabelRow(rows, options, options.others, options.colour);
  }
}

/**
 * @param {Element} rows
 * @param {LayerOptions} options
 * @param {string} label
 * @param {string} colour
 */
function addLabelRow(rows, options, label, colour) {
  const row = html("div", "legend-row legend-layer", undefined, rows);
  addSymbol(row, options, colour);
  html("div", "legend-layer-title", label, row).dir = "auto";
}

/**
 * A filled area, a line or points, as the layer has them.
 *
 * @param {Element} row
 * @param {LayerOptions} options
 * @param {string} colour
 */
function addSymbol(row, { width, fill, kinds, opacity }, colour) {
  const symbol = svg("svg", { width: 26, height: 16, viewBox: "-13 -8 26 16", "aria-hidden": "true", opacity }, row);
  const line = { stroke: colour, "stroke-width": Math.min(width, 4) };
  if (kinds.includes("polygon")) {
    svg("rect", { x: -11, y: -6, width: 22, height: 12, fill: colour, "fill-opacity": fill, ...line }, symbol);
  } else if (kinds.includes("line")) svg("path", { d: "M-11 3L-3 -3L3 3L11 -3", fill: "none", ...line }, symbol);
  if (kinds.includes("point")) svg("circle", { r: 4, fill: colour }, symbol);
}
