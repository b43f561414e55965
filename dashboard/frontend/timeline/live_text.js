// @ts-check
// The dates and the numbers of events beside the buttons of the timeline, written anew as the window moves.

import { query } from "../shared/dom.js";
import { countWithin, readIntervals } from "./live_counts.js";

/** @typedef {import("../shared/format.js").Format} Format */
/** @typedef {import("./date_window.js").DateWindow} DateWindow */
/** @typedef {import("./live_counts.js").IntervalRow} IntervalRow */
/** @typedef {import("./types.js").ComponentData} ComponentData */
/** @typedef {[from: number, to: number] | null} MapWindow */

// While it plays, a screen reader hears dates and numbers no more often than this.
const ANNOUNCE_EVERY_MS = 5000;

export class LiveText {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.dates = query(root, ".dates", HTMLElement);
    this.counts = query(root, ".counts", HTMLElement);
    this.certain = query(root, ".sure", HTMLElement);
    this.possible = query(root, ".maybe", HTMLElement);
    this.status = query(root, ".status", HTMLElement);
    /** @type {IntervalRow[] | null} */
    this.rows = null;
    /** What the rows were read from. @type {ComponentData["timeline"]["intervals"] | undefined} */
    this.source = undefined;
    this.announcedAt = 0;
  }

  /**
   * Reads the intervals of new data, and calls `then` when they can be counted.
   *
   * @param {ComponentData} data
   * @param {() => void} then
   */
  async read({ timeline: { intervals } }, then) {
    if (JSON.stringify(intervals) === JSON.stringify(this.source)) return;
    this.source = intervals;
    this.rows = null;
    const rows = intervals && "packed" in intervals ? await readIntervals(intervals) : intervals;
    if (this.source !== intervals) return;
    this.rows = rows;
    then();
  }

  /**
   * @param {DateWindow} window
   * @param {MapWindow} sent the window as the map gets it
   * @param {ComponentData} data
   * @param {Format} format
   */
  show(window, sent, { words, undated, certain: certainOnly, timeline }, format) {
    setText(this.dates, format.range(window.from, window.to));
    this.counts.dir = words.reading.dir;
    if (!this.rows) {
      setText(this.certain, timeline.intervals ? "" : words.uncounted);
      setText(this.possible, "");
      return;
    }
    const { certain, possible } = countWithin(this.rows, undated, sent);
    const isPossible = possible > 0 && !certainOnly;
    setText(this.certain, format.plural(sent ? words.within : words.events, certain));
    setText(this.possible, isPossible ? format.fill(words.possibly, { n: possible }) : "");
  }

  /**
   * Says dates and numbers to screen readers; while it plays, from time to time.
   *
   * @param {boolean} playing
   */
  announce(playing) {
    const now = performance.now();
    if (playing && now - this.announcedAt < ANNOUNCE_EVERY_MS) return;
    this.announcedAt = now;
    const texts = [this.dates, this.certain, this.possible].map((node) => node.textContent);
    setText(this.status, texts.filter(Boolean).join("; "));
  }
}

/**
 * Sets a text only if it differs, so that screen readers do not repeat it.
 *
 * @param {Element} node
 * @param {string} text
 */
function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
