// @ts-check
// The panel for speed and window of playing; the session of the browser remembers both.

import { html, query } from "../shared/dom.js";
import { SPANS, SPEEDS, readChoice, writeChoice } from "./playback.js";

/** @typedef {import("./playback.js").Choice} Choice */
/** @typedef {import("./types.js").Words} Words */

const KEY = "event-map-playback";

/** @returns {Choice} */
function remembered() {
  // A browser may refuse to store anything.
  try { return readChoice(window.sessionStorage.getItem(KEY)); } catch { return readChoice(null); }
}

/** @param {Choice} choice */
function remember(choice) {
  try { window.sessionStorage.setItem(KEY, writeChoice(choice)); } catch { /* then it lasts as long as the page */ }
}

export class PlaybackPanel {
  /**
   * @param {HTMLElement} root
   * @param {() => void} onChange
   */
  constructor(root, onChange) {
    this.choice = remembered();
    this.button = query(root, ".settings", HTMLButtonElement);
    this.panel = query(root, ".options", HTMLElement);
    this.speed = query(root, "select.speed", HTMLSelectElement);
    this.span = query(root, "select.span", HTMLSelectElement);
    this.button.addEventListener("click", () => this.open(this.panel.hidden));
    for (const select of [this.speed, this.span]) {
      select.addEventListener("change", () => {
        this.choice = readChoice(`${this.speed.value} ${this.span.value}`);
        remember(this.choice);
        onChange();
      });
    }
    this.panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      // Escape would also leave a presentation.
      event.stopPropagation();
      this.open(false);
      this.button.focus();
    });
  }

  /** @param {boolean} open */
  open(open) {
    this.panel.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    if (open) this.speed.focus();
  }

  /** @param {Words} words */
  setLabels({ playing, speed, span, speeds, spans, reading }) {
    this.button.setAttribute("aria-label", playing);
    this.button.title = playing;
    this.panel.setAttribute("aria-label", playing);
    this.panel.dir = reading.dir;
    setOptions(this.speed, speed, SPEEDS, speeds);
    setOptions(this.span, span, SPANS, spans);
    this.speed.value = this.choice.speed;
    this.span.value = this.choice.span;
  }
}

/**
 * @param {HTMLSelectElement} select
 * @param {string} name
 * @param {readonly string[]} values
 * @param {Record<string, string>} labels
 */
function setOptions(select, name, values, labels) {
  const label = select.previousElementSibling;
  if (label) label.textContent = name;
  select.setAttribute("aria-label", name);
  select.replaceChildren();
  for (const value of values) html("option", "", labels[value], select).value = value;
}
