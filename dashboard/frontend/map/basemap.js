// @ts-check
// The offline basemap: land, borders and water on a canvas, and labels, from files of this server.

import { html } from "../shared/dom.js";
import { mergeLabels } from "./label_positions.js";
import { Labels } from "./labels.js";
import { BASEMAP_PANE, pane, stateOf } from "./panes.js";
import { resolved } from "./theme.js";

/** @typedef {import("geojson").FeatureCollection} FeatureCollection */
/** @typedef {import("geojson").Feature} Feature */
/** @typedef {import("./label_positions.js").Label} Label */
/** @typedef {import("./label_positions.js").Town} Town */
/** @typedef {import("./types.js").BasemapOptions} BasemapOptions */
/** @typedef {import("./types.js").Colours} Colours */
/** @typedef {"land" | "countries" | "country_names" | "borders" | "governorates" | "lakes" | "rivers" | "towns"} LayerName */
/** @typedef {Record<LayerName, FeatureCollection>} Layers */

// The coasts, borders and roads of the files are exact to some hundred metres: a few pixels at this zoom.
const MAX_DETAILED_ZOOM = 10;
const CREDIT = "Natural Earth; WDBII; GeoNames (CC BY 4.0)";

/**
 * @param {L.Map} map
 * @param {BasemapOptions} options
 */
export async function addBasemap(map, options) {
  const state = stateOf(map);
  if (state.hasBasemap) return;
  state.hasBasemap = true;
  map.getContainer().style.background = options.colours.sea;
  map.attributionControl.addAttribution(CREDIT);
  L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
  try {
    const layers = options.layers ?? await loadLayers(options.base);
    draw(map, layers, options.colours);
    const labels = createLabels(map, layers, options);
    saySchematic(map, options.schematic);
    map.getContainer().dataset.basemap = String(labels.places.length);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    addNote(map, options.missing.replace("{reason}", reason));
  }
}

/**
 * @param {string} base address of the folder with the files
 * @returns {Promise<Layers>}
 */
async function loadLayers(base) {
  /** @param {LayerName} name */
  const load = async (name) => {
    const response = await fetch(`${base}/${name}.geojson`);
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    return response.json();
  };
  const [land, countries, country_names, borders, governorates, lakes, rivers, towns] = await Promise.all([
    load("land"), load("countries"), load("country_names"), load("borders"), load("governorates"), load("lakes"),
    load("rivers"), load("towns"),
  ]);
  return { land, countries, country_names, borders, governorates, lakes, rivers, towns };
}

/**
 * @param {L.Map} map
 * @param {Layers} layers
 * @param {Colours} colours
 */
function draw(map, layers, colours) {
  pane(map, BASEMAP_PANE).style.pointerEvents = "none";
  const renderer = L.canvas({ pane: BASEMAP_PANE, padding: 0.5 });
  /**
   * @param {FeatureCollection} data
   * @param {L.PathOptions | L.StyleFunction} style
   */
  const add = (data, style) => {
    const layer = L.geoJSON(data, /** @type {L.GeoJSONOptions} */ ({ pane: BASEMAP_PANE, renderer, interactive: false }));
    const paint = () => layer.setStyle((feature) => onCanvas(typeof style === "function" ? style(feature) : style));
    paint();
    map.on("themechange", paint);
    layer.addTo(map);
  };
  add(layers.land, { stroke: false, fillColor: colours.land, fillOpacity: 1 });
  add(layers.countries, (feature) => ({
    stroke: false, fillOpacity: 1,
    fillColor: feature?.properties.name_en === "Syria" ? colours.syria : colours.land,
  }));
  add(layers.lakes, { stroke: false, fillColor: colours.water, fillOpacity: 1 });
  add(layers.rivers, { color: colours.water, weight: 1.6 });
  add(layers.governorates, { fill: false, color: colours.inner_border, weight: 1, dashArray: "4 4" });
  add(layers.borders, { color: colours.border, weight: 1.1 });
}

/**
 * @param {L.PathOptions} style with colours of the palette
 * @returns {L.PathOptions}
 */
const onCanvas = (style) => ({
  ...style, ...(style.color && { color: resolved(style.color) }),
  ...(style.fillColor && { fillColor: resolved(style.fillColor) }),
});

/**
 * @param {L.Map} map
 * @param {Layers} layers
 * @param {BasemapOptions} options
 */
function createLabels(map, { towns, country_names }, { labels: gazetteer, roads, language }) {
  /**
   * @param {Label} a
   * @param {Label} b
   */
  const distance = (a, b) => L.latLng(a.lat, a.lon).distanceTo([b.lat, b.lon]);
  const places = mergeLabels(/** @type {Town[]} */ (/** @type {unknown} */ (towns.features)), gazetteer, distance);
  return new Labels(map, { places, countries: country_names.features.map(countryLabel), roads: roads ?? [] }, language);
}

/**
 * @param {Feature} country
 * @returns {Label}
 */
function countryLabel({ properties, geometry }) {
  const { name_en, name_ar } = properties ?? {};
  const [lon, lat] = /** @type {import("geojson").Point} */ (geometry).coordinates;
  return { name_en, name_ar, lat, lon, rank: 1 };
}

/**
 * Says that the basemap has no more detail, where the map is enlarged beyond it.
 *
 * @param {L.Map} map
 * @param {string} text
 */
function saySchematic(map, text) {
  const note = new L.Control({ position: "bottomleft" });
  const node = html("div", "schematic-note", text);
  node.dir = "auto";
  note.onAdd = () => node;
  const follow = () => {
    if (map.getZoom() > MAX_DETAILED_ZOOM) note.addTo(map);
    else note.remove();
  };
  map.on("zoomend", follow);
  follow();
}

/**
 * @param {L.Map} map
 * @param {string} text
 */
function addNote(map, text) {
  const note = new L.Control({ position: "topright" });
  note.onAdd = () => html("div", "event-legend", text);
  note.addTo(map);
}
