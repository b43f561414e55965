// @ts-check
// Layers of analysts: what is under the pointer, and which shapes a window of the timeline shows.

import assert from "node:assert/strict";
import { test } from "node:test";

import { isWithin } from "../../dashboard/frontend/map/context_layers.js";
import { boxOf, isOn } from "../../dashboard/frontend/map/hit_test.js";

/** @typedef {import("geojson").Geometry} Geometry */

/** @param {Geometry} geometry @param {number} lon @param {number} lat */
const hit = (geometry, lon, lat) => isOn(geometry, boxOf(geometry), [lon, lat], 0.01);

const OUTER = [[38, 36], [40, 36], [40, 38], [38, 38], [38, 36]];
const HOLE = [[38.5, 36.5], [39, 36.5], [39, 37], [38.5, 37], [38.5, 36.5]];

test("a point inside an area is on it, and one in its hole is not", () => {
  /** @type {Geometry} */
  const area = { type: "Polygon", coordinates: [OUTER, HOLE] };
  assert.ok(hit(area, 39.5, 37.5));
  assert.ok(!hit(area, 38.7, 36.7));
  assert.ok(!hit(area, 40.5, 37));
  assert.ok(hit({ type: "MultiPolygon", coordinates: [[OUTER, HOLE], [HOLE]] }, 38.7, 36.7));
});

test("a line and a point are hit from near, as far to the east as to the north", () => {
  /** @type {Geometry} */
  const line = { type: "LineString", coordinates: [[38, 60], [39, 60]] };
  assert.ok(hit(line, 38.5, 60.009));
  assert.ok(!hit(line, 38.5, 60.02));
  // At 60 degrees north a degree of longitude is half as long.
  assert.ok(hit(line, 39.019, 60));
  assert.ok(!hit(line, 39.03, 60));
  assert.ok(hit({ type: "MultiPoint", coordinates: [[1, 1], [2, 2]] }, 2.005, 2));
  assert.ok(!hit({ type: "Point", coordinates: [1, 1] }, 1.1, 1));
  assert.ok(hit({ type: "MultiLineString", coordinates: [line.coordinates] }, 38.1, 60));
});

test("a shape is shown while its days overlap the window", () => {
  assert.ok(isWithin([10, 20], null));
  assert.ok(isWithin(undefined, [30, 40]));
  assert.ok(isWithin([10, 20], [20, 40]));
  assert.ok(!isWithin([10, 20], [21, 40]));
  assert.ok(isWithin([10, null], [21, 40]));
  assert.ok(!isWithin([null, 9], [10, 40]));
});
