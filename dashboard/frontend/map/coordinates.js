// @ts-check
// A point as people write it: decimal degrees, degrees with minutes and seconds, or the military grid. No DOM.

import { mgrs } from "./utm.js";

/** @typedef {{ lat: number, lng: number }} Point */

export const FORMS = ["decimal", "degrees", "mgrs"];

// Metres of a pixel at zoom 0 on the equator: the earth's circumference in 256 pixels.
const PIXEL_M = 40_075_017 / 256;
const DEGREE_M = 111_320;
const MOST_DECIMALS = 6;

/**
 * The metres of a pixel of the map: nothing that is pointed at is more exact.
 *
 * @param {number} lat
 * @param {number} zoom
 */
export const pixelMetres = (lat, zoom) => (PIXEL_M * Math.cos((lat * Math.PI) / 180)) / 2 ** zoom;

/**
 * A point in a form, with the digits that an accuracy in metres is worth.
 *
 * @param {Point} point
 * @param {string} form one of FORMS
 * @param {number} metres
 */
export function written({ lat, lng }, form, metres) {
  const lon = wrapped(lng);
  if (form === "degrees") return `${angle(lat, metres, "NS")} ${angle(lon, metres, "EW")}`;
  const grid = form === "mgrs" ? mgrs(lat, lon, Math.min(Math.max(5 - Math.ceil(Math.log10(metres)), 1), 5)) : "";
  return grid || decimal(lat, lon, metres);
}

/**
 * @param {number} lat
 * @param {number} lon
 * @param {number} metres
 */
function decimal(lat, lon, metres) {
  const digits = Math.min(Math.max(Math.ceil(Math.log10(DEGREE_M / metres)), 0), MOST_DECIMALS);
  return `${lat.toFixed(digits)}, ${lon.toFixed(digits)}`;
}

/**
 * E.g. 36°23′01″N; the seconds have a decimal where 31 metres, of which one is, are coarse.
 *
 * @param {number} degrees
 * @param {number} metres
 * @param {string} letters of the positive and the negative direction
 */
function angle(degrees, metres, letters) {
  const digits = metres < 10 ? 1 : 0;
  const unit = 10 ** digits;
  const units = Math.round(Math.abs(degrees) * 3600 * unit);
  const minutes = Math.floor(units / (60 * unit));
  const seconds = ((units % (60 * unit)) / unit).toFixed(digits).padStart(digits ? 4 : 2, "0");
  const minute = String(minutes % 60).padStart(2, "0");
  return `${Math.floor(minutes / 60)}°${minute}′${seconds}″${letters[degrees < 0 ? 1 : 0]}`;
}

/** @param {number} lon of any world beside the first */
const wrapped = (lon) => ((((lon + 180) % 360) + 360) % 360) - 180;
