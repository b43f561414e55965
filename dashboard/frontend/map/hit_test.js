// @ts-check
// Whether a point of the map is on a shape: no Leaflet, no DOM. Positions are [longitude, latitude].

/** @typedef {import("geojson").Geometry} Geometry */
/** @typedef {import("geojson").Position} Position */
/** @typedef {[west: number, south: number, east: number, north: number]} Box */

/**
 * @param {Geometry} geometry
 * @returns {Box}
 */
export function boxOf(geometry) {
  /** @type {Box} */
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of positions(geometry)) {
    box[0] = Math.min(box[0], lon);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon);
    box[3] = Math.max(box[3], lat);
  }
  return box;
}

/**
 * Whether a point is inside an area, or at most `near` degrees (of latitude) from a line or a point.
 *
 * @param {Geometry} geometry
 * @param {Box} box of the geometry
 * @param {Position} point
 * @param {number} near
 */
export function isOn(geometry, [west, south, east, north], [lon, lat], near) {
  // A degree of longitude is shorter away from the equator.
  const shrink = Math.max(Math.cos((lat * Math.PI) / 180), 0.01);
  const beside = near / shrink;
  if (lon < west - beside || lon > east + beside || lat < south - near || lat > north + near) return false;
  /** @param {Position} other @returns {Position} */
  const from = ([x, y]) => [(x - lon) * shrink, y - lat];
  switch (geometry.type) {
    case "Point": return isNearPoint(from(geometry.coordinates), near);
    case "MultiPoint": return geometry.coordinates.some((each) => isNearPoint(from(each), near));
    case "LineString": return isNearLine(geometry.coordinates.map(from), near);
    case "MultiLineString": return geometry.coordinates.some((line) => isNearLine(line.map(from), near));
    case "Polygon": return isInside(geometry.coordinates, [lon, lat]);
    case "MultiPolygon": return geometry.coordinates.some((rings) => isInside(rings, [lon, lat]));
    default: return false;
  }
}

/**
 * @param {Geometry} geometry
 * @returns {Generator<Position>}
 */
function* positions(geometry) {
  if (geometry.type === "GeometryCollection") return;
  /** @type {any[]} */
  const open = [geometry.coordinates];
  while (open.length) {
    const item = open.pop();
    if (typeof item[0] === "number") yield item;
    else for (const each of item) open.push(each);
  }
}

/** @param {Position} offset @param {number} near */
const isNearPoint = ([x, y], near) => Math.hypot(x, y) <= near;

/**
 * Whether a line passes the origin.
 *
 * @param {Position[]} line
 * @param {number} near
 */
function isNearLine(line, near) {
  return line.some(([x, y], at) => {
    if (!at) return isNearPoint([x, y], near);
    const [fromX, fromY] = line[at - 1];
    const [wide, high] = [x - fromX, y - fromY];
    const length = wide * wide + high * high;
    const share = length ? Math.min(Math.max(-(fromX * wide + fromY * high) / length, 0), 1) : 0;
    return isNearPoint([fromX + share * wide, fromY + share * high], near);
  });
}

/**
 * Whether a ray from the point crosses the rings an odd number of times, so that holes are outside.
 *
 * @param {Position[][]} rings
 * @param {Position} point
 */
function isInside(rings, [lon, lat]) {
  let inside = false;
  for (const ring of rings) {
    ring.forEach(([x, y], at) => {
      const [beforeX, beforeY] = ring[(at || ring.length) - 1];
      if (y > lat !== beforeY > lat && lon < ((beforeX - x) * (lat - y)) / (beforeY - y) + x) inside = !inside;
    });
  }
  return inside;
}
