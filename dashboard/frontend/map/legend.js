// @ts-check
// The legend: what colours, sizes, rings and lines of the map mean.

import { html, svg } from "../shared/dom.js";
import { createFormat } from "../shared/format.js";
import { circleRadius } from "./circles.js";
import { faintOf } from "./grounds.js";
import { POSSIBLE_OPACITY } from "./mark_symbol.js";
import { stateOf } from "./panes.js";
import { PALE, TICK, crossPath } from "./verified.js";

/** @typedef {import("../shared/format.js").Format} Format */
/** @typedef {import("./types.js").FigureWords} FigureWords */
/** @typedef {import("./types.js").LayerData} LayerData */
/** @typedef {import("./types.js").Style} Style */
/** @typedef {[tag: "circle" | "path" | "rect", attributes: Record<string, string | number>]} Shape */

// The legend is open at first where the map is larger than this, in pixels.
const OPEN_FROM = { width: 700, height: 480 };

/**
 * An empty legend, which the event layer fills.
 *
 * @param {L.Map} map
 * @param {Style} style
 * @param {boolean} presented whether it is open on a small map too
 * @returns {L.Control}
 */
export function addLegend(map, { words }, presented) {
  const box = html("details", "event-legend");
  box.dir = words.reading.dir;
  box.lang = words.reading.lang;
  box.open = presented || (map.getSize().x > OPEN_FROM.width && map.getSize().y > OPEN_FROM.height);
  html("summary", "", words.legend, box);
  html("div", "legend-rows", undefined, box);
  html("div", "legend-layers", undefined, box);
  L.DomEvent.disableClickPropagation(box);
  L.DomEvent.disableScrollPropagation(box);
  stateOf(map).legend = box;
  const control = new L.Control({ position: "bottomright" });
  control.onAdd = () => box;
  return control.addTo(map);
}

/**
 * What the current marks mean; the box stays open or closed as the reader left it.
 *
 * @param {L.Map} map
 * @param {Style} style
 * @param {LayerData} data
 * @param {number} most the largest number for which the size of a mark stands
 */
export function showLegend(map, style, data, most) {
  const { legend } = stateOf(map);
  const rows = legend?.querySelector(".legend-rows");
  if (!legend || !rows) return;
  rows.replaceChildren();
  for (const { label, colour, outlined } of data.legend) {
    addRow(rows, label, ["circle", { r: 6, fill: colour, ...(outlined && { stroke: style.colours.grey }) }]);
  }
  if (!data.places) html("div", "legend-note", style.words.squares, rows);
  if (data.figure_words) addFigureRows(rows, style, data.figure_words, most, data.places);
  else if (data.places) addSizeRow(rows, style.words.size, style);
  else addSizes(rows, style, most, (count, format) => format.plural(style.words.events, count));
  addVerifiedRows(rows, style);
  if (data.window && !data.certain) {
    addRow(rows, style.words.pale, ["circle", { r: 6, fill: style.colours.grey, opacity: POSSIBLE_OPACITY }]);
  }
  if (data.places) addPlaceRows(rows, style);
  addTextureRow(rows, style, data);
  legend.classList.remove("of-shades");
  legend.dataset.marks = data.places ? "places" : "squares";
}

/**
 * @param {Element} rows
 * @param {string} text
 * @param {...Shape} shapes of the symbol, around 0, 0
 */
export function addRow(rows, text, ...shapes) {
  addRowOfSize(rows, text, 26, 16, shapes);
}

/**
 * @param {Element} rows
 * @param {string} text
 * @param {number} width
 * @param {number} height
 * @param {Shape[]} shapes
 */
function addRowOfSize(rows, text, width, height, shapes) {
  const row = html("div", "legend-row", undefined, rows);
  const viewBox = `${-width / 2} ${-height / 2} ${width} ${height}`;
  const symbol = svg("svg", { width, height, viewBox, "aria-hidden": "true" }, row);
  for (const [tag, attributes] of shapes) svg(tag, attributes, symbol);
  html("span", "", text, row);
}

/**
 * @param {Element} rows
 * @param {string} text what the size of a mark stands for
 * @param {Style} style
 */
function addSizeRow(rows, text, { colours: { grey } }) {
  addRow(rows, text, ["circle", { cx: -8, r: 3.5, fill: grey }], ["circle", { cx: 4, r: 7, fill: grey }]);
}

/**
 * Which figure sizes stand for, and what events without a figure look like. Circles of squares may have no
 * number in them, so it shows how large three sums are.
 *
 * @param {Element} rows
 * @param {Style} style
 * @param {FigureWords} words
 * @param {number} most
 * @param {boolean} places
 */
function addFigureRows(rows, style, words, most, places) {
  addSizeRow(rows, words.size, style);
  if (!places) addSizes(rows, style, most, (figure, format) => format.fill(words.figure, { figure }));
  addRow(rows, words.dash,
    ["circle", { r: 6, fill: "white", stroke: style.colours.grey, "stroke-width": 2 }],
    ["path", { d: "M-2.5 0H2.5", stroke: style.colours.ink, "stroke-width": 1.5 }]);
  html("div", "legend-note", words.shares, rows);
  html("div", "legend-note", words.several_marks, rows);
}

/**
 * The signs of confirmed and of refuted events.
 *
 * @param {Element} rows
 * @param {Style} style
 */
function addVerifiedRows(rows, { colours: { grey, ink }, words }) {
  const sign = { fill: "none", stroke: ink, "stroke-width": 1.8, "stroke-linecap": "round" };
  addRow(rows, words.ticked,
    ["circle", { r: 6, fill: "white", stroke: ink, "stroke-width": 1 }],
    ["path", { ...sign, d: TICK }]);
  addRow(rows, words.crossed,
    ["circle", { r: 7, fill: grey, opacity: PALE }],
    ["path", { ...sign, d: crossPath(5) }]);
}

/**
 * What only marks of single places show.
 *
 * @param {Element} rows
 * @param {Style} style
 */
function addPlaceRows(rows, { colours, words }) {
  const { grey, contested, unreviewed, area, movement } = colours;
  const ring = { r: 6, fill: "none", "stroke-width": 2 };
  addRow(rows, words.dashed, ["circle", { ...ring, stroke: contested, "stroke-dasharray": "4 3" }]);
  const dotted = { "stroke-width": 2.2, "stroke-dasharray": "0.1 3.9", "stroke-linecap": "round" };
  addRow(rows, words.dotted, ["circle", { ...ring, ...dotted, stroke: unreviewed }]);
  addRow(rows, words.hollow,
    ["circle", { r: 7.5, fill: "none", stroke: area, "stroke-dasharray": "3 2" }],
    ["circle", { r: 4, fill: "white", stroke: grey, "stroke-width": 2 }]);
  addRow(rows, words.arrow,
    ["path", { d: "M-11 0H5", stroke: movement, "stroke-width": 3 }],
    ["path", { d: "M4 -5L12 0L4 5Z", fill: movement }]);
  const box = { x: -11, y: -6, width: 22, height: 12 };
  addRow(rows, words.filled, ["rect", { ...box, fill: area, "fill-opacity": 0.18, stroke: area }]);
}

/**
 * What circles and areas look like where they are many.
 *
 * @param {Element} rows
 * @param {Style} style
 * @param {LayerData} data
 */
function addTextureRow(rows, { colours: { area }, words }, data) {
  if (faintOf(data) !== "texture") return;
  addRow(rows, words.texture,
    ["rect", { x: -11, y: -6, width: 22, height: 12, fill: "none", stroke: area }],
    ["path", { d: "M-11 0L-5 -6M-11 6L1 -6M-5 6L7 -6M1 6L11 -4M7 6L11 2", stroke: area, opacity: 0.6 }]);
}

/**
 * What three sizes of marks stand for.
 *
 * @param {Element} rows
 * @param {Style} style
 * @param {number} most
 * @param {(number: number, format: Format) => string} text
 */
function addSizes(rows, { colours, words }, most, text) {
  const format = createFormat(words.reading);
  for (const number of new Set([1, Math.ceil(most / 10), most])) {
    const r = circleRadius(number, most);
    const height = Math.max(14, 2 * r + 2);
    addRowOfSize(rows, text(number, format), 40, height, [["circle", { r, fill: colours.grey }]]);
  }
}
