// @ts-check
// What the map says while its events are on the way, or if they do not come.

import { html } from "../shared/dom.js";
import { createFormat } from "../shared/format.js";

/** @typedef {import("./types.js").Words} Words */

// A map that waits no longer than this does not say so.
const QUIET_MS = 300;

/** Says that the map waits, or why it has no events; nothing while all is quick. */
export class WaitNotice {
  /**
   * @param {L.Map} map
   * @param {() => void} onRetry
   */
  constructor(map, onRetry) {
    this.box = map.getContainer();
    this.onRetry = onRetry;
    /** @type {HTMLElement | null} */
    this.node = null;
    /** @type {number | undefined} */
    this.timer = undefined;
  }

  /** @param {Words} words */
  begin(words) {
    this.box.setAttribute("aria-busy", "true");
    // An alert stays until there is an answer, and one wait is one however many questions it has.
    if (this.node || this.timer !== undefined) return;
    this.timer = window.setTimeout(() => this.show(words, words.loading), QUIET_MS);
  }

  end() {
    window.clearTimeout(this.timer);
    this.timer = undefined;
    this.box.removeAttribute("aria-busy");
    this.node?.remove();
    this.node = null;
  }

  /**
   * @param {Words} words
   * @param {string} reason
   */
  fail(words, reason) {
    this.end();
    const node = this.show(words, createFormat(words.reading).fill(words.not_loaded, { reason }));
    node.setAttribute("role", "alert");
    const retry = html("button", "", words.try_again, node);
    retry.type = "button";
    L.DomEvent.on(retry, "click", (event) => { L.DomEvent.stop(event); this.onRetry(); });
  }

  /**
   * @param {Words} words
   * @param {string} text
   */
  show(words, text) {
    this.node = html("div", "map-notice", undefined, this.box);
    this.node.dir = words.reading.dir;
    this.node.lang = words.reading.lang;
    html("span", "", text, this.node);
    return this.node;
  }
}
