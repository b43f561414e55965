// @ts-check
// Text for other programs.

import { html } from "./dom.js";

/**
 * Whether the text is on the clipboard now.
 *
 * @param {string} text
 */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Browsers have no clipboard for pages without encryption, but this older way.
    const field = html("textarea", "", undefined, document.body);
    field.value = text;
    field.select();
    const isDone = document.execCommand("copy");
    field.remove();
    return isDone;
  }
}
