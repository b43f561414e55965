// @ts-check
// The last click on a mark or an event, sent again until the page's link has it. No DOM.
//
// st_folium hears no click while a run of the page exchanges the layer that it listens to.

/** @typedef {import("./types.js").Param} Param */
/** @typedef {(id: string) => void} Send */

export const AGAIN_MS = 3000;
// The page may refuse a click, e.g. on an event that was withdrawn meanwhile.
const MOST_TIMES = 3;
// The key of the link that has a click, by the sort of the click.
/** @type {Record<string, string>} */
const KEYS = { places: "at", event: "event" };

export class PendingClick {
  constructor() {
    this.id = "";
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /**
   * Sends a click; one on a mark or an event again after some seconds, each wait twice the one before.
   *
   * @param {string} id "places:…", "event:…", or what is sent once only
   * @param {Send} send
   */
  click(id, send) {
    this.forget();
    if (id.split(":", 1)[0] in KEYS) {
      this.id = id;
      this.later(send, AGAIN_MS, MOST_TIMES);
    }
    send(id);
  }

  /** @param {Param[]} params of the link of a run of the page */
  applied(params) {
    const [sort, ...rest] = this.id.split(":");
    if (params.some(([key, value]) => key === KEYS[sort] && value === rest.join(":"))) this.forget();
  }

  forget() {
    clearTimeout(this.timer);
    this.id = "";
  }

  /**
   * @param {Send} send
   * @param {number} wait
   * @param {number} times
   */
  later(send, wait, times) {
    this.timer = setTimeout(() => {
      send(this.id);
      if (times > 1) this.later(send, 2 * wait, times - 1);
    }, wait);
  }
}
