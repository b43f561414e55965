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
    const symbol = svg("svg", { width: 26, height: 16, viewBox: "-13 -8 26 16", "aria-hidden": "true", opacity: options.opacity }, row);
    addSymbol(symbol, options);
    const text = html("div", "", undefined, row);
    html("div", "legend-layer-title", options.title, text).dir = "auto";
    html("div", "legend-note", options.about, text);
    if (options.note) html("div", "legend-note", options.note, text);
    if (missing.includes(options)) html("div", "legend-note legend-missing", options.missing, text);
  }
}

/**
 * A filled area, a line or points, as the layer has them.
 *
 * @param {SVGElement} symbol
 * @param {LayerOptions} options
 */
function addSymbol(symbol, { colour, width, fill, kinds }) {
  const line = { stroke: colour, "stroke-width": Math.min(width, 4) };
  if (kinds.includes("polygon")) {
    svg("rect", { x: -11, y: -6, width: 22, height: 12, fill: colour, "fill-opacity": fill, ...line }, symbol);
  } else if (kinds.includes("line")) svg("path", { d: "M-11 3L-3 -3L3 3L11 -3", fill: "none", ...line }, symbol);
  if (kinds.includes("point")) svg("circle", { r: 4, fill: colour }, symbol);
}
