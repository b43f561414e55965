// @ts-check
// The layers on a map: loaded once, in their order, with the shapes of the timeline's window.

import assert from "node:assert/strict";
import { test } from "node:test";

/** @typedef {{ options: Record<string, any>, feature: any }} Path */

/** A group of paths, as far as the module uses Leaflet's. */
class Group {
  constructor() {
    /** @type {Set<Path>} */
    this.paths = new Set();
  }
  addTo() { return this; }
  remove() { this.paths.clear(); }
  /** @param {Path} path */
  addLayer(path) { this.paths.add(path); }
  /** @param {Path} path */
  removeLayer(path) { this.paths.delete(path); }
  /** @param {Path} path */
  hasLayer(path) { return this.paths.has(path); }
  getLayers() { return [...this.paths]; }
}

/** @type {any} */ (globalThis).L = {
  canvas: () => ({}),
  layerGroup: () => new Group(),
  geoJSON: (/** @type {any} */ feature, /** @type {any} */ options) => ({ feature, options }),
};

const { ContextLayers } = await import("../../dashboard/frontend/map/context_layers.js");

/** @param {string} label @param {[number | null, number | null]} [days] */
const feature = (label, days) => ({
  type: "Feature", properties: { label, ...(days ? { days } : {}) }, geometry: { type: "Point", coordinates: [38, 36] },
});

/** @param {string} id @param {Record<string, unknown>} [more] */
const options = (id, more = {}) => /** @type {any} */ ({
  id, address: `/map-layers/${id}`, title: id, colour: "grey", opacity: 0.5, width: 2, fill: 0.2, colours: [], kinds: [], ...more,
});

/** A map with panes, and a server that has one layer. */
function setUp() {
  /** @type {Map<string, any>} */
  const panes = new Map();
  /** @type {string[]} */
  const asked = [];
  const container = { dataset: /** @type {Record<string, string>} */ ({}), querySelectorAll: () => [] };
  const createPane = (/** @type {string} */ name) => panes.set(name, { style: {} }).get(name);
  const map = { on: () => map, getContainer: () => container, getPane: (/** @type {string} */ name) => panes.get(name), createPane };
  const request = async (/** @type {string} */ address) => {
    asked.push(address);
    const features = [feature("January", [10, 20]), feature("since", [15, null]), feature("always")];
    return { ok: true, json: async () => ({ features }) };
  };
  return { layers: new ContextLayers(/** @type {any} */ (map), /** @type {any} */ (request)), asked, container, panes };
}

/** @param {any} layers @returns {string[][]} */
const shown = (layers) => layers.drawn.map((/** @type {any} */ { group }) =>
  group.getLayers().map((/** @type {Path} */ path) => path.feature.properties.label));

test("shapes come and go with the window, and those without days stay", async () => {
  const { layers, container } = setUp();
  await layers.show([options("a")]);
  assert.deepEqual(shown(layers), [["January", "since", "always"]]);
  layers.setWindow([1, 12]);
  assert.deepEqual(shown(layers), [["January", "always"]]);
  layers.setWindow([30, 40]);
  assert.deepEqual(shown(layers), [["always", "since"]]);
  assert.equal(container.dataset.layerShapes, "2");
  layers.setWindow([50, 60]);
  await layers.show([options("a", { opacity: 1 })]);
  assert.deepEqual(shown(layers), [["since", "always"]]);
});

test("each layer is asked for once, and lies in its order", async () => {
  const { layers, asked, panes } = setUp();
  await layers.show([options("a"), options("b")]);
  await layers.show([options("b"), options("a", { opacity: 0.9 })]);
  assert.deepEqual(asked, ["/map-layers/a", "/map-layers/b"]);
  assert.deepEqual(layers.drawn.map((/** @type {any} */ each) => each.options.id), ["b", "a"]);
  assert.equal(panes.get("context-1").style.opacity, "0.9");
  assert.equal(panes.get("context").style.pointerEvents, "none");
  await layers.show([]);
  assert.deepEqual(shown(layers), []);
});

test("a label has its colour, and any other that of the layer", async () => {
  const { layers } = setUp();
  await layers.show([options("a", { colours: [["since", "teal"]] })]);
  const colours = layers.drawn[0].shapes.map((/** @type {any} */ { path }) => path.options.color);
  assert.deepEqual(colours, ["grey", "teal", "grey"]);
});
