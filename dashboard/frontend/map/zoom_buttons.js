// @ts-check
// The names of the map's own buttons, in the reader's language.

/** @typedef {import("./types.js").Words} Words */

/**
 * @param {L.Map} map
 * @param {Words} words
 */
export function labelZoomButtons(map, words) {
  for (const [name, label] of [["in", words.zoom_in], ["out", words.zoom_out]]) {
    const button = map.getContainer().querySelector(`.leaflet-control-zoom-${name}`);
    button?.setAttribute("title", label);
    button?.setAttribute("aria-label", label);
  }
}
