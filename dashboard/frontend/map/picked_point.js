// @ts-check
// The point of the map that was clicked with the right button.

/**
 * E.g. "36.38,38.86": no click is more exact than a pixel of the map.
 *
 * @param {{ lat: number, lng: number }} latlng
 * @param {number} zoom
 */
export function pickedPoint({ lat, lng }, zoom) {
  const digits = Math.max(0, Math.ceil(Math.log10((256 * 2 ** zoom) / 360)));
  return `${lat.toFixed(digits)},${lng.toFixed(digits)}`;
}
