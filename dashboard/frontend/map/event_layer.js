// @ts-check
// The events on the map: marks for places or squares, arrows for movements, outlines and circles.

import { html, svg } from "../shared/dom.js";
import { createFormat } from "../shared/format.js";
import { arrow, pointsAlong } from "./arrows.js";
import { CircleLayer } from "./circle_layer.js";
import { readCounts } from "./counts.js";
import { Grounds, faintOf } from "./grounds.js";
import { showLegend } from "./legend.js";
import { joinOverlapping, radiusOf, single } from "./mark_groups.js";
import { drawSymbol, symbolSize } from "./mark_symbol.js";
import { EVENT_PANE, pane, replaceMarks, stateOf } from "./panes.js";
import { sizeOf } from "./sizes.js";
import { resolved } from "./theme.js";
import { Tip } from "./tip.js";
import { describeMark, describeMovement, describeSquare } from "./tooltips.js";
import { PALE, crossPath } from "./verified.js";

/** @typedef {import("./types.js").MarkCounts} MarkCounts */
/** @typedef {import("./types.js").Interval} Interval */
/** @typedef {import("./types.js").LayerData} LayerData */
/** @typedef {import("./types.js").Movement} Movement */
/** @typedef {import("./types.js").Site} Site */
/** @typedef {import("./types.js").SiteGroup} SiteGroup */
/** @typedef {import("./types.js").Style} Style */

// How long the marks of the layer before stay while those of this one are not drawn, in milliseconds.
const REPLACE_WITHIN_MS = 2000;
// The space around an event that is brought into view, in pixels, and the zoom for it.
const FOCUS_PADDING = 60;
const FOCUS_ZOOM = 10;
// Half the width of the cross on an arrow of refuted events, in pixels.
const REFUTED_ARROW = 5;
// Labels are as far as half of this from an arrow, in pixels.
const ARROW_STEP = 8;
const SELECTED_Z_OFFSET = 1000;

export class EventLayer extends L.LayerGroup {
  /**
   * @param {LayerData} data
   * @param {Style} style
   * @param {{ click: (id: string, latlng: L.LatLng) => void, fail: (reason: string) => void }} host its
   *   `click` receives "places:…" or "event:…", its `fail` why the counts cannot be read
   */
  constructor(data, style, host) {
    super([]);
    this._data = data;
    this._style = style;
    this._host = host;
    this._sendClick = host.click;
    this._format = createFormat(style.words.reading);
    this._window = data.window;
    /** @type {MarkCounts | null} */
    this._counts = null;
    /** @type {Site[]} */
    this._sites = [];
    this._group = L.layerGroup();
    this._grounds = new Grounds(this._group, style.colours, faintOf(data));
    /** @type {CircleLayer | null} */
    this._circles = null;
    this._largest = 0;
    this._frame = 0;
    /** When the window was last followed, by the clock of frames. @type {CSSNumberish | null} */
    this._followedAt = null;
    this._tip = new Tip(style.words);
  }

  /**
   * The marks of the layer before stay until these are drawn, so that nothing flickers.
   *
   * @param {L.Map} map
   */
  onAdd(map) {
    pane(map, EVENT_PANE);
    super.onAdd(map);
    this._window = this._data.window;
    this._start(map);
    return this;
  }

  /** @param {L.Map} map */
  async _start(map) {
    try {
      const { counts, marks } = this._data;
      this._counts = "sumWithin" in counts ? counts : await readCounts(counts, marks.length);
    } catch (error) {
      this._host.fail(String(error));
      return;
    }
    if (!this._map) return;
    map.on("zoomend themechange", this._draw, this);
    showLegend(map, this._style, this._data, this._largestSize());
    this._count();
    this._draw();
    this._focus(map);
  }

  /** @param {L.Map} map */
  onRemove(map) {
    map.off("zoomend themechange", this._draw, this);
    cancelAnimationFrame(this._frame);
    this._hideTip();
    const group = this._group;
    setTimeout(() => { if (stateOf(map).shown === group) replaceMarks(map, null); }, REPLACE_WITHIN_MS);
    super.onRemove(map);
    return this;
  }

  /**
   * The timeline's window while it is moved: followed once a frame; at once if this frame has not
   * followed it yet, because the timeline may move in every frame.
   *
   * @param {Interval | null} window
   */
  moveWindow(window) {
    this._window = window;
    if (this._frame) return;
    if (this._followedAt !== document.timeline.currentTime) this._follow();
    else this._frame = requestAnimationFrame(() => { this._frame = 0; this._follow(); });
  }

  _follow() {
    if (!this._map || !this._counts) return;
    this._followedAt = document.timeline.currentTime;
    const began = performance.now();
    this._count();
    if (this._circles) this._circles.setMarks(this._sites.map(single));
    else this._draw();
    this._map.fire("eventsslid", { ms: performance.now() - began });
  }

  _count() {
    const counts = this._counts;
    if (!counts) return;
    const { certain, marks, within } = this._data;
    counts.sumWithin(this._window, certain);
    this._sites = marks
      .map((mark, position) => ({ ...mark, position, ...counts.tally(position) }))
      .filter((site) => site.count && (!within || within.contains([site.lat, site.lon])));
  }

  /** The largest number of a mark for all days, so that sizes mean the same while the window moves. */
  _largestSize() {
    const counts = this._counts;
    if (!this._largest && counts) {
      counts.sumWithin(null);
      this._largest = Math.max(1, ...this._data.marks.map((_, i) => sizeOf(counts.tally(i))));
      counts.sumWithin(this._window, this._data.certain);
    }
    return this._largest;
  }

  /**
   * Whether any of some intervals of days overlaps the window, or lies in it if only these count.
   *
   * @param {Interval[]} days
   */
  _inWindow(days) {
    const window = this._window;
    if (!window) return true;
    const [from, to] = window;
    if (this._data.certain) return days.some(([first, last]) => first >= from && last <= to);
    return days.some(([first, last]) => last >= from && first <= to);
  }

  _draw() {
    this._hideTip();
    this._group = L.layerGroup();
    stateOf(this._map).arrows = [];
    this._grounds = new Grounds(this._group, this._style.colours, faintOf(this._data));
    for (const outline of this._data.outlines) if (this._inWindow(outline.days)) this._grounds.addOutline(outline);
    if (this._data.places) this._addPlaces();
    else this._addSquares();
    replaceMarks(this._map, this._group);
    if (this._circles) stateOf(this._map).marks = this._circles.places();
    this._map.fire("marksdrawn");
  }

  _addPlaces() {
    const map = this._map;
    this._circles = null;
    const shown = new Set(this._sites.map((site) => site.position));
    for (const circle of this._data.circles) if (shown.has(circle.mark)) this._grounds.addCircle(circle);
    const most = this._largestSize();
    /** @param {Site} site */
    const project = (site) => map.latLngToLayerPoint([site.lat, site.lon]);
    const marks = joinOverlapping(
      this._sites, project, most, (at, others) => this._counts?.sharedWith(at, others) || [],
    );
    for (const movement of this._data.movements) if (this._inWindow(movement.days)) this._addArrow(movement);
    marks.forEach((mark) => this._addMark(mark));
    stateOf(map).marks = marks.map((mark) => [mark.point.x, mark.point.y, radiusOf(mark, most) + 3]);
  }

  _addSquares() {
    const { words, colours } = this._style;
    const { legend, figure_words: figureWords } = this._data;
    const format = this._format;
    this._circles = new CircleLayer(this._sites.map(single), {
      most: this._largestSize(), grey: resolved(colours.grey), ink: resolved(colours.mark_ink), outline: resolved(colours.ink),
      legend, number: format.compact,
      label: (marks) => format.plural(words.events, marks.reduce((sum, mark) => sum + mark.count, 0)),
      onClick: (mark) => this._clickSquare(mark),
      onHover: (mark, radius) => {
        if (!mark) this._hideTip();
        else this._showTip([mark.lat, mark.lon], describeSquare(mark, words, legend, format, figureWords), radius);
      },
    });
    this._group.addLayer(this._circles);
  }

  /**
   * A square of one place selects it; the map zooms in to one of several.
   *
   * @param {SiteGroup} mark
   */
  _clickSquare({ id, lat, lon }) {
    const map = this._map;
    if (id) this._sendClick(`places:${id}`, L.latLng(lat, lon));
    else map.setView([lat, lon], Math.min(map.getZoom() + 2, map.getMaxZoom()));
  }

  /** @param {Movement} movement */
  _addArrow(movement) {
    const map = this._map;
    const { start, end, selected, contested, refuted, event_id: id } = movement;
    const shape = arrow(map.latLngToLayerPoint(start), map.latLngToLayerPoint(end), selected ? 8 : 6);
    if (!shape) return;
    const { x: left, y: top } = map.containerPointToLayerPoint([0, 0]);
    const view = L.bounds([left, top], [left + map.getSize().x, top + map.getSize().y]);
    for (const { x, y } of pointsAlong(shape.line, ARROW_STEP)) {
      if (view.contains([x, y])) stateOf(map).arrows.push([x, y, ARROW_STEP / 2]);
    }
    /** @param {{ x: number, y: number }[]} points */
    const positions = (points) => points.map(({ x, y }) => map.layerPointToLatLng([x, y]));
    const colour = this._style.colours.movement;
    const line = L.polyline(positions(shape.line), {
      pane: EVENT_PANE, color: colour, weight: selected ? 5 : 3, opacity: refuted ? PALE : 0.9,
      dashArray: contested ? "7 6" : undefined, interactive: true, bubblingMouseEvents: false,
    });
    line.on("mouseover", (event) =>
      this._showTip(event.latlng, describeMovement(movement, this._style.words, this._format)));
    line.on("mouseout", () => this._hideTip());
    line.on("click", (event) => { if (id) this._sendClick(`event:${id}`, event.latlng); });
    this._group.addLayer(line);
    this._group.addLayer(L.polygon(positions(shape.head), {
      pane: EVENT_PANE, stroke: false, fillColor: colour, fillOpacity: refuted ? PALE : 1, interactive: false,
    }));
    if (refuted) this._addCross(map.layerPointToLatLng(L.point(shape.line[Math.floor(shape.line.length / 2)])));
  }

  /** @param {L.LatLng} position on an arrow of refuted events */
  _addCross(position) {
    const size = 2 * REFUTED_ARROW + 4;
    const root = svg("svg", {
      width: size, height: size, viewBox: `${-size / 2} ${-size / 2} ${size} ${size}`, "aria-hidden": "true",
    });
    svg("path", {
      d: crossPath(REFUTED_ARROW), fill: "none", stroke: this._style.colours.ink, "stroke-width": 1.8,
      "stroke-linecap": "round",
    }, root);
    this._group.addLayer(L.marker(position, {
      icon: L.divIcon({ html: /** @type {any} */ (root), className: "event-cross", iconSize: [size, size] }),
      keyboard: false, interactive: false, pane: EVENT_PANE,
    }));
  }

  /** @param {SiteGroup} mark */
  _addMark(mark) {
    const { words, colours } = this._style;
    const { legend, figure_words: figureWords } = this._data;
    const most = this._largestSize();
    const lines = describeMark(mark, words, legend, this._format, figureWords);
    const node = html("div", "event-mark");
    node.appendChild(drawSymbol(mark, colours, legend, this._format, most));
    node.setAttribute("role", "button");
    node.setAttribute("tabindex", "0");
    node.setAttribute("aria-label", lines.join("; "));
    node.lang = words.reading.lang;
    node.dataset.sites = mark.ids.join(".");
    node.dataset.count = String(mark.count);
    this._listenToMark(node, mark, lines);
    const size = symbolSize(mark, most);
    this._group.addLayer(L.marker([mark.lat, mark.lon], {
      icon: L.divIcon({ html: node, className: "event-icon", iconSize: [size, size] }),
      keyboard: false, interactive: false, pane: "markerPane",
      zIndexOffset: mark.selected ? SELECTED_Z_OFFSET : 0,
    }));
  }

  /**
   * @param {HTMLElement} node
   * @param {SiteGroup} mark
   * @param {string[]} lines of the tooltip
   */
  _listenToMark(node, mark, lines) {
    const position = L.latLng(mark.lat, mark.lon);
    /** @param {Event} event */
    const choose = (event) => {
      L.DomEvent.stop(event);
      this._sendClick(`places:${mark.ids.join(".")}`, position);
    };
    L.DomEvent.on(node, "click", choose);
    L.DomEvent.on(node, "keydown", (event) => {
      const { key } = /** @type {KeyboardEvent} */ (event);
      if (key === "Enter" || key === " ") choose(event);
    });
    L.DomEvent.on(node, "mouseenter focus", () => {
      this._showTip(position, lines, radiusOf(mark, this._largestSize()));
      this._grounds.emphasise(mark);
    });
    L.DomEvent.on(node, "mouseleave blur", () => {
      this._hideTip();
      this._grounds.emphasise(null);
    });
  }

  /**
   * @param {L.LatLngExpression} position
   * @param {string[]} lines
   * @param {number} [offset] pixels from the position
   */
  _showTip(position, lines, offset) {
    this._tip.show(this._map, position, lines, offset);
  }

  _hideTip() {
    this._tip.hide();
  }

  /**
   * Brings a newly selected event into view; the view that a link restores is not moved.
   *
   * @param {L.Map} map
   */
  _focus(map) {
    const { focus, focus_id: id } = this._data;
    const state = stateOf(map);
    const isFirst = state.focusId === undefined;
    const isSame = state.focusId === id;
    state.focusId = id;
    if (isSame || (isFirst && state.restored) || !focus.length) return;
    const bounds = L.latLngBounds(focus);
    if (map.getBounds().pad(-0.05).contains(bounds)) return;
    const maxZoom = Math.max(map.getZoom(), FOCUS_ZOOM);
    map.flyToBounds(bounds, { padding: [FOCUS_PADDING, FOCUS_PADDING], maxZoom, duration: 0.5 });
  }
}
