// @ts-check
// Sizes and sectors of the circles that represent squares of the map: no DOM.

/** @typedef {import("./types.js").Shade} Shade */
/** @typedef {{ point: { x: number, y: number }, radius: number }} Circle in pixels */
/** @typedef {{ colour: string, isOutlined: boolean, start: number, end: number }} Sector angles in radians, clockwise */

const MAX_RADIUS = 19; // pixels
const MIN_RADIUS = 3;
// Between area for count (0.5) and what leaves a town visible beside a capital; the legend shows it.
const POWER = 0.4;
// Small circles are easier to hit than to see.
const MIN_HIT_RADIUS = 5;

/**
 * @param {number} count events, or a figure
 * @param {number} most the largest one of all circles
 */
export const circleRadius = (count, most) =>
  MIN_RADIUS + (MAX_RADIUS - MIN_RADIUS) * (count / Math.max(most, 1)) ** POWER;

/**
 * The sectors of a circle in the order of the legend, from the top; groups without events have none.
 *
 * @param {{ count: number, groups: Record<string, number> }} tally
 * @param {Shade[]} legend
 * @returns {Sector[]}
 */
export function sectors({ count, groups }, legend) {
  let start = -Math.PI / 2;
  /** @type {Sector[]} */
  const result = [];
  for (const { id, colour, outlined } of legend) {
    const angle = (2 * Math.PI * (groups[id] || 0)) / count;
    if (!angle) continue;
    result.push({ colour, isOutlined: Boolean(outlined), start, end: start + angle });
    start += angle;
  }
  return result;
}

/** @param {Sector} sector */
export const isFullCircle = ({ start, end }) => end - start >= 2 * Math.PI - 1e-9;

/**
 * The circle at a point, or null: the last one, which is drawn above the others.
 *
 * @template {Circle} T
 * @param {T[]} circles in the order of drawing
 * @param {{ x: number, y: number }} position
 * @returns {T | null}
 */
export function circleAt(circles, { x, y }) {
  for (let i = circles.length - 1; i >= 0; i -= 1) {
    const { point, radius } = circles[i];
    if (Math.hypot(point.x - x, point.y - y) <= Math.max(radius, MIN_HIT_RADIUS)) return circles[i];
  }
  return null;
}
