// @ts-check
// An article with its mentions marked. The HTML comes escaped from the server (browser/reading.py).
//
// A click on a mention sends its key; a selection of other text sends "text:start:end" in code points.

import { query } from "../shared/dom.js";

/** Longer selections are neither a name nor a claim. */
const MAX_SELECTION = 2000; // code points
const MENTION = "mark[data-mention]";

/**
 * The position in the article's text, in code points, or null outside of the text.
 *
 * @param {Node} node
 * @param {number} offset within the node, as in a Range
 */
function textPosition(node, offset) {
  const element = node instanceof Element ? node : node.parentElement;
  const part = element?.closest("[data-start]");
  if (!(part instanceof HTMLElement)) return null;
  const range = document.createRange();
  range.selectNodeContents(part);
  range.setEnd(node, offset);
  const before = range.cloneContents();
  // A line break is an element here and one character in the text.
  before.querySelectorAll("br").forEach((br) => br.replaceWith("\n"));
  return Number(part.dataset.start) + Array.from(before.textContent ?? "").length;
}

/**
 * The key of the selected text, or null where nothing or too much is selected.
 *
 * @param {HTMLElement} root
 */
function selectedText(root) {
  const shadow = /** @type {(ShadowRoot | Document) & { getSelection?: () => Selection | null }} */ (root.getRootNode());
  const selection = shadow.getSelection ? shadow.getSelection() : document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const start = textPosition(range.startContainer, range.startOffset);
  const end = textPosition(range.endContainer, range.endOffset);
  if (start === null || end === null || end <= start || end - start >= MAX_SELECTION) return null;
  return `text:${start}:${end}`;
}

/**
 * The key of the mention around an event's target, or null.
 *
 * @param {Event} event
 */
function mentionAt(event) {
  const mark = event.target instanceof Element ? event.target.closest(MENTION) : null;
  return mark instanceof HTMLElement ? mark.dataset.mention ?? null : null;
}

/**
 * Of nested mentions only the innermost is a button.
 *
 * @param {HTMLElement} root
 */
function makeButtons(root) {
  for (const mark of root.querySelectorAll(MENTION)) {
    if (!(mark instanceof HTMLElement) || mark.querySelector(MENTION)) continue;
    mark.tabIndex = 0;
    mark.setAttribute("role", "button");
  }
}

/** @param {import("../shared/component.js").Component<{ html: string }>} component */
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = query(parentElement, ".view", HTMLElement);
  if (root.dataset.shown !== data.html) {
    root.innerHTML = data.html;
    root.dataset.shown = data.html;
    makeButtons(root);
  }
  root.onclick = (event) => {
    const key = selectedText(root) ?? mentionAt(event);
    if (key) setTriggerValue("selection", key);
  };
  root.onkeydown = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    const key = mentionAt(event);
    if (!key) return;
    setTriggerValue("selection", key);
    event.preventDefault();
  };
}
