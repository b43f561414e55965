// @ts-check
// Which events the filters of a single file leave, and how many each value would: no DOM.
//
// Counts mean what they do on Explore (query/counts.py): those of a filter ignore that filter, and filters of
// one table hold in one row, e.g. an actor in a role.

import { fold } from "../facets/options.js";

/** @typedef {import("./file_types.js").Choice} Choice */
/** @typedef {import("./file_types.js").FileEvent} FileEvent */
/** @typedef {import("./file_types.js").FilterColumn} FilterColumn */
/** @typedef {import("../map/types.js").Interval} Interval */
/** @typedef {[at: number, values: Set<string>]} Condition on a column */
/** @typedef {Map<string, Condition[]>} Conditions by table */

/**
 * Whether an event may lie in a window, or with `certain` does; an undated one only if there is no window.
 *
 * @param {Interval | null} days
 * @param {Interval | null} window
 * @param {boolean} certain
 */
export function isInWindow(days, window, certain) {
  if (!window) return true;
  if (!days) return false;
  const [[first, last], [from, to]] = [days, window];
  return certain ? first >= from && last <= to : last >= from && first <= to;
}

/**
 * A window of the timeline as a filter: an end at the edge of the data is open, as on Explore, so that events
 * before and after them are inside.
 *
 * @param {Interval | null} window as date_window.js has it for a map
 * @param {{ first: number, last: number }} extent
 * @returns {Interval | null}
 */
export function withOpenEnds(window, { first, last }) {
  return window && [window[0] < first ? -Infinity : window[0], window[1] > last ? Infinity : window[1]];
}

/**
 * @param {FilterColumn[]} columns
 * @param {Record<string, string[]>} values
 * @param {string} [but] the filter that is ignored
 * @returns {Conditions}
 */
function conditionsOf(columns, values, but) {
  /** @type {Conditions} */
  const conditions = new Map();
  for (const [field, table, at] of columns) {
    const chosen = values[field] ?? [];
    if (field === but || !chosen.length) continue;
    conditions.set(table, [...(conditions.get(table) ?? []), [at, new Set(chosen)]]);
  }
  return conditions;
}

/**
 * @param {(string | null)[]} row
 * @param {Condition[]} conditions
 */
const holds = (row, conditions) =>
  conditions.every(([at, values]) => values.has(/** @type {string} */ (row[at])));

/**
 * @param {FileEvent} event
 * @param {Conditions} conditions
 */
const satisfies = (event, conditions) =>
  [...conditions].every(([table, ofTable]) => event.rows[table].some((row) => holds(row, ofTable)));

export class FileSelection {
  /**
   * @param {FileEvent[]} events
   * @param {FilterColumn[]} columns
   * @param {(event: FileEvent) => string} textOf all texts in which a search finds the event
   */
  constructor(events, columns, textOf) {
    this.events = events;
    this.columns = columns;
    this.texts = events.map((event) => fold(textOf(event)));
  }

  /**
   * The positions of the events that all filters leave except for dates and clicked marks.
   *
   * @param {Choice} choice
   */
  filtered({ values, text }) {
    const conditions = conditionsOf(this.columns, values);
    const inText = this.searched(text);
    return [...this.events.keys()].filter((at) => inText(at) && satisfies(this.events[at], conditions));
  }

  /** @param {string} text of which each word must be there */
  searched(text) {
    const words = fold(text).split(/\s+/).filter(Boolean);
    return (/** @type {number} */ at) => words.every((word) => this.texts[at].includes(word));
  }

  /**
   * Those of the events that are listed: in the window, and at the clicked marks.
   *
   * @param {number[]} positions
   * @param {Choice} choice
   */
  listed(positions, { window, certain, marks }) {
    return positions.filter((at) => {
      const event = this.events[at];
      const isThere = !marks.length || event.marks.some((mark) => marks.includes(mark));
      return isThere && isInWindow(event.days, window, certain);
    });
  }

  /**
   * How many of the events may lie outside of the window.
   *
   * @param {number[]} positions
   * @param {Interval | null} window
   */
  possible(positions, window) {
    return positions.filter((at) => !isInWindow(this.events[at].days, window, true)).length;
  }

  /**
   * How many events each value of a filter would leave.
   *
   * @param {FilterColumn} column
   * @param {Choice} choice
   * @returns {Map<string, number>}
   */
  counts([field, table, at], { values, text, window, certain }) {
    const conditions = conditionsOf(this.columns, values, field);
    const ofTable = conditions.get(table) ?? [];
    conditions.delete(table);
    const inText = this.searched(text);
    /** @type {Map<string, number>} */
    const counts = new Map();
    this.events.forEach((event, position) => {
      if (!isInWindow(event.days, window, certain) || !inText(position) || !satisfies(event, conditions)) return;
      const found = event.rows[table].filter((row) => holds(row, ofTable)).map((row) => row[at]);
      for (const value of new Set(found)) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
    });
    return counts;
  }
}
