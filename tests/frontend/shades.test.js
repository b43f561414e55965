// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import {
  certain, classColours, classLabels, classLimits, classOf, describeArea, squareBounds,
} from "../../dashboard/frontend/map/shades.js";
import { createFormat } from "../../dashboard/frontend/shared/format.js";
import { ENGLISH } from "./reading.js";

/** @typedef {import("../../dashboard/frontend/map/types.js").Words} Words */

const WORDS = /** @type {Words} */ (/** @type {unknown} */ ({
  reading: ENGLISH, events: { one: "{n} event", other: "{n} events" }, possible: "possibly: {n}",
  contested: "contested: {n}", confirmed: "", refuted: "", not_reviewed: "", closer: "closer",
}));
const SHADING = {
  title: "", limits: "", certain: "", possible: "", empty: "", nothing: "No event", several: "", unknown: "", more: "",
  without: { other: "" },
};
const tally = (count = 0, possible = 0) =>
  ({ count, possible, confirmed: 0, refuted: 0, contested: 0, unreviewed: 0, groups: { violence: count } });

test("the limits of classes are those of map/class_limits.py", () => {
  // The same examples as in tests/map/test_class_limits.py.
  assert.deepEqual([0, 1, 3, 7, 50, 500, 100_000].map(classLimits), [
    [], [1], [1, 2, 3], [1, 2, 3, 5, 7], [2, 5, 10, 23, 50], [3, 12, 42, 144, 500], [10, 100, 1_000, 10_000, 100_000],
  ]);
});

test("a number is in the class that ends with it or after it", () => {
  assert.deepEqual([0, 1, 2, 3, 50, 99].map((number) => classOf(number, classLimits(50))), [-1, 0, 0, 1, 4, 4]);
  assert.equal(classOf(3, []), -1);
});

test("few classes have colours far apart", () => {
  assert.deepEqual([1, 2, 3, 4].map((classes) => classColours(classes, ["a", "b", "c", "d", "e"]).join("")), ["e", "ae", "ace", "abde"]);
});

test("classes are named by their first and last number", () => {
  assert.deepEqual(classLabels([1, 2, 5], WORDS, createFormat(ENGLISH)), ["1", "2", "3 to 5"]);
});

test("possible events do not colour an area", () => {
  assert.equal(certain(tally(5, 2)), 3);
  assert.equal(certain(tally(2, 2)), 0);
});

test("a square has the corners of the grid", () => {
  const [[south, west], [north, east]] = squareBounds([2 ** 29, 2 ** 28], 2 ** 28);
  assert.deepEqual([west, east, south].map(Math.round), [0, 90, 0]);
  assert.ok(Math.abs(north - 66.51326) < 1e-4);
});

test("a tooltip says what is certain and what is possible, and that there is nothing", () => {
  const area = {
    ids: ["a"], name_en: "Raqqa", name_ar: "الرقة", lat: 36, lon: 39, geometry: null, selected: false, corner: null,
  };
  const texts = {
    words: WORDS, shading: SHADING, legend: [{ id: "violence", label: "Violence", colour: "" }], format: createFormat(ENGLISH),
  };
  assert.deepEqual(describeArea(area, tally(5, 2), texts), ["Raqqa · الرقة", "5 events, possibly: 2", "Violence: 5"]);
  assert.deepEqual(describeArea(area, tally(), texts), ["Raqqa · الرقة", "No event"]);
  const square = { ...area, name_en: "", name_ar: "" };
  assert.deepEqual(describeArea(square, tally(1), texts), ["1 event", "Violence: 1"]);
});
