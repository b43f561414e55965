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
const { placeTip } = await import("../../dashboard/frontend/map/tip_position.js");

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

/** @type {import("../../dashboard/frontend/map/label_positions.js").Box} */
const VIEW = [0, 0, 600, 500];

test("a tooltip is on the side that has room, moved along it into the map", () => {
  assert.deepEqual(placeTip({ x: 300, y: 300 }, 9, [200, 90], VIEW, []), { direction: "top", slide: 0, offset: [0, -9] });
  assert.deepEqual(placeTip({ x: 300, y: 20 }, 9, [200, 90], VIEW, []), { direction: "bottom", slide: 0, offset: [0, 9] });
  // 100 px to either side of x = 550 would end outside of the map.
  assert.deepEqual(placeTip({ x: 550, y: 300 }, 9, [200, 90], VIEW, []), { direction: "top", slide: -53, offset: [-53, -9] });
  // In the corner the tooltip moves farther than its arrow.
  assert.deepEqual(placeTip({ x: 2, y: 300 }, 9, [200, 90], VIEW, []), { direction: "top", slide: 86, offset: [101, -9] });
});

test("a tooltip covers nothing that is pointed at, and another mark only where all sides have one", () => {
  const at = { x: 300, y: 300 };
  assert.equal(placeTip(at, 9, [200, 90], VIEW, [[210, 200, 390, 220]]).direction, "bottom");
  // A mark at the end of one side: the tooltip moves to the other.
  assert.deepEqual(placeTip(at, 9, [200, 90], VIEW, [[370, 200, 390, 220]]).offset, [-86, -9]);
  assert.equal(placeTip(at, 9, [200, 90], VIEW, [[0, 200, 600, 220], [0, 380, 600, 400]]).direction, "right");
  // On a phone, with a mark above.
  const { direction, offset } = placeTip({ x: 160, y: 80 }, 20, [210, 120], [0, 0, 320, 500], [[100, 0, 220, 40]]);
  assert.deepEqual([direction, offset], ["bottom", [0, 20]]);
});
