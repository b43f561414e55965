// @ts-check
// Many marks on one canvas: circles whose size is the number of events or a figure, divided by colour.

import { CanvasLayer } from "./canvas_layer.js";
import { circleAt, circleRadius, isFullCircle, sectors } from "./circles.js";
import { POSSIBLE_OPACITY } from "./mark_symbol.js";
import { EVENT_PANE } from "./panes.js";
import { hasNoFigure, isOnlyPossible, sizeOf } from "./sizes.js";
import { BADGE_RADIUS, PALE, badges, isRefuted, markCross } from "./verified.js";

/** @typedef {import("./circles.js").Circle & { mark: SiteGroup }} DrawnCircle */
/** @typedef {import("./types.js").Shade} Shade */
/** @typedef {import("./types.js").SiteGroup} SiteGroup */

/**
 * @typedef {object} CircleOptions
 * @property {number} most the largest number of all circles
 * @property {string} grey colour of circles without a figure
 * @property {string} ink colour of numbers and signs
 * @property {string} outline colour of the outline of selected circles
 * @property {Shade[]} legend
 * @property {(count: number) => string} number
 * @property {(marks: SiteGroup[]) => string} label for screen readers
 * @property {(mark: SiteGroup) => void} onClick
 * @property {(mark: SiteGroup | null, radius: number) => void} onHover
 */

// From this radius on there is room for a number.
const NUMBERED_RADIUS = 10.5;
// Circles of events without a figure, and half the length of the dash in them, in pixels.
const DASHED_RADIUS = 5;
const HALF_DASH = 2;

export class CircleLayer extends CanvasLayer {
  /**
   * @param {SiteGroup[]} marks
   * @param {CircleOptions} options
   */
  constructor(marks, options) {
    super("event-cells", EVENT_PANE);
    this._options = options;
    this._canvas.setAttribute("role", "img");
    /** @type {DrawnCircle[]} */
    this._circles = [];
    /** @type {DrawnCircle | null} */
    this._hovered = null;
    /** @type {SiteGroup[]} */
    this._marks = [];
    this.setMarks(marks);
  }

  /**
   * Other counts for the same or other marks; drawn at once if the layer is on a map.
   *
   * @param {SiteGroup[]} marks
   */
  setMarks(marks) {
    this._marks = marks.filter((mark) => mark.count).sort((a, b) => sizeOf(b) - sizeOf(a));
    if (this._map) this._draw();
  }

  /** @returns {Record<string, L.LeafletEventHandlerFn>} */
  getEvents() {
    return {
      ...super.getEvents(),
      mouseout: this._leave,
      mousemove: (event) => this._hover(/** @type {L.LeafletMouseEvent} */ (event)),
      click: (event) => this._click(/** @type {L.LeafletMouseEvent} */ (event)),
    };
  }

  /** @param {CanvasRenderingContext2D} context */
  _paint(context) {
    context.textAlign = "center";
    context.textBaseline = "middle";
    this._circles = this._marks.map((mark) => {
      const point = this._map.latLngToLayerPoint([mark.lat, mark.lon]).subtract(this._origin);
      const circle = { mark, point, radius: this._radius(mark) };
      this._drawCircle(context, circle);
      this._drawVerified(context, circle);
      return circle;
    });
    this._canvas.setAttribute("aria-label", this._options.label(this._marks));
  }

  /**
   * Where the circles are, in layer points.
   *
   * @returns {import("./panes.js").MarkCircle[]}
   */
  places() {
    const { x, y } = this._origin;
    return this._circles.map(({ point, radius }) => [point.x + x, point.y + y, radius]);
  }

  /** @param {SiteGroup} mark */
  _radius(mark) {
    return hasNoFigure(mark) ? DASHED_RADIUS : circleRadius(sizeOf(mark), this._options.most);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {DrawnCircle} circle
   */
  _drawDash(context, { mark, point: { x, y }, radius }) {
    const { outline, grey } = this._options;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = "white";
    context.fill();
    context.moveTo(x - HALF_DASH, y);
    context.lineTo(x + HALF_DASH, y);
    context.lineWidth = mark.selected ? 2.5 : 1.5;
    context.strokeStyle = mark.selected ? outline : grey;
    context.stroke();
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {DrawnCircle} circle
   */
  _drawCircle(context, circle) {
    const { mark, point: { x, y }, radius } = circle;
    const { ink, outline, legend, number } = this._options;
    if (hasNoFigure(mark)) {
      this._drawDash(context, circle);
      return;
    }
    if (isRefuted(mark)) context.globalAlpha = PALE;
    else if (isOnlyPossible(mark)) drawPale(context, x, y, radius);
    for (const sector of sectors(mark, legend)) {
      context.beginPath();
      if (!isFullCircle(sector)) context.moveTo(x, y);
      context.arc(x, y, radius, sector.start, sector.end);
      context.fillStyle = sector.colour;
      context.fill();
      if (sector.isOutlined) this._outline(context);
    }
    context.globalAlpha = 1;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.lineWidth = mark.selected ? 2.5 : 1;
    context.strokeStyle = mark.selected ? outline : "white";
    context.stroke();
    if (radius < NUMBERED_RADIUS) return;
    const label = number(sizeOf(mark));
    context.beginPath();
    context.arc(x, y, radius * 0.66, 0, 2 * Math.PI);
    context.fillStyle = "white";
    context.fill();
    context.fillStyle = ink;
    context.font = `600 ${label.length > 3 ? 8.5 : 10}px system-ui, sans-serif`;
    context.fillText(label, x, y + 0.5);
  }

  /**
   * What is not known is pale: it needs an outline.
   *
   * @param {CanvasRenderingContext2D} context
   */
  _outline(context) {
    context.lineWidth = 1;
    context.strokeStyle = this._options.grey;
    context.stroke();
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {DrawnCircle} circle
   */
  _drawVerified(context, { mark, point, radius }) {
    const { ink } = this._options;
    context.save();
    context.translate(point.x, point.y);
    context.strokeStyle = ink;
    context.lineWidth = 1.8;
    context.lineCap = "round";
    if (isRefuted(mark)) context.stroke(new Path2D(markCross(radius)));
    for (const { path, x, y } of badges(mark, radius)) {
      context.translate(x, y);
      context.beginPath();
      context.arc(0, 0, BADGE_RADIUS, 0, 2 * Math.PI);
      context.fillStyle = "white";
      context.fill();
      context.lineWidth = 1;
      context.stroke();
      context.lineWidth = 1.8;
      context.stroke(new Path2D(path));
      context.translate(-x, -y);
    }
    context.restore();
  }

  /** @param {L.LeafletMouseEvent} event */
  _circleAt(event) {
    return circleAt(this._circles, event.layerPoint.subtract(this._origin));
  }

  /** @param {L.LeafletMouseEvent} event */
  _hover(event) {
    const circle = this._circleAt(event);
    this._map.getContainer().style.cursor = circle ? "pointer" : "";
    if (circle === this._hovered) return;
    this._hovered = circle;
    this._options.onHover(circle && circle.mark, circle ? circle.radius : 0);
  }

  _leave() {
    this._hovered = null;
    this._options.onHover(null, 0);
  }

  /** @param {L.LeafletMouseEvent} event */
  _click(event) {
    // A tool of the map takes the clicks.
    const circle = this._map.getContainer().dataset.tool ? null : this._circleAt(event);
    if (circle) this._options.onClick(circle.mark);
  }
}

/**
 * The ground of a pale circle: what is drawn on it next is transparent, and the map stays hidden.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 */
function drawPale(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = "white";
  context.fill();
  context.globalAlpha = POSSIBLE_OPACITY;
}
