// @ts-check
// The timeline of a single file as data: bars of days, and spans of uncertain dates in lanes: no DOM.

import { toDay, toIso } from "../shared/days.js";

/** @typedef {import("./file_types.js").FileEvent} FileEvent */
/** @typedef {import("../timeline/types.js").Bin} Bin */
/** @typedef {import("../timeline/types.js").Span} Span */
/** @typedef {import("../timeline/types.js").TimelineData} TimelineData */
/** @typedef {{ event: FileEvent, title: string, start: number, end: number, open: [boolean, boolean] }} Uncertain */

// As in timeline/timeline.py: more lanes would not fit under the bars.
const LANES = 8;
const MAX_SPANS = 200;
const MAX_CELLS = 200;

/**
 * @param {FileEvent[]} events
 * @param {[first: string, last: string]} extent ISO days
 * @param {(event: FileEvent) => string} titleOf what the tooltip of a span says
 * @returns {TimelineData}
 */
export function timelineData(events, [first, last], titleOf) {
  const [low, high] = [toDay(first), toDay(last)];
  const dated = events.filter((event) => event.days);
  const uncertain = dated.filter((event) => !isExact(event, low, high)).map((event) => clipped(event, low, high, titleOf));
  const { spans, hidden } = inLanes(uncertain);
  return {
    first, last, spans, hidden_spans: hidden.length,
    bins: bins(dated.filter((event) => isExact(event, low, high))),
    density: hidden.length ? density(hidden, low, high) : [],
    intervals: dated.map((event) => intervalRow(event, low, high)),
  };
}

/**
 * The interval of an event, with days outside of the timeline as those beside it.
 *
 * @param {FileEvent} event
 * @param {number} low
 * @param {number} high
 * @returns {import("../timeline/live_counts.js").IntervalRow}
 */
function intervalRow({ days }, low, high) {
  const [first, last] = (days ?? [low, high]).map((day) => Math.min(Math.max(day, low - 1), high + 1));
  return [first, last, 1];
}

/**
 * @param {FileEvent} event
 * @param {number} low
 * @param {number} high
 */
function isExact({ days }, low, high) {
  return days !== null && days[0] === days[1] && days[0] >= low && days[0] <= high;
}

/**
 * @param {FileEvent[]} events
 * @returns {Bin[]}
 */
function bins(events) {
  /** @type {Map<number, Record<string, number>>} */
  const days = new Map();
  for (const { days: interval, attestation } of events) {
    const day = interval ? interval[0] : 0;
    const counts = days.get(day) ?? { contested: 0, corroborated: 0, single_source: 0 };
    counts[attestation] += 1;
    days.set(day, counts);
  }
  return [...days].sort(([a], [b]) => a - b).map(([day, counts]) => ({ start: toIso(day), days: 1, counts }));
}

/**
 * The part of an interval that the timeline shows, and which of its ends are open.
 *
 * @param {FileEvent} event
 * @param {number} low
 * @param {number} high
 * @param {(event: FileEvent) => string} titleOf
 * @returns {Uncertain}
 */
function clipped(event, low, high, titleOf) {
  const [first, last] = event.days ?? [low, high];
  /** @param {number} day */
  const within = (day) => Math.min(Math.max(day, low), high);
  return {
    event, title: titleOf(event), start: within(first), end: within(last), open: [first < low, last > high],
  };
}

/**
 * Spans side by side, the most precise first: those with both ends before those with an open end.
 *
 * @param {Uncertain[]} events
 */
function inLanes(events) {
  /** @param {Uncertain} each */
  const openEnds = ({ open }) => Number(open[0]) + Number(open[1]);
  const sorted = [...events].sort((a, b) =>
    openEnds(a) - openEnds(b) || a.end - a.start - (b.end - b.start) || a.start - b.start);
  /** @type {Uncertain[][]} */
  const lanes = Array.from({ length: LANES }, () => []);
  /** @type {Span[]} */
  const spans = [];
  /** @type {Uncertain[]} */
  const hidden = [];
  for (const each of sorted) {
    const lane = lanes.findIndex((others) => others.every(({ start, end }) => each.end < start || each.start > end));
    if (lane < 0 || spans.length === MAX_SPANS) {
      hidden.push(each);
      continue;
    }
    lanes[lane].push(each);
    spans.push({
      title: each.title, start: toIso(each.start), end: toIso(each.end), lane,
      open_start: each.open[0], open_end: each.open[1], attestation: each.event.attestation,
    });
  }
  return { spans, hidden };
}

/**
 * How many events without a lane may lie in each of equal cells of the timeline.
 *
 * @param {Uncertain[]} events
 * @param {number} low
 * @param {number} high
 */
function density(events, low, high) {
  const days = high - low + 1;
  const cells = Array(Math.min(days, MAX_CELLS)).fill(0);
  /** @param {number} day */
  const cellOf = (day) => Math.floor(((day - low) * cells.length) / days);
  for (const { start, end } of events) {
    for (let cell = cellOf(start); cell <= cellOf(end); cell += 1) cells[cell] += 1;
  }
  return cells;
}
