// @ts-check
// A single file on paper: the map as wide as a sheet with all shown marks, the legend below it, and the whole
// timeline. The sheet is laid out in the browser after the last event that a script hears, so sizes are fixed.

import { stateOf } from "../map/panes.js";

// The width of a sheet of A4 less its margins, and the height of the map, in pixels of CSS.
const WIDTH = 700;
const HEIGHT = 400;

/**
 * Returns what brings the page back to the screen.
 *
 * @param {L.Map} map
 * @param {L.LatLngBoundsExpression | null} bounds of the shown marks
 * @param {SVGSVGElement | null} timeline
 */
export function toPaper(map, bounds, timeline) {
  const node = map.getContainer();
  const { legend } = stateOf(map);
  const [corner, isOpen] = [legend?.parentElement, legend instanceof HTMLDetailsElement && legend.open];
  const [centre, zoom] = [map.getCenter(), map.getZoom()];
  Object.assign(node.style, { width: `${WIDTH}px`, height: `${HEIGHT}px` });
  map.invalidateSize({ animate: false });
  if (bounds) map.fitBounds(bounds, { animate: false, padding: [30, 30] });
  if (legend) node.after(legend);
  if (legend instanceof HTMLDetailsElement) legend.open = true;
  const size = timeline?.getBoundingClientRect();
  if (timeline && size) timeline.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
  return () => {
    Object.assign(node.style, { width: "", height: "" });
    map.invalidateSize({ animate: false });
    map.setView(centre, zoom, { animate: false });
    if (legend && corner) corner.prepend(legend);
    if (legend instanceof HTMLDetailsElement) legend.open = isOpen;
    timeline?.removeAttribute("viewBox");
  };
}
