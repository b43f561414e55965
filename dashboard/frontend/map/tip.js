// @ts-check
// The one tooltip of the events on a map.

import { html } from "../shared/dom.js";
import { placeTip } from "./tooltips.js";

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
   * @param {number} [offset] pixels from the position
   */
  show(map, position, lines, offset) {
    this.hide();
    const node = html("div", "event-tip");
    lines.forEach((line, i) => html("div", i ? "" : "event-tip-name", line, node));
    node.dir = this.words.reading.dir;
    const at = map.latLngToContainerPoint(position);
    const tooltip = L.tooltip({ ...placeTip(at, map.getSize(), offset || 4), opacity: 1 })
      .setLatLng(position).setContent(node);
    map.openTooltip(tooltip);
    this.shown = { map, tooltip };
  }

  hide() {
    this.shown?.map.closeTooltip(this.shown.tooltip);
    this.shown = null;
  }
}
