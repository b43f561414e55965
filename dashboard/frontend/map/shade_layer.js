// @ts-check
// A shaded map: areas or squares coloured by their numbers of events, in place of the marks.

import { html } from "../shared/dom.js";
import { createFormat } from "../shared/format.js";
import { readCounts } from "./counts.js";
import { SHADE_PANE, pane, replaceMarks, stateOf } from "./panes.js";
import { showShadeLegend } from "./shade_legend.js";
import { POSSIBLE_OPACITY, SHADE_OPACITY, certain, classColours, classLimits, classOf, describeArea, squareBounds } from "./shades.js";
import { resolved } from "./theme.js";
import { Tip } from "./tip.js";

/** @typedef {import("./types.js").Interval} Interval */
/** @typedef {import("./types.js").LayerData} LayerData */
/** @typedef {import("./types.js").MarkCounts} MarkCounts */
/** @typedef {import("./types.js").ShadedArea} ShadedArea */
/** @typedef {import("./types.js").ShadingData} ShadingData */
/** @typedef {import("./types.js").Style} Style */
/** @typedef {import("./types.js").Tally} Tally */
/** @typedef {{ area: ShadedArea, tally: Tally, paint: (look: Look) => void }} Drawn */
/** @typedef {{ fill: string | null, isPossible: boolean, isSelected: boolean }} Look */

// The layer before stays while this one is not drawn, in milliseconds.
const REPLACE_WITHIN_MS = 2000;
// The side of the sign of an area without an outline, in pixels.
const SIGN = 15;

export class ShadeLayer extends L.LayerGroup {
  /**
   * @param {LayerData} data
   * @param {Style} style
   * @param {{ click: (id: string, latlng: L.LatLng) => void, fail: (reason: string) => void }} host
   */
  constructor(data, style, host) {
    super([]);
    this._data = data;
    this._shading = /** @type {ShadingData} */ (data.shading);
    this._style = style;
    this._host = host;
    this._format = createFormat(style.words.reading);
    this._window = data.window;
    this._tip = new Tip(style.words);
    /** @type {MarkCounts | null} */
    this._counts = null;
    /** @type {Drawn[]} */
    this._drawn = [];
    /** @type {number[]} */
    this._limits = [];
    this._frame = 0;
    /** @type {L.LayerGroup | null} */
    this._group = null;
    /** @type {L.Canvas | undefined} */
    this._canvas = undefined;
  }

  /** @param {L.Map} map */
  onAdd(map) {
    pane(map, SHADE_PANE);
    super.onAdd(map);
    void this._start(map);
    return this;
  }

  /** @param {L.Map} map */
  async _start(map) {
    try {
      const { counts } = this._data;
      this._counts = "sumWithin" in counts ? counts : await readCounts(counts, this._shading.areas.length + 1);
    } catch (error) {
      this._host.fail(String(error));
      return;
    }
    if (!this._map) return;
    const group = L.layerGroup();
    this._drawn = this._shading.areas.map((area, at) => this._draw(group, area, at));
    replaceMarks(map, group);
    stateOf(map).marks = [];
    this._group = group;
    this._count(true);
    map.fire("marksdrawn");
  }

  /** @param {L.Map} map */
  onRemove(map) {
    cancelAnimationFrame(this._frame);
    this._tip.hide();
    const group = this._group;
    setTimeout(() => { if (group && stateOf(map).shown === group) replaceMarks(map, null); }, REPLACE_WITHIN_MS);
    super.onRemove(map);
    return this;
  }

  /**
   * The timeline's window while it is moved, followed once a frame.
   *
   * @param {Interval | null} window
   */
  moveWindow(window) {
    this._window = window;
    if (this._frame) return;
    this._frame = requestAnimationFrame(() => {
      this._frame = 0;
      if (!this._map || !this._counts) return;
      const began = performance.now();
      this._count(false);
      this._map.fire("eventsslid", { ms: performance.now() - began });
    });
  }

  /**
   * Counts within the window and colours. The limits of the classes stay while the window is moved, so that
   * a colour means the same number throughout.
   *
   * @param {boolean} isNew whether the classes are computed too
   */
  _count(isNew) {
    const counts = /** @type {MarkCounts} */ (this._counts);
    counts.sumWithin(this._window, this._data.certain);
    this._drawn.forEach((drawn, at) => { drawn.tally = counts.tally(at); });
    if (isNew) this._limits = classLimits(Math.max(0, ...this._drawn.map(({ tally }) => certain(tally))));
    const colours = classColours(this._limits.length, this._shading.colours);
    for (const { area, tally, paint } of this._drawn) {
      const at = classOf(certain(tally), this._limits);
      const fill = at < 0 ? null : colours[at] ?? this._shading.colours[0];
      paint({ fill, isPossible: fill === null && tally.count > 0, isSelected: area.selected });
    }
    showShadeLegend(/** @type {L.Map} */ (this._map), this._style, this._data, {
      limits: this._limits, colours, without: counts.tally(this._drawn.length), window: this._window,
    });
  }

  /**
   * @param {L.LayerGroup} group
   * @param {ShadedArea} area
   * @param {number} at
   * @returns {Drawn}
   */
  _draw(group, area, at) {
    /** @type {Drawn} */
    const drawn = { area, tally: emptyTally(), paint: () => undefined };
    if (area.corner) this._drawSquare(group, drawn, area.corner);
    else if (area.geometry) this._drawOutline(group, drawn);
    else this._drawSign(group, drawn, at);
    return drawn;
  }

  /**
   * @param {L.LayerGroup} group
   * @param {Drawn} drawn
   * @param {[number, number]} corner
   */
  _drawSquare(group, drawn, corner) {
    this._canvas ??= L.canvas({ pane: SHADE_PANE });
    const path = L.rectangle(squareBounds(corner, this._shading.side), { pane: SHADE_PANE, renderer: this._canvas });
    this._paintPath(path, drawn);
    this._listen(path, drawn);
    group.addLayer(path);
  }

  /**
   * @param {L.LayerGroup} group
   * @param {Drawn} drawn
   */
  _drawOutline(group, drawn) {
    const { type, coordinates } = /** @type {import("geojson").Polygon | import("geojson").MultiPolygon} */ (drawn.area.geometry);
    const rings = L.GeoJSON.coordsToLatLngs(coordinates, type === "Polygon" ? 1 : 2);
    const path = L.polygon(rings, { pane: SHADE_PANE, className: "shaded-area" });
    this._paintPath(path, drawn);
    this._listen(path, drawn);
    path.on("add", () => this._name(path.getElement(), drawn));
    group.addLayer(path);
  }

  /**
   * @param {L.Path} path
   * @param {Drawn} drawn
   */
  _paintPath(path, drawn) {
    const { ink, grey } = this._style.colours;
    drawn.paint = ({ fill, isPossible, isSelected }) => {
      path.setStyle({
        color: resolved(isSelected ? ink : grey), weight: isSelected ? 2.5 : 0.8, opacity: 1,
        dashArray: isPossible ? "5 4" : "", fill: true, fillColor: fill ?? resolved(grey),
        // An area without colour must still feel the pointer.
        fillOpacity: fill ? SHADE_OPACITY : isPossible ? POSSIBLE_OPACITY : 0,
      });
      this._name(path.getElement(), drawn);
    };
  }

  /**
   * An area without an outline: a small square at its middle; several of one point stand side by side.
   *
   * @param {L.LayerGroup} group
   * @param {Drawn} drawn
   * @param {number} at
   */
  _drawSign(group, drawn, at) {
    const { lat, lon } = drawn.area;
    const before = this._shading.areas.slice(0, at).filter((other) => !other.geometry && other.lat === lat && other.lon === lon);
    const node = html("div", "shade-sign");
    const { ink, grey } = this._style.colours;
    drawn.paint = ({ fill, isPossible, isSelected }) => {
      node.style.backgroundColor = fill ?? "transparent";
      node.style.border = `${isSelected ? 2.5 : 1}px ${isPossible ? "dashed" : "solid"} ${isSelected ? ink : grey}`;
      node.style.visibility = drawn.tally.count || isSelected ? "" : "hidden";
      this._name(node, drawn);
    };
    const marker = L.marker([lat, lon], {
      icon: L.divIcon({
        html: node, className: "event-icon", iconSize: [SIGN, SIGN],
        iconAnchor: [SIGN / 2 - before.length * (SIGN + 1), SIGN / 2],
      }),
      keyboard: false, interactive: false, pane: "markerPane",
    });
    const position = L.latLng(lat, lon);
    L.DomEvent.on(node, "click", (event) => this._choose(drawn, position, event));
    L.DomEvent.on(node, "mouseenter focus", () => this._showTip(position, drawn, SIGN / 2));
    L.DomEvent.on(node, "mouseleave blur", () => this._tip.hide());
    this._listenToKeys(node, drawn, position);
    group.addLayer(marker);
  }

  /**
   * @param {L.Path & { getBounds: () => L.LatLngBounds }} path
   * @param {Drawn} drawn
   */
  _listen(path, drawn) {
    path.on("mousemove", (event) => this._showTip(event.latlng, drawn, 12));
    path.on("mouseout", () => this._tip.hide());
    path.on("click", (event) => this._choose(drawn, event.latlng, event));
  }

  /**
   * The name of an area for screen readers; it can be reached and chosen by the keyboard.
   *
   * @param {Element | undefined} node
   * @param {Drawn} drawn
   */
  _name(node, drawn) {
    if (!node || drawn.area.corner) return;
    node.setAttribute("aria-label", this._lines(drawn).join("; "));
    if (node.getAttribute("role")) return;
    node.setAttribute("role", "button");
    node.setAttribute("tabindex", "0");
    node.setAttribute("lang", this._style.words.reading.lang);
    /** @type {SVGElement | HTMLElement} */ (node).dataset.areas = drawn.area.ids.join(".");
    if (node instanceof SVGElement) {
      const middle = L.latLng(drawn.area.lat, drawn.area.lon);
      node.addEventListener("focus", () => this._showTip(middle, drawn, 4));
      node.addEventListener("blur", () => this._tip.hide());
      this._listenToKeys(node, drawn, middle);
    }
  }

  /**
   * @param {SVGElement | HTMLElement} node
   * @param {Drawn} drawn
   * @param {L.LatLng} position
   */
  _listenToKeys(node, drawn, position) {
    node.addEventListener("keydown", (event) => {
      const { key } = /** @type {KeyboardEvent} */ (event);
      if (key === "Enter" || key === " ") this._choose(drawn, position, event);
    });
  }

  /** @param {Drawn} drawn */
  _lines({ area, tally }) {
    const { words } = this._style;
    const lines = describeArea(area, tally, {
      words, shading: this._shading.words, legend: this._data.legend, format: this._format,
    });
    return area.corner && this._canZoom() ? [...lines, words.closer] : lines;
  }

  _canZoom() {
    const map = /** @type {L.Map} */ (this._map);
    return map.getZoom() < map.getMaxZoom();
  }

  /**
   * @param {L.LatLng} position
   * @param {Drawn} drawn
   * @param {number} offset
   */
  _showTip(position, drawn, offset) {
    if (this._map) this._tip.show(this._map, position, this._lines(drawn), offset);
  }

  /**
   * An area is chosen as a filter, or no longer; the map zooms in to a square.
   *
   * @param {Drawn} drawn
   * @param {L.LatLng} position
   * @param {Event | L.LeafletMouseEvent} event
   */
  _choose({ area, tally }, position, event) {
    const map = /** @type {L.Map} */ (this._map);
    // A tool of the map takes the clicks.
    if (map.getContainer().dataset.tool) return;
    // Leaflet fixes the coordinates of a click on the bare map.
    L.DomEvent.stop(/** @type {Event} */ (event));
    if (area.corner) map.setView(position, Math.min(map.getZoom() + 2, map.getMaxZoom()));
    else if (tally.count || area.selected) this._host.click(`in:${area.ids.join(".")}`, position);
  }
}

/** @returns {Tally} */
const emptyTally = () =>
  ({ count: 0, possible: 0, confirmed: 0, refuted: 0, contested: 0, unreviewed: 0, groups: {} });
