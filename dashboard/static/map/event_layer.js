// The events on the map: one mark a place, arrows for movements, outlines and circles for areas.
//
// Every text reaches the page by textContent, never as HTML. A click is sent to the host by firing
// "click" on the layer with the id where the host looks for a tooltip's text.
(function () {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const INK = "#1f2933";
  const PANE = "events";

  function svg(name, attributes, parent) {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    if (parent) parent.appendChild(node);
    return node;
  }

  function html(name, className, text, parent) {
    const node = document.createElement(name);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    if (parent) parent.appendChild(node);
    return node;
  }

  function radius(count) {
    return Math.min(9 + 3 * Math.sqrt(count), 26);
  }

  function slice(r, from, to) {
    // A full circle as one arc collapses to nothing, so it stops just short.
    const end = to - from >= 1 ? from + 0.9999 : to;
    const point = (turn) =>
      [r * Math.sin(2 * Math.PI * turn), -r * Math.cos(2 * Math.PI * turn)].join(" ");
    const large = end - from > 0.5 ? 1 : 0;
    return `M0 0L${point(from)}A${r} ${r} 0 ${large} 1 ${point(end)}Z`;
  }

  function drawMark(mark, { colours, words }, legend) {
    const r = radius(mark.count);
    const size = 2 * r + 12;
    const root = svg("svg", {
      width: size, height: size, viewBox: `${-size / 2} ${-size / 2} ${size} ${size}`,
      "aria-hidden": "true",
    });
    svg("circle", { r: r + 2, fill: "#fff" }, root);
    let from = 0;
    for (const { id: group, colour } of legend) {
      const share = (mark.groups[group] || 0) / mark.count;
      if (share) svg("path", { d: slice(r, from, from + share), fill: colour }, root);
      from += share;
    }
    svg("circle", { r: r * (mark.hollow ? 0.72 : 0.5), fill: "#fff" }, root);
    const text = svg("text", {
      "text-anchor": "middle", dy: "0.35em", fill: INK,
      "font-size": mark.count > 99 ? 10 : 11.5, "font-weight": 600,
    }, root);
    const format = eventWords(words.reading);
    text.textContent = mark.count > 9999 ? format.short(mark.count) : format.number(mark.count);
    if (mark.contested) {
      svg("circle", {
        r: r + 3, fill: "none", stroke: colours.contested, "stroke-width": 2,
        "stroke-dasharray": "4 3",
      }, root);
    }
    if (mark.unreviewed) {
      svg("circle", {
        r: r + 4.5, fill: "none", stroke: colours.unreviewed, "stroke-width": 2.2,
        "stroke-dasharray": "0.1 4.2", "stroke-linecap": "round",
      }, root);
    }
    if (mark.selected) {
      svg("circle", { r: r + 5, fill: "none", stroke: INK, "stroke-width": 2 }, root);
    }
    return root;
  }

  // A site's names, the reader's first.
  function names(site, reading) {
    const both = reading.lang === "ar" ? [site.name_ar, site.name_en] : [site.name_en, site.name_ar];
    return both.filter(Boolean);
  }

  // Puts a group of marks in place of the one before.
  function replaceMarks(map, group) {
    if (map.eventsShown) map.removeLayer(map.eventsShown);
    map.eventsShown = group;
    if (group) map.addLayer(group);
  }

  // Marks that would overlap on the screen are drawn as one that says how many places it holds.
  function merge(map, sites) {
    const marks = [];
    for (const site of sites) {
      const point = map.latLngToLayerPoint([site.lat, site.lon]);
      const near = marks.find(
        (mark) => mark.point.distanceTo(point) < 0.8 * (radius(mark.count) + radius(site.count)));
      if (!near) {
        marks.push({ ...site, groups: { ...site.groups }, point, ids: [site.id], sites: [site] });
        continue;
      }
      near.ids.push(site.id);
      near.sites.push(site);
      near.count += site.count;
      near.contested += site.contested;
      near.unreviewed += site.unreviewed;
      near.selected = near.selected || site.selected;
      near.hollow = near.hollow && site.hollow;
      for (const group of Object.keys(site.groups)) {
        near.groups[group] = (near.groups[group] || 0) + site.groups[group];
      }
    }
    return marks;
  }

  function describe(mark, { words }, legend) {
    const format = eventWords(words.reading);
    const lines = [[...new Set(names(mark, words.reading))].join(" · ")];
    if (mark.sites.length > 1) {
      const places = format.list(mark.sites.slice(1, 4).map((site) => names(site, words.reading)[0]));
      const more = mark.sites.length - 4;
      lines.push(more > 0 ? format.plural(words.more_places, more, { places })
        : format.fill(words.with_places, { places }));
    }
    const counts = [format.plural(words.events, mark.count)];
    if (mark.contested) counts.push(format.fill(words.contested, { n: mark.contested }));
    if (mark.unreviewed) counts.push(format.fill(words.not_reviewed, { n: mark.unreviewed }));
    lines.push(format.list(counts));
    for (const { id: group, label } of legend) {
      if (mark.groups[group]) lines.push(`${label}: ${format.number(mark.groups[group])}`);
    }
    if (mark.hollow && mark.sites.length === 1) {
      lines.push(format.fill(words.uncertain, { n: Math.round(mark.radius_m / 100) / 10 }));
    }
    return lines;
  }

  // How long the marks of the data before stay when those of the next are late, in milliseconds.
  const PATIENCE = 2000;

  const EventLayer = L.LayerGroup.extend({
    initialize(data, style) {
      L.LayerGroup.prototype.initialize.call(this, []);
      this._data = data;
      this._style = style;
      this._say = eventWords(style.words.reading);
    },

    // The marks before stay until these are drawn, so that nothing flickers.
    async onAdd(map) {
      if (!map.getPane(PANE)) map.createPane(PANE).style.zIndex = 450;
      L.LayerGroup.prototype.onAdd.call(this, map);
      this._window = this._data.window;
      this._counts = await eventCounts(this._data.counts, this._data.marks.length);
      if (!this._map) return;
      map.on("zoomend", this._draw, this);
      this._heard = (event) => this._slide(event.detail);
      window.parent.addEventListener("event-map-window", this._heard);
      showLegend(map, this._style, this._data, this._most());
      this._count();
      this._draw();
      this._focus(map);
    },

    onRemove(map) {
      map.off("zoomend", this._draw, this);
      window.parent.removeEventListener("event-map-window", this._heard);
      cancelAnimationFrame(this._frame);
      this._hideTip();
      const left = this._group;
      setTimeout(() => { if (map.eventsShown === left) replaceMarks(map, null); }, PATIENCE);
      L.LayerGroup.prototype.onRemove.call(this, map);
    },

    // The timeline's window while it is moved: counted and drawn once a frame, at once if the frame has
    // none yet, for the timeline may move in every one.
    _slide(window) {
      this._window = window;
      if (this._frame) return;
      if (this._slid !== document.timeline.currentTime) this._follow();
      else this._frame = requestAnimationFrame(() => { this._frame = 0; this._follow(); });
    },

    _follow() {
      if (!this._map) return;
      this._slid = document.timeline.currentTime;
      const began = performance.now();
      this._count();
      if (this._cells) this._cells.set(this._marks());
      else this._draw();
      this._map.fire("eventsslid", { ms: performance.now() - began });
    },

    _count() {
      this._counts.under(this._window);
      this._sites = this._data.marks
        .map((mark, position) => ({ ...mark, position, ...this._counts.of(position) }))
        .filter((site) => site.count);
    },

    _marks() {
      return this._sites.map((site) => ({ ...site, sites: [site], ids: [site.id] }));
    },

    // Whether any of some intervals of days reaches into the window.
    _inWindow(days) {
      const { _window: window } = this;
      return !window || days.some(([first, last]) => last >= window[0] && first <= window[1]);
    },

    _draw() {
      this._hideTip();
      this._group = L.layerGroup();
      this._data.outlines.filter((item) => this._inWindow(item.days)).forEach((item) => this._drawShape(item));
      if (this._data.places) this._drawPlaces();
      else this._drawCells();
      replaceMarks(this._map, this._group);
      this._map.fire("marksdrawn");
    },

    _drawPlaces() {
      this._cells = null;
      const shown = new Set(this._sites.map((site) => site.position));
      this._data.circles.filter((circle) => shown.has(circle.mark)).forEach((circle) => this._drawCircle(circle));
      const marks = merge(this._map, this._sites);
      this._data.movements.filter((item) => this._inWindow(item.days)).forEach((item) => this._drawArrow(item));
      marks.forEach((mark) => this._addMark(mark));
      this._map.eventMarks = marks.map(({ point, count }) => [point.x, point.y, radius(count) + 3]);
    },

    _drawCells() {
      this._cells = new EventCells(this._marks(), this._most(), {
        legend: this._data.legend,
        number: this._say.short,
        label: (marks) => this._say.plural(this._style.words.events,
          marks.reduce((sum, mark) => sum + mark.count, 0)),
        choose: (mark) => this._chooseCell(mark),
        hover: (mark, offset) => (mark
          ? this._showTip([mark.lat, mark.lon], this._describeCell(mark), offset) : this._hideTip()),
      });
      this._group.addLayer(this._cells);
      this._map.eventMarks = [];
    },

    // The largest mark of all days, so that sizes mean the same while the window moves.
    _most() {
      if (!this._largest) {
        this._counts.under(null);
        this._largest = Math.max(1, ...this._data.marks.map((_, i) => this._counts.of(i).count));
        this._counts.under(this._window);
      }
      return this._largest;
    },

    _describeCell(mark) {
      const { words } = this._style;
      if (mark.id) return describe(mark, this._style, this._data.legend);
      const lines = describe({ ...mark, name_en: words.several, name_ar: words.several }, this._style, this._data.legend);
      return [...lines, words.closer];
    },

    // A single place is chosen; a square of several is looked at more closely.
    _chooseCell(mark) {
      if (mark.id) this._sendClick("places:" + mark.id, L.latLng(mark.lat, mark.lon));
      else this._map.setView([mark.lat, mark.lon], Math.min(this._map.getZoom() + 2, this._map.getMaxZoom()));
    },

    _drawShape(shape) {
      const colour = this._style.colours.area;
      this._group.addLayer(L.geoJSON(shape.geometry, {
        interactive: false,
        pane: PANE,
        style: shape.line
          ? { color: colour, weight: shape.selected ? 8 : 6, opacity: 0.35 }
          : { color: shape.selected ? INK : colour, weight: shape.selected ? 2 : 1,
              fillColor: colour, fillOpacity: shape.selected ? 0.16 : 0.07 },
      }));
    },

    _drawCircle(circle) {
      const colour = this._style.colours.area;
      this._group.addLayer(L.circle([circle.lat, circle.lon], {
        interactive: false, pane: PANE, radius: circle.radius_m,
        color: circle.selected ? INK : colour, weight: circle.selected ? 1.8 : 1, dashArray: "5 4",
        fill: circle.area || circle.selected, fillColor: colour, fillOpacity: circle.selected ? 0.12 : 0.05,
      }));
    },

    _drawArrow(arrow) {
      const map = this._map;
      const a = map.latLngToLayerPoint(arrow.start);
      const b = map.latLngToLayerPoint(arrow.end);
      const length = a.distanceTo(b);
      if (length < 24) return;
      // Bowed, so that there and back are two lines.
      const middle = a.add(b).divideBy(2).add(L.point(b.y - a.y, a.x - b.x).multiplyBy(0.15));
      const at = (t) => L.point(
        (1 - t) ** 2 * a.x + 2 * t * (1 - t) * middle.x + t * t * b.x,
        (1 - t) ** 2 * a.y + 2 * t * (1 - t) * middle.y + t * t * b.y);
      const stop = Math.max(0.5, 1 - 20 / length);
      const points = Array.from({ length: 25 }, (_, i) => at((stop * i) / 24));
      const colour = this._style.colours.movement;
      const line = L.polyline(points.map((p) => map.layerPointToLatLng(p)), {
        pane: PANE, color: colour, weight: arrow.selected ? 5 : 3, opacity: 0.9,
        dashArray: arrow.contested ? "7 6" : null, interactive: true, bubblingMouseEvents: false,
      });
      const tip = points[24];
      const back = points[22];
      const along = tip.subtract(back).divideBy(tip.distanceTo(back) || 1);
      const across = L.point(-along.y, along.x);
      const head = arrow.selected ? 8 : 6;
      const corners = [tip.add(along.multiplyBy(head * 1.6)),
        tip.add(across.multiplyBy(head)), tip.subtract(across.multiplyBy(head))];
      const point = L.polygon(corners.map((p) => map.layerPointToLatLng(p)), {
        pane: PANE, stroke: false, fillColor: colour, fillOpacity: 1, interactive: false,
      });
      line.on("mouseover", (event) => this._showTip(event.latlng,
        this._describeArrow(arrow)));
      line.on("mouseout", () => this._hideTip());
      line.on("click", (event) => {
        if (arrow.event_id) this._sendClick("event:" + arrow.event_id, event.latlng);
      });
      this._group.addLayer(line);
      this._group.addLayer(point);
    },

    _describeArrow(arrow) {
      const { words } = this._style;
      const format = eventWords(words.reading);
      const parts = [format.plural(words.movements, arrow.count)];
      if (arrow.contested) parts.push(words.contested_movement);
      return [arrow.label, format.list(parts)];
    },

    _addMark(mark) {
      const lines = describe(mark, this._style, this._data.legend);
      const node = html("div", "event-mark");
      node.appendChild(drawMark(mark, this._style, this._data.legend));
      node.setAttribute("role", "button");
      node.setAttribute("tabindex", "0");
      node.setAttribute("aria-label", lines.join("; "));
      node.lang = this._style.words.reading.lang;
      node.dataset.sites = mark.ids.join(".");
      node.dataset.count = mark.count;
      const latlng = L.latLng(mark.lat, mark.lon);
      const choose = (event) => {
        L.DomEvent.stop(event);
        this._sendClick("places:" + mark.ids.join("."), latlng);
      };
      L.DomEvent.on(node, "click", choose);
      L.DomEvent.on(node, "keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") choose(event);
      });
      L.DomEvent.on(node, "mouseenter focus", () => this._showTip(latlng, lines, radius(mark.count)));
      L.DomEvent.on(node, "mouseleave blur", () => this._hideTip());
      const size = 2 * radius(mark.count) + 12;
      this._group.addLayer(L.marker(latlng, {
        icon: L.divIcon({ html: node, className: "event-icon", iconSize: [size, size] }),
        keyboard: false, interactive: false, pane: "markerPane",
        zIndexOffset: mark.selected ? 1000 : 0,
      }));
    },

    _sendClick(id, latlng) {
      this.fire("click", {
        latlng,
        sourceTarget: { _tooltip: { _content: id }, getTooltip: () => ({ getContent: () => id }) },
      });
    },

    _showTip(latlng, lines, offset) {
      this._hideTip();
      const node = html("div", "event-tip");
      lines.forEach((line, i) => {
        html("div", i ? "" : "event-tip-name", line, node);
      });
      node.dir = this._style.words.reading.dir;
      this._tip = L.tooltip({ direction: "top", offset: [0, -(offset || 4)], opacity: 1 })
        .setLatLng(latlng).setContent(node);
      this._map.openTooltip(this._tip);
    },

    _hideTip() {
      if (this._tip && this._map) this._map.closeTooltip(this._tip);
      this._tip = null;
    },

    // A newly chosen event is brought into view; the view that a link restores is left alone.
    _focus(map) {
      const { focus, focus_id: id } = this._data;
      const first = window.eventLayerFocus === undefined;
      const same = window.eventLayerFocus === id;
      window.eventLayerFocus = id;
      if (same || (first && map.options.restored) || !focus.length) return;
      const bounds = L.latLngBounds(focus);
      if (!map.getBounds().pad(-0.05).contains(bounds)) {
        map.flyToBounds(bounds, { padding: [60, 60], maxZoom: Math.max(map.getZoom(), 10), duration: 0.5 });
      }
    },
  });

  // The road under everything, with its shield; the same at each rerun.
  function addRoad(map, road) {
    if (!map.getPane("roads")) map.createPane("roads").style.zIndex = 350;
    const line = { pane: "roads", interactive: false };
    L.geoJSON(road.geometry, { ...line, style: { color: "#8c7a52", weight: 4.5, opacity: 0.9 } }).addTo(map);
    L.geoJSON(road.geometry, { ...line, style: { color: "#fff4d6", weight: 2.5, opacity: 1 } }).addTo(map);
    road.shields.forEach(([lat, lon]) => {
      const shield = html("div", "road-shield", road.label);
      L.marker([lat, lon], {
        pane: "roads", interactive: false, keyboard: false,
        icon: L.divIcon({ html: shield, className: "event-icon", iconSize: [30, 16] }),
      }).addTo(map);
    });
  }

  function legendRow(parent, symbol, text) {
    const row = html("div", "legend-row", undefined, parent);
    row.appendChild(symbol);
    html("span", "", text, row);
  }

  function symbol(draw) {
    const root = svg("svg", { width: 26, height: 16, viewBox: "-13 -8 26 16", "aria-hidden": "true" });
    draw(root);
    return root;
  }

  const GREY = "#6b7280";

  // What only marks of single places show.
  function placeRows(box, { colours, words }) {
    legendRow(box, symbol((s) => {
      svg("circle", { cx: -8, r: 3.5, fill: GREY }, s);
      svg("circle", { cx: 4, r: 7, fill: GREY }, s);
    }), words.size);
    legendRow(box, symbol((s) => svg("circle", {
      r: 6, fill: "none", stroke: colours.contested, "stroke-width": 2, "stroke-dasharray": "4 3",
    }, s)), words.dashed);
    legendRow(box, symbol((s) => svg("circle", {
      r: 6, fill: "none", stroke: colours.unreviewed, "stroke-width": 2.2,
      "stroke-dasharray": "0.1 3.9", "stroke-linecap": "round",
    }, s)), words.dotted);
    legendRow(box, symbol((s) => {
      svg("circle", { r: 7.5, fill: "none", stroke: colours.area, "stroke-dasharray": "3 2" }, s);
      svg("circle", { r: 4, fill: "#fff", stroke: GREY, "stroke-width": 2 }, s);
    }), words.hollow);
    legendRow(box, symbol((s) => {
      svg("path", { d: "M-11 0H5", stroke: colours.movement, "stroke-width": 3 }, s);
      svg("path", { d: "M4 -5L12 0L4 5Z", fill: colours.movement }, s);
    }), words.arrow);
    legendRow(box, symbol((s) => svg("rect", {
      x: -11, y: -6, width: 22, height: 12, fill: colours.area, "fill-opacity": 0.18,
      stroke: colours.area,
    }, s)), words.filled);
  }

  // That circles are sums of squares, and how many events three sizes of them stand for.
  function cellRows(box, { words }, most) {
    html("div", "legend-note", words.squares, box);
    const format = eventWords(words.reading);
    const sizes = [...new Set([1, Math.ceil(most / 10), most])];
    for (const count of sizes) {
      const r = eventCellRadius(count, most);
      const node = svg("svg", { width: 40, height: Math.max(14, 2 * r + 2), viewBox: `-20 ${-Math.max(7, r + 1)} 40 ${Math.max(14, 2 * r + 2)}`, "aria-hidden": "true" });
      svg("circle", { r, fill: GREY }, node);
      legendRow(box, node, format.plural(words.events, count));
    }
  }

  // What the marks of now mean; the box stays open or closed as the reader left it.
  function showLegend(map, style, data, most) {
    const rows = map.eventLegend && map.eventLegend.querySelector(".legend-rows");
    if (!rows) return;
    rows.replaceChildren();
    for (const { label, colour } of data.legend) {
      legendRow(rows, symbol((s) => svg("circle", { r: 6, fill: colour }, s)), label);
    }
    if (data.places) placeRows(rows, style);
    else cellRows(rows, style, most);
    map.eventLegend.dataset.marks = data.places ? "places" : "squares";
  }

  function addLegend(map, style, presented) {
    const { words } = style;
    const Legend = L.Control.extend({
      onAdd() {
        const box = html("details", "event-legend");
        box.dir = words.reading.dir;
        box.lang = words.reading.lang;
        // Open where it leaves the map room.
        box.open = presented || (map.getSize().x > 700 && map.getSize().y > 480);
        html("summary", "", words.legend, box);
        html("div", "legend-rows", undefined, box);
        L.DomEvent.disableClickPropagation(box);
        L.DomEvent.disableScrollPropagation(box);
        map.eventLegend = box;
        return box;
      },
    });
    new Legend({ position: "bottomright" }).addTo(map);
  }

  // The zoom buttons in the reader's words.
  function nameButtons(map, { words }) {
    [["in", words.zoom_in], ["out", words.zoom_out]].forEach(([name, label]) => {
      const button = map.getContainer().querySelector(`.leaflet-control-zoom-${name}`);
      if (!button) return;
      button.title = label;
      button.setAttribute("aria-label", label);
    });
  }

  // The frame's height is set by the page around it, so the map fills whatever the frame is.
  function fillFrame(map) {
    for (let node = map.getContainer(); node && node !== document.documentElement; node = node.parentElement) {
      node.style.height = "100%";
    }
    document.documentElement.style.height = "100%";
    map.getContainer().setAttribute("dir", "ltr");
    map.attributionControl.setPrefix(false);
    map.invalidateSize();
  }

  // All that is the same at each rerun: basemap, roads, buttons, legend, and the first view.
  function addBase(map, base) {
    map.options.restored = base.restored;
    fillFrame(map);
    if (!base.restored) map.fitBounds(base.bounds);
    addBasemap(map, base.basemap);
    base.roads.forEach((road) => addRoad(map, road));
    nameButtons(map, base.style);
    if (base.legend) addLegend(map, base.style, base.presented);
  }

  window.eventMap = { addBase, layer: ({ data, style }) => new EventLayer(data, style) };
})();
