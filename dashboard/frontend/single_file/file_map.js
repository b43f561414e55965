// @ts-check
// The map of a single file: the basemap and the marks that the page of the program has.

import { html } from "../shared/dom.js";
import { addBasemap } from "../map/basemap.js";
import { EventLayer } from "../map/event_layer.js";
import { addLegend } from "../map/legend.js";
import { addRoad } from "../map/roads.js";
import { ShadeLayer } from "../map/shade_layer.js";
import { labelZoomButtons } from "../map/zoom_buttons.js";

/** @typedef {import("./file_types.js").FileContent} FileContent */
/** @typedef {import("./file_types.js").FileLanguage} FileLanguage */
/** @typedef {import("../map/types.js").Interval} Interval */
/** @typedef {import("../map/types.js").LayerData} LayerData */

const MIN_ZOOM = 2;
const MAX_ZOOM = 16;
/** Of the part whose marks are drawn, as a share of what is in view: to draw thousands takes a second. */
const MARGIN = 0.4;

export class FileMap {
  /**
   * @param {HTMLElement} host
   * @param {FileContent} content
   * @param {FileLanguage} language
   * @param {{ click: (id: string) => void, moved: () => void }} act its `click` receives "places:…" or
   *   "event:…"; `moved` is called where other marks come into view
   */
  constructor(host, content, language, { click, moved }) {
    this.language = language;
    this.click = click;
    const { bounds, ground, labels, roads, ground_colours: colours } = content.map;
    const node = html("div", "map", undefined, host);
    node.dir = "ltr";
    this.map = L.map(node, { minZoom: MIN_ZOOM, maxZoom: MAX_ZOOM, zoomSnap: 1 });
    this.map.attributionControl.setPrefix(false);
    this.map.fitBounds(bounds);
    const least = Math.min(this.map.getBoundsZoom(ground.extent, true), this.map.getZoom());
    this.map.setMinZoom(Math.max(MIN_ZOOM, least)).setMaxBounds(ground.extent);
    addBasemap(this.map, {
      base: "", layers: ground.layers, labels, roads, colours, missing: "{reason}", schematic: language.schematic,
      language: language.style.words.reading.lang,
    });
    roads.forEach((road) => addRoad(this.map, road, colours));
    labelZoomButtons(this.map, language.style.words);
    addLegend(this.map, language.style, false);
    /** @type {EventLayer | ShadeLayer | null} */
    this.layer = null;
    this.drawnZoom = this.map.getZoom();
    this.drawn = this.area();
    // Before the layer hears of the zoom, which would draw all of its marks once more.
    this.map.on("zoomend moveend", () => {
      if (this.map.getZoom() !== this.drawnZoom || !this.drawn.contains(this.map.getBounds())) moved();
    });
    this.resized = new ResizeObserver(() => this.map.invalidateSize());
    this.resized.observe(node);
  }

  /** The part of the map whose marks are drawn: what is in view, with a margin. */
  area() {
    return this.map.getBounds().pad(MARGIN);
  }

  /** @param {LayerData} data */
  show(data) {
    this.drawnZoom = this.map.getZoom();
    this.drawn = this.area();
    if (this.layer) this.map.removeLayer(this.layer);
    const host = { click: this.click, fail: (/** @type {string} */ reason) => { throw new Error(reason); } };
    const Layer = data.shading ? ShadeLayer : EventLayer;
    this.layer = new Layer({ ...data, within: this.drawn }, this.language.style, host);
    this.map.addLayer(this.layer);
  }

  /** @param {Interval | null} window while it is moved */
  moveWindow(window) {
    this.layer?.moveWindow(window);
  }

  /** What is seen, for the map that takes its place. */
  view() {
    return { centre: this.map.getCenter(), zoom: this.map.getZoom() };
  }

  /** @param {ReturnType<FileMap["view"]>} view */
  restore({ centre, zoom }) {
    this.map.setView(centre, zoom, { animate: false });
  }

  remove() {
    this.resized.disconnect();
    this.map.remove();
  }
}
