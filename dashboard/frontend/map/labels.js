// @ts-check
// Which labels and road numbers of the basemap are drawn and where: thinned by zoom, none over another, over
// a mark or an arrow, or below a button.

import { html } from "../shared/dom.js";
import { freeBox, isWhole, positionsAround, spacedBoxes } from "./label_positions.js";
import { LABEL_PANE, pane, stateOf } from "./panes.js";
import { boxAround, boxOfView, boxesOfButtons, boxesOfMarks } from "./taken.js";

/** @typedef {import("./label_positions.js").Box} Box */
/** @typedef {import("./label_positions.js").Label} Label */
/** @typedef {import("./types.js").Road} Road */

/** The rank up to which towns are labelled, by zoom level. @type {Record<number, number>} */
const MAX_RANKS = { 5: 1, 6: 1, 7: 2, 8: 3, 9: 5, 10: 5, 11: 6 };
const MAX_RANKED_ZOOM = 11;
const MAX_COUNTRY_ZOOM = 8;
// Towns up to this rank have their labels before roads have their numbers.
const BEFORE_ROADS = 2;
/** @type {[width: number, height: number]} */
const SHIELD = [30, 16];
// The least distance of two numbers of a road, in pixels.
const SHIELDS_APART = 160;

export class Labels {
  /**
   * @param {L.Map} map
   * @param {{ places: Label[], countries: Label[], roads: Road[] }} labelled places by importance
   * @param {string} language of the reader, whose name comes first
   */
  constructor(map, { places, countries, roads }, language) {
    this.map = map;
    this.language = language;
    this.places = places;
    this.countries = countries;
    this.roads = roads;
    /** Width and height of labels in pixels, measured once: to measure again is slow. @type {Map<Label, [number, number]>} */
    this.sizes = new Map();
    this.pane = pane(map, LABEL_PANE);
    this.pane.style.pointerEvents = "none";
    map.on("moveend zoomend resize marksdrawn", this.draw, this);
    map.on("zoomstart", () => { this.pane.style.opacity = "0"; });
    this.draw();
  }

  draw() {
    const zoom = Math.min(this.map.getZoom(), MAX_RANKED_ZOOM);
    const bounds = this.map.getBounds().pad(0.1);
    const maxRank = MAX_RANKS[zoom] || 1;
    /** @param {Label} label */
    const isInView = ({ lat, lon }) => bounds.contains([lat, lon]);
    /** @type {Box[]} */
    const taken = [...boxesOfMarks(this.map), ...stateOf(this.map).arrows.map(boxAround), ...boxesOfButtons(this.map)];
    this.pane.replaceChildren();
    this.pane.style.opacity = "1";
    if (zoom <= MAX_COUNTRY_ZOOM) {
      /** @type {Set<string>} Some countries have two labels, of which one is enough. */
      const named = new Set();
      for (const country of this.countries.filter(isInView)) {
        if (!named.has(country.name_en) && this.add(country, "country-label", taken)) named.add(country.name_en);
      }
    }
    const places = this.places.filter((place) => place.rank <= maxRank && isInView(place));
    const isFirst = (/** @type {Label} */ { rank }) => rank <= BEFORE_ROADS;
    places.filter(isFirst).forEach((place) => this.add(place, "town-label", taken));
    for (const { label, shields } of this.roads) {
      const points = shields.filter((position) => bounds.contains(position)).map((it) => this.map.latLngToLayerPoint(it));
      for (const box of spacedBoxes(points, SHIELD, SHIELDS_APART, taken)) {
        html("div", "road-shield", label, this.pane).style.transform = `translate(${box[0]}px, ${box[1]}px)`;
      }
    }
    places.filter((place) => !isFirst(place)).forEach((place) => this.add(place, "town-label", taken));
  }

  /**
   * Adds a label where there is room; `taken` gets its box.
   *
   * @param {Label} label
   * @param {"country-label" | "town-label"} className
   * @param {Box[]} taken
   * @returns {boolean} whether there was room
   */
  add(label, className, taken) {
    const point = this.map.latLngToLayerPoint([label.lat, label.lon]);
    const node = labelNode(label, className, this.language);
    this.pane.appendChild(node);
    const size = this.sizes.get(label) ?? [node.offsetWidth, node.offsetHeight];
    this.sizes.set(label, size);
    const isCountry = className === "country-label";
    const mark = stateOf(this.map).marks.find(([x, y, r]) => Math.hypot(x - point.x, y - point.y) < r);
    const offsets = positionsAround(size, isCountry, mark?.[2]).filter((at) => isWhole(point, at, size, boxOfView(this.map)));
    const box = freeBox(point, offsets, size, taken);
    if (!box) {
      node.remove();
      return false;
    }
    taken.push(box);
    node.style.transform = `translate(${box[0]}px, ${box[1]}px)`;
    if (!isCountry && !mark) this.addDot(point);
    return true;
  }

  /** @param {L.Point} point */
  addDot(point) {
    html("div", "town-dot", undefined, this.pane).style.transform = `translate(${point.x - 2}px, ${point.y - 2}px)`;
  }
}

/**
 * Both names below each other, that in the reader's language first.
 *
 * @param {Label} label
 * @param {string} className
 * @param {string} language
 */
function labelNode(label, className, language) {
  const node = html("div", className);
  const english = html("span", "", label.name_en.replace(/ \(.*$/, ""));
  const arabic = label.name_ar ? html("span", "", label.name_ar) : null;
  if (arabic) {
    arabic.lang = "ar";
    arabic.dir = "rtl";
  }
  const names = language === "ar" ? [arabic, english] : [english, arabic];
  node.append(...names.filter((name) => name !== null));
  return node;
}
