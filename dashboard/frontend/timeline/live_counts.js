// @ts-check
// How many events lie within any window for certain, and how many possibly, from their intervals: no DOM.

import { inflate } from "../shared/packed.js";

/** @typedef {import("./types.js").PackedIntervals} PackedIntervals */
/** @typedef {[first: number, last: number, events: number]} IntervalRow events by first and last day */
/** @typedef {{ certain: number, possible: number }} LiveCount */

/**
 * The rows that timeline/packed_intervals.py packed: differences of first days, further days, events.
 *
 * @param {PackedIntervals} packed
 * @returns {Promise<IntervalRow[]>}
 */
export async function readIntervals({ rows, packed }) {
  const numbers = new Int32Array(await inflate(packed));
  let first = 0;
  return Array.from({ length: rows }, (_, at) => {
    first += numbers[at];
    return [first, first + numbers[rows + at], numbers[2 * rows + at]];
  });
}

/**
 * The events within a window. Undated ones are only where there is no window; all are certain then.
 *
 * @param {IntervalRow[]} rows
 * @param {number} undated
 * @param {[from: number, to: number] | null} window
 * @returns {LiveCount}
 */
export function countWithin(rows, undated, window) {
  if (!window) return { certain: rows.reduce((sum, [, , events]) => sum + events, undated), possible: 0 };
  const [from, to] = window;
  let [certain, possible] = [0, 0];
  for (const [first, last, events] of rows) {
    if (first >= from && last <= to) certain += events;
    else if (last >= from && first <= to) possible += events;
  }
  return { certain, possible };
}
