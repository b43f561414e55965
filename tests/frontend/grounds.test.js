// The grounds of marks are faint until their mark is under the pointer, and tooltips stay on the map.

import assert from "node:assert/strict";
import { test } from "node:test";

/** @typedef {{ options: Record<string, unknown>, setStyle: (style: object) => void }} Drawn */

/** @param {Record<string, unknown>} options @returns {Drawn} */
const drawn = (options) => ({ options, setStyle: (style) => Object.assign(options, style) });

// Leaflet, as far as the module uses it.
/** @type {any} */ (globalThis).L = {
  geoJSON: (/** @type {unknown} */ _geometry, /** @type {any} */ options) => drawn({ ...options.style }),
  circle: (/** @type {unknown} */ _at, /** @type {any} */ options) => drawn({ ...options }),
};

const { Grounds } = await import("../../dashboard/frontend/map/grounds.js");
const { placeTip } = await import("../../dashboard/frontend/map/tooltips.js");

/** @returns {{ grounds: any, layers: Drawn[] }} */
function twoMarks() {
  /** @type {Drawn[]} */
  const layers = [];
  const group = { addLayer: (/** @type {Drawn} */ layer) => layers.push(layer) };
  const grounds = new Grounds(/** @type {any} */ (group), { area: "area", ink: "ink" });
  grounds.addOutline({ id: "raqqa", geometry: { type: "Point", coordinates: [0, 0] }, line: false, selected: false, days: [] });
  grounds.addCircle({ lat: 36, lon: 38, radius_m: 9, area: true, selected: false, mark: 1 });
  grounds.addCircle({ lat: 36, lon: 38, radius_m: 9, area: true, selected: true, mark: 2 });
  return { grounds, layers };
}

test("grounds are faint, and selected ones are full", () => {
  const { layers } = twoMarks();
  const fills = layers.map(({ options }) => Number(options.fillOpacity));
  assert.ok(fills[0] < 0.05 && fills[1] < 0.05);
  assert.ok(fills[2] > 0.1);
});

test("the grounds of the mark under the pointer are full until it leaves", () => {
  const { grounds, layers } = twoMarks();
  const before = layers.map(({ options }) => ({ ...options }));
  grounds.emphasise({ sites: [{ id: "raqqa", position: 0 }, { id: "other", position: 1 }] });
  assert.ok(layers.every(({ options }) => Number(options.fillOpacity) > 0.1));
  grounds.emphasise(null);
  assert.deepEqual(layers.map(({ options }) => options.fillOpacity), before.map(({ fillOpacity }) => fillOpacity));
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
