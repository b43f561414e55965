// Counts by mark and time, summed under any window: what browser/packed_counts.py packs.
(function () {
  "use strict";

  const TYPES = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array };
  const COLUMNS = ["mark", "kind", "begins", "lasts", "events"];
  // Of a class: its bits for contested and not reviewed.
  const CONTESTED = 2;
  const UNREVIEWED = 1;

  async function inflate(packed) {
    const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Response(stream).arrayBuffer();
  }

  class Counts {
    constructor(packed, buffer, marks) {
      this.edges = packed.edges;
      this.splits = packed.splits;
      this.size = marks;
      this.classes = 4 * packed.splits.length;
      this.rows = packed.rows;
      let at = 0;
      COLUMNS.forEach((name, i) => {
        const bytes = packed.rows * packed.widths[i];
        this[name] = new TYPES[packed.widths[i]](buffer.slice(at, at + bytes));
        at += bytes;
      });
      this._unstep();
      // Whole numbers but while the window cuts a bin.
      this.sums = new Float64Array(this.size * this.classes);
    }

    // Marks are differences, and so are bins within a class of a mark.
    _unstep() {
      const { rows, kind } = this;
      const mark = Uint32Array.from(this.mark);
      const begins = Uint32Array.from(this.begins);
      for (let i = 1; i < rows; i += 1) {
        if (mark[i] === 0 && kind[i] === kind[i - 1]) begins[i] += begins[i - 1];
        mark[i] += mark[i - 1];
      }
      Object.assign(this, { mark, begins });
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

    // How much of each bin a window holds; the last is for undated events. The bins before the first
    // edge and after the last have no length: their share is 0 or 1.
    shares([from, to]) {
      const { edges } = this;
      const shares = new Float64Array(edges.length + 2);
      for (let bin = this.bin(from); bin <= this.bin(to); bin += 1) {
        const [start, end] = [edges[bin - 1], edges[bin]];
        const days = Math.min(end, to + 1) - Math.max(start, from);
        shares[bin] = bin === 0 || bin === edges.length ? 1 : days / (end - start);
      }
      return shares;
    }

    // Sums every class of every mark under a window of days; null is all days, undated events too.
    // Events of one bin are taken as spread evenly over it where the window cuts it, which it does
    // only while it is moved.
    under(window) {
      const { mark, begins, lasts, kind, events, sums, classes, edges } = this;
      const shares = window ? this.shares(window) : new Float64Array(edges.length + 2).fill(1);
      const first = window ? this.bin(window[0]) : 0;
      const last = window ? this.bin(window[1]) : Infinity;
      sums.fill(0);
      for (let i = 0; i < this.rows; i += 1) {
        const start = begins[i];
        if (lasts[i] === 0) sums[mark[i] * classes + kind[i]] += events[i] * shares[start];
        else if (start <= last && start + lasts[i] >= first) sums[mark[i] * classes + kind[i]] += events[i];
      }
    }

    // What the last window left of a mark: in all, by split, contested, not reviewed.
    of(mark) {
      const found = { count: 0, contested: 0, unreviewed: 0, groups: {} };
      for (let kind = 0; kind < this.classes; kind += 1) {
        const events = Math.round(this.sums[mark * this.classes + kind]);
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

  window.eventCounts = async (packed, marks) => new Counts(packed, await inflate(packed.packed), marks);
})();
