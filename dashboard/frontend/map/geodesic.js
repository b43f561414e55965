// @ts-check
// Distances and areas on the ellipsoid WGS 84. No DOM.
//
// Distances: Vincenty's inverse formula (Survey Review 23, 1975), to a millimetre; between points that are almost
// opposite each other, where it finds no answer, the sphere. Areas: the sphere of the same area, on which points
// have their authalic latitude (Snyder, "Map projections", 1987, equation 3-12), with edges that are great circles.

/** @typedef {{ lat: number, lng: number }} Point */

const A = 6378137;
const F = 1 / 298.257223563;
const B = A * (1 - F);
const E2 = F * (2 - F);
const E = Math.sqrt(E2);
const MOST_STEPS = 100;
const MEAN_RADIUS = (2 * A + B) / 3;

/** @param {number} degrees */
const radians = (degrees) => (degrees * Math.PI) / 180;

/**
 * Metres of the shortest line between two points.
 *
 * @param {Point} one
 * @param {Point} other
 */
export function distance(one, other) {
  // The shorter way around the earth.
  const across = radians(((((other.lng - one.lng + 180) % 360) + 360) % 360) - 180);
  const [u1, u2] = [one, other].map(({ lat }) => Math.atan((1 - F) * Math.tan(radians(lat))));
  let lambda = across;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const arc = auxiliary(u1, u2, lambda);
    if (!arc) return 0;
    const c = (F / 16) * arc.cos2alpha * (4 + F * (4 - 3 * arc.cos2alpha));
    const next = across + (1 - c) * F * arc.sinAlpha * (arc.sigma + c * arc.sine *
      (arc.middle + c * arc.cosine * (2 * arc.middle ** 2 - 1)));
    if (Math.abs(next - lambda) < 1e-12) return onEllipsoid(arc);
    if (Math.abs(next) > Math.PI) break;
    lambda = next;
  }
  return MEAN_RADIUS * sphericalAngle(one, other);
}

/** @typedef {{ sine: number, cosine: number, sigma: number, sinAlpha: number, cos2alpha: number, middle: number }} Arc */

/**
 * The arc on the auxiliary sphere; null for equal points.
 *
 * @param {number} u1 reduced latitudes
 * @param {number} u2
 * @param {number} lambda difference of longitudes
 * @returns {Arc | null}
 */
function auxiliary(u1, u2, lambda) {
  const sine = Math.hypot(
    Math.cos(u2) * Math.sin(lambda),
    Math.cos(u1) * Math.sin(u2) - Math.sin(u1) * Math.cos(u2) * Math.cos(lambda),
  );
  if (sine === 0) return null;
  const cosine = Math.sin(u1) * Math.sin(u2) + Math.cos(u1) * Math.cos(u2) * Math.cos(lambda);
  const sinAlpha = (Math.cos(u1) * Math.cos(u2) * Math.sin(lambda)) / sine;
  const cos2alpha = 1 - sinAlpha ** 2;
  // On the equator there is no middle.
  const middle = cos2alpha ? cosine - (2 * Math.sin(u1) * Math.sin(u2)) / cos2alpha : 0;
  return { sine, cosine, sigma: Math.atan2(sine, cosine), sinAlpha, cos2alpha, middle };
}

/** @param {Arc} arc */
function onEllipsoid({ sine, cosine, sigma, cos2alpha, middle }) {
  const u = (cos2alpha * (A ** 2 - B ** 2)) / B ** 2;
  const a = 1 + (u / 16384) * (4096 + u * (-768 + u * (320 - 175 * u)));
  const b = (u / 1024) * (256 + u * (-128 + u * (74 - 47 * u)));
  const correction = b * sine * (middle + (b / 4) * (cosine * (2 * middle ** 2 - 1) -
    (b / 6) * middle * (4 * sine ** 2 - 3) * (4 * middle ** 2 - 3)));
  return B * a * (sigma - correction);
}

/**
 * @param {Point} one
 * @param {Point} other
 */
function sphericalAngle(one, other) {
  const up = Math.sin(radians(other.lat - one.lat) / 2) ** 2;
  const over = Math.cos(radians(one.lat)) * Math.cos(radians(other.lat)) * Math.sin(radians(other.lng - one.lng) / 2) ** 2;
  return 2 * Math.asin(Math.sqrt(Math.min(1, up + over)));
}

/**
 * Metres along a line.
 *
 * @param {Point[]} points
 */
export const lengthOf = (points) =>
  points.slice(1).reduce((sum, point, i) => sum + distance(points[i], point), 0);

/**
 * Square metres of a polygon, whichever direction it is drawn in; its edges must not cross.
 *
 * @param {Point[]} points
 */
export function areaOf(points) {
  const sum = points.reduce((total, point, i) => total + excess(point, points[(i + 1) % points.length]), 0);
  return Math.abs(sum) * (A ** 2 / 2) * authalic(1);
}

/** @param {number} sine of a latitude */
const authalic = (sine) =>
  (1 - E2) * (sine / (1 - E2 * sine ** 2) + Math.atanh(E * sine) / E);

/**
 * The spherical excess between an edge and the equator.
 *
 * @param {Point} one
 * @param {Point} other
 */
function excess(one, other) {
  const [t1, t2] = [one, other].map(({ lat }) => {
    const beta = Math.asin(authalic(Math.sin(radians(lat))) / authalic(1));
    return Math.tan(beta / 2);
  });
  const across = radians(other.lng - one.lng);
  return 2 * Math.atan2(Math.tan(across / 2) * (t1 + t2), 1 + t1 * t2);
}
