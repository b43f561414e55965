// @ts-check
// Positions of labels in pixels, and the list of places that have one: no DOM.

/** @typedef {[left: number, top: number, right: number, bottom: number]} Box */
/** @typedef {[width: number, height: number]} Size */
/** @typedef {import("./types.js").LabelledPlace} Label */
/** @typedef {{ geometry: { coordinates: [number, number] }, properties: { name_en: string, name_ar: string, rank: number } }} Town lon before lat */

// A place of the gazetteer and a town of the basemap as near as this are the same, in metres.
const SAME_PLACE_M = 4000;
const GAP_TO_DOT = 7; // pixels
const GAP_TO_MARK = 5;
const GAP_BETWEEN = { x: 2, y: 1 };

/**
 * Offsets of the top left corner from the place, best first: a country's label is centred; a town's is
 * right, left, below or above.
 *
 * @param {Size} size
 * @param {boolean} isCentred
 * @param {number | undefined} markRadius of the mark at the place
 * @returns {[dx: number, dy: number][]}
 */
export function positionsAround([width, height], isCentred, markRadius) {
  if (isCentred) return [[-width / 2, -height / 2]];
  const gap = markRadius === undefined ? GAP_TO_DOT : markRadius + GAP_TO_MARK;
  return [[gap, -height / 2], [-width - gap, -height / 2], [-width / 2, gap], [-width / 2, -height - gap]];
}

/**
 * The first position whose box overlaps none of `taken`, as its box; null if there is none.
 *
 * @param {{ x: number, y: number }} point
 * @param {[dx: number, dy: number][]} offsets
 * @param {Size} size
 * @param {Box[]} taken
 * @returns {Box | null}
 */
export function freeBox(point, offsets, [width, height], taken) {
  for (const [dx, dy] of offsets) {
    /** @type {Box} */
    const box = [point.x + dx, point.y + dy, point.x + dx + width, point.y + dy + height];
    if (!taken.some((other) => overlap(box, other))) return box;
  }
  return null;
}

/**
 * Whether the label of a point in sight is all in sight, and that of another not in part: half a name could be
 * misread.
 *
 * @param {{ x: number, y: number }} point
 * @param {[dx: number, dy: number]} offset
 * @param {Size} size
 * @param {Box} view
 */
export function isWhole(point, [dx, dy], [width, height], [left, top, right, bottom]) {
  const [x, y] = [point.x + dx, point.y + dy];
  if (point.x >= left && point.x <= right && point.y >= top && point.y <= bottom) {
    return x >= left && y >= top && x + width <= right && y + height <= bottom;
  }
  return x >= right || y >= bottom || x + width <= left || y + height <= top;
}

/**
 * Boxes around points in their order, none over another or over any of `taken`, which gets them too; each as
 * far from the others as `apart`.
 *
 * @param {{ x: number, y: number }[]} points the middles of the boxes
 * @param {Size} size
 * @param {number} apart
 * @param {Box[]} taken
 * @returns {Box[]}
 */
export function spacedBoxes(points, [width, height], apart, taken) {
  /** @type {{ x: number, y: number }[]} */
  const used = [];
  return points.flatMap((point) => {
    if (used.some(({ x, y }) => Math.hypot(x - point.x, y - point.y) < apart)) return [];
    const box = freeBox(point, [[-width / 2, -height / 2]], [width, height], taken);
    if (!box) return [];
    used.push(point);
    taken.push(box);
    return [box];
  });
}

/**
 * @param {Box} a
 * @param {Box} b
 */
const overlap = (a, b) =>
  a[0] < b[2] + GAP_BETWEEN.x && a[2] > b[0] - GAP_BETWEEN.x &&
  a[1] < b[3] + GAP_BETWEEN.y && a[3] > b[1] - GAP_BETWEEN.y;

/**
 * Towns of the basemap and places of the gazetteer as one list, by rank, each place once.
 *
 * @param {Town[]} towns
 * @param {Label[]} gazetteer first at equal ranks
 * @param {(a: Label, b: Label) => number} distance in metres
 * @returns {Label[]}
 */
export function mergeLabels(towns, gazetteer, distance) {
  const places = gazetteer.map((place) => ({ ...place }));
  /** @type {Label[]} */
  const others = [];
  for (const { geometry: { coordinates: [lon, lat] }, properties } of towns) {
    const town = { ...properties, lat, lon };
    const same = places.find((place) => distance(place, town) < SAME_PLACE_M);
    if (same) same.rank = Math.min(same.rank, town.rank);
    else others.push(town);
  }
  return [...places, ...others].sort((a, b) => a.rank - b.rank);
}
