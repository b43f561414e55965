// @ts-check
// Draws the parts of a single file (export/single_file/tree.py): elements of a fixed list, text by textContent.

/** @typedef {import("./file_types.js").Part} Part */

const TAGS = new Set([
  "a", "article", "b", "bdi", "blockquote", "br", "code", "dd", "details", "div", "dl", "dt", "em", "footer", "h1", "h2",
  "h3", "h4", "header", "li", "mark", "ol", "p", "section", "span", "strong", "summary", "table", "tbody", "td", "th", "tr",
  "ul",
]);
const ATTRIBUTES = new Set(["class", "dir", "lang", "title", "scope"]);
const WEB = /^https?:\/\//i;

/**
 * @param {Part[]} parts of the file
 * @param {number[]} numbers of those to draw
 * @param {Node} parent
 */
export function drawParts(parts, numbers, parent) {
  for (const number of numbers) {
    const part = parts[number];
    if (typeof part === "string") {
      parent.appendChild(document.createTextNode(part));
      continue;
    }
    const [tag, attributes, ...children] = part;
    if (!TAGS.has(tag)) continue;
    const node = document.createElement(tag);
    for (const [name, text] of Object.entries(attributes || {})) if (ATTRIBUTES.has(name)) node.setAttribute(name, text);
    if (attributes && attributes.href) link(node, attributes.href);
    drawParts(parts, children, node);
    parent.appendChild(node);
  }
}

/**
 * A link to the web that tells the other side nothing of this file.
 *
 * @param {HTMLElement} node
 * @param {string} address
 */
function link(node, address) {
  if (!(node instanceof HTMLAnchorElement) || !WEB.test(address)) return;
  node.href = address;
  node.target = "_blank";
  node.rel = "noopener noreferrer";
}
