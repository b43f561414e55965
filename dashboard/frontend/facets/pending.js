// @ts-check
// Clicks that the page has not applied yet: all of them are sent, again and again, until it has. No DOM.

/** @typedef {import("./options.js").Change} Change */
/**
 * What the page gets. Without the number of the attempt Streamlit would take what is sent again for no change.
 *
 * @typedef {{ attempt: number, changes: Change[] }} Sent
 */

// A run of the page that a click interrupts may lose an earlier click. A message would interrupt a run that goes
// on, so they are sent again only after its end, and each wait is twice the one before.
export const AGAIN_MS = 3000;

export class PendingChanges {
  /**
   * @param {(sent: Sent) => void} send
   * @param {() => boolean} running whether a run of the page goes on
   */
  constructor(send, running) {
    this.send = send;
    this.running = running;
    /** The newest last. @type {Change[]} */
    this.changes = [];
    this.attempt = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /** @param {Change} change */
  add(change) {
    this.changes.push(change);
    this.sendAll(AGAIN_MS);
  }

  /**
   * Leaves what the page has applied.
   *
   * @param {number} seen the number of the last change that the page has applied
   */
  applied(seen) {
    this.changes = this.changes.filter((change) => change.number > seen);
    if (!this.changes.length) clearTimeout(this.timer);
  }

  /** @param {number} wait milliseconds until they are sent again */
  sendAll(wait) {
    clearTimeout(this.timer);
    this.attempt += 1;
    this.send({ attempt: this.attempt, changes: [...this.changes] });
    this.wait(wait);
  }

  /** @param {number} wait milliseconds until they are sent again, or later if a run goes on then */
  wait(wait) {
    this.timer = setTimeout(() => (this.running() ? this.wait(wait) : this.sendAll(2 * wait)), wait);
  }
}
