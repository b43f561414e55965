// @ts-check
// A button with an icon among the tools of the map.

import { html, svg } from "../shared/dom.js";

/**
 * @param {HTMLElement} bar
 * @param {string} path of the icon, of 16 by 16 pixels
 * @param {string} label
 */
export function tool(bar, path, label) {
  const button = html("button", "tool", undefined, bar);
  button.type = "button";
  button.title = label;
  button.setAttribute("aria-label", label);
  icon(button, path);
  return button;
}

/**
 * @param {HTMLElement} button
 * @param {string} path
 */
export function icon(button, path) {
  svg("path", { d: path }, svg("svg", { width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true" }, button));
}
