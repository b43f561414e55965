// @ts-check
// Opening a tooltip of the map where it is least in the way.

import { stateOf } from "./panes.js";
import { boxAround, boxOfView, boxesOfButtons } from "./taken.js";
import { placeTip } from "./tip_position.js";

// A mark is this near to the position of a tooltip that is its own, in pixels.
const SAME_POINT = 2;

/**
 * Opens a tooltip where it covers neither what is pointed at nor, if there is room, another mark or a button.
 *
 * @param {L.Map} map
 * @param {L.LatLngExpression} position
 * @param {HTMLElement} node
 * @param {number} radius of what is at the position, in pixels
 * @returns {L.Tooltip}
 */
export function openTip(map, position, node, radius) {
  const tooltip = L.tooltip({ direction: "top", opacity: 1 }).setLatLng(position).setContent(node);
  map.openTooltip(tooltip);
  const box = /** @type {HTMLElement} */ (tooltip.getElement());
  const at = map.latLngToLayerPoint(position);
  const others = stateOf(map).marks.filter(([x, y]) => Math.hypot(x - at.x, y - at.y) > SAME_POINT);
  const taken = [...others.map(boxAround), ...boxesOfButtons(map)];
  const { slide, ...placed } = placeTip(at, radius, [box.offsetWidth, box.offsetHeight], boxOfView(map), taken);
  Object.assign(tooltip.options, placed);
  box.style.setProperty("--tip-slide", `${slide}px`);
  tooltip.update();
  return tooltip;
}
