// @ts-check
// Squares of the military grid (MGRS) on WGS 84, e.g. 36.38373, 38.86292 -> "37S DA 87704 26601".
//
// The projection is Krüger's series in n to the sixth order (Karney, "Transverse Mercator with an accuracy of a
// few nanometers", 2011, equations 35 and 36), zones and letters are those of NGA.SIG.0012.

const A = 6378137;
const F = 1 / 298.257223563;
const SCALE = 0.9996;
const N = F / (2 - F);
const ECCENTRICITY = Math.sqrt(F * (2 - F));
// The radius of the rectifying sphere.
const RADIUS = (A / (1 + N)) * (1 + N ** 2 / 4 + N ** 4 / 64 + N ** 6 / 256);
const ALPHA = [
  N / 2 - (2 / 3) * N ** 2 + (5 / 16) * N ** 3 + (41 / 180) * N ** 4 - (127 / 288) * N ** 5 + (7891 / 37800) * N ** 6,
  (13 / 48) * N ** 2 - (3 / 5) * N ** 3 + (557 / 1440) * N ** 4 + (281 / 630) * N ** 5 - (1983433 / 1935360) * N ** 6,
  (61 / 240) * N ** 3 - (103 / 140) * N ** 4 + (15061 / 26880) * N ** 5 + (167603 / 181440) * N ** 6,
  (49561 / 161280) * N ** 4 - (179 / 168) * N ** 5 + (6601661 / 7257600) * N ** 6,
  (34729 / 80640) * N ** 5 - (3418889 / 1995840) * N ** 6,
  (212378941 / 319334400) * N ** 6,
];
const BANDS = "CDEFGHJKLMNPQRSTUVWXX";
const COLUMNS = ["ABCDEFGH", "JKLMNPQR", "STUVWXYZ"];
const ROWS = ["ABCDEFGHJKLMNPQRSTUV", "FGHJKLMNPQRSTUVABCDE"];
const SQUARE_M = 100_000;
// Latitudes that the grid has; the poles have another one.
const SOUTH = -80;
const NORTH = 84;
// The last zones of Svalbard's longitudes from 0° east: those between them are none there.
const SVALBARD = [[9, 31], [21, 33], [33, 35], [42, 37]];

/** @param {number} degrees */
const radians = (degrees) => (degrees * Math.PI) / 180;

/**
 * The zone of a point, with the exceptions of Norway and Svalbard.
 *
 * @param {number} lat
 * @param {number} lon
 */
export function zoneOf(lat, lon) {
  if (lat >= 56 && lat < 64 && lon >= 3 && lon < 12) return 32;
  if (lat >= 72 && lon >= 0 && lon < 42) return /** @type {number[]} */ (SVALBARD.find(([end]) => lon < end))[1];
  return Math.min(Math.floor((lon + 180) / 6) + 1, 60);
}

/**
 * Easting and northing in metres in a zone of UTM.
 *
 * @param {number} lat
 * @param {number} lon
 * @param {number} zone
 * @returns {[east: number, north: number]}
 */
export function utm(lat, lon, zone) {
  const across = radians(lon - (zone * 6 - 183));
  const sine = Math.sin(radians(lat));
  const t = Math.sinh(Math.atanh(sine) - ECCENTRICITY * Math.atanh(ECCENTRICITY * sine));
  const xi = Math.atan2(t, Math.cos(across));
  const eta = Math.atanh(Math.sin(across) / Math.hypot(1, t));
  let [north, east] = [xi, eta];
  ALPHA.forEach((alpha, i) => {
    const j = 2 * (i + 1);
    north += alpha * Math.sin(j * xi) * Math.cosh(j * eta);
    east += alpha * Math.cos(j * xi) * Math.sinh(j * eta);
  });
  return [500_000 + SCALE * RADIUS * east, (lat < 0 ? 10_000_000 : 0) + SCALE * RADIUS * north];
}

/**
 * The square of so many digits (1 to 5: of 10 km to one metre) in which a point is; "" near the poles.
 *
 * @param {number} lat
 * @param {number} lon from -180 to 180
 * @param {number} digits
 */
export function mgrs(lat, lon, digits) {
  if (lat < SOUTH || lat > NORTH) return "";
  const zone = zoneOf(lat, lon);
  const [east, north] = utm(lat, lon, zone);
  const column = COLUMNS[(zone - 1) % 3][Math.floor(east / SQUARE_M) - 1];
  const row = ROWS[(zone - 1) % 2][Math.floor(north / SQUARE_M) % 20];
  /** @param {number} metres */
  const part = (metres) => String(Math.floor(metres % SQUARE_M)).padStart(5, "0").slice(0, digits);
  return `${String(zone).padStart(2, "0")}${BANDS[Math.floor(lat / 8) + 10]} ${column}${row} ${part(east)} ${part(north)}`;
}
