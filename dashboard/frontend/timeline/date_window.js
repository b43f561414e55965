// @ts-check
// The date window of the timeline and how drags, keys and buttons move it: day numbers only, no DOM.

import { addMonths } from "../shared/days.js";
import { clamp } from "./scale.js";

/** @typedef {import("./scale.js").Extent} Extent */
/** @typedef {{ from: number, to: number }} DateWindow day numbers, both included */
/** @typedef {"from" | "to"} Handle */
/** @typedef {Handle | "window" | "new"} Grip what a drag moves; "new" draws a new window */
/** @typedef {DateWindow & { grip: Grip, day: number }} DragStart window and day at the press */

/** How near to a handle a press must be to drag it, in pixels. */
export const GRIP = 9;
const STEPS_IN_EXTENT = 12;

/**
 * @param {DateWindow} window
 * @param {Extent} extent
 */
export const isFull = ({ from, to }, { first, last }) => from <= first && to >= last;

/**
 * What a press at x drags: the nearer handle, the window, or, where neither is, a new window.
 *
 * @param {number} x
 * @param {number} left x of the first handle
 * @param {number} right x of the last handle
 * @param {boolean} full whether the window covers all days, so that it cannot be moved
 * @returns {Grip}
 */
export function gripAt(x, left, right, full) {
  const [toLeft, toRight] = [Math.abs(x - left), Math.abs(x - right)];
  if (Math.min(toLeft, toRight) <= GRIP) {
    return toLeft < toRight || (toLeft === toRight && x < left) ? "from" : "to";
  }
  return x > left && x < right && !full ? "window" : "new";
}

/**
 * The window after a drag to `day` (a fraction); a handle stays as far from the pointer as at the press.
 *
 * @param {DragStart} start
 * @param {number} day
 * @param {Extent} extent
 * @returns {DateWindow}
 */
export function dragged({ grip, day: pressed, from, to }, day, { first, last }) {
  const by = Math.round(day - pressed);
  if (grip === "from") return { from: clamp(from + by, first, to), to };
  if (grip === "to") return { from, to: clamp(to + by, from, last) };
  if (grip === "window") {
    const shift = clamp(by, first - from, last - to);
    return { from: from + shift, to: to + shift };
  }
  const [start, end] = [pressed, day].sort((a, b) => a - b);
  return { from: clamp(Math.floor(start), first, last), to: clamp(Math.floor(end), first, last) };
}

/**
 * The window after a key on a handle, or null for a key that does nothing.
 *
 * @param {DateWindow} window
 * @param {Handle} handle
 * @param {string} key name of the key, e.g. "ArrowLeft"
 * @param {Extent} extent
 * @returns {DateWindow | null}
 */
export function movedByKey({ from, to }, handle, key, { first, last }) {
  const day = handle === "from" ? from : to;
  /** @type {Record<string, number>} */
  const days = {
    ArrowLeft: day - 1, ArrowDown: day - 1, ArrowRight: day + 1, ArrowUp: day + 1,
    PageDown: addMonths(day, -1), PageUp: addMonths(day, 1), Home: first, End: last,
  };
  const next = days[key];
  if (next === undefined) return null;
  return {
    from: clamp(handle === "from" ? Math.min(next, to) : from, first, last),
    to: clamp(handle === "to" ? Math.max(next, from) : to, first, last),
  };
}

/**
 * The days that a step moves on: the stride of the window, a twelfth of the data if it covers all.
 *
 * @param {DateWindow} window
 * @param {number} stride
 * @param {Extent} extent
 */
export function stepLength(window, stride, extent) {
  const part = Math.max(1, Math.round((extent.last + 1 - extent.first) / STEPS_IN_EXTENT));
  return isFull(window, extent) ? part : stride;
}

/**
 * The window one step on or back, or null beyond the edge of the data.
 *
 * @param {DateWindow} window
 * @param {number} length days of the step
 * @param {1 | -1} direction
 * @param {Extent} extent
 * @returns {DateWindow | null}
 */
export function stepped(window, length, direction, extent) {
  const { first, last } = extent;
  const full = isFull(window, extent);
  const after = full ? first : window.to + 1;
  const before = full ? last + 1 : window.from;
  const from = direction > 0 ? after : before - length;
  const to = from + length - 1;
  if (from > last || to < first) return null;
  return { from: clamp(from, first, last), to: clamp(to, first, last) };
}

/**
 * The window as the map gets it: [first day, last day], one beyond the data where it is at their
 * edge, so that events that begin before or end after are inside; null for all events.
 *
 * @param {DateWindow} window
 * @param {Extent} extent
 * @returns {[number, number] | null}
 */
export function mapWindow(window, extent) {
  const { first, last } = extent;
  if (isFull(window, extent)) return null;
  return [window.from <= first ? first - 1 : window.from, window.to >= last ? last + 1 : window.to];
}
