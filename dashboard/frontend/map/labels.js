// @ts-check
// Which labels of the basemap are drawn and where: thinned by zoom, none over another or over a mark.

import { html } from "../shared/dom.js";
import { freeBox, positionsAround } from "./label_positions.js";
import { LABEL_PANE, pane, stateOf } from "./panes.js";

/** @typedef {import("./label_positions.js").Box} Box */
/** @typedef {import("./label_positions.js").Label} Label */

/** The rank up to which towns are labelled, by zoom level. @type {Record<number, number>} */
const MAX_RANKS = { 5: 1, 6: 1, 7: 2, 8: 3, 9: 5, 10: 5, 11: 6 };
const MAX_RANKED_ZOOM = 11;
const MAX_COUNTRY_ZOOM = 8;

export class Labels {
  /**
   * @param {L.Map} map
   * @param {Label[]} places by importance
   * @param {Label[]} countries
   * @param {string} language of the reader, whose name comes first
   */
  constructor(map, places, countries, language) {
    this.map = map;
    this.language = language;
    this.places = places;
    this.countries = countries;
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
    const taken = stateOf(this.map).marks.map(([x, y, r]) => [x - r, y - r, x + r, y + r]);
    this.pane.replaceChildren();
    this.pane.style.opacity = "1";
    if (zoom <= MAX_COUNTRY_ZOOM) {
      this.countries.filter(isInView).forEach((country) => this.add(country, "country-label", taken));
    }
    this.places.filter((place) => place.rank <= maxRank && isInView(place))
      .forEach((place) => this.add(place, "town-label", taken));
  }

  /**
   * Adds a label where there is room; `taken` gets its box.
   *
   * @param {Label} label
   * @param {"country-label" | "town-label"} className
   * @param {Box[]} taken
   */
  add(label, className, taken) {
    const point = this.map.latLngToLayerPoint([label.lat, label.lon]);
    const node = labelNode(label, className, this.language);
    this.pane.appendChild(node);
    const size = this.sizes.get(label) ?? [node.offsetWidth, node.offsetHeight];
    this.sizes.set(label, size);
    const isCountry = className === "country-label";
    const mark = stateOf(this.map).marks.find(([x, y, r]) => Math.hypot(x - point.x, y - point.y) < r);
    const box = freeBox(point, positionsAround(size, isCountry, mark?.[2]), size, taken);
    if (!box) {
      node.remove();
      return;
    }
    taken.push(box);
    node.style.transform = `translate(${box[0]}px, ${box[1]}px)`;
    if (!isCountry && !mark) this.addDot(point);
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
  const english = html("span", "", label.name_en.replace(/ \(.*\)$/, ""));
  const arabic = label.name_ar ? html("span", "", label.name_ar) : null;
  if (arabic) {
    arabic.lang = "ar";
    arabic.dir = "rtl";
  }
  const names = language === "ar" ? [arabic, english] : [english, arabic];
  node.append(...names.filter((name) => name !== null));
  return node;
}
