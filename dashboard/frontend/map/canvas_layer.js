// @ts-check
// A canvas over the map and some of what is around it, drawn again when the map has moved.

// The margin of the canvas around the map on each side, so that a pan does not show its edge.
const PADDING = 0.3;

export class CanvasLayer extends L.Layer {
  /**
   * @param {string} className
   * @param {string} paneName of a pane that exists
   */
  constructor(className, paneName) {
    super();
    this._paneName = paneName;
    this._canvas = L.DomUtil.create("canvas", `${className} leaflet-zoom-animated`);
    /** The corner of the canvas in layer points. */
    this._origin = L.point(0, 0);
    this._drawnAt = { zoom: 0, corner: L.latLng(0, 0) };
  }

  /** @param {L.Map} map */
  onAdd(map) {
    map.getPane(this._paneName)?.appendChild(this._canvas);
    this._resize();
    return this;
  }

  onRemove() {
    this._canvas.remove();
    return this;
  }

  /** @returns {Record<string, L.LeafletEventHandlerFn>} */
  getEvents() {
    return {
      moveend: this._resize, resize: this._resize, viewreset: this._resize,
      zoomanim: (event) => this._zoom(/** @type {L.ZoomAnimEvent} */ (event)),
    };
  }

  _resize() {
    const map = this._map;
    const size = map.getSize();
    const padding = size.multiplyBy(PADDING).round();
    this._origin = map.containerPointToLayerPoint(padding.multiplyBy(-1)).round();
    this._drawnAt = { zoom: map.getZoom(), corner: map.layerPointToLatLng(this._origin) };
    const ratio = window.devicePixelRatio || 1;
    const canvas = this._canvas;
    const full = size.add(padding.multiplyBy(2));
    if (canvas.width !== full.x * ratio || canvas.height !== full.y * ratio) {
      canvas.width = full.x * ratio;
      canvas.height = full.y * ratio;
      canvas.style.width = `${full.x}px`;
      canvas.style.height = `${full.y}px`;
    }
    L.DomUtil.setTransform(canvas, this._origin, 1);
    this._draw();
  }

  /** @param {L.ZoomAnimEvent} event */
  _zoom(event) {
    const scale = this._map.getZoomScale(event.zoom, this._drawnAt.zoom);
    // Leaflet has no public method for positions during the animation of a zoom.
    const map = /** @type {any} */ (this._map);
    const offset = map._latLngToNewLayerPoint(this._drawnAt.corner, event.zoom, event.center);
    L.DomUtil.setTransform(this._canvas, offset, scale);
  }

  /** Clears the canvas and draws what the layer has; pixels are those of the page. */
  _draw() {
    const context = this._canvas.getContext("2d");
    if (!context) return;
    const ratio = window.devicePixelRatio || 1;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, this._canvas.width, this._canvas.height);
    this._paint(context);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @abstract
   */
  _paint(context) {
    throw new Error(`nothing is drawn on ${context.canvas.className}`);
  }
}
