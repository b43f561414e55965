// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { areaText, roundedKm } from "../../dashboard/frontend/map/area_text.js";

const point = (/** @type {number} */ lat, /** @type {number} */ lng) => ({ lat, lng });

test("a rectangle has its edges in order, whichever corners were clicked", () => {
  assert.equal(areaText("box", [point(36.9, 38.1), point(36.2, 39)]), "box:38.1,36.2,39,36.9");
  assert.equal(areaText("box", [point(36.2, 39), point(36.9, 38.1)]), "box:38.1,36.2,39,36.9");
  assert.equal(areaText("box", [point(36.2, 39), point(36.2, 38.1)]), null);
});

test("a polygon has at least three corners, longitude first", () => {
  assert.equal(areaText("polygon", [point(36, 38), point(36, 39)]), null);
  const corners = [point(36, 38), point(36, 39.1234567), point(37, 38.5)];
  assert.equal(areaText("polygon", corners), "polygon:38,36;39.12346,36;38.5,37");
});

test("a circle has three digits of kilometres", () => {
  assert.equal(areaText("circle", [point(36, 38), point(36, 39)], 12_345), "circle:38,36,12.3");
  assert.equal(areaText("circle", [point(36, 38), point(36, 38)], 0), null);
  assert.equal(roundedKm(123_456), 123);
  assert.equal(roundedKm(87), 0.087);
});

test("on a map that was moved around the world an area is where its points are", () => {
  assert.equal(areaText("box", [point(36, 398), point(37, 399)]), "box:38,36,39,37");
  assert.equal(areaText("box", [point(36, -322), point(37, -321)]), "box:38,36,39,37");
});
