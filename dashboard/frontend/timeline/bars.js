// @ts-check
// The bars of the histogram: bins of the data, or several bins joined where they are too thin.

import { toDay } from "../shared/days.js";

/** @typedef {import("./types.js").Bin} Bin */
/** @typedef {import("./types.js").Counts} Counts */
/** @typedef {import("./scale.js").Scale} Scale */
/** @typedef {{ start: number, end: number, counts: Counts }} Bar day numbers, both included */

/** Bins thinner than this many pixels are joined. */
export const MIN_BAR_WIDTH = 3;

/** @param {Counts} counts */
export const total = (counts) => Object.values(counts).reduce((sum, count) => sum + count, 0);

/**
 * @param {Bin[]} bins
 * @param {Scale} scale
 * @returns {Bar[]}
 */
export function joinBins(bins, scale) {
  /** @type {Map<string | number, Bar>} */
  const bars = new Map();
  for (const bin of bins) {
    const start = toDay(bin.start);
    const left = scale.x(start);
    const isThin = scale.x(start + bin.days) - left < MIN_BAR_WIDTH;
    const slot = isThin ? Math.floor(left / MIN_BAR_WIDTH) : `d${start}`;
    const bar = bars.get(slot) ?? { start, end: start, counts: {} };
    bar.end = start + bin.days - 1;
    for (const [kind, count] of Object.entries(bin.counts)) {
      bar.counts[kind] = (bar.counts[kind] ?? 0) + count;
    }
    bars.set(slot, bar);
  }
  return [...bars.values()];
}
