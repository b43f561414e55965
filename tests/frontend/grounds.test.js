// The grounds of marks are faint until their mark is under the pointer, many are one texture, and tooltips
// stay on the map.

import assert from "node:assert/strict";
import { test } from "node:test";

/** @typedef {{ options: Record<string, any> }} Drawn */

// Leaflet, as far as the modules use it.
class Layer {
  addTo() { return this; }
}
/** @type {any} */ (globalThis).L = {
  Layer,
  point: () => ({}),
  latLng: () => ({}),
  DomUtil: { create: () => ({ style: {}, setAttribute: () => {} }) },
  geoJSON: (/** @type {unknown} */ geometry, /** @type {any} */ options) => ({ options: { ...options.style, geometry } }),
  circle: (/** @type {unknown} */ _at, /** @type {any} */ options) => ({ options }),
};

const { Grounds, faintOf } = await import("../../dashboard/frontend/map/grounds.js");
const { TextureLayer, ringsOf } = await import("../../dashboard/frontend/map/texture_layer.js");
const { placeTip } = await import("../../dashboard/frontend/map/tooltips.js");

/** @type {any} */
const SQUARE = { type: "Polygon", coordinates: [[[0, 0], [1, 0], [1, 1], [0, 0]]] };
/** @type {any} */
const OUTLINE = { id: "raqqa", geometry: SQUARE, line: false, selected: false, days: [] };
const CIRCLE = { lat: 36, lon: 38, radius_m: 9, area: true, selected: false, mark: 1, part: null };
/** @type {any} */
const POINTED_AT = { sites: [{ id: "raqqa", position: 0 }, { id: "other", position: 1 }] };

/** @param {import("../../dashboard/frontend/map/grounds.js").Faint} faint */
function threeGrounds(faint) {
  /** @type {Set<any>} */
  const layers = new Set();
  const group = {
    addLayer: (/** @type {any} */ layer) => layers.add(layer),
    removeLayer: (/** @type {any} */ layer) => layers.delete(layer),
  };
  const grounds = new Grounds(/** @type {any} */ (group), { area: "area", ink: "ink" }, faint);
  grounds.addOutline(OUTLINE);
  grounds.addCircle(CIRCLE);
  grounds.addCircle({ ...CIRCLE, selected: true, mark: 2 });
  return { grounds, layers };
}

/** @param {Iterable<Drawn>} layers */
const fills = (layers) => [...layers].map(({ options }) => Number(options.fillOpacity));

test("grounds are faint, and selected ones are full", () => {
  const [outline, circle, selected] = fills(threeGrounds("apart").layers);
  assert.ok(outline < 0.05 && circle < 0.05);
  assert.ok(selected > 0.1);
});

test("the grounds of the mark under the pointer are full until it leaves", () => {
  const { grounds, layers } = threeGrounds("apart");
  const before = [...layers];
  grounds.emphasise(POINTED_AT);
  assert.equal(fills(layers).filter((fill) => fill > 0.1).length, 3);
  grounds.emphasise(null);
  assert.deepEqual([...layers], before);
});

test("hidden grounds appear with their mark only", () => {
  const { grounds, layers } = threeGrounds("hidden");
  assert.equal(layers.size, 1, "the selected one");
  grounds.emphasise(POINTED_AT);
  assert.equal(layers.size, 3);
});

test("many grounds are one texture", () => {
  const { layers } = threeGrounds("texture");
  const [texture, selected] = layers;
  assert.equal(layers.size, 2);
  assert.ok(texture instanceof TextureLayer);
  assert.ok(selected.options.fillOpacity > 0.1);
});

test("what of a circle is in its country is drawn, and not the circle", () => {
  const { grounds, layers } = threeGrounds("apart");
  grounds.addCircle({ ...CIRCLE, mark: 3, part: SQUARE });
  assert.equal([...layers][3].options.geometry, SQUARE);
});

test("whether grounds are a texture depends on all of the map and not on the dates", () => {
  /** @param {number} circles @param {number} roads */
  const data = (circles, roads) => /** @type {any} */ ({
    circles: Array(circles).fill(CIRCLE), outlines: Array(roads).fill({ ...OUTLINE, line: true }),
  });
  assert.equal(faintOf(data(12, 9)), "apart");
  assert.equal(faintOf(data(13, 0)), "texture");
  assert.equal(faintOf({ ...data(13, 0), extents: false }), "hidden");
});

test("the rings of areas, also of those of several parts", () => {
  assert.equal(ringsOf(SQUARE).length, 1);
  assert.equal(ringsOf(/** @type {any} */ ({ type: "MultiPolygon", coordinates: [SQUARE.coordinates, SQUARE.coordinates] })).length, 2);
  const mixed = { type: "GeometryCollection", geometries: [SQUARE, { type: "Point", coordinates: [0, 0] }] };
  assert.equal(ringsOf(/** @type {any} */ (mixed)).length, 1);
});

test("a tooltip is on the side that has room", () => {
  const size = { x: 600, y: 500 };
  assert.equal(placeTip({ x: 300, y: 300 }, size, 4).direction, "top");
  assert.equal(placeTip({ x: 300, y: 20 }, size, 4).direction, "bottom");
  assert.deepEqual(placeTip({ x: 590, y: 300 }, size, 4), { direction: "left", offset: [-4, 0] });
  assert.deepEqual(placeTip({ x: 10, y: 300 }, size, 9), { direction: "right", offset: [9, 0] });
  // A phone has no room on either side.
  assert.equal(placeTip({ x: 310, y: 300 }, { x: 320, y: 500 }, 4).direction, "top");
});
