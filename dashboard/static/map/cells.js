// Many marks on one canvas: circles sized by how many events they stand for, split by colour.
(function () {
  "use strict";

  const PANE = "events";
  const INK = "#1f2933";
  // Pixels: the largest and the smallest circle, and from which radius on there is room for a number.
  const MOST = 19;
  const LEAST = 3;
  // Between area for count (0.5) and what leaves a town visible beside a capital; the legend shows it.
  const POWER = 0.4;
  const NUMBERED = 10.5;
  // How much larger than the map the canvas is on each side, so that a pan does not show its edge.
  const PAD = 0.3;

  window.eventCellRadius = (count, most) => LEAST + (MOST - LEAST) * (count / Math.max(most, 1)) ** POWER;

  window.EventCells = L.Layer.extend({
    initialize(marks, most, { legend, number, label, choose, hover }) {
      this._most = most;
      this._legend = legend;
      this._number = number;
      this._label = label;
      this._choose = choose;
      this._hover = hover;
      this.set(marks);
    },

    // Other counts for the same or other marks; drawn at once if the layer is on a map.
    set(marks) {
      this._marks = marks.filter((mark) => mark.count).sort((a, b) => b.count - a.count);
      if (this._map) this._draw();
    },

    onAdd(map) {
      this._canvas = L.DomUtil.create("canvas", "event-cells leaflet-zoom-animated");
      this._canvas.setAttribute("role", "img");
      map.getPane(PANE).appendChild(this._canvas);
      this._update();
    },

    onRemove() {
      this._canvas.remove();
    },

    getEvents() {
      return {
        moveend: this._update, resize: this._update, viewreset: this._update,
        zoomanim: this._zoom, mousemove: this._point, click: this._click, mouseout: this._leave,
      };
    },

    _update() {
      const size = this._map.getSize();
      const pad = size.multiplyBy(PAD).round();
      this._origin = this._map.containerPointToLayerPoint(pad.multiplyBy(-1)).round();
      this._at = { zoom: this._map.getZoom(), corner: this._map.layerPointToLatLng(this._origin) };
      const ratio = window.devicePixelRatio || 1;
      const { _canvas: canvas } = this;
      const full = size.add(pad.multiplyBy(2));
      if (canvas.width !== full.x * ratio || canvas.height !== full.y * ratio) {
        canvas.width = full.x * ratio;
        canvas.height = full.y * ratio;
        canvas.style.width = `${full.x}px`;
        canvas.style.height = `${full.y}px`;
      }
      L.DomUtil.setTransform(canvas, this._origin, 1);
      this._draw();
    },

    _zoom(event) {
      const scale = this._map.getZoomScale(event.zoom, this._at.zoom);
      const offset = this._map._latLngToNewLayerPoint(this._at.corner, event.zoom, event.center);
      L.DomUtil.setTransform(this._canvas, offset, scale);
    },

    _draw() {
      const context = this._canvas.getContext("2d");
      const ratio = window.devicePixelRatio || 1;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, this._canvas.width, this._canvas.height);
      context.textAlign = "center";
      context.textBaseline = "middle";
      this._drawn = this._marks.map((mark) => {
        const point = this._map.latLngToLayerPoint([mark.lat, mark.lon]).subtract(this._origin);
        const radius = window.eventCellRadius(mark.count, this._most);
        this._circle(context, point, radius, mark);
        return { mark, point, radius };
      });
      this._canvas.setAttribute("aria-label", this._label(this._marks));
    },

    _circle(context, { x, y }, radius, mark) {
      let from = -Math.PI / 2;
      for (const { id, colour } of this._legend) {
        const turn = (2 * Math.PI * (mark.groups[id] || 0)) / mark.count;
        if (!turn) continue;
        context.beginPath();
        if (turn < 2 * Math.PI - 1e-9) context.moveTo(x, y);
        context.arc(x, y, radius, from, from + turn);
        context.fillStyle = colour;
        context.fill();
        from += turn;
      }
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.lineWidth = mark.selected ? 2.5 : 1;
      context.strokeStyle = mark.selected ? INK : "#fff";
      context.stroke();
      if (radius < NUMBERED) return;
      const label = this._number(mark.count);
      context.beginPath();
      context.arc(x, y, radius * 0.66, 0, 2 * Math.PI);
      context.fillStyle = "#fff";
      context.fill();
      context.fillStyle = INK;
      context.font = `600 ${label.length > 3 ? 8.5 : 10}px system-ui, sans-serif`;
      context.fillText(label, x, y + 0.5);
    },

    // The mark under a point of the map; the smallest, which is drawn last.
    _under(layerPoint) {
      const at = layerPoint.subtract(this._origin);
      for (let i = (this._drawn || []).length - 1; i >= 0; i -= 1) {
        const found = this._drawn[i];
        if (found.point.distanceTo(at) <= Math.max(found.radius, 5)) return found;
      }
      return null;
    },

    _point(event) {
      const found = this._under(event.layerPoint);
      this._map.getContainer().style.cursor = found ? "pointer" : "";
      if (found === this._pointed) return;
      this._pointed = found;
      this._hover(found && found.mark, found ? found.radius : 0);
    },

    _leave() {
      this._pointed = null;
      this._hover(null, 0);
    },

    _click(event) {
      const found = this._under(event.layerPoint);
      if (found) this._choose(found.mark);
    },
  });
})();
