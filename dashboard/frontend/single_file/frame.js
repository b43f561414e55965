// @ts-check
// The elements of a single file that the language and the selection fill.

import { html } from "../shared/dom.js";
import { drawParts } from "./tree.js";

/** @typedef {import("./file_types.js").FileContent} FileContent */
/** @typedef {import("./file_types.js").FileLanguage} FileLanguage */

/** In its own words, whichever the other is. @type {Record<string, string>} */
const NAMES = { en: "English", ar: "العربية" };

/**
 * @param {FileContent} content
 * @param {string} code of the language
 * @param {HTMLElement} root emptied first
 * @param {{ language: (code: string) => void, reset: () => void, back: () => void, search: (text: string) => void,
 *   certain: (only: boolean) => void, allPlaces: () => void }} act
 */
export function createFrame(content, code, root, act) {
  const language = content.languages[code];
  const { file, style: { words: { reading } } } = language;
  Object.assign(document.documentElement, { lang: code, dir: reading.dir });
  root.replaceChildren();
  const screen = html("div", "screen", undefined, root);
  const top = html("header", "top", undefined, screen);
  drawParts(content.nodes, language.head, html("div", "head", undefined, top));
  top.append(buttons(content, code, file, act.language));
  const line = html("div", "line", undefined, screen);
  const shown = html("p", "shown", "", line);
  shown.setAttribute("aria-live", "polite");
  const reset = button(file.reset, "reset", act.reset, line);
  const main = html("main", "panes", undefined, screen);
  const { map, timeline, certain } = createMiddle(main, file, act.certain);
  const { facets, search } = createFilters(main, file, act.search);
  const side = html("section", "side", undefined, main);
  side.setAttribute("aria-label", file.events_list);
  const here = html("div", "here", undefined, side);
  const list = html("div", "list", undefined, side);
  const evidence = html("section", "evidence", undefined, side);
  evidence.setAttribute("aria-label", file.evidence);
  createFoot(content, language, root);
  return { shown, reset, map, timeline, certain, facets, search, side, here, list, evidence };
}

/**
 * @param {string} text
 * @param {string} className
 * @param {() => void} act
 * @param {Node} [parent]
 */
export function button(text, className, act, parent) {
  const node = html("button", className, text, parent);
  node.type = "button";
  node.addEventListener("click", act);
  return node;
}

/**
 * @param {FileContent} content
 * @param {string} code
 * @param {FileLanguage["file"]} file
 * @param {(code: string) => void} choose
 */
function buttons(content, code, file, choose) {
  const box = html("div", "choices");
  const group = html("div", "languages", undefined, box);
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", file.language);
  for (const other of Object.keys(content.languages)) {
    const node = button(NAMES[other] ?? other, "language", () => choose(other), group);
    node.lang = other;
    node.setAttribute("aria-pressed", String(other === code));
  }
  button(file.print, "print", () => window.print(), box);
  return box;
}

/**
 * @param {HTMLElement} main
 * @param {FileLanguage["file"]} file
 * @param {(only: boolean) => void} change
 */
function createMiddle(main, file, change) {
  const middle = html("section", "middle", undefined, main);
  middle.setAttribute("aria-label", file.map);
  const map = html("div", "map-host", undefined, middle);
  const timeline = html("div", "timeline-host", undefined, middle);
  const label = html("label", "certain", undefined, middle);
  const certain = html("input", "", undefined, label);
  certain.type = "checkbox";
  certain.addEventListener("change", () => change(certain.checked));
  html("span", "", file.certain, label);
  return { map, timeline, certain };
}

/**
 * @param {HTMLElement} main
 * @param {FileLanguage["file"]} file
 * @param {(text: string) => void} change
 */
function createFilters(main, file, change) {
  const box = html("details", "filters", undefined, main);
  // Beside the map where there is room for it, else below it and closed.
  box.open = window.matchMedia("(min-width: 901px)").matches;
  html("summary", "", file.filters, box);
  const search = html("input", "search", undefined, box);
  search.type = "search";
  search.placeholder = file.placeholder;
  search.setAttribute("aria-label", file.search);
  search.addEventListener("input", () => change(search.value));
  return { search, facets: html("div", "facets", undefined, box) };
}

/**
 * Sources, terms and caveat, and what the file is.
 *
 * @param {FileContent} content
 * @param {FileLanguage} language
 * @param {HTMLElement} root
 */
function createFoot(content, language, root) {
  const foot = html("div", "foot", undefined, root);
  drawParts(content.nodes, language.sources, foot);
  const about = html("section", "about", undefined, foot);
  html("h2", "", language.file.about, about);
  const lines = html("ul", "", undefined, about);
  for (const line of language.about) html("li", "", line, lines).dir = "auto";
}
