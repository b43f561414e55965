// @ts-check
// A button and the key "?" that show the keys of the program; a dialog of the browser, without a run of the page.

import { html, query } from "./dom.js";

/** @typedef {{ keys: string[], does: string }} Key */
/** @typedef {{ title: string, close: string, introduction: string, groups: { name: string, keys: Key[] }[] }} Help */

/** The page that has the introduction, and what it listens to. */
const INTRODUCTION = ".st-key-introduction", AGAIN = "event-map-introduction";

/** @param {import("./component.js").Component<Help>} component */
export default function ({ data, parentElement }) {
  const dialog = query(parentElement, "dialog", HTMLDialogElement);
  const button = query(parentElement, ".open", HTMLButtonElement);
  button.setAttribute("aria-label", data.title);
  button.title = data.title;
  const show = () => {
    if (dialog.open) return;
    draw(dialog, data);
    dialog.showModal();
  };
  const listener = new AbortController();
  const { signal } = listener;
  button.addEventListener("click", show, { signal });
  // A closed list has no text that a search in the page would find.
  dialog.addEventListener("close", () => dialog.replaceChildren(), { signal });
  window.addEventListener("keydown", (event) => {
    if (event.key !== "?" || isTyping(event.composedPath()[0])) return;
    event.preventDefault();
    show();
  }, { signal });
  return () => listener.abort();
}

/** @param {EventTarget | undefined} target */
function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {Help} data
 */
function draw(dialog, data) {
  dialog.replaceChildren();
  dialog.setAttribute("aria-label", data.title);
  html("h2", "", data.title, dialog);
  for (const group of data.groups) {
    html("h3", "", group.name, dialog);
    const list = html("dl", "", undefined, dialog);
    for (const { keys, does } of group.keys) {
      const term = html("dt", "", undefined, list);
      keys.forEach((key) => html("kbd", "", key, term));
      html("dd", "", does, list);
    }
  }
  const form = html("form", "", undefined, dialog);
  form.method = "dialog";
  if (document.querySelector(INTRODUCTION)) {
    html("button", "again", data.introduction, form)
      .addEventListener("click", () => window.dispatchEvent(new Event(AGAIN)));
  }
  html("button", "", data.close, form);
}
