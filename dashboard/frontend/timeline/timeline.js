// @ts-check
// Histogram, uncertain spans and a window with two handles in one picture. The window is dragged in
// the browser only, and sent to the host (Streamlit) when it is released.

import { toDay, toIso } from "../shared/days.js";
import { query, setAttributes, setName } from "../shared/dom.js";
import { createFormat } from "../shared/format.js";
import { dragged, gripAt, isFull, mapWindow, movedByKey } from "./date_window.js";
import { followDrag } from "./drag.js";
import { LiveText } from "./live_text.js";
import { createParts } from "./parts.js";
import { Playing } from "./playing.js";
import { PLOT, Scale, clamp } from "./scale.js";
import { Scene } from "./scene.js";

/** @typedef {import("./date_window.js").DateWindow} DateWindow */
/** @typedef {import("./date_window.js").DragStart} DragStart */
/** @typedef {import("./date_window.js").Handle} Handle */
/** @typedef {import("./types.js").ComponentData} ComponentData */
/** @typedef {import("./types.js").SentWindow} SentWindow */

const KEY_PAUSE_MS = 300;
// Data that lack the last window sent to the host are out of date, for a limited time.
const STALE_FOR_MS = 5000;
const HANDLES = /** @type {const} */ (["from", "to"]);

class Timeline {
  /**
   * @param {HTMLElement} root
   * @param {ComponentData} data
   */
  constructor(root, data) {
    this.root = root;
    this.chart = query(root, ".chart", HTMLElement);
    this.tip = query(root, ".tip", HTMLElement);
    this.allButton = query(root, ".all", HTMLButtonElement);
    this.text = new LiveText(root);
    this.parts = createParts(this.chart);
    this.data = data;
    this.format = createFormat(data.words.reading);
    this.scale = new Scale({ first: 0, last: 0 }, 0);
    /** @type {DateWindow} */
    this.window = { from: NaN, to: NaN };
    /** Days that a step moves on; as long as the window was before an edge of the data cut it short. */
    this.stride = 1;
    /** @type {import("./scene.js").Tips} */
    this.tips = new WeakMap();
    /** @type {(window: SentWindow) => void} */
    this.send = () => {};
    this.sentAt = 0;
    /** @type {DragStart | null} */
    this.drag = null;
    this.playing = new Playing(root, this);
    /** The timer that sends the window after the last key. @type {number | undefined} */
    this.pending = undefined;
    /** The data of the current drawing, as JSON. */
    this.drawn = "";
    /** The window that the map has, as text. @type {string | undefined} */
    this.mapKey = undefined;
    this.observer = new ResizeObserver(() => this.resize());
    this.listen();
  }

  listen() {
    this.allButton.addEventListener("click", () => this.showAll());
    const { svg, handles } = this.parts;
    svg.addEventListener("pointerdown", (event) => this.press(event));
    svg.addEventListener("pointermove", (event) => this.hover(event));
    svg.addEventListener("pointerleave", () => { this.tip.hidden = true; });
    svg.addEventListener("dblclick", () => this.showAll());
    for (const name of HANDLES) handles[name].addEventListener("keydown", (event) => this.pressKey(event, name));
    this.observer.observe(this.chart);
  }

  get extent() {
    return this.scale.extent;
  }

  get full() {
    return isFull(this.window, this.extent);
  }

  /**
   * New data from the host; drawn again only if they differ.
   *
   * @param {ComponentData} data
   * @param {(window: SentWindow) => void} send
   */
  update(data, send) {
    this.data = data;
    this.send = send;
    this.format = createFormat(data.words.reading);
    this.setLabels();
    this.root.classList.toggle("presented", data.presented);
    const extent = { first: toDay(data.timeline.first), last: toDay(data.timeline.last) };
    this.scale = new Scale(extent, this.scale.width);
    this.followHost();
    void this.text.read(data, () => this.showText());
    const drawn = JSON.stringify([data.timeline, data.colours, data.labels, data.words]);
    if (drawn === this.drawn) this.placeWindow();
    else this.draw();
    this.drawn = drawn;
  }

  setLabels() {
    const { words, labels, colours } = this.data;
    this.parts.svg.setAttribute("aria-label", words.timeline);
    this.parts.handles.from.setAttribute("aria-label", words.first_day);
    this.parts.handles.to.setAttribute("aria-label", words.last_day);
    this.playing.setLabels(words);
    this.root.querySelectorAll(".key i").forEach((mark) => {
      if (mark instanceof HTMLElement) mark.style.setProperty("--colour", colours[mark.className]);
      if (mark.nextElementSibling) mark.nextElementSibling.textContent = labels[mark.className];
    });
    setName(this.allButton, words.all);
  }

  /** Takes the host's window, unless the user is moving it or the data are older than the last one sent. */
  followHost() {
    const { window: wanted, seen } = this.data;
    const stale = this.sentAt && seen !== this.sentAt && Date.now() - this.sentAt < STALE_FOR_MS;
    if (this.drag || this.pending || this.playing.isPlaying || stale) return;
    const from = wanted.from ? toDay(wanted.from) : this.extent.first;
    const to = wanted.to ? toDay(wanted.to) : this.extent.last;
    if (from !== this.window.from || to !== this.window.to) this.setWindow({ from, to });
  }

  /**
   * @param {DateWindow} window
   * @param {number} [stride] the length of the window, if it is not given
   */
  setWindow({ from, to }, stride = to - from + 1) {
    this.window = { from, to };
    this.stride = stride;
  }

  resize() {
    if (this.chart.clientWidth !== this.scale.width) this.draw();
  }

  draw() {
    this.scale = new Scale(this.extent, this.chart.clientWidth);
    if (this.scale.inner <= 0) return;
    this.parts.svg.setAttribute("width", String(this.scale.width));
    this.parts.hatch.setAttribute("fill", this.data.colours.contested);
    this.tip.hidden = true;
    const scene = new Scene(this.data, this.scale, this.format, this.tips).node;
    this.parts.scene.replaceWith(scene);
    this.parts.scene = scene;
    this.placeWindow();
  }

  /** Moves shades, frame and handles to the window: all that changes while it is dragged. */
  placeWindow() {
    this.notifyMap();
    this.showText();
    // A presentation on a low screen shows no chart.
    if (!(this.scale.inner > 0)) return;
    const { shades, frame } = this.parts;
    const { from, to } = this.window;
    const left = this.scale.x(from);
    const right = Math.max(left, this.scale.x(to + 1));
    setAttributes(shades[0], { x: PLOT.left, width: left - PLOT.left });
    setAttributes(shades[1], { x: right, width: this.scale.right - right });
    setAttributes(frame, { x: left, width: right - left });
    this.placeHandle("from", left, this.extent.first, to);
    this.placeHandle("to", right, from, this.extent.last);
  }

  /**
   * Shows the window while it moves.
   *
   * @param {boolean} playing
   */
  show(playing) {
    this.placeWindow();
    this.text.announce(playing);
  }

  /** Dates and numbers of the window, which are not repeated where the window is all of the data. */
  showText() {
    const moving = this.playing.isPlaying || this.drag !== null;
    this.root.classList.toggle("counted", moving || !this.full);
    this.text.show(this.window, mapWindow(this.window, this.extent), this.data, this.format);
    this.allButton.disabled = this.full;
  }

  /**
   * @param {Handle} name
   * @param {number} x
   * @param {number} low first day that the handle may move to
   * @param {number} high last day that the handle may move to
   */
  placeHandle(name, x, low, high) {
    const day = this.window[name];
    setAttributes(this.parts.handles[name], {
      transform: `translate(${x} 0)`,
      "aria-valuemin": low, "aria-valuemax": high, "aria-valuenow": day, "aria-valuetext": toIso(day),
    });
  }

  /** Sends the window to the map, which counts the events in it; the host gets it on release. */
  notifyMap() {
    const detail = mapWindow(this.window, this.extent);
    const key = String(detail);
    if (key === this.mapKey) return;
    this.mapKey = key;
    window.dispatchEvent(new CustomEvent("event-map-window", { detail }));
  }

  /** @param {number} x */
  gripAt(x) {
    return gripAt(x, this.scale.x(this.window.from), this.scale.x(this.window.to + 1), this.full);
  }

  /** @param {MouseEvent} event */
  chartX(event) {
    return event.clientX - this.chart.getBoundingClientRect().left;
  }

  /** @param {PointerEvent} event */
  hover(event) {
    if (this.drag) return;
    this.parts.svg.dataset.grip = this.gripAt(this.chartX(event));
    const text = event.target ? this.tips.get(event.target) : undefined;
    this.tip.hidden = !text;
    if (!text) return;
    this.tip.textContent = text;
    const box = this.root.getBoundingClientRect();
    const x = clamp(event.clientX - box.left - this.tip.offsetWidth / 2, 0, box.width - this.tip.offsetWidth);
    this.tip.style.transform = `translate(${x}px, ${event.clientY - box.top - this.tip.offsetHeight - 12}px)`;
  }

  /** @param {PointerEvent} event */
  press(event) {
    if (event.button !== 0) return;
    this.playing.stop();
    this.tip.hidden = true;
    const x = this.chartX(event);
    const grip = this.gripAt(x);
    this.drag = { grip, day: this.scale.day(x), ...this.window };
    this.parts.svg.dataset.grip = grip === "window" ? "moving" : grip;
    if (grip === "from" || grip === "to") {
      // @ts-ignore focusVisible is not in TypeScript's DOM yet
      this.parts.handles[grip].focus({ preventScroll: true, focusVisible: false });
    }
    this.followPointer(this.drag, x);
    event.preventDefault();
  }

  /**
   * @param {DragStart} start
   * @param {number} startX
   */
  followPointer(start, startX) {
    followDrag(startX, (event) => this.chartX(event), (x) => {
      this.setWindow(dragged(start, this.scale.day(x), this.extent));
      this.placeWindow();
    }, (moved, accepted) => this.release(start, moved, accepted));
  }

  /**
   * @param {DragStart} start
   * @param {boolean} moved
   * @param {boolean} accepted
   */
  release(start, moved, accepted) {
    this.drag = null;
    this.parts.svg.dataset.grip = "";
    if (moved && accepted) {
      this.commit();
      return;
    }
    if (moved) this.setWindow(start);
    this.followHost();
    this.placeWindow();
  }

  /**
   * @param {KeyboardEvent} event
   * @param {Handle} handle
   */
  pressKey(event, handle) {
    if (event.shiftKey) return;
    const moved = movedByKey(this.window, handle, event.key, this.extent);
    if (!moved) return;
    event.preventDefault();
    this.playing.stop();
    this.setWindow(moved);
    this.placeWindow();
    clearTimeout(this.pending);
    this.pending = window.setTimeout(() => this.commit(), KEY_PAUSE_MS);
  }

  /** Sends the window to the host. */
  commit() {
    clearTimeout(this.pending);
    this.pending = undefined;
    this.placeWindow();
    // With a number each window differs, so that the host notices one that it had before.
    this.sentAt = Math.max(Date.now(), this.sentAt + 1);
    this.text.announce(false);
    this.send({ from: toIso(this.window.from), to: toIso(this.window.to), number: this.sentAt });
  }

  showAll() {
    this.playing.stop();
    if (this.full) return;
    this.setWindow({ from: this.extent.first, to: this.extent.last });
    this.commit();
  }

  /** The host also calls this for a run that a later one replaced, with all elements still there. */
  unmount() {
    if (this.root.isConnected) return;
    this.playing.player.stop();
    clearTimeout(this.pending);
    this.observer.disconnect();
  }
}

/** @param {import("../shared/component.js").Component<ComponentData>} component */
export default function (component) {
  const { data, parentElement, setStateValue } = component;
  /** @type {HTMLElement & { timeline?: Timeline }} */
  const root = query(parentElement, ".timeline", HTMLElement);
  const timeline = (root.timeline ??= new Timeline(root, data));
  timeline.update(data, (window) => setStateValue("window", window));
  return () => timeline.unmount();
}
