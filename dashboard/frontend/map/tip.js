// @ts-check
// The one tooltip of the events on a map.

import { html } from "../shared/dom.js";
import { openTip } from "./open_tip.js";
import { BETWEEN_NAMES } from "./tooltips.js";

/** @typedef {import("./types.js").Words} Words */

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
