// @ts-check
// Drawn areas as texts of a link: "box:38,36,39,37", as model/area.py reads them. No DOM.

/** @typedef {{ lat: number, lng: number }} Point */

// The server refuses polygons with more (model/area.py).
export const MOST_CORNERS = 100;

/**
 * The text of a rectangle, a polygon, or a circle; null if the points are too few for one.
 *
 * @param {"box" | "polygon" | "circle"} kind
 * @param {Point[]} points the corners; of a circle the centre and a point of its edge
 * @param {number} [metres] the radius of a circle
 * @returns {string | null}
 */
export function areaText(kind, points, metres = 0) {
  const corners = ofOneWorld(points);
  if (kind === "polygon") {
    return corners.length < 3 ? null : `polygon:${corners.map(({ lat, lng }) => numbers(lng, lat)).join(";")}`;
  }
  if (corners.length < 2) return null;
  const [one, other] = corners;
  if (kind === "circle") return metres > 0 ? `circle:${numbers(one.lng, one.lat, roundedKm(metres))}` : null;
  const west = Math.min(one.lng, other.lng);
  const south = Math.min(one.lat, other.lat);
  const east = Math.max(one.lng, other.lng);
  const north = Math.max(one.lat, other.lat);
  return west < east && south < north ? `box:${numbers(west, south, east, north)}` : null;
}

/**
 * Kilometres with three digits, as no hand draws finer: 12,345 m -> 12.3.
 *
 * @param {number} metres
 */
export const roundedKm = (metres) => Number((metres / 1000).toPrecision(3));

/**
 * A map may be moved around the world: the points in the world of the first one.
 *
 * @param {Point[]} points
 * @returns {Point[]}
 */
function ofOneWorld(points) {
  const turns = points.length ? Math.round(points[0].lng / 360) : 0;
  return points.map(({ lat, lng }) => ({ lat, lng: lng - 360 * turns }));
}

/** @param {number[]} values */
const numbers = (...values) => values.map((value) => String(Number(value.toFixed(5)))).join(",");
