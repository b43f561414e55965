// @ts-check
// The signs of confirmed and refuted events: shapes, so that nobody needs the colours; no DOM.

/** How visible the colours of a mark are of which all events are refuted. */
export const PALE = 0.3;
/** The radius of the disc behind a sign at the edge of a mark, in pixels. */
export const BADGE_RADIUS = 5;
/** Half the width of the room that a number needs in a mark, in pixels. */
const ROOM_FOR_A_NUMBER = 5;
/** A tick around 0, 0 as the path of an SVG. */
export const TICK = "M-2.6 0.2L-0.8 2.2L2.6 -2.2";
/** The same for a cross that fits the disc. */
export const CROSS_IN_BADGE = crossPath(2.2);

/**
 * A cross around 0, 0.
 *
 * @param {number} half of its width, in pixels
 * @param {number} [open] half the width of its middle that is left open, for a number
 */
export function crossPath(half, open = 0) {
  const arms = [[1, 1], [1, -1], [-1, 1], [-1, -1]];
  return arms.map(([x, y]) => `M${open * x} ${open * y}L${half * x} ${half * y}`).join("");
}

/**
 * The cross over a mark of which all events are refuted; its number stays readable.
 *
 * @param {number} radius of the mark
 */
export const markCross = (radius) => crossPath(0.85 * radius, Math.max(0.4 * radius, ROOM_FOR_A_NUMBER));

/**
 * Whether all events of a mark are refuted.
 *
 * @param {{ count: number, refuted: number }} mark
 */
export const isRefuted = (mark) => mark.count > 0 && mark.refuted === mark.count;

/**
 * The signs at the edge of a mark: a tick if some events are confirmed, a cross if some are refuted.
 *
 * @param {import("./types.js").Tally} mark
 * @param {number} radius
 * @returns {{ path: string, x: number, y: number }[]} around the centre of the mark
 */
export function badges(mark, radius) {
  const side = radius * Math.SQRT1_2 + 1;
  const signs = [];
  if (mark.confirmed) signs.push({ path: TICK, x: side, y: -side });
  if (mark.refuted && !isRefuted(mark)) signs.push({ path: CROSS_IN_BADGE, x: -side, y: -side });
  return signs;
}
