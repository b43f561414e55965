// @ts-check
// Many circles and areas as one texture: hatched where any of them is, with one outline around them all.

import { CanvasLayer } from "./canvas_layer.js";
import { EVENT_PANE } from "./panes.js";

/** @typedef {import("geojson").GeometryObject} GeometryObject */
/** @typedef {import("geojson").Position} Position lon before lat */
/** @typedef {{ lat: number, lon: number, radius_m: number }} Disc */

// The distance of hatched lines and the width of lines, in pixels.
const HATCH = 7;
const LINE = 1;
const HATCH_OPACITY = 0.3;
const OUTLINE_OPACITY = 0.5;
const METRES_PER_DEGREE = 111_320;

export class TextureLayer extends CanvasLayer {
  /** @param {string} colour */
  constructor(colour) {
    super("event-texture", EVENT_PANE);
    this._canvas.style.pointerEvents = "none";
    this._canvas.setAttribute("aria-hidden", "true");
    this._colour = colour;
    /** @type {Disc[]} */
    this._discs = [];
    /** @type {GeometryObject[]} */
    this._areas = [];
  }

  /** @param {Disc} disc */
  addDisc(disc) {
    this._discs.push(disc);
  }

  /** @param {GeometryObject} geometry a polygon or several */
  addArea(geometry) {
    this._areas.push(geometry);
  }

  /** @param {CanvasRenderingContext2D} context */
  _paint(context) {
    const shapes = this._shapes();
    const outline = this._copy();
    const lines = outline.getContext("2d");
    const hatch = hatching(context, this._colour);
    if (!lines || !hatch || !shapes.length) return;
    lines.lineWidth = 2 * LINE;
    lines.strokeStyle = this._colour;
    shapes.forEach((shape) => lines.stroke(shape));
    // What is inside of any is no edge of all.
    lines.globalCompositeOperation = "destination-out";
    shapes.forEach((shape) => { lines.fill(shape, "evenodd"); context.fill(shape, "evenodd"); });
    context.save();
    context.globalCompositeOperation = "source-in";
    context.globalAlpha = HATCH_OPACITY;
    context.fillStyle = hatch;
    // The lines stay where they are on the map while it is moved.
    context.translate(-this._origin.x % HATCH, -this._origin.y % HATCH);
    context.fillRect(-HATCH, -HATCH, this._canvas.width + 2 * HATCH, this._canvas.height + 2 * HATCH);
    context.restore();
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalAlpha = OUTLINE_OPACITY;
    context.drawImage(outline, 0, 0);
    context.restore();
  }

  /** An empty canvas of the same size and scale. */
  _copy() {
    const ratio = window.devicePixelRatio || 1;
    const copy = document.createElement("canvas");
    copy.width = this._canvas.width;
    copy.height = this._canvas.height;
    copy.getContext("2d")?.setTransform(ratio, 0, 0, ratio, 0, 0);
    return copy;
  }

  _shapes() {
    return [
      ...this._discs.map((disc) => this._circle(disc)),
      ...this._areas.map((area) => this._polygon(area)),
    ];
  }

  /** @param {Disc} disc */
  _circle({ lat, lon, radius_m: radius }) {
    const middle = this._point([lat, lon]);
    const top = this._point([lat + radius / METRES_PER_DEGREE, lon]);
    const path = new Path2D();
    path.arc(middle.x, middle.y, middle.y - top.y, 0, 2 * Math.PI);
    return path;
  }

  /** @param {GeometryObject} geometry */
  _polygon(geometry) {
    const path = new Path2D();
    for (const ring of ringsOf(geometry)) {
      ring.forEach(([lon, lat], at) => {
        const { x, y } = this._point([lat, lon]);
        if (at) path.lineTo(x, y);
        else path.moveTo(x, y);
      });
      path.closePath();
    }
    return path;
  }

  /** @param {L.LatLngExpression} position */
  _point(position) {
    return this._map.latLngToLayerPoint(position).subtract(this._origin);
  }
}

/**
 * The rings of a polygon or of several; none of other geometries.
 *
 * @param {GeometryObject} geometry
 * @returns {Position[][]}
 */
export function ringsOf(geometry) {
  if (geometry.type === "Polygon") return /** @type {import("geojson").Polygon} */ (geometry).coordinates;
  if (geometry.type === "MultiPolygon") return /** @type {import("geojson").MultiPolygon} */ (geometry).coordinates.flat();
  if (geometry.type !== "GeometryCollection") return [];
  return /** @type {import("geojson").GeometryCollection} */ (geometry).geometries.flatMap(ringsOf);
}

/**
 * Lines from the lower left to the upper right.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {string} colour
 * @returns {CanvasPattern | null}
 */
function hatching(context, colour) {
  const tile = document.createElement("canvas");
  tile.width = HATCH;
  tile.height = HATCH;
  const drawn = tile.getContext("2d");
  if (!drawn) return null;
  drawn.strokeStyle = colour;
  drawn.lineWidth = LINE;
  // Three lines, so that the corners of the tile join those of its neighbours.
  for (const by of [-HATCH, 0, HATCH]) {
    drawn.moveTo(by - 1, HATCH + 1);
    drawn.lineTo(by + HATCH + 1, -1);
  }
  drawn.stroke();
  return context.createPattern(tile, "repeat");
}
