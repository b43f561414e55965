// @ts-check
// What the timeline shows of the data: axis, histogram, uncertain spans, density of hidden spans.

import { toDay } from "../shared/days.js";
import { svg } from "../shared/dom.js";
import { MIN_BAR_WIDTH, joinBins, total } from "./bars.js";
import { BOTTOM, PLOT, SPANS_TOP, STRIP_TOP } from "./scale.js";
import { labelWidth, ticks } from "./ticks.js";

/** @typedef {import("../shared/format.js").Format} Format */
/** @typedef {import("./bars.js").Bar} Bar */
/** @typedef {import("./scale.js").Scale} Scale */
/** @typedef {import("./types.js").ComponentData} ComponentData */
/** @typedef {import("./types.js").Span} Span */
/** @typedef {WeakMap<EventTarget, string>} Tips tooltip text by the area that shows it */

/** Draws the data on a scale into a new group. */
export class Scene {
  /**
   * @param {ComponentData} data
   * @param {Scale} scale
   * @param {Format} format
   * @param {Tips} tips filled with the texts of this scene
   */
  constructor(data, scale, format, tips) {
    this.data = data;
    this.scale = scale;
    this.format = format;
    this.tips = tips;
    this.node = svg("g", {});
    this.drawAxis();
    this.drawBars();
    data.timeline.spans.forEach((span) => this.drawSpan(span));
    this.drawDensity();
    this.drawEmpty();
  }

  /** A label at the right edge ends at its tick; one without room is left out, its tick stays. */
  drawAxis() {
    const { scale, node } = this;
    let free = 0;
    for (const [day, label] of ticks(scale.extent, scale.inner, this.format)) {
      const x = scale.x(day);
      svg("line", { x1: x, x2: x, y1: PLOT.top, y2: BOTTOM + 4, class: "tick" }, node);
      const width = labelWidth(label);
      const atEdge = x + width > scale.width;
      const start = atEdge ? x - width : x;
      if (start < free) continue;
      free = start + width;
      svg("text", { x: atEdge ? x - 3 : x + 3, y: BOTTOM + 12, "text-anchor": atEdge ? "end" : "start" }, node, label);
    }
    svg("line", { x1: PLOT.left, x2: scale.right, y1: BOTTOM, y2: BOTTOM, class: "axis" }, node);
    const base = PLOT.top + PLOT.bars + 0.5;
    svg("line", { x1: PLOT.left, x2: scale.right, y1: base, y2: base, class: "base" }, node);
  }

  drawBars() {
    const bars = joinBins(this.data.timeline.bins, this.scale);
    const most = Math.max(1, ...bars.map((bar) => total(bar.counts)));
    for (const bar of bars) this.drawBar(bar, most);
    if (bars.length) this.marginText(PLOT.top + 8, this.format.compact(most));
  }

  /**
   * @param {Bar} bar
   * @param {number} most count of the highest bar
   */
  drawBar(bar, most) {
    const x = this.scale.x(bar.start);
    const full = this.scale.x(bar.end + 1) - x;
    const width = Math.max(2, full - (full > 4 ? 1 : 0));
    let y = PLOT.top + PLOT.bars;
    for (const [kind, count] of Object.entries(bar.counts)) {
      if (!count) continue;
      const height = Math.max(1, (count / most) * PLOT.bars);
      y -= height;
      svg("rect", { x, y, width, height, fill: this.fill(kind) }, this.node);
    }
    const area = { x, y: 0, width: Math.max(MIN_BAR_WIDTH, full), height: SPANS_TOP };
    this.addTip(area, this.describe(bar));
  }

  /**
   * E.g. "18 Jan 2021: 3 events (contested 1, corroborated 2)".
   *
   * @param {Bar} bar
   */
  describe({ start, end, counts }) {
    const { format, data } = this;
    const parts = Object.entries(counts)
      .filter(([, count]) => count)
      .map(([kind, count]) => `${data.labels[kind]} ${format.number(count)}`);
    const events = format.plural(data.words.events, total(counts));
    return `${format.range(start, end)}: ${events} (${format.list(parts)})`;
  }

  /** @param {Span} span */
  drawSpan(span) {
    const x = this.scale.x(toDay(span.start));
    const width = Math.max(4, this.scale.x(toDay(span.end) + 1) - x - 1);
    const y = SPANS_TOP + span.lane * PLOT.lane;
    const bar = svg("rect", { x, y, width, height: PLOT.lane - 1, rx: 1, fill: this.fill(span.attestation) }, this.node);
    const open = openEnds(span);
    if (open) bar.setAttribute("mask", `url(#open-${open})`);
    this.addTip({ x, y: y - 0.5, width, height: PLOT.lane }, span.title);
  }

  /** The events without a lane: the more of them may lie in a cell, the darker it is. */
  drawDensity() {
    const { scale, format, node } = this;
    const { density, hidden_spans: hidden } = this.data.timeline;
    const most = Math.max(1, ...density);
    const days = scale.days / density.length;
    density.forEach((count, cell) => {
      if (!count) return;
      const start = scale.extent.first + cell * days;
      const x = scale.x(start);
      const box = { x, y: STRIP_TOP, width: scale.x(start + days) - x, height: PLOT.strip - 1 };
      svg("rect", { ...box, class: "density", "fill-opacity": 0.15 + (0.55 * count) / most }, node);
      const first = Math.ceil(start);
      const range = format.range(first, Math.max(first, Math.ceil(start + days) - 1));
      this.addTip(box, format.fill(this.data.words.further, { days: range, n: count, hidden }));
    });
    if (hidden) this.marginText(BOTTOM - 1, `+${format.compact(hidden)}`);
  }

  drawEmpty() {
    const { bins, spans, hidden_spans: hidden } = this.data.timeline;
    if (bins.length || spans.length || hidden) return;
    const middle = { x: this.scale.width / 2, y: SPANS_TOP, "text-anchor": "middle", class: "empty" };
    svg("text", middle, this.node, this.data.words.empty);
  }

  /** @param {string} attestation */
  fill(attestation) {
    return attestation === "contested" ? "url(#hatch)" : this.data.colours[attestation];
  }

  /**
   * @param {number} y
   * @param {string} text
   */
  marginText(y, text) {
    svg("text", { x: PLOT.left - 5, y, "text-anchor": "end" }, this.node, text);
  }

  /**
   * @param {Record<string, number>} box
   * @param {string} text
   */
  addTip(box, text) {
    this.tips.set(svg("rect", { ...box, fill: "transparent" }, this.node), text);
  }
}

/**
 * Which ends of a span are open, or null.
 *
 * @param {Span} span
 */
function openEnds(span) {
  if (span.open_start) return span.open_end ? "both" : "start";
  return span.open_end ? "end" : null;
}
