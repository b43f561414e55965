// @ts-check
// Numbers of events by mark within any date window, from the events of a single file: no DOM.

import { isInWindow } from "./selection.js";

/** @typedef {import("./file_types.js").FileEvent} FileEvent */
/** @typedef {import("../map/types.js").Interval} Interval */
/** @typedef {import("../map/types.js").Tally} Tally */

// Bits of the flags of an event, as in map/counts.js.
export const REFUTED = 8;
export const CONFIRMED = 4;
export const CONTESTED = 2;
export const UNREVIEWED = 1;

/** @returns {Tally} */
const empty = () =>
  ({ count: 0, possible: 0, confirmed: 0, refuted: 0, contested: 0, unreviewed: 0, groups: {} });

/**
 * @param {Tally} tally
 * @param {FileEvent} event
 * @param {boolean} sure whether it lies in the window for certain
 */
function add(tally, event, sure) {
  const { flags, split } = event;
  tally.count += 1;
  if (!sure) tally.possible += 1;
  if (flags & REFUTED) tally.refuted += 1;
  if (flags & CONFIRMED) tally.confirmed += 1;
  if (flags & CONTESTED) tally.contested += 1;
  if (flags & UNREVIEWED) tally.unreviewed += 1;
  tally.groups[split] = (tally.groups[split] ?? 0) + 1;
}

/** `MarkCounts` of map/types.js. */
export class EventCounts {
  /**
   * @param {FileEvent[]} events
   * @param {number} marks how many marks there are
   */
  constructor(events, marks) {
    this.events = events;
    /** @type {Tally[]} */
    this.tallies = Array.from({ length: marks }, empty);
    /** The events at several marks, by each of these. @type {Map<number, FileEvent[]>} */
    this.several = new Map();
    for (const event of events.filter((each) => each.marks.length > 1)) {
      for (const mark of event.marks) this.several.set(mark, [...(this.several.get(mark) ?? []), event]);
    }
    /** The events within the last window, and whether each is for certain. @type {Map<FileEvent, boolean>} */
    this.inside = new Map();
  }

  /**
   * @param {Interval | null} window
   * @param {boolean} [certain]
   */
  sumWithin(window, certain = false) {
    this.inside.clear();
    this.tallies = this.tallies.map(empty);
    for (const event of this.events) {
      if (!isInWindow(event.days, window, certain)) continue;
      const sure = isInWindow(event.days, window, true);
      this.inside.set(event, sure);
      for (const mark of event.marks) add(this.tallies[mark], event, sure);
    }
  }

  /** @param {number} mark */
  tally(mark) {
    return this.tallies[mark];
  }

  /**
   * @param {number} mark
   * @param {Set<number>} others
   * @returns {Tally[]}
   */
  sharedWith(mark, others) {
    const again = empty();
    for (const event of this.several.get(mark) ?? []) {
      const sure = this.inside.get(event);
      const isShared = event.marks.some((at) => at !== mark && others.has(at));
      if (sure !== undefined && isShared) add(again, event, sure);
    }
    return again.count ? [again] : [];
  }
}
