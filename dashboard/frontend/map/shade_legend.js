// @ts-check
// The legend of a shaded map: what its colours mean, and how many events are in none of its areas.

import { html } from "../shared/dom.js";
import { createFormat } from "../shared/format.js";
import { addRow } from "./legend.js";
import { stateOf } from "./panes.js";
import { POSSIBLE_OPACITY, SHADE_OPACITY, classLabels } from "./shades.js";

/** @typedef {import("./types.js").Interval} Interval */
/** @typedef {import("./types.js").LayerData} LayerData */
/** @typedef {import("./types.js").ShadingData} ShadingData */
/** @typedef {import("./types.js").Style} Style */
/** @typedef {import("./types.js").Tally} Tally */

// The legend is opened on a map that is wider than this, in pixels.
const OPEN_FROM = 480;
// The rows are made anew at each step of the timeline; the notes stay as the reader left them.
let isUnfolded = false;

/**
 * @param {L.Map} map
 * @param {Style} style
 * @param {LayerData} data
 * @param {{ limits: number[], colours: string[], without: Tally, window: Interval | null }} classes
 */
export function showShadeLegend(map, { words, colours: { grey } }, data, { limits, colours, without, window }) {
  const { legend } = stateOf(map);
  const rows = legend?.querySelector(".legend-rows");
  if (!legend || !rows) return;
  const format = createFormat(words.reading);
  const { words: texts, areas } = /** @type {ShadingData} */ (data.shading);
  rows.replaceChildren();
  html("div", "legend-title", texts.title, rows);
  const box = { x: -11, y: -6, width: 22, height: 12, stroke: grey, "stroke-width": 0.8 };
  classLabels(limits, words, format).forEach((label, at) =>
    addRow(rows, label, ["rect", { ...box, fill: colours[at], "fill-opacity": SHADE_OPACITY }]));
  addRow(rows, texts.empty, ["rect", { ...box, fill: "none" }]);
  if (window && !data.certain) {addRow(rows, texts.possible,
    ["rect", { ...box, fill: grey, "fill-opacity": POSSIBLE_OPACITY, "stroke-dasharray": "5 4" }]);}
  if (areas.some(({ geometry, corner }) => !geometry && !corner)) {
    addRow(rows, texts.unknown, ["rect", { x: -6, y: -6, width: 12, height: 12, fill: colours.at(-1) ?? "none", stroke: grey }]);
  }
  if (without.count) html("div", "legend-without", format.plural(texts.without, without.count), rows);
  addNotes(rows, texts, limits.length, Boolean(window && !data.certain));
  legend.classList.add("of-shades");
  // Nobody can read the colours without it; afterwards it stays as the reader left it.
  if (legend.dataset.marks !== "shading" && map.getSize().x > OPEN_FROM) legend.setAttribute("open", "");
  legend.dataset.marks = "shading";
}

/**
 * What few readers need each time, folded, so that the legend hides little of the map.
 *
 * @param {Element} rows
 * @param {import("./types.js").ShadingWords} texts
 * @param {number} classes
 * @param {boolean} hasPossible whether events may be only possible
 */
function addNotes(rows, texts, classes, hasPossible) {
  const notes = html("details", "legend-notes", undefined, rows);
  notes.open = isUnfolded;
  notes.addEventListener("toggle", () => { if (notes.isConnected) isUnfolded = notes.open; });
  html("summary", "", texts.more, notes);
  if (hasPossible) html("div", "legend-note", texts.certain, notes);
  if (classes > 2) html("div", "legend-note", texts.limits, notes);
  html("div", "legend-note", texts.several, notes);
}
