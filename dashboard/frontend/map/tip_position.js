// @ts-check
// Where a tooltip is least in the way: beside what is pointed at, never over it. No DOM.

/** @typedef {import("./label_positions.js").Box} Box */
/** @typedef {import("./label_positions.js").Size} Size */
/** @typedef {"top" | "bottom" | "right" | "left"} Direction the side of what is pointed at */

/**
 * @typedef {object} TipPosition
 * @property {Direction} direction
 * @property {[x: number, y: number]} offset of the tooltip's usual place on that side, in pixels
 * @property {number} slide how far its arrow is moved the other way along that side, in pixels
 */

/** The best first, where several are as free. @type {Direction[]} */
const DIRECTIONS = ["top", "bottom", "right", "left"];
// The height of the arrow between a tooltip and what it belongs to, in pixels.
const ARROW = 6;
// A tooltip moved along its side has its arrow as far from its corner.
const CORNER = 14;
// Space between a tooltip and the edge of the map.
const EDGE = 3;

/**
 * The side of what is pointed at on which the tooltip covers least of what is `taken`, such as other marks, and
 * is all in the map; a side on which it is cut off only if there is no other.
 *
 * @param {{ x: number, y: number }} at the middle of what is pointed at
 * @param {number} radius of what is pointed at, in pixels
 * @param {Size} size of the tooltip
 * @param {Box} view what of the map is in sight
 * @param {Box[]} taken
 * @returns {TipPosition}
 */
export function placeTip(at, radius, size, view, taken) {
  const inside = /** @type {Box} */ ([view[0] + EDGE, view[1] + EDGE, view[2] - EDGE, view[3] - EDGE]);
  /** @type {{ position: TipPosition, cost: number } | null} */
  let best = null;
  for (const direction of DIRECTIONS) {
    for (const slide of slides(at, direction, size, inside)) {
      const box = boxOf(at, radius, direction, slide, size);
      const cost = size[0] * size[1] * cutOff(box, inside) + taken.reduce((sum, other) => sum + shared(box, other), 0);
      if (!best || cost < best.cost) best = { position: positionOf(direction, radius, slide, size), cost };
    }
  }
  return /** @type {{ position: TipPosition }} */ (best).position;
}

/**
 * In the middle of its side, or with an end of it at what is pointed at; each moved into the map.
 *
 * @param {{ x: number, y: number }} at
 * @param {Direction} direction
 * @param {Size} size
 * @param {Box} inside
 */
function slides(at, direction, size, inside) {
  const axis = isAcross(direction) ? 0 : 1;
  const middle = axis ? at.y : at.x;
  const half = size[axis] / 2;
  const [low, high] = [inside[axis] + half - middle, inside[axis + 2] - half - middle];
  const far = farthest(direction, size);
  return [0, far, -far].map((slide) => Math.max(low, Math.min(slide, high)));
}

/**
 * As far as a tooltip can be moved along its side with its arrow still on it.
 *
 * @param {Direction} direction
 * @param {Size} size
 */
const farthest = (direction, size) => Math.max(size[isAcross(direction) ? 0 : 1] / 2 - CORNER, 0);

/**
 * @param {Direction} direction
 * @param {number} radius
 * @param {number} slide
 * @param {Size} size
 * @returns {TipPosition}
 */
function positionOf(direction, radius, slide, size) {
  const gap = direction === "top" || direction === "left" ? -radius : radius;
  const far = farthest(direction, size);
  return { direction, slide: Math.max(-far, Math.min(slide, far)), offset: isAcross(direction) ? [slide, gap] : [gap, slide] };
}

/**
 * @param {{ x: number, y: number }} at
 * @param {number} radius
 * @param {Direction} direction
 * @param {number} slide
 * @param {Size} size
 * @returns {Box}
 */
function boxOf(at, radius, direction, slide, [width, height]) {
  const gap = radius + ARROW;
  const x = isAcross(direction) ? at.x + slide - width / 2 : direction === "right" ? at.x + gap : at.x - gap - width;
  const y = isAcross(direction) ? direction === "bottom" ? at.y + gap : at.y - gap - height : at.y + slide - height / 2;
  return [x, y, x + width, y + height];
}

/** @param {Direction} direction */
const isAcross = (direction) => direction === "top" || direction === "bottom";

/**
 * How many pixels of a box are outside of another, from its edge.
 *
 * @param {Box} box
 * @param {Box} inside
 */
const cutOff = (box, inside) =>
  Math.max(0, inside[0] - box[0]) + Math.max(0, inside[1] - box[1]) + Math.max(0, box[2] - inside[2]) + Math.max(0, box[3] - inside[3]);

/**
 * The area in which two boxes overlap.
 *
 * @param {Box} a
 * @param {Box} b
 */
const shared = (a, b) =>
  Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0])) * Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));
