// @ts-check
// Where days are on the timeline, in pixels; and the sizes of its parts.

/** @typedef {{ first: number, last: number }} Extent the first and last day of the data, as numbers */

export const PLOT = { left: 26, right: 14, top: 4, bars: 40, gap: 3, lanes: 8, lane: 4.5, strip: 8 };
export const SPANS_TOP = PLOT.top + PLOT.bars + PLOT.gap;
export const STRIP_TOP = SPANS_TOP + PLOT.lanes * PLOT.lane + 0.5;
export const BOTTOM = STRIP_TOP + PLOT.strip;
export const HEIGHT = BOTTOM + 15;

/**
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
export const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

/** A linear scale: a day occupies the width between x(day) and x(day + 1). */
export class Scale {
  /**
   * @param {Extent} extent
   * @param {number} width of the chart, in pixels
   */
  constructor(extent, width) {
    this.extent = extent;
    this.width = width;
    this.inner = width - PLOT.left - PLOT.right;
    this.days = extent.last + 1 - extent.first;
  }

  get right() {
    return this.width - PLOT.right;
  }

  /** @param {number} day outside of the extent: the nearest edge */
  x(day) {
    const { first, last } = this.extent;
    return PLOT.left + ((clamp(day, first, last + 1) - first) / this.days) * this.inner;
  }

  /** @param {number} x */
  day(x) {
    return this.extent.first + ((x - PLOT.left) / this.inner) * this.days;
  }
}
