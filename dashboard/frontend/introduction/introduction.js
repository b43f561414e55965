// @ts-check
// The first visit of a browser: what the page is, in a few short steps that can be skipped at once.

import { html, query } from "../shared/dom.js";
import { isIntroduced, setIntroduced } from "./introduced.js";

// The list of keys offers the introduction again by this event.
const AGAIN = "event-map-introduction";

/** @typedef {{ title: string, text: string }} Step */
/**
 * @typedef {object} Introduction
 * @property {string} name
 * @property {Step[]} steps
 * @property {string[]} places e.g. "1 of 4", for each step
 * @property {{ back: string, next: string, skip: string, done: string }} words
 */

/**
 * @param {HTMLElement} panel
 * @param {Introduction} data
 * @param {number} at the step
 */
function draw(panel, data, at) {
  const { steps, places, words } = data;
  const isLast = at === steps.length - 1;
  panel.replaceChildren();
  html("p", "place", places[at], panel);
  html("h2", "", steps[at].title, panel);
  html("p", "", steps[at].text, panel);
  const row = html("div", "row", undefined, panel);
  if (!isLast) add(row, "skip", words.skip, () => leave(panel));
  if (at) add(row, "back", words.back, () => draw(panel, data, at - 1));
  const next = add(row, "next", isLast ? words.done : words.next, () => {
    if (isLast) leave(panel);
    else draw(panel, data, at + 1);
  });
  if (panel.contains(document.activeElement) || at) next.focus({ preventScroll: true });
}

/**
 * @param {HTMLElement} row
 * @param {string} className
 * @param {string} text
 * @param {() => void} action
 */
function add(row, className, text, action) {
  const button = html("button", className, text, row);
  button.type = "button";
  button.addEventListener("click", action);
  return button;
}

/** @param {HTMLElement} panel */
function leave(panel) {
  setIntroduced();
  panel.hidePopover();
  // What is closed has no text that a search in the page would find.
  panel.replaceChildren();
}

/** @param {import("../shared/component.js").Component<Introduction>} component */
export default function ({ data, parentElement }) {
  const panel = query(parentElement, ".introduction", HTMLElement);
  panel.setAttribute("aria-label", data.name);
  const show = () => {
    draw(panel, data, 0);
    if (!panel.matches(":popover-open")) panel.showPopover();
  };
  const listener = new AbortController();
  window.addEventListener(AGAIN, show, { signal: listener.signal });
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave(panel);
  }, { signal: listener.signal });
  if (!isIntroduced() && !panel.matches(":popover-open")) show();
  return () => listener.abort();
}
