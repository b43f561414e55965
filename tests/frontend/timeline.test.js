// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { toDay } from "../../dashboard/frontend/shared/days.js";
import { createFormat } from "../../dashboard/frontend/shared/format.js";
import { joinBins, total } from "../../dashboard/frontend/timeline/bars.js";
import {
  dragged, gripAt, isFull, mapWindow, movedByKey, stepLength, stepped,
} from "../../dashboard/frontend/timeline/date_window.js";
import { PLOT, Scale } from "../../dashboard/frontend/timeline/scale.js";
import { labelWidth, ticks } from "../../dashboard/frontend/timeline/ticks.js";
import { ARABIC, ENGLISH } from "./reading.js";

const format = createFormat(ENGLISH);
const EXTENT = { first: 0, last: 99 };

/**
 * @param {string} first
 * @param {string} last
 * @param {number} width
 */
const ticksOf = (first, last, width) => ticks({ first: toDay(first), last: toDay(last) }, width, format);

test("days and pixels are converted both ways, and clamped to the data", () => {
  const scale = new Scale(EXTENT, PLOT.left + PLOT.right + 200);
  assert.equal(scale.x(0), PLOT.left);
  assert.equal(scale.x(100), scale.right);
  assert.equal(scale.x(-5), PLOT.left);
  assert.equal(scale.x(500), scale.right);
  for (const day of [0, 17, 99]) assert.ok(Math.abs(scale.day(scale.x(day)) - day) < 1e-9);
});

test("ticks are at the smallest step that has room", () => {
  assert.deepEqual(ticksOf("2021-01-01", "2021-01-03", 600).map(([, label]) => label),
    ["1 Jan 2021", "2 Jan 2021", "3 Jan 2021"]);
  assert.deepEqual(ticksOf("2021-01-01", "2021-01-31", 600).map(([day]) => day),
    ["2021-01-04", "2021-01-11", "2021-01-18", "2021-01-25"].map(toDay));
  assert.deepEqual(ticksOf("2020-11-10", "2021-02-28", 250).map(([, label]) => label),
    ["Dec 2020", "Jan 2021", "Feb 2021"]);
  assert.deepEqual(ticksOf("2011-03-15", "2021-02-28", 600).map(([, label]) => label),
    ["2012", "2013", "2014", "2015", "2016", "2017", "2018", "2019", "2020", "2021"]);
});

test("ticks never overlap, are in the data, and are at round days", () => {
  for (const language of [ENGLISH, ARABIC, { ...ENGLISH, dates: "iso" }]) {
    for (const days of [1, 2, 9, 40, 200, 1000, 5000, 40_000]) {
      for (const width of [80, 300, 900]) {
        const extent = { first: 18_000, last: 18_000 + days - 1 };
        const list = ticks(extent, width, createFormat(language));
        const perDay = width / days;
        list.forEach(([day, label], i) => {
          assert.ok(day >= extent.first && day <= extent.last);
          const next = list[i + 1];
          // Months differ by three days; the space is computed for the shorter ones of 30 days.
          if (next && days < 40) assert.ok((next[0] - day) * perDay >= labelWidth(label));
        });
      }
    }
  }
});

test("data of very many years have a tick at last", () => {
  assert.deepEqual(ticksOf("0100-01-01", "9000-01-01", 20).length > 0, true);
});

test("bins with room stay, thin ones are joined without loss", () => {
  const bins = Array.from({ length: 100 }, (_, i) => ({
    start: new Date(i * 86_400_000).toISOString().slice(0, 10), days: 1, counts: { contested: 1, corroborated: i % 2 },
  }));
  const wide = joinBins(bins, new Scale(EXTENT, 1000));
  assert.equal(wide.length, 100);
  assert.deepEqual(wide[3], { start: 3, end: 3, counts: { contested: 1, corroborated: 1 } });
  const narrow = joinBins(bins, new Scale(EXTENT, 140));
  assert.ok(narrow.length < 40);
  assert.equal(narrow.reduce((sum, bar) => sum + total(bar.counts), 0), 150);
  assert.equal(narrow[0].start, 0);
  assert.equal(narrow[narrow.length - 1].end, 99);
  narrow.slice(1).forEach((bar, i) => assert.equal(bar.start, narrow[i].end + 1));
});

test("a press takes a handle, the window, or begins a new one", () => {
  /** @type {[number, boolean, string][]} */
  const cases = [
    [100, false, "from"], [109, false, "from"], [110, false, "window"], [191, false, "to"], [209, false, "to"],
    [210, false, "new"], [50, false, "new"], [150, true, "new"],
  ];
  for (const [x, full, grip] of cases) assert.equal(gripAt(x, 100, 200, full), grip);
  // Both handles at one place: the side of the press decides.
  assert.equal(gripAt(99, 100, 100, false), "from");
  assert.equal(gripAt(101, 100, 100, false), "to");
});

test("a drag moves a handle, the window, or draws a window, within the data", () => {
  const window = { from: 20, to: 40 };
  /** @type {[import("../../dashboard/frontend/timeline/date_window.js").Grip, number, number, number, number][]} */
  const cases = [
    ["from", 20, 25, 25, 40], ["from", 20, 70, 40, 40], ["from", 20, -30, 0, 40],
    ["to", 40, 30, 20, 30], ["to", 40, 5, 20, 20], ["to", 40, 500, 20, 99],
    ["window", 30, 35, 25, 45], ["window", 30, -100, 0, 20], ["window", 30, 300, 79, 99],
    ["new", 60.7, 70.2, 60, 70], ["new", 70.2, 60.7, 60, 70], ["new", 60.5, 900, 60, 99],
  ];
  for (const [grip, pressed, day, from, to] of cases) {
    assert.deepEqual(dragged({ grip, day: pressed, ...window }, day, EXTENT), { from, to }, `${grip} to ${day}`);
  }
});

test("keys move one handle, which stops at the other", () => {
  const window = { from: 40, to: 42 };
  assert.deepEqual(movedByKey(window, "from", "ArrowLeft", EXTENT), { from: 39, to: 42 });
  assert.deepEqual(movedByKey(window, "from", "PageUp", EXTENT), { from: 42, to: 42 });
  assert.deepEqual(movedByKey(window, "to", "PageUp", EXTENT), { from: 40, to: 70 });
  assert.deepEqual(movedByKey(window, "from", "Home", EXTENT), { from: 0, to: 42 });
  assert.deepEqual(movedByKey(window, "to", "End", EXTENT), { from: 40, to: 99 });
  assert.deepEqual(movedByKey({ from: 0, to: 5 }, "from", "ArrowDown", EXTENT), { from: 0, to: 5 });
  assert.equal(movedByKey(window, "from", "a", EXTENT), null);
});

test("steps are as long as the window, a twelfth of the data if it is full", () => {
  const full = { from: 0, to: 99 };
  assert.ok(isFull(full, EXTENT));
  assert.equal(stepLength(full, 100, EXTENT), 8);
  assert.equal(stepLength({ from: 0, to: 9 }, 10, EXTENT), 10);
  assert.deepEqual(stepped(full, 8, 1, EXTENT), { from: 0, to: 7 });
  assert.deepEqual(stepped(full, 8, -1, EXTENT), { from: 92, to: 99 });
  assert.deepEqual(stepped({ from: 90, to: 94 }, 10, 1, EXTENT), { from: 95, to: 99 });
  assert.equal(stepped({ from: 95, to: 99 }, 10, 1, EXTENT), null);
  assert.equal(stepped({ from: 0, to: 5 }, 10, -1, EXTENT), null);
});

test("the map gets no window for all days, and an open one at an edge", () => {
  assert.equal(mapWindow({ from: 0, to: 99 }, EXTENT), null);
  assert.deepEqual(mapWindow({ from: 0, to: 50 }, EXTENT), [-1, 50]);
  assert.deepEqual(mapWindow({ from: 10, to: 99 }, EXTENT), [10, 100]);
  assert.deepEqual(mapWindow({ from: 10, to: 50 }, EXTENT), [10, 50]);
});
