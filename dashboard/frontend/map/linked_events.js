// @ts-check
// The events of the page's link: asked of the server whenever the filters or the visible part change.

import { Answers, covers, isNear, linkText, withValues } from "./answers.js";
import { EventLayer } from "./event_layer.js";
import { areaLayers } from "./areas.js";
import { contextLayers } from "./context_layers.js";
import { stateOf } from "./panes.js";
import { PendingClick } from "./pending_click.js";
import { pickedPoint } from "./picked_point.js";
import { ShadeLayer } from "./shade_layer.js";
import { showTiles } from "./tile_basemap.js";
import { WaitNotice } from "./wait_notice.js";

/** @typedef {import("./answers.js").View} View */
/** @typedef {import("./types.js").Answer} Answer */
/** @typedef {import("./types.js").ChosenFilters} ChosenFilters */
/** @typedef {import("./types.js").EventLink} EventLink */
/** @typedef {import("./types.js").Interval} Interval */

// If no run of the page has seen a choice of filters by then, its link counts.
const CHOSEN_FOR_MS = 60_000;
// A run of the page that began before the timeline was moved brings its link within this time.
const WINDOW_FOR_MS = 1000;
// The edge of the square world of web maps; the server knows nothing beyond it.
const MAX_LAT = 85.0511;
// While the map moves, it asks no more often than this.
const MOVE_PAUSE_MS = 150;

/** The layer that each run of the page adds, with its link; st_folium listens to its clicks. */
export class LinkedEvents extends L.LayerGroup {
  /** @param {EventLink} link */
  constructor(link) {
    super([]);
    this.link = link;
    /** Beside the group, whose clicks st_folium takes. @type {L.Layer[]} */
    this.areas = [];
  }

  /** @param {L.Map} map */
  onAdd(map) {
    super.onAdd(map);
    const state = stateOf(map);
    state.events ??= new EventsOfMap(map, new Answers(this.link.address, window.fetch.bind(window)));
    /** @type {Parameters<typeof areaLayers>[2]} */
    const remove = ({ text }, latlng) => this.click(`area-remove:${text}`, latlng);
    this.areas = areaLayers(map, this.link.areas, state.draw ? remove : null);
    // Before the marks, with which labels are drawn again: these avoid the buttons of areas.
    this.areas.forEach((layer) => map.addLayer(layer));
    state.events.follow(this);
    void showTiles(map, this.link.tiles);
    void contextLayers(map).show(this.link.layers);
    state.draw?.arrived();
    return this;
  }

  /** @param {L.Map} map */
  onRemove(map) {
    super.onRemove(map);
    this.areas.forEach((layer) => map.removeLayer(layer));
    return this;
  }

  /**
   * Sends an id to the host: st_folium takes the text of the tooltip of the layer that was clicked.
   *
   * @param {string} id
   * @param {L.LatLng} latlng
   */
  click(id, latlng) {
    this.fire("click", {
      latlng,
      sourceTarget: { _tooltip: { _content: id }, getTooltip: () => ({ getContent: () => id }) },
    });
  }
}

/** The events on one map. */
export class EventsOfMap {
  /**
   * @param {L.Map} map
   * @param {Answers} answers
   */
  constructor(map, answers) {
    this.map = map;
    this.answers = answers;
    /** @type {LinkedEvents | null} */
    this.linked = null;
    /** What the page does not know yet. @type {ChosenFilters & { at: number } | null} */
    this.chosen = null;
    /** The timeline's window that the page does not know yet. @type {Interval | null | undefined} */
    this.window = undefined;
    this.windowAt = 0;
    /** @type {{ link: string, answer: Answer, layer: EventLayer | ShadeLayer } | null} */
    this.shown = null;
    this.movedAt = 0;
    this.pending = new PendingClick();
    this.notice = new WaitNotice(map, () => this.refresh());
    /** @param {Event} event */
    this.onWindow = (event) => this.moveWindow(/** @type {CustomEvent<Interval | null>} */ (event).detail);
    /** @param {Event} event */
    this.onFilters = (event) => this.choose(/** @type {CustomEvent<ChosenFilters>} */ (event).detail);
    window.parent.addEventListener("event-map-window", this.onWindow);
    window.parent.addEventListener("event-map-filters", this.onFilters);
    window.addEventListener("pagehide", () => this.leave());
    map.on("unload", this.leave, this);
    map.on("moveend", this.refresh, this);
    map.on("move", this.followMove, this);
    map.on("zoomanim", this.zoomTo, this);
    map.on("contextmenu", this.pickPoint, this);
  }

  /** The frame of the map goes, but not the page: it must not call it any more. */
  leave() {
    window.parent.removeEventListener("event-map-window", this.onWindow);
    window.parent.removeEventListener("event-map-filters", this.onFilters);
    this.answers.stop();
    this.pending.forget();
  }

  /**
   * The link of a run of the page. Filters that were chosen after that run began are shown until a run
   * has seen them.
   *
   * @param {LinkedEvents} linked
   */
  follow(linked) {
    const { seen, params } = linked.link;
    const before = this.linked && datesOf(this.linked.link.params);
    const hadExtents = this.linked?.link.extents;
    this.linked = linked;
    this.pending.applied(params);
    if (this.chosen && (seen >= this.chosen.number || performance.now() - this.chosen.at > CHOSEN_FOR_MS)) {
      this.chosen = null;
    }
    if (datesOf(params) !== before && performance.now() - this.windowAt > WINDOW_FOR_MS) this.window = undefined;
    if (this.shown && hadExtents !== linked.link.extents) this.show(this.shown.link, this.shown.answer);
    this.refresh();
  }

  /**
   * Filters at the moment of the click; the page hears of them at the same time.
   *
   * @param {ChosenFilters} chosen
   */
  choose(chosen) {
    this.chosen = { ...chosen, at: performance.now() };
    this.refresh();
  }

  /** @param {Interval | null} interval */
  moveWindow(interval) {
    this.window = interval;
    this.windowAt = performance.now();
    this.shown?.layer.moveWindow(interval);
    contextLayers(this.map).setWindow(interval);
  }

  /** @returns {string} */
  link() {
    const { params, data } = /** @type {LinkedEvents} */ (this.linked).link;
    return linkText([...(this.chosen ? withValues(params, this.chosen.values) : params), ["data", data]]);
  }

  refresh() {
    this.want(viewAt(this.map, this.map.getCenter(), this.map.getZoom()));
  }

  followMove() {
    if (!this.linked || performance.now() - this.movedAt < MOVE_PAUSE_MS) return;
    // A question that is on its way is not stopped for one that the next move makes old again.
    if (this.answers.askedLink === this.link()) return;
    this.movedAt = performance.now();
    this.refresh();
  }

  /**
   * The map begins to zoom: the answer may be there when it has arrived.
   *
   * @param {L.ZoomAnimEvent} event
   */
  zoomTo({ center, zoom }) {
    this.want(viewAt(this.map, center, zoom));
  }

  /**
   * Shows the events of a view, unless they are shown or asked for already.
   *
   * @param {View} view
   */
  want(view) {
    // While the map flies to an event its zoom is no whole number.
    if (!this.linked || !Number.isInteger(view.zoom)) return;
    const link = this.link();
    const isShown = this.shown?.link === link && covers(this.shown.answer, view);
    const found = isShown ? undefined : this.answers.find(link, view);
    if (isShown || found) {
      this.answers.stop();
      this.notice.end();
      if (found) this.show(link, found);
    } else if (!this.answers.isAsking(link, view)) {
      this.ask(link, view);
    }
  }

  /**
   * @param {string} link
   * @param {View} view
   */
  async ask(link, view) {
    this.notice.begin(this.words());
    try {
      const answer = await this.answers.ask(link, view);
      if (!answer) return;
      this.notice.end();
      this.show(link, answer);
      // The map may have moved on meanwhile.
      const now = viewAt(this.map, this.map.getCenter(), this.map.getZoom());
      if (!isNear(now, view)) this.want(now);
    } catch (error) {
      // Marks of other filters would be taken for those of these.
      if (this.shown && this.shown.link !== link) this.clear();
      // Browsers throw a TypeError where no answer comes at all.
      const reason = error instanceof TypeError ? this.words().no_answer : String(/** @type {Error} */ (error).message);
      this.notice.fail(this.words(), reason);
    }
  }

  /**
   * @param {string} link
   * @param {Answer} answer
   */
  show(link, answer) {
    const { extents, style } = /** @type {LinkedEvents} */ (this.linked).link;
    const window = this.window === undefined ? answer.layer.window : this.window;
    const data = { ...answer.layer, extents, window };
    const Layer = data.shading ? ShadeLayer : EventLayer;
    const layer = new Layer(data, style, {
      click: (id, latlng) => this.pending.click(id, (again) => this.linked?.click(again, latlng)),
      fail: (reason) => this.notice.fail(style.words, reason),
    });
    this.clear();
    this.shown = { link, answer, layer };
    contextLayers(this.map).setWindow(data.window);
    this.map.addLayer(layer);
  }

  /** The marks stay until others are drawn, or for a moment (event_layer.js). */
  clear() {
    if (this.shown) this.map.removeLayer(this.shown.layer);
    this.shown = null;
  }

  words() {
    return /** @type {LinkedEvents} */ (this.linked).link.style.words;
  }

  /**
   * A click of the right button, or a long press: the page offers what can be done at this point.
   *
   * @param {L.LeafletMouseEvent} event
   */
  pickPoint({ latlng }) {
    this.linked?.click(`point:${pickedPoint(latlng.wrap(), this.map.getZoom())}`, latlng);
  }
}

/**
 * What the map shows around a centre.
 *
 * @param {L.Map} map
 * @param {L.LatLngExpression} centre
 * @param {number} zoom
 * @returns {View}
 */
function viewAt(map, centre, zoom) {
  const half = map.getSize().divideBy(2);
  const middle = map.project(centre, zoom);
  const { lat: north, lng: west } = map.unproject(middle.subtract(half), zoom);
  const { lat: south, lng: east } = map.unproject(middle.add(half), zoom);
  return { west, east, zoom, south: insideWorld(south), north: insideWorld(north) };
}

/** @param {number} lat */
const insideWorld = (lat) => Math.min(Math.max(lat, -MAX_LAT), MAX_LAT);

/** @param {import("./types.js").Param[]} params */
const datesOf = (params) => JSON.stringify(params.filter(([key]) => key === "from" || key === "to"));
