// @ts-check
// The symbol of a mark: a ring of sectors by colour around the number of events, or a figure.

import { svg } from "../shared/dom.js";
import { radiusOf, sectorPath } from "./mark_groups.js";
import { DASH, hasNoFigure, isOnlyPossible, sizeOf } from "./sizes.js";
import { BADGE_RADIUS, PALE, badges, isRefuted, markCross } from "./verified.js";

/** @typedef {import("../shared/format.js").Format} Format */
/** @typedef {import("./types.js").Colours} Colours */
/** @typedef {import("./types.js").Shade} Shade */
/** @typedef {import("./types.js").SiteGroup} SiteGroup */

const MARGIN = 6; // for rings outside of the mark, in pixels
// The smallest marks, of events with a figure of 0, have a number too.
const ROOM_FOR_A_DIGIT = 6; // pixels

// Marks of which every event may lie outside of the dates are pale.
export const POSSIBLE_OPACITY = 0.45;

// Of more digits than this, a figure is written as 12k: the number of a mark has room in its ring.
const MAX_EVENTS = 9999;
const MAX_FIGURE = 999;

/**
 * @param {SiteGroup} mark
 * @param {number} most the largest figure of a mark
 */
export const symbolSize = (mark, most) => 2 * (radiusOf(mark, most) + MARGIN);

/**
 * @param {SiteGroup} mark
 * @param {Colours} colours
 * @param {Shade[]} legend
 * @param {Format} format
 * @param {number} most the largest figure of a mark
 */
export function drawSymbol(mark, colours, legend, format, most) {
  const r = radiusOf(mark, most);
  const size = symbolSize(mark, most);
  const root = svg("svg", {
    width: size, height: size, viewBox: `${-size / 2} ${-size / 2} ${size} ${size}`, "aria-hidden": "true",
  });
  svg("circle", { r: r + 2, fill: "white" }, root);
  const opacity = isOnlyPossible(mark) ? POSSIBLE_OPACITY : 1;
  const disc = svg("g", { opacity: isRefuted(mark) ? PALE : opacity }, root);
  if (hasNoFigure(mark)) svg("circle", { r, fill: colours.grey }, disc);
  else drawSectors(disc, r, mark, legend, colours.grey);
  const hole = r * (mark.hollow || hasNoFigure(mark) ? 0.72 : 0.5);
  svg("circle", { r: Math.max(hole, ROOM_FOR_A_DIGIT), fill: "white" }, root);
  svg("text", {
    "text-anchor": "middle", dy: "0.35em", fill: colours.mark_ink,
    "font-size": sizeOf(mark) > 99 ? 10 : 11.5, "font-weight": 600,
  }, root, numberIn(mark, format));
  drawRings(root, r, mark, colours);
  drawVerified(root, r, mark, colours);
  return root;
}

/**
 * The number in a mark: events, or the sum of their figures.
 *
 * @param {SiteGroup} mark
 * @param {Format} format
 */
function numberIn(mark, format) {
  if (hasNoFigure(mark)) return DASH;
  const size = sizeOf(mark);
  return size > (mark.figure ? MAX_FIGURE : MAX_EVENTS) ? format.compact(size) : format.number(size);
}

/**
 * @param {SVGElement} root
 * @param {number} r
 * @param {SiteGroup} mark
 * @param {Shade[]} legend
 * @param {string} grey of the outline of what is not known
 */
function drawSectors(root, r, mark, legend, grey) {
  let start = 0;
  for (const { id, colour, outlined } of legend) {
    const share = (mark.groups[id] || 0) / mark.count;
    if (share) svg("path", { d: sectorPath(r, start, start + share), fill: colour, stroke: outlined ? grey : "none" }, root);
    start += share;
  }
}

/**
 * @param {SVGSVGElement} root
 * @param {number} r
 * @param {SiteGroup} mark
 * @param {Colours} colours
 */
function drawRings(root, r, mark, colours) {
  const ring = { fill: "none", "stroke-width": 2 };
  if (mark.contested) {
    svg("circle", { ...ring, r: r + 3, stroke: colours.contested, "stroke-dasharray": "4 3" }, root);
  }
  if (mark.unreviewed) {
    svg("circle", {
      ...ring, r: r + 4.5, stroke: colours.unreviewed, "stroke-width": 2.2,
      "stroke-dasharray": "0.1 4.2", "stroke-linecap": "round",
    }, root);
  }
  if (mark.selected) svg("circle", { ...ring, r: r + 5, stroke: colours.ink }, root);
}

/**
 * A tick at the mark if some events are confirmed; a cross over it if all are refuted, a small one at it
 * if some are. They are shapes, so that nobody needs the colours.
 *
 * @param {SVGSVGElement} root
 * @param {number} r
 * @param {SiteGroup} mark
 * @param {Colours} colours
 */
function drawVerified(root, r, mark, colours) {
  if (isRefuted(mark)) drawSign(root, markCross(r), 0, 0, colours.mark_ink);
  for (const { path, x, y } of badges(mark, r)) drawBadge(root, path, x, y, colours.mark_ink);
}

/**
 * @param {SVGElement} root
 * @param {string} path
 * @param {number} x
 * @param {number} y
 * @param {string} ink
 */
function drawBadge(root, path, x, y, ink) {
  svg("circle", { cx: x, cy: y, r: BADGE_RADIUS, fill: "white", stroke: ink, "stroke-width": 1 }, root);
  drawSign(root, path, x, y, ink);
}

/**
 * @param {SVGElement} root
 * @param {string} path
 * @param {number} x
 * @param {number} y
 * @param {string} ink
 */
function drawSign(root, path, x, y, ink) {
  svg("path", {
    d: path, transform: `translate(${x} ${y})`, fill: "none", stroke: ink,
    "stroke-width": 1.8, "stroke-linecap": "round",
  }, root);
}
