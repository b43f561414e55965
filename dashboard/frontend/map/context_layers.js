// @ts-check
// The layers of analysts below the marks: areas of control, camps, front lines, borders.
//
// They take no clicks; what is under the pointer is named by a small tooltip. A dated shape is shown while
// its days overlap the timeline's window.

import { html } from "../shared/dom.js";
import { boxOf, isOn } from "./hit_test.js";
import { addLayerRows } from "./layer_legend.js";
import { CONTEXT_PANE, pane, stateOf } from "./panes.js";
import { openTip } from "./open_tip.js";

/** @typedef {import("./types.js").Interval} Interval */
/** @typedef {import("./types.js").LayerOptions} LayerOptions */
/** @typedef {[first: number | null, last: number | null]} Days */
/** @typedef {import("geojson").Feature<import("geojson").Geometry, { label?: string, days?: Days }>} Feature */
/** @typedef {{ feature: Feature, box: import("./hit_test.js").Box, path: L.Layer }} Shape */
/** @typedef {{ options: LayerOptions, group: L.LayerGroup, pane: HTMLElement, shapes: Shape[] }} Drawn */

// Pixels between the pointer and a line or a point that counts as under it.
const NEAR_PX = 6;
const POINT_RADIUS = 4;
// Half the size of the pointer, which a tooltip does not cover.
const POINTER = 12;

/**
 * Whether a shape is shown within a window; one without days always is.
 *
 * @param {Days | undefined} days
 * @param {Interval | null} interval
 */
export const isWithin = (days, interval) =>
  !days || !interval || ((days[0] ?? -Infinity) <= interval[1] && (days[1] ?? Infinity) >= interval[0]);

/** The layers on one map. */
export class ContextLayers {
  /**
   * @param {L.Map} map
   * @param {typeof fetch} request
   */
  constructor(map, request) {
    this.map = map;
    this.request = request;
    this.key = "";
    /** From the lowest on. @type {Drawn[]} */
    this.drawn = [];
    /** @type {Interval | null} */
    this.interval = null;
    /** What the server answered, by address. @type {Map<string, Promise<Feature[]>>} */
    this.answers = new Map();
    /** @type {L.Tooltip | null} */
    this.tip = null;
    map.on("mousemove", this.point, this);
    map.on("mouseout zoomstart movestart", this.closeTip, this);
  }

  /**
   * Shows these layers and no others; the same ones stay when a run of the page brings them again.
   *
   * @param {LayerOptions[]} layers from the lowest on
   */
  async show(layers) {
    const key = JSON.stringify(layers);
    if (key === this.key) return;
    this.key = key;
    const found = await Promise.all(layers.map((options) => this.load(options)));
    // Others may have been chosen meanwhile.
    if (this.key !== key) return;
    this.clear();
    this.drawn = layers.map((options, at) => this.draw(options, found[at] ?? [], at));
    const missing = layers.filter((_options, at) => !found[at]);
    addLayerRows(this.map, layers, missing);
    for (const each of missing) html("div", "map-notice layer-notice", each.missing, this.map.getContainer());
    this.map.getContainer().dataset.layers = String(found.filter(Boolean).length);
    this.update();
  }

  /** @param {Interval | null} interval first and last day, null for all */
  setWindow(interval) {
    this.interval = interval;
    this.update();
  }

  /**
   * The shapes of a layer, or null if they cannot be loaded.
   *
   * @param {LayerOptions} options
   * @returns {Promise<Feature[] | null>}
   */
  async load({ address }) {
    const asked = this.answers.get(address) ?? this.ask(address);
    this.answers.set(address, asked);
    try {
      return await asked;
    } catch {
      this.answers.delete(address);
      return null;
    }
  }

  /**
   * @param {string} address
   * @returns {Promise<Feature[]>}
   */
  async ask(address) {
    const response = await this.request(address);
    if (!response.ok) throw new Error(String(response.status));
    return (await response.json()).features;
  }

  /**
   * A layer in a pane and on a canvas of its own, so that shapes that come and go stay in its order.
   *
   * @param {LayerOptions} options
   * @param {Feature[]} features
   * @param {number} at
   * @returns {Drawn}
   */
  draw(options, features, at) {
    if (options.credit) this.map.attributionControl.addAttribution(options.credit);
    const below = pane(this.map, CONTEXT_PANE);
    below.style.pointerEvents = "none";
    const name = `${CONTEXT_PANE}-${at}`;
    const own = this.map.getPane(name) ?? this.map.createPane(name, below);
    own.style.opacity = String(options.opacity);
    own.style.zIndex = String(at);
    const colours = new Map(options.colours);
    const renderer = L.canvas({ pane: name, padding: 0.3 });
    const shapes = features.map((feature) => {
      const colour = colours.get(feature.properties.label ?? "") ?? options.colour;
      return { feature, box: boxOf(feature.geometry), path: pathOf(feature, styleOf({ ...options, colour }, name, renderer)) };
    });
    return { options, pane: own, shapes, group: L.layerGroup([]).addTo(this.map) };
  }

  clear() {
    this.closeTip();
    for (const { group, options } of this.drawn) {
      group.remove();
      if (options.credit) this.map.attributionControl.removeAttribution(options.credit);
    }
    this.map.getContainer().querySelectorAll(".layer-notice").forEach((node) => node.remove());
    this.drawn = [];
  }

  /** Adds and removes the shapes that the window of the timeline changes. */
  update() {
    for (const { group, shapes } of this.drawn) {
      for (const { feature, path } of shapes) {
        const isShown = isWithin(feature.properties.days, this.interval);
        if (isShown && !group.hasLayer(path)) group.addLayer(path);
        if (!isShown && group.hasLayer(path)) group.removeLayer(path);
      }
    }
    this.map.getContainer().dataset.layerShapes = String(this.drawn.reduce((sum, { group }) => sum + group.getLayers().length, 0));
  }

  /**
   * Names what is under the pointer, unless that is a mark or a button, or a tool is on.
   *
   * @param {L.LeafletMouseEvent} event
   */
  point({ latlng, originalEvent }) {
    this.closeTip();
    const container = this.map.getContainer();
    const target = /** @type {Element} */ (originalEvent.target);
    if (!this.drawn.length || container.dataset.tool || container.style.cursor === "pointer") return;
    if (target.closest(".leaflet-control, .leaflet-interactive, .event-mark")) return;
    const found = this.at(latlng.wrap());
    if (found) this.nameShape(found, latlng);
  }

  /**
   * The topmost shape with a label at a point.
   *
   * @param {L.LatLng} latlng
   * @returns {{ label: string, options: LayerOptions } | null}
   */
  at({ lat, lng }) {
    const pixel = Math.abs(this.map.unproject([0, 1], this.map.getZoom()).lat - this.map.unproject([0, 0], this.map.getZoom()).lat);
    for (const { options, group, shapes } of [...this.drawn].reverse()) {
      const near = pixel * NEAR_PX;
      const shape = shapes.findLast(({ feature, box, path }) =>
        feature.properties.label && group.hasLayer(path) && isOn(feature.geometry, box, [lng, lat], near));
      if (shape) return { label: String(shape.feature.properties.label), options };
    }
    return null;
  }

  /**
   * @param {{ label: string, options: LayerOptions }} found
   * @param {L.LatLng} latlng
   */
  nameShape({ label, options }, latlng) {
    const node = html("div", "context-tip");
    node.dir = "auto";
    html("div", "event-tip-name", label, node);
    html("div", "", options.title, node);
    this.tip = openTip(this.map, latlng, node, POINTER);
  }

  closeTip() {
    if (this.tip) this.map.closeTooltip(this.tip);
    this.tip = null;
  }
}

/**
 * @param {L.Map} map
 * @returns {ContextLayers}
 */
export function contextLayers(map) {
  const state = stateOf(map);
  state.layers ??= new ContextLayers(map, window.fetch.bind(window));
  return state.layers;
}

/**
 * @param {LayerOptions} options
 * @param {string} name of the pane
 * @param {L.Renderer} renderer
 */
const styleOf = ({ colour, width, fill }, name, renderer) => ({
  pane: name, renderer, interactive: false, color: colour, weight: width, stroke: width > 0, fillColor: colour, fillOpacity: fill,
});

/**
 * @param {Feature} feature
 * @param {ReturnType<typeof styleOf>} style
 * @returns {L.Layer}
 */
function pathOf(feature, style) {
  const options = /** @type {L.GeoJSONOptions} */ ({
    ...style, style,
    pointToLayer: (_feature, latlng) => L.circleMarker(latlng, { ...style, radius: POINT_RADIUS, weight: 1, stroke: true, fillOpacity: 0.9 }),
  });
  return L.geoJSON(feature, options);
}
