// @ts-check
// The symbol of a mark: a ring of sectors by colour around the number of events.

import { svg } from "../shared/dom.js";
import { markRadius, sectorPath } from "./mark_groups.js";

/** @typedef {import("../shared/format.js").Format} Format */
/** @typedef {import("./types.js").Colours} Colours */
/** @typedef {import("./types.js").Shade} Shade */
/** @typedef {import("./types.js").SiteGroup} SiteGroup */

const MARGIN = 6; // for rings outside of the mark, in pixels

/** @param {number} count */
export const symbolSize = (count) => 2 * (markRadius(count) + MARGIN);

/**
 * @param {SiteGroup} mark
 * @param {Colours} colours
 * @param {Shade[]} legend
 * @param {Format} format
 */
export function drawSymbol(mark, colours, legend, format) {
  const r = markRadius(mark.count);
  const size = symbolSize(mark.count);
  const root = svg("svg", {
    width: size, height: size, viewBox: `${-size / 2} ${-size / 2} ${size} ${size}`, "aria-hidden": "true",
  });
  svg("circle", { r: r + 2, fill: "white" }, root);
  drawSectors(root, r, mark, legend);
  svg("circle", { r: r * (mark.hollow ? 0.72 : 0.5), fill: "white" }, root);
  const number = mark.count > 9999 ? format.compact(mark.count) : format.number(mark.count);
  svg("text", {
    "text-anchor": "middle", dy: "0.35em", fill: colours.ink,
    "font-size": mark.count > 99 ? 10 : 11.5, "font-weight": 600,
  }, root, number);
  drawRings(root, r, mark, colours);
  return root;
}

/**
 * @param {SVGSVGElement} root
 * @param {number} r
 * @param {SiteGroup} mark
 * @param {Shade[]} legend
 */
function drawSectors(root, r, mark, legend) {
  let start = 0;
  for (const { id, colour } of legend) {
    const share = (mark.groups[id] || 0) / mark.count;
    if (share) svg("path", { d: sectorPath(r, start, start + share), fill: colour }, root);
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
