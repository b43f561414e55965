// @ts-check
// The parts of the timeline's picture that are created once: patterns, shades, frame and handles.

import { svg } from "../shared/dom.js";
import { GRIP } from "./date_window.js";
import { BOTTOM, HEIGHT } from "./scale.js";

/** @typedef {import("./date_window.js").Handle} Handle */

/**
 * @typedef {object} Parts
 * @property {SVGSVGElement} svg
 * @property {SVGRectElement} hatch background of the pattern for contested events
 * @property {SVGGElement} scene replaced at each drawing
 * @property {[SVGRectElement, SVGRectElement]} shades over the days before and after the window
 * @property {SVGRectElement} frame of the window
 * @property {Record<Handle, SVGGElement>} handles
 */

/**
 * @param {HTMLElement} chart
 * @returns {Parts}
 */
export function createParts(chart) {
  const root = svg("svg", { height: HEIGHT, role: "group" }, chart);
  const defs = svg("defs", {}, root);
  addMasks(defs);
  const hatch = addHatch(defs);
  const scene = svg("g", {}, root);
  const layer = svg("g", {}, root);
  const box = { y: 0.5, height: BOTTOM - 0.5 };
  return {
    svg: root, hatch, scene,
    shades: [svg("rect", { ...box, class: "outside" }, layer), svg("rect", { ...box, class: "outside" }, layer)],
    frame: svg("rect", { ...box, class: "window" }, layer),
    handles: { from: createHandle("from", layer), to: createHandle("to", layer) },
  };
}

/**
 * Spans fade towards an open end. White lets all through; the dark grey is a degree, not a colour.
 *
 * @param {SVGDefsElement} defs
 */
function addMasks(defs) {
  /** @type {[name: string, left: number, right: number][]} */
  const masks = [["start", 0, 1], ["end", 1, 0], ["both", 0, 0]];
  for (const [name, left, right] of masks) {
    const gradient = svg("linearGradient", { id: `fade-${name}` }, defs);
    for (const [offset, light] of [[0, left], [0.35, 1], [0.65, 1], [1, right]]) {
      svg("stop", { offset, "stop-color": light ? "white" : "rgb(34 34 34)" }, gradient);
    }
    const mask = svg("mask", { id: `open-${name}`, maskContentUnits: "objectBoundingBox" }, defs);
    svg("rect", { width: 1, height: 1, fill: `url(#fade-${name})` }, mask);
  }
}

/** @param {SVGDefsElement} defs */
function addHatch(defs) {
  const pattern = svg("pattern", {
    id: "hatch", width: 4.5, height: 4.5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)",
  }, defs);
  const background = svg("rect", { width: 4.5, height: 4.5 }, pattern);
  svg("rect", { width: 1.5, height: 4.5, fill: "var(--event-map-paper)" }, pattern);
  return background;
}

/**
 * @param {Handle} name
 * @param {SVGGElement} parent
 */
function createHandle(name, parent) {
  const node = svg("g", { class: "handle", "data-handle": name, tabindex: 0, role: "slider" }, parent);
  svg("rect", { x: -GRIP, y: 0, width: 2 * GRIP, height: BOTTOM, fill: "transparent" }, node);
  svg("line", { y1: 0, y2: BOTTOM }, node);
  svg("rect", { x: -4.5, y: BOTTOM / 2 - 13, width: 9, height: 26, rx: 3, class: "knob" }, node);
  for (const x of [-1.5, 1.5]) {
    svg("line", { x1: x, x2: x, y1: BOTTOM / 2 - 5, y2: BOTTOM / 2 + 5, class: "notch" }, node);
  }
  return node;
}
