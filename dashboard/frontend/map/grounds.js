// @ts-check
// Areas, roads and circles of uncertainty below the marks: faint, so that they do not hide the map; many of
// them as one texture, or none. Those of the mark under the pointer, and selected ones, are drawn in full.

import { EVENT_PANE } from "./panes.js";
import { TextureLayer } from "./texture_layer.js";
import { resolved } from "./theme.js";

/** @typedef {import("./types.js").Colours} Colours */
/** @typedef {import("./types.js").LayerData} LayerData */
/** @typedef {import("./types.js").Outline} Outline */
/** @typedef {import("./types.js").SiteGroup} SiteGroup */
/** @typedef {import("./types.js").UncertaintyCircle} UncertaintyCircle */
/** @typedef {"apart" | "texture" | "hidden"} Faint how grounds are drawn that are neither pointed at nor selected */

// With more circles and areas than this their lines could not be distinguished.
const MOST_APART = 12;
const DASHES = "5 4";

/**
 * The same for all dates, so that it does not change while the timeline plays.
 *
 * @param {LayerData} data
 * @returns {Faint}
 */
export function faintOf({ circles, outlines, extents }) {
  if (extents === false) return "hidden";
  return circles.length + outlines.filter(({ line }) => !line).length > MOST_APART ? "texture" : "apart";
}

export class Grounds {
  /**
   * @param {L.LayerGroup} group what they are drawn in
   * @param {Colours} colours
   * @param {Faint} faint
   */
  constructor(group, colours, faint) {
    this.group = group;
    this.colours = colours;
    this.faint = faint;
    this.texture = faint === "texture" ? new TextureLayer(resolved(colours.area)) : null;
    if (this.texture) group.addLayer(this.texture);
    /** By the id of the place. @type {Map<string, Outline>} */
    this.outlines = new Map();
    /** By the position of the mark. @type {Map<number, UncertaintyCircle[]>} */
    this.circles = new Map();
    /** Of the mark under the pointer. @type {L.Layer[]} */
    this.full = [];
  }

  /** @param {Outline} outline */
  addOutline(outline) {
    this.outlines.set(outline.id, outline);
    if (outline.selected) this.group.addLayer(this._fullOutline(outline));
    else if (this.texture && !outline.line) this.texture.addArea(outline.geometry);
    else if (this.faint !== "hidden") this.group.addLayer(this._faintOutline(outline));
  }

  /** @param {UncertaintyCircle} circle */
  addCircle(circle) {
    this.circles.set(circle.mark, [...(this.circles.get(circle.mark) ?? []), circle]);
    if (circle.selected) this.group.addLayer(this._circle(circle, this._fullStyle(true)));
    else if (this.texture && circle.part) this.texture.addArea(circle.part);
    else if (this.texture) this.texture.addDisc(circle);
    else if (this.faint !== "hidden") this.group.addLayer(this._circle(circle, this._faintStyle(0)));
  }

  /**
   * Draws the grounds of a mark in full, over the faint ones, and no longer those of the mark before.
   *
   * @param {SiteGroup | null} mark
   */
  emphasise(mark) {
    this.full.forEach((layer) => this.group.removeLayer(layer));
    this.full = mark ? mark.sites.flatMap(({ id, position }) => {
      const outlines = id.split(".").flatMap((key) => this.outlines.get(key) ?? []);
      const circles = this.circles.get(position) ?? [];
      return [
        ...outlines.map((outline) => this._fullOutline(outline)),
        ...circles.map((circle) => this._circle(circle, this._fullStyle(circle.selected))),
      ];
    }) : [];
    this.full.forEach((layer) => this.group.addLayer(layer));
  }

  /** @param {Outline} outline */
  _faintOutline({ geometry, line }) {
    return shapeLayer(geometry, line ? this._lineStyle(5, 0.22) : this._faintStyle(0.03));
  }

  /** @param {Outline} outline */
  _fullOutline({ geometry, line, selected }) {
    return shapeLayer(geometry, line ? this._lineStyle(7, 0.45) : this._fullStyle(selected));
  }

  /**
   * What of a circle is in the country of its place, as a circle if it is all of it.
   *
   * @param {UncertaintyCircle} circle
   * @param {L.PathOptions} style
   */
  _circle({ lat, lon, radius_m: radius, part }, style) {
    if (part) return shapeLayer(part, { ...style, dashArray: DASHES });
    return L.circle([lat, lon], { ...style, interactive: false, pane: EVENT_PANE, radius, dashArray: DASHES });
  }

  /**
   * @param {number} weight in pixels
   * @param {number} opacity
   * @returns {L.PathOptions}
   */
  _lineStyle(weight, opacity) {
    return { color: this.colours.area, weight, opacity };
  }

  /**
   * @param {number} fillOpacity
   * @returns {L.PathOptions}
   */
  _faintStyle(fillOpacity) {
    const { area } = this.colours;
    return { color: area, weight: 1, opacity: 0.45, fill: true, fillColor: area, fillOpacity };
  }

  /**
   * @param {boolean} selected
   * @returns {L.PathOptions}
   */
  _fullStyle(selected) {
    const { area, ink } = this.colours;
    return { color: selected ? ink : area, weight: 2, opacity: 1, fill: true, fillColor: area, fillOpacity: 0.14 };
  }
}

/**
 * @param {import("geojson").GeometryObject} geometry
 * @param {L.PathOptions} style
 */
const shapeLayer = (geometry, style) => L.geoJSON(geometry, /** @type {L.GeoJSONOptions} */ ({
  interactive: false, pane: EVENT_PANE, style,
}));
