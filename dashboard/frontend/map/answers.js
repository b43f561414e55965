// @ts-check
// What the map asks the server for, and recent answers. No Leaflet, no DOM.

/** @typedef {import("./types.js").Answer} Answer */
/** @typedef {import("./types.js").Param} Param */
/** @typedef {{ west: number, south: number, east: number, north: number, zoom: number }} View in degrees */

// Recent answers, so that going back to a filter or a part of the map needs no request.
const MOST_ANSWERS = 12;
// Views that differ by less than this share of their size are the same: an answer has a wider margin.
const SAME_VIEW = 0.05;
const DECIMALS = 5;

/** @typedef {{ link: string, answer: Answer }} LinkedAnswer */

/**
 * The link as text, the same for the same parameters in any order.
 *
 * @param {Param[]} params
 */
export const linkText = (params) =>
  new URLSearchParams([...params].sort(([a, b], [c, d]) => compare(a, c) || compare(b, d))).toString();

/**
 * @param {string} a
 * @param {string} b
 */
const compare = (a, b) => (a < b ? -1 : Number(a > b));

/**
 * The parameters with other values for some keys.
 *
 * @param {Param[]} params
 * @param {Record<string, string[]>} values by key
 * @returns {Param[]}
 */
export const withValues = (params, values) => [
  ...params.filter(([key]) => !(key in values)),
  ...Object.entries(values).flatMap(([key, list]) => list.map((value) => /** @type {Param} */ ([key, value]))),
];

/**
 * Whether an answer has all that the map shows in a view. Where marks are places, closer views have the
 * same ones; squares are of one zoom.
 *
 * @param {Answer} answer
 * @param {View} view
 */
export function covers({ bounds: [west, south, east, north], zoom, layer }, view) {
  const isZoom = layer.places ? view.zoom >= zoom : view.zoom === zoom;
  return isZoom && west <= view.west && south <= view.south && east >= view.east && north >= view.north;
}

/**
 * Whether two views are so near to each other that one answer has both.
 *
 * @param {View} a
 * @param {View} b
 */
export function isNear(a, b) {
  const most = { x: (a.east - a.west) * SAME_VIEW, y: (a.north - a.south) * SAME_VIEW };
  return a.zoom === b.zoom && Math.abs(a.west - b.west) < most.x && Math.abs(a.east - b.east) < most.x &&
    Math.abs(a.south - b.south) < most.y && Math.abs(a.north - b.north) < most.y;
}

/**
 * @param {View} view
 */
function viewParams({ west, south, east, north, zoom }) {
  const bbox = [west, south, east, north].map((degrees) => degrees.toFixed(DECIMALS)).join(",");
  return `bbox=${bbox}&zoom=${zoom}`;
}

/** Asks for one answer at a time: a new question stops the one before. */
export class Answers {
  /**
   * @param {string} address of the route
   * @param {typeof fetch} request
   */
  constructor(address, request) {
    this.address = address;
    this.request = request;
    /** The last one is the newest. @type {LinkedAnswer[]} */
    this.recent = [];
    /** @type {{ link: string, view: View, control: AbortController } | null} */
    this.asked = null;
  }

  /**
   * A recent answer that has all of a view.
   *
   * @param {string} link
   * @param {View} view
   * @returns {Answer | undefined}
   */
  find(link, view) {
    const at = this.recent.findLastIndex((recent) => recent.link === link && covers(recent.answer, view));
    if (at < 0) return undefined;
    const [found] = this.recent.splice(at, 1);
    this.recent.push(found);
    return found.answer;
  }

  /** The link of the question that waits for its answer. */
  get askedLink() {
    return this.asked?.link;
  }

  /**
   * Whether that question is the one that waits for its answer.
   *
   * @param {string} link
   * @param {View} view
   */
  isAsking(link, view) {
    return this.asked !== null && this.asked.link === link && isNear(this.asked.view, view);
  }

  stop() {
    this.asked?.control.abort();
    this.asked = null;
  }

  /**
   * The answer of the server; null if another question or `stop` came first. Throws an Error with the
   * server's sentence if it refuses.
   *
   * @param {string} link
   * @param {View} view
   * @returns {Promise<Answer | null>}
   */
  async ask(link, view) {
    this.stop();
    const asked = { link, view, control: new AbortController() };
    this.asked = asked;
    try {
      const response = await this.request(`${this.address}?${viewParams(view)}&${link}`, { signal: asked.control.signal });
      if (!response.ok) throw new Error((await response.text()) || String(response.status));
      /** @type {Answer} */
      const answer = await response.json();
      if (this.asked !== asked) return null;
      this.asked = null;
      this.recent = [...this.recent, { link, answer }].slice(-MOST_ANSWERS);
      return answer;
    } catch (error) {
      if (this.asked !== asked) return null;
      this.asked = null;
      throw error;
    }
  }
}
