// @ts-check
// Playing, steps and going back to the start: what the buttons and keys do with the timeline's window.

import { query, setName } from "../shared/dom.js";
import { stepLength } from "./date_window.js";
import { daysPerSecond, firstDay, lastDay, playbackStep, windowAt } from "./playback.js";
import { PlaybackPanel } from "./playback_panel.js";
import { Player } from "./player.js";

/** @typedef {import("./date_window.js").DateWindow} DateWindow */
/** @typedef {import("./types.js").Words} Words */

/**
 * What of the timeline it moves.
 *
 * @typedef {object} Moved
 * @property {DateWindow} window
 * @property {number} stride days that a step moves on
 * @property {import("./scale.js").Extent} extent
 * @property {(window: DateWindow, stride?: number) => void} setWindow
 * @property {(playing: boolean) => void} show shows the window while it moves
 * @property {() => void} commit sends the window to the host
 */

export class Playing {
  /**
   * @param {HTMLElement} root
   * @param {Moved} moved
   */
  constructor(root, moved) {
    this.root = root;
    this.moved = moved;
    this.button = query(root, ".play", HTMLButtonElement);
    /** @type {Words | undefined} */
    this.words = undefined;
    this.player = new Player((day) => root.isConnected && this.showDay(day));
    // Another speed or window while it plays: it goes on from the day where it is.
    this.panel = new PlaybackPanel(root, () => { if (this.isPlaying) this.play(this.player.day); });
    /**
     * @param {string} selector
     * @param {() => void} act
     */
    const onClick = (selector, act) => query(root, selector, HTMLElement).addEventListener("click", act);
    onClick(".restart", () => this.restart());
    onClick(".back", () => this.step(-1));
    onClick(".next", () => this.step(1));
    onClick(".play", () => this.toggle());
    root.addEventListener("keydown", (event) => this.pressKey(event));
  }

  get isPlaying() {
    return this.player.isPlaying;
  }

  /** @param {Words} words */
  setLabels(words) {
    this.words = words;
    for (const name of /** @type {const} */ (["back", "next", "restart"])) {
      setName(query(this.root, `.${name}`, HTMLElement), words[name]);
    }
    this.panel.setLabels(words);
    this.showState();
  }

  showState() {
    this.button.classList.toggle("playing", this.isPlaying);
    if (this.words) setName(this.button, this.isPlaying ? this.words.pause : this.words.play);
  }

  /** Days of a window that moves on. */
  length() {
    const { window, stride, extent } = this.moved;
    return stepLength(window, stride, extent);
  }

  /** @param {1 | -1} direction */
  step(direction) {
    this.stop();
    const next = playbackStep(this.panel.choice.span, this.moved, direction, this.moved.extent);
    if (!next) return;
    this.moved.setWindow(next, this.length());
    this.moved.commit();
  }

  toggle() {
    const { window, extent } = this.moved;
    if (this.isPlaying) this.stop();
    else {
      // The panel covers the chart.
      this.panel.open(false);
      this.play(firstDay(this.panel.choice.span, window, extent));
    }
  }

  /** @param {number} day */
  play(day) {
    const { extent } = this.moved;
    const { speed, span } = this.panel.choice;
    const length = this.length();
    const last = lastDay(span, length, extent);
    this.moved.setWindow(windowAt(span, Math.min(Math.floor(day), last), length, extent), length);
    this.player.start(Math.min(day, last), daysPerSecond(speed, last - extent.first + 1));
    this.showState();
  }

  /** Back to the first days; playing goes on from there. */
  restart() {
    const { moved } = this;
    const { first } = moved.extent;
    if (this.isPlaying) {
      this.play(first);
      return;
    }
    const length = this.length();
    moved.setWindow(windowAt(this.panel.choice.span, first, length, moved.extent), length);
    moved.commit();
  }

  /**
   * Shows the window of a day; false where playing ends.
   *
   * @param {number} day a fraction
   */
  showDay(day) {
    const { stride, extent } = this.moved;
    const { span } = this.panel.choice;
    const last = lastDay(span, stride, extent);
    this.moved.setWindow(windowAt(span, Math.min(Math.floor(day), last), stride, extent), stride);
    this.moved.show(true);
    if (day < last + 1) return true;
    this.stop();
    return false;
  }

  /** Ends playing, and sends its last window to the host. */
  stop() {
    if (!this.isPlaying) return;
    this.player.stop();
    this.showState();
    this.moved.commit();
  }

  /**
   * Space plays and pauses; with Shift, arrows step and Home goes back to the first days.
   *
   * @param {KeyboardEvent} event
   */
  pressKey(event) {
    const { target, key, shiftKey } = event;
    if (target instanceof HTMLSelectElement) return;
    const isPlay = key === " " && !(target instanceof HTMLButtonElement);
    /** @type {Record<string, () => void>} */
    const shifted = { ArrowLeft: () => this.step(-1), ArrowRight: () => this.step(1), Home: () => this.restart() };
    const act = isPlay ? () => this.toggle() : shiftKey && shifted[key];
    if (!act) return;
    event.preventDefault();
    act();
  }
}
