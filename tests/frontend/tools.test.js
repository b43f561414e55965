// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { pixelMetres, written } from "../../dashboard/frontend/map/coordinates.js";
import { areaOf, distance, lengthOf } from "../../dashboard/frontend/map/geodesic.js";
import { mgrs, zoneOf } from "../../dashboard/frontend/map/utm.js";
import { moved } from "../../dashboard/frontend/search/keys.js";

const TOWN = { lat: 36.38373, lng: 38.86292 };

test("a point is written in each form with the digits that a pixel is worth", () => {
  assert.equal(written(TOWN, "decimal", 1), "36.383730, 38.862920");
  assert.equal(written(TOWN, "decimal", 1000), "36.384, 38.863");
  assert.equal(written(TOWN, "degrees", 1000), "36°23′01″N 38°51′47″E");
  assert.equal(written(TOWN, "degrees", 5), "36°23′01.4″N 38°51′46.5″E");
  assert.equal(written(TOWN, "mgrs", 1000), "37S DA 87 26");
  assert.equal(written(TOWN, "mgrs", 0.5), mgrs(36.38373, 38.86292, 5));
});

test("seconds that round up to sixty make a minute", () => {
  assert.equal(written({ lat: -35.99999, lng: -0.99999 }, "degrees", 1000), "36°00′00″S 1°00′00″W");
});

test("a point of a world beside the first is one of the first, and poles have no grid", () => {
  assert.equal(written({ lat: 36, lng: 398.5 }, "decimal", 1000), "36.000, 38.500");
  assert.equal(written({ lat: 36, lng: -321.5 }, "decimal", 1000), "36.000, 38.500");
  assert.equal(written({ lat: 85, lng: 10 }, "mgrs", 1000), "85.000, 10.000");
  assert.equal(mgrs(-80.1, 10, 5), "");
});

test("Norway and Svalbard have zones of their own", () => {
  assert.deepEqual([zoneOf(60, 5), zoneOf(60, 2), zoneOf(55, 5)], [32, 31, 31]);
  assert.deepEqual([5, 10, 25, 35, 45].map((lon) => zoneOf(78, lon)), [31, 33, 35, 37, 38]);
  assert.deepEqual([zoneOf(0, 180), zoneOf(0, -180)], [60, 1]);
});

test("a pixel is smaller when zoomed in, and to the north", () => {
  assert.ok(pixelMetres(0, 8) > pixelMetres(36, 8));
  assert.equal(pixelMetres(36, 8) / pixelMetres(36, 10), 4);
});

test("distances are the shortest ones, also across the edge of the map", () => {
  assert.equal(distance(TOWN, TOWN), 0);
  assert.equal(distance(TOWN, { ...TOWN, lng: TOWN.lng + 360 }), 0);
  assert.ok(Math.abs(distance({ lat: 10, lng: 179 }, { lat: 10, lng: -179 }) - 219_254) < 1000);
  // Opposite points: the sphere, within half a percent of the half circumference.
  assert.ok(Math.abs(distance({ lat: 0, lng: 0 }, { lat: 0.1, lng: 179.9 }) / 20_003_931 - 1) < 0.005);
});

test("a length is the sum of its parts, and an area has no direction", () => {
  const line = [TOWN, { lat: 36.5, lng: 39 }, { lat: 36.2, lng: 39.2 }];
  assert.equal(lengthOf(line), distance(line[0], line[1]) + distance(line[1], line[2]));
  assert.equal(lengthOf([TOWN]), 0);
  assert.ok(Math.abs(areaOf(line) - areaOf([...line].reverse())) < 1e-3);
  assert.equal(areaOf([TOWN, line[1]]), 0);
});

test("arrows go round the suggestions and through the field", () => {
  assert.deepEqual([-1, 0, 1].map((at) => moved("ArrowDown", at, 2)), [0, 1, -1]);
  assert.deepEqual([-1, 0, 1].map((at) => moved("ArrowUp", at, 2)), [1, -1, 0]);
  assert.equal(moved("a", 1, 2), 1);
});
