// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { joinOverlapping, markRadius, radiusOf } from "../../dashboard/frontend/map/mark_groups.js";
import { describeFigure, hasNoFigure, sizeOf } from "../../dashboard/frontend/map/sizes.js";
import { describeMark } from "../../dashboard/frontend/map/tooltips.js";
import { createFormat } from "../../dashboard/frontend/shared/format.js";
import { ARABIC, ENGLISH } from "./reading.js";

/** @typedef {import("../../dashboard/frontend/map/types.js").FigureSum} FigureSum */
/** @typedef {import("../../dashboard/frontend/map/types.js").FigureWords} FigureWords */
/** @typedef {import("../../dashboard/frontend/map/types.js").Site} Site */

/** @type {FigureWords} */
const KILLED = {
  figure: "{figure} killed", at_least: "at least {low}", up_to: "up to {high}", bounds: "{low} to {high}",
  without: { other: "{n} without a figure" }, none: "Killed: no figure", size: "", shares: "", dash: "",
  several_marks: "",
};

/**
 * @param {number} count
 * @param {Partial<FigureSum>} [figure]
 * @returns {Site}
 */
const site = (count, figure) => ({
  id: "a", lat: 0, lon: 0, name_en: "a", name_ar: "", radius_m: 0, hollow: false, selected: false, count,
  possible: 0, confirmed: 0, refuted: 0, contested: 0, unreviewed: 0, groups: { violence: count }, position: 0,
  ...(figure && { figure: { without: 0, size: 0, low: 0, high: 0, open: 0, ...figure } }),
});

test("the size is the number of events, or the sum of their figures", () => {
  assert.equal(sizeOf(site(12)), 12);
  assert.equal(sizeOf(site(12, { size: 4 })), 4);
  assert.deepEqual([site(12), site(12, { without: 11 }), site(12, { without: 12 })].map(hasNoFigure), [false, false, true]);
});

test("a sum is a range of which events are missing", () => {
  const format = createFormat(ENGLISH);
  /** @type {[Partial<FigureSum>, string[]][]} */
  const cases = [
    [{ without: 4, size: 4, low: 3, high: 5 }, ["3 to 5 killed", "4 without a figure"]],
    [{ size: 1200, low: 1200, high: 1200 }, ["1,200 killed"]],
    [{ size: 0, low: 0, high: 0 }, ["0 killed"]],
    [{ size: 0, low: 0, high: 7 }, ["up to 7 killed"]],
    [{ size: 3, low: 3, high: 9, open: 1 }, ["at least 3 killed"]],
    [{ without: 12 }, ["Killed: no figure"]],
  ];
  for (const [figure, expected] of cases) {
    assert.deepEqual(describeFigure(site(12, figure), KILLED, format), expected);
  }
  assert.deepEqual(describeFigure(site(12), null, format), []);
  const arabic = createFormat(ARABIC);
  assert.deepEqual(describeFigure(site(12, { low: 12, high: 12 }), { ...KILLED, figure: "{figure} من القتلى" }, arabic), ["١٢ من القتلى"]);
});

test("the tooltip has events and their figures in one line", () => {
  const words = /** @type {any} */ ({ reading: ENGLISH, events: { one: "{n} event", other: "{n} events" } });
  const mark = joinOverlapping([site(12, { without: 4, size: 4, low: 3, high: 5 })], () => ({ x: 0, y: 0 }))[0];
  const lines = describeMark(mark, words, [], createFormat(ENGLISH), KILLED);
  assert.equal(lines[1], "12 events, 3 to 5 killed, 4 without a figure");
});

test("marks that are joined have the sum of their figures", () => {
  const sites = [site(2, { without: 1, size: 5, low: 4, high: 6, open: 1 }), site(3, { without: 2, size: 1, low: 1, high: 1 })];
  const before = structuredClone(sites);
  const [mark] = joinOverlapping(sites, () => ({ x: 0, y: 0 }));
  assert.deepEqual(mark.figure, { without: 3, size: 6, low: 5, high: 7, open: 1 });
  assert.deepEqual(sites, before, "the data are not changed");
});

test("radii of large figures are scaled to the largest, those of events are not", () => {
  assert.equal(radiusOf(site(4, { size: 900, low: 900, high: 900 }), 900), 26);
  assert.ok(radiusOf(site(4, { size: 100, low: 100, high: 100 }), 900) < 16);
  assert.equal(radiusOf(site(4, { size: 4, low: 4, high: 4 }), 4), markRadius(4));
  assert.equal(radiusOf(site(4), 900), markRadius(4));
  assert.equal(radiusOf(site(50, { without: 50 }), 900), 9);
});
