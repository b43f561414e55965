// @ts-check
// The curve and the head of an arrow between two points of the screen: no DOM.

/** @typedef {{ x: number, y: number }} Point in pixels */

const MIN_LENGTH = 24;
const CURVATURE = 0.15; // so that there and back are two lines
const SEGMENTS = 24;
const END_GAP = 20; // pixels that are left free before the target

/**
 * The points of the arrow's line and of the triangle of its head, or null if it would be too short.
 *
 * @param {Point} a
 * @param {Point} b
 * @param {number} headSize half the width of the head
 * @returns {{ line: Point[], head: Point[] } | null}
 */
export function arrow(a, b, headSize) {
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  if (length < MIN_LENGTH) return null;
  const control = {
    x: (a.x + b.x) / 2 + (b.y - a.y) * CURVATURE,
    y: (a.y + b.y) / 2 + (a.x - b.x) * CURVATURE,
  };
  const stop = Math.max(0.5, 1 - END_GAP / length);
  const line = Array.from({ length: SEGMENTS + 1 }, (_, i) => bezier(a, control, b, (stop * i) / SEGMENTS));
  return { line, head: head(line[SEGMENTS - 2], line[SEGMENTS], headSize) };
}

/**
 * Points along a line, at most `step` pixels from one to the next.
 *
 * @param {Point[]} line
 * @param {number} step
 * @returns {Point[]}
 */
export function pointsAlong(line, step) {
  return line.slice(1).flatMap((end, at) => {
    const start = line[at];
    const count = Math.max(1, Math.ceil(Math.hypot(end.x - start.x, end.y - start.y) / step));
    return Array.from({ length: count }, (_, i) => ({
      x: start.x + ((end.x - start.x) * i) / count, y: start.y + ((end.y - start.y) * i) / count,
    }));
  });
}

/**
 * A point of a quadratic Bézier curve.
 *
 * @param {Point} a
 * @param {Point} control
 * @param {Point} b
 * @param {number} t from 0 to 1
 */
const bezier = (a, control, b, t) => ({
  x: (1 - t) ** 2 * a.x + 2 * t * (1 - t) * control.x + t * t * b.x,
  y: (1 - t) ** 2 * a.y + 2 * t * (1 - t) * control.y + t * t * b.y,
});

/**
 * @param {Point} back a point of the line before its end
 * @param {Point} tip the end of the line
 * @param {number} size
 */
function head(back, tip, size) {
  const length = Math.hypot(tip.x - back.x, tip.y - back.y) || 1;
  const along = { x: (tip.x - back.x) / length, y: (tip.y - back.y) / length };
  return [
    { x: tip.x + along.x * size * 1.6, y: tip.y + along.y * size * 1.6 },
    { x: tip.x - along.y * size, y: tip.y + along.x * size },
    { x: tip.x + along.y * size, y: tip.y - along.x * size },
  ];
}
