// @ts-check
// The labelled days of the timeline's axis, e.g. [18645, "18 Jan 2021"].

import { firstOfMonth, toDate } from "../shared/days.js";

/** @typedef {import("../shared/format.js").Format} Format */
/** @typedef {import("./scale.js").Extent} Extent */
/** @typedef {[day: number, label: string]} Tick */

const LABEL_GAP = 10; // pixels between labels
const LETTER_WIDTH = 5.6; // pixels

/** Unit, number of units, and days of a step. @type {[unit: string, step: number, days: number][]} */
const STEPS = [
  ["day", 1, 1], ["day", 2, 2], ["week", 1, 7], ["week", 2, 14], ["month", 1, 30], ["month", 2, 60],
  ["month", 3, 91], ["month", 6, 182], ["month", 12, 365], ["month", 24, 730], ["month", 60, 1826],
  ["month", 120, 3652], ["month", 240, 7305], ["month", 600, 18262], ["month", 1200, 36525],
];

/** @param {string} text */
export const labelWidth = (text) => LETTER_WIDTH * text.length;

/**
 * Ticks at the smallest step whose labels fit side by side.
 *
 * @param {Extent} extent
 * @param {number} width pixels for all days
 * @param {Format} format
 * @returns {Tick[]}
 */
export function ticks({ first, last }, width, format) {
  const perDay = width / (last + 1 - first);
  const [unit, step] =
    STEPS.find(([name, count, days]) => days * perDay >= widestLabel(name, count, last, format) + LABEL_GAP) ??
    STEPS[STEPS.length - 1];
  if (unit === "month") return monthTicks({ first, last }, step, format);
  // Weeks begin on Mondays: day 4 after 1 January 1970, a Thursday, was one.
  return unit === "week" ? dayTicks({ first, last }, 7 * step, 4, format) : dayTicks({ first, last }, step, 0, format);
}

/**
 * @param {string} unit
 * @param {number} step
 * @param {number} last
 * @param {Format} format
 */
function widestLabel(unit, step, last, format) {
  if (step >= 12) return labelWidth("2020");
  return labelWidth(unit === "month" ? format.month(last) : format.day(last));
}

/**
 * @param {Extent} extent
 * @param {number} step in days
 * @param {number} origin a day that has a tick
 * @param {Format} format
 */
function dayTicks({ first, last }, step, origin, format) {
  /** @type {Tick[]} */
  const result = [];
  for (let day = origin + Math.ceil((first - origin) / step) * step; day <= last; day += step) {
    result.push([day, format.day(day)]);
  }
  return result;
}

/**
 * @param {Extent} extent
 * @param {number} step in months
 * @param {Format} format
 */
function monthTicks({ first, last }, step, format) {
  const date = toDate(first - 1);
  /** @type {Tick[]} */
  const result = [];
  let month = Math.ceil((date.getUTCFullYear() * 12 + date.getUTCMonth() + 1) / step) * step;
  for (;; month += step) {
    const year = Math.floor(month / 12);
    const day = firstOfMonth(year, month % 12);
    if (day > last) return result;
    result.push([day, step < 12 ? format.month(day) : format.digits(year)]);
  }
}
