// @ts-check
// Numbers of events by mark and time, summed within any date window: browser/packed_counts.py packs them.

import { inflate } from "../shared/packed.js";

/** @typedef {import("./types.js").Interval} Interval */
/** @typedef {import("./types.js").Tally} Tally */

/**
 * `PackedCounts` of browser/packed_counts.py, which describes the columns.
 *
 * @typedef {object} PackedCounts
 * @property {string[]} splits values of the column that colours the marks
 * @property {number[]} edges day numbers; bin i is from edges[i - 1] to the day before edges[i]
 * @property {number} rows
 * @property {number[]} widths bytes per number, by column
 * @property {string} packed the columns, compressed (RFC 1950), in Base64
 * @property {PackedShared[]} shared events at several marks
 */
/** @typedef {[marks: number[], kind: number, begins: number, lasts: number, sums: number[]]} PackedShared */
/** @typedef {{ marks: number[], begins: number, lasts: number, tally: Tally, weight: number, sure: boolean }} Shared */

/** @typedef {import("./types.js").FigureSum} FigureSum */
/** @typedef {Uint8Array | Uint16Array | Uint32Array | Float64Array} Column */
/**
 * `sums` has the numbers of events, and those of figures (`FIGURES`) if marks have the size of a figure.
 *
 * @typedef {{ mark: Column, kind: Column, begins: Column, lasts: Column, sums: Column[] }} Columns
 */

/** What the columns of figures have, in this order; `above` and `range` exceed the lowest figures. */
const FIGURES = ["without", "low", "above", "range", "open"];
// Bits of a class (the column `kind`); the bits above are the position in `splits`.
const REFUTED = 8;
const CONFIRMED = 4;
const CONTESTED = 2;
const UNREVIEWED = 1;
const CLASSES_PER_SPLIT = 16;

/**
 * @param {ArrayBuffer} buffer
 * @param {number} width bytes per number
 * @returns {Column}
 */
function numbers(buffer, width) {
  if (width === 1) return new Uint8Array(buffer);
  if (width === 8) return new Float64Array(buffer);
  return width === 2 ? new Uint16Array(buffer) : new Uint32Array(buffer);
}

/**
 * @param {PackedCounts} packed
 * @param {ArrayBuffer} buffer its columns, decompressed
 * @returns {Columns}
 */
function unpackColumns({ rows, widths }, buffer) {
  let start = 0;
  const columns = widths.map((width) => {
    const end = start + rows * width;
    const column = numbers(buffer.slice(start, end), width);
    start = end;
    return column;
  });
  const [mark, kind, begins, lasts, ...sums] = columns;
  return { ...cumulated(mark, kind, begins), kind, lasts, sums };
}

/**
 * Marks are packed as differences, and so are the bins of one class of a mark.
 *
 * @param {Column} markSteps
 * @param {Column} kind
 * @param {Column} binSteps
 */
function cumulated(markSteps, kind, binSteps) {
  const mark = Uint32Array.from(markSteps);
  const begins = Uint32Array.from(binSteps);
  for (let i = 1; i < mark.length; i += 1) {
    if (mark[i] === 0 && kind[i] === kind[i - 1]) begins[i] += begins[i - 1];
    mark[i] += mark[i - 1];
  }
  return { mark, begins };
}

/**
 * A share of the events and figures of a tally.
 *
 * @param {Tally} tally
 * @param {number} share
 * @returns {Tally}
 */
function weighted(tally, share) {
  if (share === 1) return tally;
  const part = (/** @type {number} */ number) => Math.round(number * share);
  const { figure } = tally;
  return {
    count: part(tally.count), possible: part(tally.possible),
    contested: part(tally.contested), unreviewed: part(tally.unreviewed),
    confirmed: part(tally.confirmed), refuted: part(tally.refuted),
    groups: Object.fromEntries(Object.entries(tally.groups).map(([group, count]) => [group, part(count)])),
    figure: figure && {
      without: part(figure.without), size: part(figure.size), low: part(figure.low), high: part(figure.high),
      open: part(figure.open),
    },
  };
}

export class Counts {
  /**
   * @param {PackedCounts} packed
   * @param {Columns} columns
   * @param {number} marks how many marks there are
   */
  constructor(packed, columns, marks) {
    this.edges = packed.edges;
    this.splits = packed.splits;
    this.columns = columns;
    this.classes = CLASSES_PER_SPLIT * packed.splits.length;
    /** Events, then figures, by mark and class; not whole numbers while the window cuts a bin. */
    this.sums = columns.sums.map(() => new Float64Array(marks * this.classes));
    /** Events by mark that may lie outside of the window. */
    this.possible = new Float64Array(marks);
    /** The events at several marks, by the position of each of these. @type {Map<number, Shared[]>} */
    this.shared = new Map();
    packed.shared.forEach((packedEvents) => this.addShared(packedEvents));
  }

  /** @param {PackedShared} events */
  addShared([marks, kind, begins, lasts, [count, ...figures]]) {
    const [without, low, above, range, open] = figures;
    /** @type {Tally} */
    const tally = {
      count, possible: 0, contested: kind & CONTESTED ? count : 0, unreviewed: kind & UNREVIEWED ? count : 0,
      confirmed: kind & CONFIRMED ? count : 0, refuted: kind & REFUTED ? count : 0,
      groups: { [this.splits[Math.floor(kind / CLASSES_PER_SPLIT)]]: count },
    };
    if (figures.length) tally.figure = { without, size: low + above, low, high: low + range, open };
    const events = { marks, begins, lasts, tally, weight: 0, sure: true };
    for (const mark of marks) this.shared.set(mark, [...(this.shared.get(mark) || []), events]);
  }

  /**
   * What two marks that are drawn as one would count twice, within the last window: the events of a
   * mark that are at one of the others too.
   *
   * @param {number} mark position of the mark
   * @param {Set<number>} others positions
   * @returns {Tally[]}
   */
  sharedWith(mark, others) {
    return (this.shared.get(mark) || [])
      .filter(({ marks, weight }) => weight && marks.some((other) => other !== mark && others.has(other)))
      .map(({ tally, weight, sure }) => ({ ...weighted(tally, weight), possible: sure ? 0 : tally.count }));
  }

  /**
   * The bin of a day: the number of edges at the day or before.
   *
   * @param {number} day
   */
  binOf(day) {
    let [low, high] = [0, this.edges.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.edges[middle] <= day) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * The share of each bin that lies in a window. The last one is for undated events: 0. The bins before
   * the first edge and after the last have no length: they are in or out.
   *
   * @param {Interval} window
   */
  binShares([from, to]) {
    const { edges } = this;
    const shares = new Float64Array(edges.length + 2);
    for (let bin = this.binOf(from); bin <= this.binOf(to); bin += 1) {
      const [start, end] = [edges[bin - 1], edges[bin]];
      const days = Math.min(end, to + 1) - Math.max(start, from);
      shares[bin] = bin === 0 || bin === edges.length ? 1 : days / (end - start);
    }
    return shares;
  }

  /**
   * Sums every class of every mark within a window; null is all days, and undated events too.
   *
   * Where the window cuts a bin, which it does only while it is moved, the events that lie in this bin
   * alone are taken as spread evenly over it. Events that begin before the window or last beyond it
   * may lie outside; with `certain` they are left out.
   *
   * @param {Interval | null} window
   * @param {boolean} [certain]
   */
  sumWithin(window, certain = false) {
    const { classes, edges, possible } = this;
    const { mark, begins, lasts, kind } = this.columns;
    const shares = window ? this.binShares(window) : new Float64Array(edges.length + 2).fill(1);
    const first = window ? this.binOf(window[0]) : 0;
    const last = window ? this.binOf(window[1]) : Infinity;
    /** @type {(start: number, further: number) => boolean} */
    const isSure = (start, further) => further === 0 || (start >= first && start + further <= last);
    /** @type {(start: number, further: number) => number} */
    const weight = (start, further) => {
      if (further === 0) return shares[start];
      return start <= last && start + further >= first && (!certain || isSure(start, further)) ? 1 : 0;
    };
    possible.fill(0);
    this.columns.sums.forEach((column, at) => {
      const sums = this.sums[at].fill(0);
      for (let i = 0; i < mark.length; i += 1) {
        const part = column[i] * weight(begins[i], lasts[i]);
        if (!part) continue;
        sums[mark[i] * classes + kind[i]] += part;
        if (at === 0 && !isSure(begins[i], lasts[i])) possible[mark[i]] += part;
      }
    });
    for (const events of this.shared.values()) {
      for (const each of events) {
        each.weight = weight(each.begins, each.lasts);
        each.sure = isSure(each.begins, each.lasts);
      }
    }
  }

  /**
   * The events of a mark within the last window, and their figures if these were packed.
   *
   * @param {number} mark position of the mark
   * @returns {Tally}
   */
  tally(mark) {
    /** @type {Tally} */
    const result = {
      count: 0, possible: this.possible[mark], confirmed: 0, refuted: 0, contested: 0, unreviewed: 0, groups: {},
    };
    for (let kind = 0; kind < this.classes; kind += 1) {
      const events = Math.round(this.sums[0][mark * this.classes + kind]);
      if (!events) continue;
      result.count += events;
      if (kind & REFUTED) result.refuted += events;
      if (kind & CONFIRMED) result.confirmed += events;
      if (kind & CONTESTED) result.contested += events;
      if (kind & UNREVIEWED) result.unreviewed += events;
      const split = this.splits[Math.floor(kind / CLASSES_PER_SPLIT)];
      result.groups[split] = (result.groups[split] || 0) + events;
    }
    if (this.sums.length > FIGURES.length) result.figure = this.figure(mark, result.count);
    return result;
  }

  /**
   * The figures of the events of a mark within the last window.
   *
   * @param {number} mark position of the mark
   * @param {number} count the events of the mark
   * @returns {FigureSum}
   */
  figure(mark, count) {
    const start = mark * this.classes;
    const [without, low, above, range, open] = FIGURES.map((_, at) =>
      Math.round(this.sums[at + 1].subarray(start, start + this.classes).reduce((sum, it) => sum + it, 0)));
    return { without: Math.min(without, count), size: low + above, low, high: low + range, open };
  }
}

/**
 * @param {PackedCounts} packed
 * @param {number} marks how many marks there are
 */
export async function readCounts(packed, marks) {
  return new Counts(packed, unpackColumns(packed, await inflate(packed.packed)), marks);
}
