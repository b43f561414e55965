// @ts-check
// Sites that would overlap on the screen, joined to one mark; sizes and sectors of marks: no DOM.

import { addTally, hasNoFigure, sizeOf } from "./sizes.js";

/** @typedef {import("./types.js").Site} Site */
/** @typedef {import("./types.js").SiteGroup} SiteGroup */
/** @typedef {import("./types.js").Tally} Tally */
/** @typedef {{ x: number, y: number }} Point in pixels */

const OVERLAP = 0.8; // marks nearer than this share of their radii are joined

const MIN_RADIUS = 9;
const MAX_RADIUS = 26;
const GROWTH = 3; // pixels by the root of the number
// From this number on all marks are equally large, unless figures are scaled to the largest.
const MOST = ((MAX_RADIUS - MIN_RADIUS) / GROWTH) ** 2;

/**
 * The radius of a mark of that many events, or of that figure, of which `most` is the largest.
 *
 * @param {number} size
 * @param {number} [most] sizes are scaled so that this one can be told from smaller ones
 */
export const markRadius = (size, most = 0) =>
  Math.min(MIN_RADIUS + GROWTH * Math.sqrt(size * Math.min(1, MOST / Math.max(most, 1))), MAX_RADIUS);

/**
 * The radius of a mark; one without a figure has the smallest.
 *
 * @param {Tally} mark
 * @param {number} most the largest figure of a mark; unused if sizes stand for events
 */
export const radiusOf = (mark, most) => {
  if (!mark.figure) return markRadius(mark.count);
  return hasNoFigure(mark) ? MIN_RADIUS : markRadius(sizeOf(mark), most);
};

/**
 * A sector of a circle around 0, 0 as the path of an SVG.
 *
 * @param {number} radius
 * @param {number} start in turns, clockwise from the top
 * @param {number} end
 */
export function sectorPath(radius, start, end) {
  // A full circle as one arc has no length, so it stops just short.
  const stop = end - start >= 1 ? start + 0.9999 : end;
  /** @param {number} turn */
  const point = (turn) =>
    [radius * Math.sin(2 * Math.PI * turn), -radius * Math.cos(2 * Math.PI * turn)].join(" ");
  const large = stop - start > 0.5 ? 1 : 0;
  return `M0 0L${point(start)}A${radius} ${radius} 0 ${large} 1 ${point(stop)}Z`;
}

/**
 * A mark for one site.
 *
 * @param {Site} site
 * @returns {SiteGroup}
 */
export const single = (site) => ({ ...site, groups: { ...site.groups }, ids: [site.id], sites: [site] });

/**
 * Each site joins the first mark that it would overlap; a mark stays where its first site is.
 *
 * A mark counts each of its events once: `shared` are those of a site that other sites have too.
 *
 * @param {Site[]} sites
 * @param {(site: Site) => Point} project
 * @param {number} [most] the largest figure of a site
 * @param {(site: number, others: Set<number>) => Tally[]} [shared] by positions of sites
 * @returns {(SiteGroup & { point: Point })[]}
 */
export function joinOverlapping(sites, project, most = 0, shared = () => []) {
  /** @type {(SiteGroup & { point: Point })[]} */
  const marks = [];
  for (const site of sites) {
    const point = project(site);
    const near = marks.find((mark) => overlaps(mark, site, point, most));
    if (near) addSite(near, site, shared(site.position, new Set(near.sites.map((other) => other.position))));
    else marks.push({ ...single(site), point });
  }
  return marks;
}

/**
 * @param {SiteGroup & { point: Point }} mark
 * @param {Site} site
 * @param {Point} point
 * @param {number} most
 */
function overlaps(mark, site, point, most) {
  const distance = Math.hypot(mark.point.x - point.x, mark.point.y - point.y);
  return distance < OVERLAP * (radiusOf(mark, most) + radiusOf(site, most));
}

/**
 * @param {SiteGroup} mark
 * @param {Site} site
 * @param {Tally[]} again its events that the mark has already
 */
function addSite(mark, site, again) {
  mark.ids.push(site.id);
  mark.sites.push(site);
  addTally(mark, site);
  for (const events of again) addTally(mark, events, -1);
  mark.selected = mark.selected || site.selected;
  mark.hollow = mark.hollow && site.hollow;
}
