// @ts-check
// Playing as numbers: a day moves on through the data, and a window goes with it: no DOM.
//
// E.g. with windows of one month, at each day from 1 to 28 February the window is all of February.

import { firstOfMonth, toDate } from "../shared/days.js";
import { isFull, stepLength, stepped } from "./date_window.js";
import { clamp } from "./scale.js";

/** @typedef {import("./date_window.js").DateWindow} DateWindow */
/** @typedef {import("./scale.js").Extent} Extent */
/** @typedef {"window" | "day" | "week" | "month" | "until"} Span what is shown at a day */
/** @typedef {"all15" | "all30" | "all60" | "all180" | "day" | "week" | "month"} Speed */
/** @typedef {{ speed: Speed, span: Span }} Choice */

/** The window that was chosen; a day; a week from Monday; a calendar month; all days up to the day. */
export const SPANS = /** @type {const} */ (["window", "day", "week", "month", "until"]);
/** All days within so many seconds, or so many days in a second. */
export const SPEEDS = /** @type {const} */ (["all15", "all30", "all60", "all180", "day", "week", "month"]);
/** @type {Record<Speed, { seconds?: number, days?: number }>} */
const PACES = {
  all15: { seconds: 15 }, all30: { seconds: 30 }, all60: { seconds: 60 }, all180: { seconds: 180 },
  day: { days: 1 }, week: { days: 7 }, month: { days: 30 },
};
/** @type {Choice} */
export const USUAL = { speed: "all15", span: "window" };
// Up to so many days, a step of "all up to the day" is a day; up to so many, a week; then a month.
const DAILY = 62;
const WEEKLY = 800;

/** @param {number} day 1 January 1970 was a Thursday */
const monday = (day) => day - ((((day + 3) % 7) + 7) % 7);

/**
 * @param {number} day
 * @param {number} months
 */
function monthStart(day, months = 0) {
  const date = toDate(day);
  return firstOfMonth(date.getUTCFullYear(), date.getUTCMonth() + months);
}

/**
 * The window at a day of playing; where it is cut by an edge of the data, it is shorter.
 *
 * @param {Span} span
 * @param {number} day
 * @param {number} length days of the chosen window
 * @param {Extent} extent
 * @returns {DateWindow}
 */
export function windowAt(span, day, length, { first, last }) {
  /** @type {Record<Span, [number, number]>} */
  const windows = {
    window: [day, day + length - 1],
    day: [day, day],
    week: [monday(day), monday(day) + 6],
    month: [monthStart(day), monthStart(day, 1) - 1],
    until: [first, day],
  };
  const [from, to] = windows[span];
  return { from: clamp(from, first, last), to: clamp(to, first, last) };
}

/**
 * The last day of playing: a window of many days ends with the data.
 *
 * @param {Span} span
 * @param {number} length
 * @param {Extent} extent
 */
export const lastDay = (span, length, { first, last }) =>
  (span === "window" ? Math.max(first, last - length + 1) : last);

/**
 * The day at which playing begins: where the window is, or the first one if it is at the end.
 *
 * @param {Span} span
 * @param {DateWindow} window
 * @param {Extent} extent
 */
export function firstDay(span, window, extent) {
  if (isFull(window, extent) || window.to >= extent.last) return extent.first;
  return span === "until" ? window.to : window.from;
}

/**
 * @param {Speed} speed
 * @param {number} days of all of playing
 */
export function daysPerSecond(speed, days) {
  const { seconds, days: perSecond } = PACES[speed];
  return perSecond ?? days / (seconds ?? 1);
}

/**
 * The window one step on or back, or null beyond the edge of the data.
 *
 * @param {Span} span
 * @param {{ window: DateWindow, stride: number }} now the window, and the days that it moves on by
 * @param {1 | -1} direction
 * @param {Extent} extent
 * @returns {DateWindow | null}
 */
export function playbackStep(span, { window, stride }, direction, extent) {
  if (span === "window") return stepped(window, stepLength(window, stride, extent), direction, extent);
  const { first, last } = extent;
  const full = isFull(window, extent);
  if (span === "until") {
    const to = full && direction > 0 ? nextStop(first - 1, 1, extent) : nextStop(window.to, direction, extent);
    return to < first || (window.to >= last && direction > 0 && !full) ? null : { from: first, to: Math.min(to, last) };
  }
  const forward = full ? first : window.to + 1;
  const back = full ? last : window.from - 1;
  const day = direction > 0 ? forward : back;
  return day < first || day > last ? null : windowAt(span, day, 1, extent);
}

/**
 * The last day of "all up to the day" one step on or back: the end of a day, a week or a month.
 *
 * @param {number} to
 * @param {1 | -1} direction
 * @param {Extent} extent
 */
function nextStop(to, direction, { first, last }) {
  const days = last - first + 1;
  if (days <= DAILY) return to + direction;
  if (days <= WEEKLY) return monday(to + 1) - 1 + (direction > 0 || monday(to + 1) === to + 1 ? 7 * direction : 0);
  const start = monthStart(to + 1);
  return (direction > 0 ? monthStart(to + 1, 1) : start === to + 1 ? monthStart(to + 1, -1) : start) - 1;
}

/**
 * What a browser remembered, or the usual for what is not known.
 *
 * @param {string | null} text
 * @returns {Choice}
 */
export function readChoice(text) {
  const [speed, span] = (text ?? "").split(" ");
  return {
    speed: SPEEDS.find((each) => each === speed) ?? USUAL.speed,
    span: SPANS.find((each) => each === span) ?? USUAL.span,
  };
}

/** @param {Choice} choice */
export const writeChoice = ({ speed, span }) => `${speed} ${span}`;
