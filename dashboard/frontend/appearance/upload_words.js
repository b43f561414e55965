// @ts-check
// The words of Streamlit's fields for files in the reader's language: they are English, and take no others.
//
// Only the value of a text node or a label is changed, so that Streamlit can change and remove them as before.

/**
 * @typedef {object} UploadWords
 * @property {Record<string, string>} words by Streamlit's own ones
 * @property {string} limit e.g. "{n} MB per file"
 */

const FIELD = '[data-testid="stFileUploader"]';
const LIMIT = /^(\d+)MB per file$/;

/** The English of the text nodes and labels that were changed. @type {WeakMap<Node, string>} */
const english = new WeakMap();

/**
 * A text of a field in the reader's language; the same text if it is none of Streamlit's.
 *
 * @param {string} text
 * @param {UploadWords | null} words null for English
 */
export function fieldText(text, words) {
  if (!words) return text;
  const size = LIMIT.exec(text)?.[1];
  if (size) return words.limit.replace("{n}", size);
  return Object.hasOwn(words.words, text) ? words.words[text] : text;
}

/**
 * Translates all fields of the page, or makes them English again; does nothing where they are.
 *
 * @param {UploadWords | null} words
 */
export function translateFields(words) {
  for (const field of document.querySelectorAll(FIELD)) {
    const texts = document.createTreeWalker(field, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) translateNode(texts.currentNode, words);
    for (const node of field.querySelectorAll("[aria-label]")) {
      const label = node.getAttributeNode("aria-label");
      if (label) translateNode(label, words);
    }
  }
}

/**
 * @param {Node} node a text or an attribute
 * @param {UploadWords | null} words
 */
function translateNode(node, words) {
  const now = node.nodeValue ?? "";
  const before = english.get(node);
  const source = before !== undefined && (!words || fieldText(before, words) === now) ? before : now;
  const text = fieldText(source, words);
  if (text === now) return;
  english.set(node, source);
  node.nodeValue = text;
}
