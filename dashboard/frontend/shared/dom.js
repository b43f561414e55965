// @ts-check
// Elements of HTML and SVG. Text is set by textContent only: no data are parsed as HTML.

const SVG = "http://www.w3.org/2000/svg";

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {string} [className]
 * @param {string} [text]
 * @param {Node} [parent] the element to append it to
 * @returns {HTMLElementTagNameMap[K]}
 */
export function html(tag, className, text, parent) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  if (parent) parent.appendChild(node);
  return node;
}

/**
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string | number>} attributes
 * @param {Node} [parent] the element to append it to
 * @param {string} [text]
 * @returns {SVGElementTagNameMap[K]}
 */
export function svg(tag, attributes, parent, text) {
  const node = document.createElementNS(SVG, tag);
  setAttributes(node, attributes);
  if (text !== undefined) node.textContent = text;
  if (parent) parent.appendChild(node);
  return node;
}

/**
 * @param {Element} node
 * @param {Record<string, string | number>} attributes
 */
export function setAttributes(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
}

/**
 * The name of a button without text, also as its tooltip.
 *
 * @param {Element} node
 * @param {string} label
 */
export function setName(node, label) {
  setAttributes(node, { "aria-label": label, title: label });
}

/**
 * The first element of a type that matches a selector; throws an Error if there is none.
 *
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} type
 * @returns {T}
 */
export function query(root, selector, type) {
  const node = root.querySelector(selector);
  if (!(node instanceof type)) throw new Error(`no element ${selector}`);
  return node;
}
