// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";

import { toDay, toIso } from "../../dashboard/frontend/shared/days.js";
import { countWithin, readIntervals } from "../../dashboard/frontend/timeline/live_counts.js";
import {
  SPANS, SPEEDS, USUAL, daysPerSecond, firstDay, lastDay, playbackStep, readChoice, windowAt, writeChoice,
} from "../../dashboard/frontend/timeline/playback.js";
import { dayAfter } from "../../dashboard/frontend/timeline/player.js";

/** @typedef {import("../../dashboard/frontend/timeline/date_window.js").DateWindow} DateWindow */
/** @typedef {import("../../dashboard/frontend/timeline/playback.js").Span} Span */

const EXTENT = { first: toDay("2020-11-10"), last: toDay("2021-02-28") };
const FULL = { from: EXTENT.first, to: EXTENT.last };

/** @param {DateWindow | null} window */
const iso = (window) => window && [toIso(window.from), toIso(window.to)];

/**
 * @param {string} from
 * @param {string} to
 */
const days = (from, to) => ({ from: toDay(from), to: toDay(to) });

test("a window goes with the day: weeks from Monday, months of the calendar, cut by the data", () => {
  /** @type {[Span, string, string, string][]} */
  const cases = [
    ["window", "2021-01-05", "2021-01-05", "2021-01-14"], ["window", "2021-02-25", "2021-02-25", "2021-02-28"],
    ["day", "2021-01-05", "2021-01-05", "2021-01-05"],
    ["week", "2021-01-05", "2021-01-04", "2021-01-10"], ["week", "2021-01-04", "2021-01-04", "2021-01-10"],
    ["week", "2020-11-10", "2020-11-10", "2020-11-15"],
    ["month", "2021-01-05", "2021-01-01", "2021-01-31"], ["month", "2020-11-20", "2020-11-10", "2020-11-30"],
    ["until", "2021-01-05", "2020-11-10", "2021-01-05"],
  ];
  for (const [span, day, from, to] of cases) {
    assert.deepEqual(iso(windowAt(span, toDay(day), 10, EXTENT)), [from, to], `${span} at ${day}`);
  }
});

test("playing begins where the window is, or at the start if it is at the end", () => {
  const window = days("2020-12-01", "2020-12-10");
  assert.equal(firstDay("window", window, EXTENT), window.from);
  assert.equal(firstDay("until", window, EXTENT), window.to);
  for (const span of SPANS) {
    assert.equal(firstDay(span, FULL, EXTENT), EXTENT.first);
    assert.equal(firstDay(span, { from: EXTENT.last - 5, to: EXTENT.last }, EXTENT), EXTENT.first);
  }
});

test("each day of the data is in a window of playing, and the last window ends with the data", () => {
  for (const extent of [EXTENT, { first: 5, last: 5 }, { first: 0, last: 5000 }]) {
    for (const span of SPANS) {
      const shown = new Set();
      const last = lastDay(span, 8, extent);
      for (let day = extent.first; day <= last; day += 1) {
        const { from, to } = windowAt(span, day, 8, extent);
        assert.ok(from <= to && from >= extent.first && to <= extent.last);
        for (let each = from; each <= to; each += 1) shown.add(each);
      }
      assert.equal(shown.size, extent.last - extent.first + 1, span);
      assert.equal(windowAt(span, last, 8, extent).to, extent.last);
    }
  }
});

test("all takes the seconds that are chosen, whatever the days", () => {
  for (const all of [1, 111, 5000]) {
    assert.equal(all / daysPerSecond("all15", all), 15);
    assert.equal(all / daysPerSecond("all180", all), 180);
    assert.deepEqual([daysPerSecond("day", all), daysPerSecond("week", all)], [1, 7]);
  }
  assert.equal(dayAfter({ day: 10, perSecond: 4 }, 2.5, false), 20);
  // Less motion: one change a second, at the same speed.
  assert.equal(dayAfter({ day: 10, perSecond: 4 }, 2.5, true), 18);
});

test("steps go on and back by the chosen window, and end with the data", () => {
  /** @type {[Span, DateWindow, 1 | -1, [string, string] | null][]} */
  const cases = [
    ["day", FULL, 1, ["2020-11-10", "2020-11-10"]], ["day", FULL, -1, ["2021-02-28", "2021-02-28"]],
    ["week", days("2021-01-04", "2021-01-10"), 1, ["2021-01-11", "2021-01-17"]],
    ["week", days("2021-01-04", "2021-01-10"), -1, ["2020-12-28", "2021-01-03"]],
    ["month", days("2021-01-01", "2021-01-31"), 1, ["2021-02-01", "2021-02-28"]],
    ["month", days("2021-02-01", "2021-02-28"), 1, null],
    ["month", days("2020-11-10", "2020-11-30"), -1, null],
    ["until", FULL, 1, ["2020-11-10", "2020-11-15"]], ["until", FULL, -1, ["2020-11-10", "2021-02-21"]],
    ["until", days("2020-11-10", "2021-01-06"), 1, ["2020-11-10", "2021-01-10"]],
    ["until", days("2020-11-10", "2021-01-10"), -1, ["2020-11-10", "2021-01-03"]],
    ["until", days("2020-11-10", "2020-11-12"), -1, null],
    ["window", days("2021-01-04", "2021-01-10"), 1, ["2021-01-11", "2021-01-17"]],
  ];
  for (const [span, window, direction, expected] of cases) {
    const next = playbackStep(span, { window, stride: window.to - window.from + 1 }, direction, EXTENT);
    assert.deepEqual(iso(next), expected, `${span} ${iso(window)} ${direction}`);
  }
});

test("all up to the day steps by a day in short data, and by a month in long data", () => {
  const short = { first: toDay("2021-01-01"), last: toDay("2021-01-31") };
  const step = (/** @type {string} */ to, /** @type {1 | -1} */ by, extent = short) =>
    iso(playbackStep("until", { window: { from: extent.first, to: toDay(to) }, stride: 1 }, by, extent))?.[1];
  assert.deepEqual([step("2021-01-05", 1), step("2021-01-05", -1)], ["2021-01-06", "2021-01-04"]);
  const long = { first: toDay("2011-03-15"), last: toDay("2021-02-28") };
  assert.deepEqual([step("2015-05-05", 1, long), step("2015-05-05", -1, long)], ["2015-05-31", "2015-04-30"]);
  assert.deepEqual([step("2015-05-31", 1, long), step("2015-05-31", -1, long)], ["2015-06-30", "2015-04-30"]);
});

test("what a browser remembered is read, and anything else is the usual", () => {
  for (const speed of SPEEDS) {
    for (const span of SPANS) assert.deepEqual(readChoice(writeChoice({ speed, span })), { speed, span });
  }
  assert.deepEqual(readChoice("fast"), USUAL);
  assert.deepEqual(readChoice(null), USUAL);
  assert.deepEqual(readChoice("week until"), { speed: "week", span: "until" });
});

test("an event of a day is certain in its window, one of a month possible in a week, and certain in its month", () => {
  const [jan, feb] = [toDay("2021-01-01"), toDay("2021-02-01")];
  /** @type {[number, number, number][]} */
  const rows = [[jan + 4, jan + 4, 3], [jan, feb - 1, 2], [jan - 400, feb + 400, 1]];
  assert.deepEqual(countWithin(rows, 5, [jan + 3, jan + 9]), { certain: 3, possible: 3 });
  assert.deepEqual(countWithin(rows, 5, [jan, feb - 1]), { certain: 5, possible: 1 });
  assert.deepEqual(countWithin(rows, 5, [feb, feb + 6]), { certain: 0, possible: 1 });
  assert.deepEqual(countWithin([], 5, [jan, feb]), { certain: 0, possible: 0 });
  // No window: the undated are shown as well, and nothing is doubtful.
  assert.deepEqual(countWithin(rows, 5, null), { certain: 11, possible: 0 });
});

test("packed intervals are read as they were packed", async () => {
  const numbers = Int32Array.from([-3, 0, 18648, 2, 14, 0, 1, 70_000, 3]);
  const packed = deflateSync(Buffer.from(numbers.buffer)).toString("base64");
  assert.deepEqual(await readIntervals({ rows: 3, packed }), [[-3, -1, 1], [-3, 11, 70_000], [18645, 18645, 3]]);
});
