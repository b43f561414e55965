// Counts by mark and time, summed under any window: what views/cube.py packs.
(function () {
  "use strict";

  const TYPES = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array };
  const COLUMNS = ["unit", "begins", "lasts", "kind", "events"];
  // Of a class: its bits for contested and not reviewed.
  const CONTESTED = 2;
  const UNREVIEWED = 1;

  async function inflate(packed) {
    const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Response(stream).arrayBuffer();
  }

  class Counts {
    constructor(cube, buffer, units) {
      this.edges = cube.edges;
      this.splits = cube.splits;
      this.size = units;
      this.classes = 4 * cube.splits.length;
      this.rows = cube.rows;
      let at = 0;
      COLUMNS.forEach((name, i) => {
        const bytes = cube.rows * cube.widths[i];
        this[name] = new TYPES[cube.widths[i]](buffer.slice(at, at + bytes));
        at += bytes;
      });
      let unit = 0;
      this.unit = Uint32Array.from(this.unit, (step) => (unit += step));
      this.sums = new Uint32Array(this.size * this.classes);
    }

    // The bin of a day: how many edges lie at it or before.
    bin(day) {
      let [low, high] = [0, this.edges.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (this.edges[middle] <= day) low = middle + 1;
        else high = middle;
      }
      return low;
    }

    // Sums every class of every mark under a window of days; null is all days, undated events too.
    under(window) {
      const { unit, begins, lasts, kind, events, sums, classes } = this;
      const undated = this.edges.length + 1;
      const first = window ? this.bin(window[0]) : 0;
      const last = window ? this.bin(window[1]) : undated;
      sums.fill(0);
      for (let i = 0; i < this.rows; i += 1) {
        const start = begins[i];
        if (start > last || start + lasts[i] < first || (window && start === undated)) continue;
        sums[unit[i] * classes + kind[i]] += events[i];
      }
    }

    // What the last window left of a mark: in all, by split, contested, not reviewed.
    of(unit) {
      const found = { count: 0, contested: 0, unreviewed: 0, groups: {} };
      for (let kind = 0; kind < this.classes; kind += 1) {
        const events = this.sums[unit * this.classes + kind];
        if (!events) continue;
        found.count += events;
        if (kind & CONTESTED) found.contested += events;
        if (kind & UNREVIEWED) found.unreviewed += events;
        const split = this.splits[kind >> 2];
        found.groups[split] = (found.groups[split] || 0) + events;
      }
      return found;
    }
  }

  window.eventCounts = async (cube, units) => new Counts(cube, await inflate(cube.packed), units);
})();
