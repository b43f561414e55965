// Histogram, uncertain spans and a two-handle window in one picture; drawn anew at each change, while
// the window is dragged only here, and told to the host when it is let go. Text by textContent only.
const SVG = "http://www.w3.org/2000/svg";
const DAY = 86400000;
const PLOT = { left: 14, right: 14, top: 4, bars: 40, lane: 4.5 };
const PLAY_EVERY = 1200;

const toDays = (iso) => Math.round(Date.parse(iso + "T00:00:00Z") / DAY);
const toIso = (days) => new Date(days * DAY).toISOString().slice(0, 10);
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const toText = (days) => {
  const date = new Date(days * DAY);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
};
const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

function svg(name, attributes, parent, text) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== undefined) node.textContent = text;
  if (parent) parent.appendChild(node);
  return node;
}

function ticks(first, last, width) {
  const found = [];
  const room = Math.max(2, Math.floor(width / 80));
  const span = last - first;
  if (span < 45) {
    const step = Math.max(1, Math.ceil(span / room));
    for (let day = first; day <= last; day += step) found.push([day, toText(day).slice(0, -5)]);
    return found;
  }
  const months = Math.max(1, Math.ceil(span / 30 / room));
  const date = new Date(first * DAY);
  let year = date.getUTCFullYear();
  let month = date.getUTCMonth() + (date.getUTCDate() > 1 ? 1 : 0);
  for (;;) {
    const day = Math.round(Date.UTC(year, month, 1) / DAY);
    if (day > last) return found;
    const at = new Date(day * DAY);
    found.push([day, `${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`]);
    month += months;
  }
}

class Timeline {
  constructor(root) {
    this.root = root;
    this.chart = root.querySelector(".chart");
    this.tip = root.querySelector(".tip");
    this.dragging = false;
    this.playing = null;
    new ResizeObserver(() => this.draw()).observe(this.chart);
    this.chart.addEventListener("pointerdown", (event) => this.grab(event));
    this.chart.addEventListener("dblclick", () => this.commit(this.first, this.last));
    root.querySelector(".back").addEventListener("click", () => this.step(-1));
    root.querySelector(".next").addEventListener("click", () => this.step(1));
    root.querySelector(".play").addEventListener("click", () => this.toggle());
    root.querySelector(".all").addEventListener("click", () => { this.stop(); this.commit(this.first, this.last); });
  }

  update(data, tell) {
    this.data = data;
    this.tell = tell;
    this.first = toDays(data.timeline.first);
    this.last = toDays(data.timeline.last);
    if (!this.dragging && !this.pending) {
      this.from = data.window.from ? clamp(toDays(data.window.from), this.first, this.last) : this.first;
      this.to = data.window.to ? clamp(toDays(data.window.to), this.first, this.last) : this.last;
    }
    this.draw();
  }

  // A day occupies the width between x(day) and x(day + 1).
  x(day) {
    const width = this.width - PLOT.left - PLOT.right;
    return PLOT.left + ((day - this.first) / (this.last + 1 - this.first)) * width;
  }

  day(x) {
    const width = this.width - PLOT.left - PLOT.right;
    return this.first + ((x - PLOT.left) / width) * (this.last + 1 - this.first);
  }

  draw() {
    if (!this.data) return;
    this.width = this.chart.clientWidth;
    if (!this.width) return;
    const focused = this.chart.getRootNode().activeElement?.dataset?.handle;
    const spansTop = PLOT.top + PLOT.bars + 3;
    const bottom = spansTop + 10 * PLOT.lane + 2;
    const height = bottom + 16;
    const root = svg("svg", { width: this.width, height, role: "group", "aria-label": "Timeline" });
    this.patterns(root);
    this.drawAxis(root, bottom);
    this.drawBars(root);
    this.drawSpans(root, spansTop);
    this.drawWindow(root, bottom);
    this.chart.replaceChildren(root);
    if (focused) this.chart.querySelector(`[data-handle=${focused}]`)?.focus();
    this.describe();
  }

  patterns(root) {
    const pattern = svg("pattern", { id: "hatch", width: 5, height: 5, patternUnits: "userSpaceOnUse",
      patternTransform: "rotate(45)" }, svg("defs", {}, root));
    svg("rect", { width: 5, height: 5, fill: this.data.colours.contested }, pattern);
    svg("rect", { width: 1.6, height: 5, fill: "#fff" }, pattern);
  }

  fill(attestation) {
    return attestation === "contested" ? "url(#hatch)" : this.data.colours[attestation];
  }

  drawAxis(root, bottom) {
    svg("line", { x1: PLOT.left, x2: this.width - PLOT.right, y1: bottom, y2: bottom, class: "axis" }, root);
    for (const [day, label] of ticks(this.first, this.last, this.width)) {
      svg("line", { x1: this.x(day), x2: this.x(day), y1: PLOT.top, y2: bottom + 4, class: "tick" }, root);
      const end = this.x(day) > this.width - 60;
      svg("text", { x: this.x(day) + (end ? -3 : 3), y: bottom + 13, "text-anchor": end ? "end" : "start" }, root, label);
    }
  }

  drawBars(root) {
    const bins = this.data.timeline.bins;
    const total = (bin) => Object.values(bin.counts).reduce((a, b) => a + b, 0);
    const most = Math.max(1, ...bins.map(total));
    for (const bin of bins) {
      const start = toDays(bin.start);
      const x = this.x(start);
      const width = Math.max(2, this.x(start + bin.days) - x - 1);
      let y = PLOT.top + PLOT.bars;
      const group = svg("g", {}, root);
      for (const [attestation, count] of Object.entries(bin.counts)) {
        const height = (count / most) * PLOT.bars;
        y -= height;
        if (count) svg("rect", { x, y, width, height, fill: this.fill(attestation) }, group);
      }
      const days = bin.days === 1 ? toText(start) : `${toText(start)} to ${toText(start + bin.days - 1)}`;
      const parts = Object.entries(bin.counts).filter(([, count]) => count)
        .map(([attestation, count]) => `${count} ${this.data.labels[attestation].toLowerCase()}`);
      this.hover(group, `${days}: ${total(bin)} (${parts.join(", ")})`);
    }
    if (!bins.length && !this.data.timeline.spans.length) {
      svg("text", { x: this.width / 2, y: 30, "text-anchor": "middle", class: "empty" }, root,
        "No dated event matches the filters.");
    }
    svg("text", { x: PLOT.left - 3, y: PLOT.top + 8, "text-anchor": "end", class: "scale" }, root, bins.length ? most : "");
  }

  drawSpans(root, top) {
    for (const span of this.data.timeline.spans) {
      const start = this.x(toDays(span.start));
      const end = this.x(toDays(span.end) + 1);
      const y = top + span.lane * PLOT.lane;
      const group = svg("g", { class: "span" }, root);
      svg("rect", { x: start, y, width: Math.max(3, end - start - 1), height: PLOT.lane - 1.5, rx: 1.5,
        fill: this.fill(span.attestation), "fill-opacity": 0.75 }, group);
      for (const [open, x, dx] of [[span.open_start, start, -5], [span.open_end, end - 1, 5]]) {
        if (open) svg("path", { d: `M${x} ${y - 0.5}L${x + dx} ${y + 1.5}L${x} ${y + 3.5}Z`, fill: this.data.colours[span.attestation] }, group);
      }
      this.hover(group, span.title);
    }
    const hidden = this.data.timeline.hidden_spans;
    if (hidden) {
      svg("text", { x: this.width - PLOT.right, y: PLOT.top + 10, "text-anchor": "end" }, root,
        `+ ${hidden} more with uncertain dates`);
    }
  }

  drawWindow(root, bottom) {
    const left = this.x(this.from);
    const right = this.x(this.to + 1);
    const rect = (x, width) => svg("rect", { x, y: 0, width: Math.max(0, width), height: bottom, class: "outside" }, root);
    rect(PLOT.left, left - PLOT.left);
    rect(right, this.width - PLOT.right - right);
    svg("rect", { x: left, y: 0.5, width: Math.max(1, right - left), height: bottom - 0.5, class: "window", "data-grip": "window" }, root);
    this.handle(root, "from", left, bottom, this.from);
    this.handle(root, "to", right, bottom, this.to);
  }

  handle(root, name, x, bottom, day) {
    const handle = svg("g", {
      class: "handle", "data-handle": name, "data-grip": name, tabindex: 0, role: "slider",
      "aria-label": name === "from" ? "First day" : "Last day", "aria-valuemin": this.first,
      "aria-valuemax": this.last, "aria-valuenow": day, "aria-valuetext": toIso(day),
    }, root);
    svg("rect", { x: x - 9, y: 0, width: 18, height: bottom, fill: "transparent" }, handle);
    svg("line", { x1: x, x2: x, y1: 0, y2: bottom }, handle);
    svg("rect", { x: x - 4, y: bottom / 2 - 12, width: 8, height: 24, rx: 3, class: "knob" }, handle);
    handle.addEventListener("keydown", (event) => this.key(event, name));
  }

  hover(node, text) {
    node.addEventListener("pointermove", (event) => {
      if (this.dragging) return;
      this.tip.textContent = text;
      this.tip.hidden = false;
      const box = this.root.getBoundingClientRect();
      const x = clamp(event.clientX - box.left + 10, 0, box.width - this.tip.offsetWidth - 4);
      this.tip.style.transform = `translate(${x}px, ${event.clientY - box.top - this.tip.offsetHeight - 10}px)`;
    });
    node.addEventListener("pointerleave", () => { this.tip.hidden = true; });
  }

  describe() {
    const all = this.from === this.first && this.to === this.last;
    this.root.querySelector(".dates").textContent = `${toText(this.from)} – ${toText(this.to)}`;
    this.root.querySelector(".all").disabled = all;
  }

  grab(event) {
    let grip = event.target.closest("[data-grip]")?.dataset.grip;
    // The window is drawn over bars and spans; only handles and a narrowed window are grabbed.
    const all = this.from === this.first && this.to === this.last;
    if (grip === "window" && all) grip = "new";
    if (!grip) grip = "new";
    this.stop();
    this.tip.hidden = true;
    this.dragging = true;
    const box = this.chart.getBoundingClientRect();
    const at = (e) => this.day(e.clientX - box.left);
    const start = { day: at(event), from: this.from, to: this.to, x: event.clientX };
    let moved = false;
    const move = (e) => {
      if (!moved && Math.abs(e.clientX - start.x) < 3) return;
      moved = true;
      this.drag(grip, at(e), start);
    };
    const up = () => {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", up);
      this.dragging = false;
      if (moved) this.commit(this.from, this.to);
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", up);
    event.preventDefault();
  }

  drag(grip, day, start) {
    const low = this.first;
    const high = this.last;
    if (grip === "from") this.from = clamp(Math.round(day), low, this.to);
    else if (grip === "to") this.to = clamp(Math.round(day) - 1, this.from, high);
    else if (grip === "window") {
      const by = clamp(Math.round(day - start.day), low - start.from, high - start.to);
      this.from = start.from + by;
      this.to = start.to + by;
    } else {
      this.from = clamp(Math.floor(Math.min(day, start.day)), low, high);
      this.to = clamp(Math.floor(Math.max(day, start.day)), low, high);
    }
    this.draw();
  }

  key(event, name) {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: 30, PageDown: -30 }[event.key];
    const value = this[name];
    let next = by ? value + by : null;
    if (event.key === "Home") next = this.first;
    if (event.key === "End") next = this.last;
    if (next === null) return;
    event.preventDefault();
    this.stop();
    if (name === "from") this.from = clamp(next, this.first, this.to);
    else this.to = clamp(next, this.from, this.last);
    this.draw();
    clearTimeout(this.pending);
    this.pending = setTimeout(() => this.commit(this.from, this.to), 300);
  }

  commit(from, to) {
    clearTimeout(this.pending);
    this.pending = null;
    this.from = from;
    this.to = to;
    this.draw();
    this.tell({ from: toIso(from), to: toIso(to) });
  }

  step(direction) {
    const length = this.to - this.from + 1;
    const all = this.from === this.first && this.to === this.last;
    if (all) {
      const part = Math.max(1, Math.round(length / 12));
      if (direction > 0) this.commit(this.first, this.first + part - 1);
      else this.commit(this.last - part + 1, this.last);
      return true;
    }
    const from = this.from + direction * length;
    if (from > this.last || from + length - 1 < this.first) return false;
    this.commit(Math.max(from, this.first), Math.min(from + length - 1, this.last));
    return true;
  }

  toggle() {
    if (this.playing) { this.stop(); return; }
    if (this.to === this.last && this.from !== this.first) {
      const length = this.to - this.from;
      this.commit(this.first, this.first + length);
    } else this.step(1);
    this.playing = setInterval(() => { if (!this.step(1)) this.stop(); }, PLAY_EVERY);
    this.button(true);
  }

  stop() {
    clearInterval(this.playing);
    this.playing = null;
    this.button(false);
  }

  button(playing) {
    const button = this.root.querySelector(".play");
    button.textContent = playing ? "❚❚" : "▶";
    button.setAttribute("aria-label", playing ? "Pause" : "Play");
  }
}

export default function (component) {
  const { data, parentElement, setStateValue } = component;
  const root = parentElement.querySelector(".timeline");
  const timeline = (root.timeline ??= new Timeline(root));
  timeline.update(data, (window) => setStateValue("window", { ...window, turn: Date.now() }));
  return () => timeline.stop();
}
