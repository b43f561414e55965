// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";

import { readCounts } from "../../dashboard/frontend/map/counts.js";

// Mark 0: two events of class 0 in bin 1 and three in bin 2, one confirmed, contested and not
// reviewed event in bins 1 to 3. Mark 1: four undated, refuted events of the second split.
const EDGES = [0, 10, 20, 30];
const UNDATED = EDGES.length + 1;
const COLUMNS = [
  [0, 0, 0, 1], // difference to the mark before
  [0, 0, 7, 24], // class
  [1, 1, 1, UNDATED], // difference to the bin before within a class
  [0, 0, 2, 0], // further bins
  [2, 3, 1, 4], // events
];

// Of the events of each row: those without a figure, lowest figures, what sizes and highest figures
// exceed these by, and open ends.
const FIGURES = [[1, 0, 0, 4], [2, 9, 3, 0], [1, 0, 0, 0], [4, 3, 2, 0], [0, 1, 0, 0]];

/**
 * @param {(1 | 2 | 4 | 8)[]} widths
 * @param {number[][]} [columns]
 * @param {import("../../dashboard/frontend/map/counts.js").PackedShared[]} [shared]
 */
function pack(widths, columns = COLUMNS, shared = []) {
  const arrays = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array, 8: Float64Array };
  const bytes = columns.map((column, i) => Buffer.from(new arrays[widths[i]](column).buffer));
  const packed = deflateSync(Buffer.concat(bytes)).toString("base64");
  return readCounts({ splits: ["violence", "politics"], edges: EDGES, rows: 4, widths, packed, shared }, 2);
}

test("all days and undated events, whatever the widths of numbers", async () => {
  for (const widths of [[1, 1, 1, 1, 1], [4, 1, 2, 1, 2], [2, 4, 4, 2, 4]]) {
    const counts = await pack(/** @type {(1 | 2 | 4)[]} */ (widths));
    counts.sumWithin(null);
    assert.deepEqual(counts.tally(0), {
      count: 6, possible: 0, confirmed: 1, refuted: 0, contested: 1, unreviewed: 1, groups: { violence: 6 },
    });
    assert.deepEqual(counts.tally(1), {
      count: 4, possible: 0, confirmed: 0, refuted: 4, contested: 0, unreviewed: 0, groups: { politics: 4 },
    });
  }
});

test("days are in bins between the edges", async () => {
  const counts = await pack([1, 1, 1, 1, 1]);
  assert.deepEqual([-1, 0, 9, 10, 29, 30, 99].map((day) => counts.binOf(day)), [0, 1, 1, 2, 3, 4, 4]);
  assert.deepEqual([...counts.binShares([5, 19])], [0, 0.5, 1, 0, 0, 0]);
  assert.deepEqual([...counts.binShares([-8, 99])], [1, 1, 1, 1, 1, 0]);
});

test("a window has what begins in it or lasts into it, and no undated event", async () => {
  const counts = await pack([1, 1, 1, 1, 1]);
  /** @type {[[number, number], number][]} */
  const cases = [[[0, 9], 3], [[10, 19], 4], [[20, 29], 1], [[30, 40], 0], [[0, 29], 6]];
  for (const [window, count] of cases) {
    counts.sumWithin(window);
    assert.equal(counts.tally(0).count, count, String(window));
    assert.equal(counts.tally(1).count, 0);
  }
});

test("a window that cuts a bin has its share of the events in that bin", async () => {
  const counts = await pack([1, 1, 1, 1, 1]);
  counts.sumWithin([0, 4]);
  // One of two events in the first half of bin 1, and the one that lasts.
  assert.deepEqual(counts.tally(0), {
    count: 2, possible: 1, confirmed: 1, refuted: 0, contested: 1, unreviewed: 1, groups: { violence: 2 },
  });
});

test("figures are summed within the window as events are", async () => {
  const counts = await pack([1, 1, 1, 1, 1, 1, 2, 4, 8, 1], [...COLUMNS, ...FIGURES]);
  counts.sumWithin(null);
  assert.deepEqual(counts.tally(0).figure, { without: 1, size: 15, low: 14, high: 23, open: 1 });
  assert.deepEqual(counts.tally(1), {
    count: 4, possible: 0, confirmed: 0, refuted: 4, contested: 0, unreviewed: 0, groups: { politics: 4 },
    figure: { without: 4, size: 0, low: 0, high: 0, open: 0 },
  });
  counts.sumWithin([0, 9]);
  assert.deepEqual(counts.tally(0).figure, { without: 1, size: 6, low: 5, high: 11, open: 0 });
  counts.sumWithin([20, 29]);
  assert.deepEqual(counts.tally(0).figure, { without: 0, size: 3, low: 3, high: 5, open: 0 });
  counts.sumWithin([30, 40]);
  assert.deepEqual(counts.tally(0).figure, { without: 0, size: 0, low: 0, high: 0, open: 0 });
});

test("events at two marks are those that both have within the window", async () => {
  // One contested event of bins 1 to 3 at both marks, and two of bin 2 at mark 1 and at one not drawn.
  const counts = await pack([1, 1, 1, 1, 1], COLUMNS, [[[0, 1], 2, 1, 2, [1]], [[1, 7], 16, 2, 0, [2]]]);
  const both = {
    count: 1, possible: 0, confirmed: 0, refuted: 0, contested: 1, unreviewed: 0, groups: { violence: 1 },
  };
  counts.sumWithin(null);
  assert.deepEqual(counts.sharedWith(1, new Set([0])), [both]);
  assert.deepEqual(counts.sharedWith(0, new Set([1])), [both]);
  assert.deepEqual(counts.sharedWith(0, new Set([0, 7])), []);
  counts.sumWithin([30, 40]);
  assert.deepEqual(counts.sharedWith(1, new Set([0])), []);
  counts.sumWithin([10, 14]);
  assert.deepEqual(counts.sharedWith(1, new Set([0])), [{ ...both, possible: 1 }]);
  assert.equal(counts.sharedWith(7, new Set([1]))[0].count, 1, "half of the bin, as for the marks");
});

test("figures of shared events are sums as those of marks are", async () => {
  const counts = await pack([1, 1, 1, 1, 1], COLUMNS, [[[0, 1], 1, 1, 0, [3, 1, 9, 2, 4, 1]]]);
  counts.sumWithin(null);
  assert.deepEqual(counts.sharedWith(0, new Set([1])), [{
    count: 3, possible: 0, confirmed: 0, refuted: 0, contested: 0, unreviewed: 3, groups: { violence: 3 },
    figure: { without: 1, size: 11, low: 9, high: 13, open: 1 },
  }]);
});

test("events that may lie outside of the window are counted apart, or left out", async () => {
  const counts = await pack([1, 1, 1, 1, 1], COLUMNS, [[[0, 1], 2, 1, 2, [1]]]);
  counts.sumWithin([10, 19]);
  assert.deepEqual([counts.tally(0).count, counts.tally(0).possible], [4, 1]);
  counts.sumWithin([10, 19], true);
  assert.deepEqual([counts.tally(0).count, counts.tally(0).possible], [3, 0]);
  assert.deepEqual(counts.sharedWith(1, new Set([0])), []);
  counts.sumWithin([0, 29], true);
  assert.deepEqual([counts.tally(0).count, counts.tally(0).possible], [6, 0]);
  counts.sumWithin(null, true);
  assert.deepEqual([counts.tally(0).count, counts.tally(1).count], [6, 4]);
});
