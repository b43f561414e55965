// @ts-check
// Areas, roads and circles of uncertainty below the marks: faint, so that they do not hide the map. Those of
// the mark under the pointer, and selected ones, are drawn in full.

import { EVENT_PANE } from "./panes.js";

/** @typedef {import("./types.js").Colours} Colours */
/** @typedef {import("./types.js").Outline} Outline */
/** @typedef {import("./types.js").SiteGroup} SiteGroup */
/** @typedef {import("./types.js").UncertaintyCircle} UncertaintyCircle */
/** @typedef {{ layer: L.Path | L.GeoJSON, faint: L.PathOptions, full: L.PathOptions }} Ground */

export class Grounds {
  /**
   * @param {L.LayerGroup} group what they are drawn in
   * @param {Colours} colours
   */
  constructor(group, colours) {
    this.group = group;
    this.colours = colours;
    /** By the id of the place. @type {Map<string, Ground>} */
    this.outlines = new Map();
    /** By the position of the mark. @type {Map<number, Ground[]>} */
    this.circles = new Map();
    /** @type {Ground[]} */
    this.full = [];
  }

  /** @param {Outline} outline */
  addOutline({ id, geometry, line, selected }) {
    const { area, ink } = this.colours;
    const faint = line
      ? { color: area, weight: 5, opacity: 0.22 }
      : { color: area, weight: 1, opacity: 0.5, fillColor: area, fillOpacity: 0.03 };
    const full = line
      ? { color: area, weight: 7, opacity: 0.45 }
      : { color: selected ? ink : area, weight: 2, opacity: 1, fillColor: area, fillOpacity: 0.16 };
    const layer = L.geoJSON(geometry, /** @type {L.GeoJSONOptions} */ ({
      interactive: false, pane: EVENT_PANE, style: selected ? full : faint,
    }));
    this.outlines.set(id, { layer, faint: selected ? full : faint, full });
    this.group.addLayer(layer);
  }

  /** @param {UncertaintyCircle} circle */
  addCircle({ lat, lon, radius_m, mark, selected }) {
    const { area, ink } = this.colours;
    const faint = { color: area, weight: 1, opacity: 0.45, fillOpacity: 0 };
    const full = { color: selected ? ink : area, weight: 1.8, opacity: 1, fillOpacity: 0.12 };
    const layer = L.circle([lat, lon], {
      interactive: false, pane: EVENT_PANE, radius: radius_m, dashArray: "5 4", fill: true, fillColor: area,
      ...(selected ? full : faint),
    });
    const ground = { layer, faint: selected ? full : faint, full };
    this.circles.set(mark, [...(this.circles.get(mark) ?? []), ground]);
    this.group.addLayer(layer);
  }

  /**
   * Draws the grounds of a mark in full, and those of the mark before as they were.
   *
   * @param {SiteGroup | null} mark
   */
  emphasise(mark) {
    this.full.forEach(({ layer, faint }) => layer.setStyle(faint));
    this.full = mark ? mark.sites.flatMap(({ id, position }) => {
      const outlines = id.split(".").flatMap((key) => this.outlines.get(key) ?? []);
      return [...outlines, ...(this.circles.get(position) ?? [])];
    }) : [];
    this.full.forEach(({ layer, full }) => layer.setStyle(full));
  }
}
