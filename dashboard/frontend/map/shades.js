// @ts-check
// The classes of a shaded map, and the lines of its tooltips: no DOM. map/class_limits.py computes the same classes.

import { describeMark } from "./tooltips.js";

/** @typedef {import("../shared/format.js").Format} Format */
/** @typedef {import("./types.js").Shade} Shade */
/** @typedef {import("./types.js").ShadedArea} ShadedArea */
/** @typedef {import("./types.js").ShadingWords} ShadingWords */
/** @typedef {import("./types.js").Tally} Tally */
/** @typedef {import("./types.js").Words} Words */

// The opacity of colours: the map below can still be read.
export const SHADE_OPACITY = 0.78;
// Of the grey of an area with events that are only possibly within the dates.
export const POSSIBLE_OPACITY = 0.16;
const CLASSES = 5;
// Tile units of model/grid.py: the width of the world.
const WORLD = 2 ** 30;

/**
 * The last number of each class; the last class ends with `most`; none if that is 0.
 *
 * @param {number} most
 * @returns {number[]}
 */
export function classLimits(most) {
  const classes = Math.min(CLASSES, most);
  /** @type {number[]} */
  const limits = [];
  for (let at = 1; at <= classes; at += 1) {
    limits.push(Math.max((limits.at(-1) ?? 0) + 1, Math.floor(most ** (at / classes) + 0.5)));
  }
  if (classes) limits[classes - 1] = most;
  return limits;
}

/**
 * The position of the class of a number; -1 for 0. A number beyond the last limit is in the last class.
 *
 * @param {number} number
 * @param {number[]} limits
 */
export function classOf(number, limits) {
  if (!number) return -1;
  const at = limits.findIndex((limit) => number <= limit);
  return at < 0 ? limits.length - 1 : at;
}

/**
 * The colour of each class: fewer classes have colours as far apart as possible.
 *
 * @param {number} classes
 * @param {string[]} colours
 */
export const classColours = (classes, colours) =>
  Array.from({ length: classes }, (_, at) =>
    colours[classes === 1 ? CLASSES - 1 : Math.round((at * (CLASSES - 1)) / (classes - 1))]);

/**
 * The classes in words, e.g. "1", "2 to 4".
 *
 * @param {number[]} limits
 * @param {Words} words
 * @param {Format} format
 */
export const classLabels = (limits, words, format) =>
  limits.map((end, at) => {
    const start = (limits[at - 1] ?? 0) + 1;
    return start === end ? format.number(end) : format.fill(words.reading.range, { start, end });
  });

/**
 * Events of a tally that are certainly within the window.
 *
 * @param {Tally} tally
 */
export const certain = ({ count, possible }) => Math.max(0, count - Math.round(possible));

/**
 * The corners of a square as [latitude, longitude]: south-west, north-east.
 *
 * @param {[x: number, y: number]} corner north-west, in tile units
 * @param {number} side
 * @returns {[[number, number], [number, number]]}
 */
export const squareBounds = ([x, y], side) => [[latitude(y + side), longitude(x)], [latitude(y), longitude(x + side)]];

/** @param {number} x */
const longitude = (x) => (x / WORLD - 0.5) * 360;

/** @param {number} y */
const latitude = (y) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / WORLD))) * 180) / Math.PI;

/**
 * The lines of a tooltip: the names of the area, its events, and how many of them are what.
 *
 * @param {ShadedArea} area
 * @param {Tally} tally
 * @param {{ words: Words, shading: ShadingWords, legend: Shade[], format: Format }} texts
 * @returns {string[]}
 */
export function describeArea(area, tally, { words, shading, legend, format }) {
  const mark = {
    ...tally, id: "", lat: area.lat, lon: area.lon, name_en: area.name_en, name_ar: area.name_ar, radius_m: 0,
    hollow: false, selected: area.selected, position: 0, ids: [], sites: [],
  };
  const [name, ...rest] = describeMark(mark, words, legend, format);
  const lines = tally.count ? rest : [shading.nothing];
  return [name || lines[0], ...(name ? lines : lines.slice(1))];
}
