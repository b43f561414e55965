// @ts-check
// Sites that would overlap on the screen, joined to one mark; sizes and sectors of marks: no DOM.

/** @typedef {import("./types.js").Site} Site */
/** @typedef {import("./types.js").SiteGroup} SiteGroup */
/** @typedef {{ x: number, y: number }} Point in pixels */

const OVERLAP = 0.8; // marks nearer than this share of their radii are joined

/** @param {number} count */
export const markRadius = (count) => Math.min(9 + 3 * Math.sqrt(count), 26);

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
 * @param {Site[]} sites
 * @param {(site: Site) => Point} project
 * @returns {(SiteGroup & { point: Point })[]}
 */
export function joinOverlapping(sites, project) {
  /** @type {(SiteGroup & { point: Point })[]} */
  const marks = [];
  for (const site of sites) {
    const point = project(site);
    const near = marks.find((mark) => overlaps(mark, site, point));
    if (near) addSite(near, site);
    else marks.push({ ...single(site), point });
  }
  return marks;
}

/**
 * @param {SiteGroup & { point: Point }} mark
 * @param {Site} site
 * @param {Point} point
 */
function overlaps(mark, site, point) {
  const distance = Math.hypot(mark.point.x - point.x, mark.point.y - point.y);
  return distance < OVERLAP * (markRadius(mark.count) + markRadius(site.count));
}

/**
 * @param {SiteGroup} mark
 * @param {Site} site
 */
function addSite(mark, site) {
  mark.ids.push(site.id);
  mark.sites.push(site);
  mark.count += site.count;
  mark.contested += site.contested;
  mark.unreviewed += site.unreviewed;
  mark.selected = mark.selected || site.selected;
  mark.hollow = mark.hollow && site.hollow;
  for (const [group, count] of Object.entries(site.groups)) {
    mark.groups[group] = (mark.groups[group] || 0) + count;
  }
}
