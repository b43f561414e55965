// @ts-check
// The one tooltip of the events on a map, and how any tooltip of the map finds its place.

import { html } from "../shared/dom.js";
import { stateOf } from "./panes.js";
import { boxAround, boxOfView, boxesOfButtons } from "./taken.js";
import { placeTip } from "./tip_position.js";
import { BETWEEN_NAMES } from "./tooltips.js";

/** @typedef {import("./types.js").Words} Words */

// A mark is this near to the position of a tooltip that is its own, in pixels.
const SAME_POINT = 2;

export class Tip {
  /** @param {Words} words */
  constructor(words) {
    this.words = words;
    /** @type {{ map: L.Map, tooltip: L.Tooltip } | null} */
    this.shown = null;
  }

  /**
   * @param {L.Map} map
   * @param {L.LatLngExpression} position
   * @param {string[]} lines
   * @param {number} [radius] of what is there, in pixels
   */
  show(map, position, lines, radius) {
    this.hide();
    const node = html("div", "event-tip");
    const [name, ...others] = lines;
    addNames(html("div", "event-tip-name", "", node), name.split(BETWEEN_NAMES));
    for (const line of others) html("div", "", line, node);
    node.dir = this.words.reading.dir;
    this.shown = { map, tooltip: openTip(map, position, node, radius || 4) };
  }

  hide() {
    this.shown?.map.closeTooltip(this.shown.tooltip);
    this.shown = null;
  }
}

/**
 * A line of names in which each is on a line of its own if it does not fit after the one before: parts of names
 * in two scripts would stand in the wrong order.
 *
 * @param {HTMLElement} line
 * @param {string[]} names
 */
function addNames(line, names) {
  names.forEach((name, at) => {
    if (at) line.append(BETWEEN_NAMES);
    html("bdi", "", name, line);
  });
}

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
