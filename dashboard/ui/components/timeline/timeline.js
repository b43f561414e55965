// Histogram, uncertain spans and a two-handle window in one picture. The window is dragged only here
// and sent to the host when it is released. Text is set by textContent only.
const SVG = "http://www.w3.org/2000/svg";
const DAY = 86400000;
const PLOT = { left: 26, right: 14, top: 4, bars: 40, gap: 3, lanes: 8, lane: 4.5, strip: 8 };
const SPANS_TOP = PLOT.top + PLOT.bars + PLOT.gap;
const STRIP_TOP = SPANS_TOP + PLOT.lanes * PLOT.lane + 0.5;
const BOTTOM = STRIP_TOP + PLOT.strip;
const HEIGHT = BOTTOM + 15;
const GRIP = 9; // how near to a handle, in pixels, a press takes it
const FINEST = 3; // bars thinner than this many pixels are joined
const LABEL = { gap: 10, most: 5.6 }; // pixels between labels, and a letter's width
const PLAY_EVERY = 1200;
const KEY_IDLE = 300;
// An answer that lacks the last window sent to the host is out of date, for a limited time.
const STALE_FOR = 5000;

const TICK_STEPS = [
  ["day", 1, 1], ["day", 2, 2], ["week", 1, 7], ["week", 2, 14], ["month", 1, 30], ["month", 2, 60],
  ["month", 3, 91], ["month", 6, 182], ["month", 12, 365], ["month", 24, 730], ["month", 60, 1826],
  ["month", 120, 3652], ["month", 240, 7305], ["month", 600, 18262], ["month", 1200, 36525],
];

const toDays = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);
const toDate = (days) => new Date(days * DAY);
const toIso = (days) => toDate(days).toISOString().slice(0, 10);
const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
// Short enough for the margin, e.g. 950, 1.8k, 275k.
const short = (count) => new Intl.NumberFormat("en", { notation: "compact" }).format(count).toLowerCase();
const sum = (counts) => Object.values(counts).reduce((a, b) => a + b, 0);

// The same day so many months later, or the last of that month: 31 January and one is 28 February.
function addMonths(day, by) {
  const date = toDate(day);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + by];
  const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Math.round(Date.UTC(year, month, Math.min(date.getUTCDate(), length)) / DAY);
}

function svg(name, attributes, parent, text) {
  const node = document.createElementNS(SVG, name);
  set(node, attributes);
  if (text !== undefined) node.textContent = text;
  if (parent) parent.appendChild(node);
  return node;
}

function set(node, attributes) {
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
}

const labelWidth = (text) => LABEL.most * text.length;

// Days with labels, at the finest round step that leaves room for them, e.g. [18645, "18 Jan 2021"].
function ticks(first, last, width, format) {
  const perDay = width / (last + 1 - first);
  const fitting = TICK_STEPS.find(([unit, step, days]) => days * perDay >=
    labelWidth(step >= 12 ? "2020" : unit === "month" ? format.month(last) : format.day(last)) + LABEL.gap);
  const [unit, step] = fitting ?? TICK_STEPS[TICK_STEPS.length - 1];
  return unit === "month" ? monthTicks(first, last, step, format)
    : dayTicks(first, last, unit === "week" ? 7 * step : step, unit === "week" ? 4 : 0, format);
}

// Weeks are counted from day 4 after 1 January 1970, a Thursday: it was a Monday.
function dayTicks(first, last, every, origin, format) {
  const found = [];
  for (let day = origin + Math.ceil((first - origin) / every) * every; day <= last; day += every) {
    found.push([day, format.day(day)]);
  }
  return found;
}

function monthTicks(first, last, step, format) {
  const date = toDate(first - 1);
  const found = [];
  let month = Math.ceil((date.getUTCFullYear() * 12 + date.getUTCMonth() + 1) / step) * step;
  for (;; month += step) {
    const day = Math.round(Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY);
    if (day > last) return found;
    const year = Math.floor(month / 12);
    found.push([day, step < 12 ? format.month(day) : format.digits(year)]);
  }
}

class Timeline {
  constructor(root) {
    this.root = root;
    this.chart = root.querySelector(".chart");
    this.tip = root.querySelector(".tip");
    this.tips = new WeakMap();
    this.sentAt = 0;
    this.build();
    this.listen();
  }

  // What stays for ever: scene and window are redrawn or moved inside these.
  build() {
    this.svg = svg("svg", { height: HEIGHT, role: "group" }, this.chart);
    this.defs = svg("defs", {}, this.svg);
    this.masks();
    this.scene = svg("g", {}, this.svg);
    const layer = svg("g", {}, this.svg);
    const box = { y: 0.5, height: BOTTOM - 0.5 };
    this.shades = [svg("rect", { ...box, class: "outside" }, layer), svg("rect", { ...box, class: "outside" }, layer)];
    this.frame = svg("rect", { ...box, class: "window" }, layer);
    this.handles = { from: this.handle("from", layer), to: this.handle("to", layer) };
  }

  // Spans fade where their end is open.
  masks() {
    for (const [name, left, right] of [["start", 0, 1], ["end", 1, 0], ["both", 0, 0]]) {
      const gradient = svg("linearGradient", { id: `fade-${name}` }, this.defs);
      for (const [offset, light] of [[0, left], [0.35, 1], [0.65, 1], [1, right]]) {
        svg("stop", { offset, "stop-color": light ? "#fff" : "#222" }, gradient);
      }
      const mask = svg("mask", { id: `open-${name}`, maskContentUnits: "objectBoundingBox" }, this.defs);
      svg("rect", { width: 1, height: 1, fill: `url(#fade-${name})` }, mask);
    }
    const turned = { width: 4.5, height: 4.5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };
    const pattern = svg("pattern", { id: "hatch", ...turned }, this.defs);
    this.hatch = svg("rect", { width: 4.5, height: 4.5 }, pattern);
    svg("rect", { width: 1.5, height: 4.5, fill: "#fff" }, pattern);
  }

  handle(name, parent) {
    const node = svg("g", { class: "handle", "data-handle": name, tabindex: 0, role: "slider" }, parent);
    const reach = 2 * GRIP;
    svg("rect", { x: -GRIP, y: 0, width: reach, height: BOTTOM, fill: "transparent" }, node);
    svg("line", { y1: 0, y2: BOTTOM }, node);
    svg("rect", { x: -4.5, y: BOTTOM / 2 - 13, width: 9, height: 26, rx: 3, class: "knob" }, node);
    for (const x of [-1.5, 1.5]) svg("line", { x1: x, x2: x, y1: BOTTOM / 2 - 5, y2: BOTTOM / 2 + 5, class: "notch" }, node);
    node.addEventListener("keydown", (event) => this.key(event, name));
    return node;
  }

  listen() {
    const press = (name, act) => this.root.querySelector(name).addEventListener("click", act);
    press(".back", () => { this.stop(); this.step(-1); });
    press(".next", () => { this.stop(); this.step(1); });
    press(".play", () => this.toggle());
    press(".all", () => this.all());
    this.svg.addEventListener("pointerdown", (event) => this.grab(event));
    this.svg.addEventListener("pointermove", (event) => this.point(event));
    this.svg.addEventListener("pointerleave", () => { this.tip.hidden = true; });
    this.svg.addEventListener("dblclick", () => this.all());
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.chart);
  }

  // New data from the host. Its window is followed, unless the analyst is moving it or the answer is
  // older than the last window sent; an unchanged picture is not drawn again.
  update(data, send) {
    this.data = data;
    this.send = send;
    this.words = data.words;
    this.say = eventWords(data.words.reading);
    this.name();
    this.first = toDays(data.timeline.first);
    this.last = toDays(data.timeline.last);
    this.follow();
    const drawn = JSON.stringify([data.timeline, data.colours, data.labels, data.words]);
    if (drawn === this.drawn) this.place();
    else this.draw();
    this.drawn = drawn;
  }

  // What buttons and handles are called.
  name() {
    const { words } = this;
    this.svg.setAttribute("aria-label", words.timeline);
    this.handles.from.setAttribute("aria-label", words.first_day);
    this.handles.to.setAttribute("aria-label", words.last_day);
    const call = (name, label) => set(this.root.querySelector(name), { "aria-label": label, title: label });
    call(".back", words.back);
    call(".next", words.next);
    this.button(Boolean(this.playing));
    this.root.querySelectorAll(".key i").forEach((mark) => {
      mark.nextElementSibling.textContent = this.data.labels[mark.className];
    });
    const all = this.root.querySelector(".all");
    if (all.textContent !== words.all) all.textContent = words.all;
  }

  follow() {
    const { window: wanted, seen } = this.data;
    const stale = this.sentAt && seen !== this.sentAt && Date.now() - this.sentAt < STALE_FOR;
    if (this.grabbed || this.pending || this.playing || stale) return;
    const from = wanted.from ? toDays(wanted.from) : this.first;
    const to = wanted.to ? toDays(wanted.to) : this.last;
    if (from !== this.from || to !== this.to) this.move(from, to);
  }

  get full() {
    return this.from <= this.first && this.to >= this.last;
  }

  // A step is as long as the window, also when the edge of the data has cut the window short.
  move(from, to) {
    this.from = from;
    this.to = to;
    this.stride = to - from + 1;
  }

  // A day occupies the width between x(day) and x(day + 1).
  x(day) {
    const inside = clamp(day, this.first, this.last + 1);
    return PLOT.left + ((inside - this.first) / (this.last + 1 - this.first)) * this.inner;
  }

  day(x) {
    return this.first + ((x - PLOT.left) / this.inner) * (this.last + 1 - this.first);
  }

  resize() {
    if (this.data && this.chart.clientWidth !== this.width) this.draw();
  }

  draw() {
    this.width = this.chart.clientWidth;
    this.inner = this.width - PLOT.left - PLOT.right;
    if (this.inner <= 0) return;
    this.svg.setAttribute("width", this.width);
    this.hatch.setAttribute("fill", this.data.colours.contested);
    this.tip.hidden = true;
    const scene = svg("g", {});
    this.drawAxis(scene);
    this.drawBars(scene);
    this.drawSpans(scene);
    this.drawDensity(scene);
    this.drawEmpty(scene);
    this.scene.replaceWith(scene);
    this.scene = scene;
    this.place();
  }

  fill(attestation) {
    return attestation === "contested" ? "url(#hatch)" : this.data.colours[attestation];
  }

  // A label at the right edge ends at its tick; one without room is left out, its tick stays.
  drawAxis(scene) {
    const right = this.width - PLOT.right;
    let free = 0;
    for (const [day, label] of ticks(this.first, this.last, this.inner, this.say)) {
      const x = this.x(day);
      svg("line", { x1: x, x2: x, y1: PLOT.top, y2: BOTTOM + 4, class: "tick" }, scene);
      const width = labelWidth(label);
      const turned = x + width > this.width;
      const start = turned ? x - width : x;
      if (start < free) continue;
      free = start + width;
      svg("text", { x: turned ? x - 3 : x + 3, y: BOTTOM + 12, "text-anchor": turned ? "end" : "start" }, scene, label);
    }
    svg("line", { x1: PLOT.left, x2: right, y1: BOTTOM, y2: BOTTOM, class: "axis" }, scene);
    const base = PLOT.top + PLOT.bars + 0.5;
    svg("line", { x1: PLOT.left, x2: right, y1: base, y2: base, class: "base" }, scene);
  }

  // Bins as they are, or joined where many share a few pixels.
  bars() {
    const bars = new Map();
    for (const bin of this.data.timeline.bins) {
      const start = toDays(bin.start);
      const thin = this.x(start + bin.days) - this.x(start) < FINEST;
      const slot = thin ? Math.floor(this.x(start) / FINEST) : `d${start}`;
      const bar = bars.get(slot) ?? { start, counts: {} };
      bar.end = start + bin.days - 1;
      for (const [kind, count] of Object.entries(bin.counts)) bar.counts[kind] = (bar.counts[kind] ?? 0) + count;
      bars.set(slot, bar);
    }
    return [...bars.values()];
  }

  drawBars(scene) {
    const bars = this.bars();
    const most = Math.max(1, ...bars.map((bar) => sum(bar.counts)));
    for (const bar of bars) this.drawBar(scene, bar, most);
    if (bars.length) svg("text", { x: PLOT.left - 5, y: PLOT.top + 8, "text-anchor": "end" }, scene, this.say.digits(short(most)));
  }

  drawBar(scene, bar, most) {
    const x = this.x(bar.start);
    const full = this.x(bar.end + 1) - x;
    const width = Math.max(2, full - (full > 4 ? 1 : 0));
    const kinds = Object.entries(bar.counts).filter(([, count]) => count);
    let y = PLOT.top + PLOT.bars;
    for (const [kind, count] of kinds) {
      const height = Math.max(1, (count / most) * PLOT.bars);
      y -= height;
      svg("rect", { x, y, width, height, fill: this.fill(kind) }, scene);
    }
    const { say, words } = this;
    const parts = kinds.map(([kind, count]) => `${this.data.labels[kind]} ${say.number(count)}`);
    const days = say.range(bar.start, bar.end);
    const text = `${days}: ${say.plural(words.events, sum(bar.counts))} (${say.list(parts)})`;
    this.hover(scene, { x, y: 0, width: Math.max(FINEST, full), height: SPANS_TOP }, text);
  }

  drawSpans(scene) {
    for (const span of this.data.timeline.spans) {
      const x = this.x(toDays(span.start));
      const width = Math.max(4, this.x(toDays(span.end) + 1) - x - 1);
      const y = SPANS_TOP + span.lane * PLOT.lane;
      const bar = svg("rect", { x, y, width, height: PLOT.lane - 1, rx: 1, fill: this.fill(span.attestation) }, scene);
      const open = span.open_start && span.open_end ? "both" : span.open_start ? "start" : span.open_end ? "end" : null;
      if (open) bar.setAttribute("mask", `url(#open-${open})`);
      this.hover(scene, { x, y: y - 0.5, width, height: PLOT.lane }, span.title);
    }
  }

  // The events that found no lane: the darker, the more of them may lie in that cell.
  drawDensity(scene) {
    const { density, hidden_spans: hidden } = this.data.timeline;
    const most = Math.max(1, ...density);
    const days = (this.last + 1 - this.first) / density.length;
    density.forEach((count, cell) => {
      if (!count) return;
      const start = this.first + cell * days;
      const box = { x: this.x(start), y: STRIP_TOP, width: this.x(start + days) - this.x(start), height: PLOT.strip - 1 };
      svg("rect", { ...box, class: "density", "fill-opacity": 0.15 + (0.55 * count) / most }, scene);
      const range = this.say.range(Math.ceil(start), Math.max(Math.ceil(start), Math.ceil(start + days) - 1));
      this.hover(scene, box, this.say.fill(this.words.further, { days: range, n: count, hidden }));
    });
    if (hidden) svg("text", { x: PLOT.left - 5, y: BOTTOM - 1, "text-anchor": "end" }, scene, `+${this.say.digits(short(hidden))}`);
  }

  drawEmpty(scene) {
    const { bins, spans, hidden_spans: hidden } = this.data.timeline;
    if (bins.length || spans.length || hidden) return;
    svg("text", { x: this.width / 2, y: SPANS_TOP, "text-anchor": "middle", class: "empty" }, scene,
      this.words.empty);
  }

  hover(scene, box, text) {
    this.tips.set(svg("rect", { ...box, fill: "transparent" }, scene), text);
  }

  // The window where it now is; all that changes while it is dragged.
  place() {
    if (!(this.inner > 0)) return;
    const left = this.x(this.from);
    const right = Math.max(left, this.x(this.to + 1));
    set(this.shades[0], { x: PLOT.left, width: left - PLOT.left });
    set(this.shades[1], { x: right, width: this.width - PLOT.right - right });
    set(this.frame, { x: left, width: right - left });
    this.show();
    for (const [name, x, low, high] of [["from", left, this.first, this.to], ["to", right, this.from, this.last]]) {
      const values = { "aria-valuemin": low, "aria-valuemax": high, "aria-valuenow": this[name], "aria-valuetext": toIso(this[name]) };
      set(this.handles[name], { transform: `translate(${x} 0)`, ...values });
    }
    this.describe();
  }

  // Sends the window to the map, which counts the events in it; the host gets it on release.
  show() {
    const range = this.full ? null : [
      this.from <= this.first ? this.first - 1 : this.from,
      this.to >= this.last ? this.last + 1 : this.to,
    ];
    const key = String(range);
    if (key === this.shown) return;
    this.shown = key;
    window.dispatchEvent(new CustomEvent("event-map-window", { detail: range }));
  }

  describe() {
    const text = this.say.range(this.from, this.to);
    const dates = this.root.querySelector(".dates");
    if (dates.textContent !== text) dates.textContent = text;
    this.root.querySelector(".all").disabled = this.full;
  }

  // What a press at x takes: a handle, the window, or, where neither is, a new window.
  grip(x) {
    const [left, right] = [this.x(this.from), this.x(this.to + 1)];
    const [near, far] = [Math.abs(x - left), Math.abs(x - right)];
    if (Math.min(near, far) <= GRIP) return near < far || (near === far && x < left) ? "from" : "to";
    return x > left && x < right && !this.full ? "window" : "new";
  }

  point(event) {
    if (this.grabbed) return;
    const grip = this.grip(event.clientX - this.chart.getBoundingClientRect().left);
    this.svg.dataset.grip = grip;
    const text = this.tips.get(event.target);
    this.tip.hidden = !text;
    if (!text) return;
    this.tip.textContent = text;
    const box = this.root.getBoundingClientRect();
    const x = clamp(event.clientX - box.left - this.tip.offsetWidth / 2, 0, box.width - this.tip.offsetWidth);
    this.tip.style.transform = `translate(${x}px, ${event.clientY - box.top - this.tip.offsetHeight - 12}px)`;
  }

  grab(event) {
    if (event.button !== 0) return;
    this.stop();
    this.tip.hidden = true;
    const at = (e) => e.clientX - this.chart.getBoundingClientRect().left;
    const grip = this.grip(at(event));
    const start = { grip, x: at(event), day: this.day(at(event)), from: this.from, to: this.to, moved: false };
    this.grabbed = start;
    this.svg.dataset.grip = grip === "window" ? "moving" : grip;
    this.handles[grip]?.focus({ preventScroll: true, focusVisible: false });
    const ending = new AbortController();
    const end = (keep) => { ending.abort(); this.release(start, keep); };
    const on = (name, act) => window.addEventListener(name, act, { signal: ending.signal });
    on("pointermove", (e) => this.drag(start, at(e)));
    on("pointerup", () => end(true));
    on("pointercancel", () => end(false));
    on("keydown", (e) => { if (e.key === "Escape") end(false); });
    event.preventDefault();
  }

  drag(start, x) {
    if (!start.moved && Math.abs(x - start.x) < 3) return;
    start.moved = true;
    const day = this.day(x);
    // A handle keeps the distance to the pointer that it was taken with.
    const by = Math.round(day - start.day);
    if (start.grip === "from") this.move(clamp(start.from + by, this.first, this.to), this.to);
    else if (start.grip === "to") this.move(this.from, clamp(start.to + by, this.from, this.last));
    else if (start.grip === "window") this.shift(start, by);
    else this.move(...[start.day, day].sort((a, b) => a - b).map((d) => clamp(Math.floor(d), this.first, this.last)));
    this.place();
  }

  shift(start, by) {
    const within = clamp(by, this.first - start.from, this.last - start.to);
    this.move(start.from + within, start.to + within);
  }

  release(start, keep) {
    this.grabbed = null;
    this.svg.dataset.grip = "";
    if (start.moved && keep) {
      this.commit();
      return;
    }
    if (start.moved) this.move(start.from, start.to);
    this.follow();
    this.place();
  }

  key(event, name) {
    const day = this[name];
    const next = {
      ArrowLeft: day - 1, ArrowDown: day - 1, ArrowRight: day + 1, ArrowUp: day + 1,
      PageDown: addMonths(day, -1), PageUp: addMonths(day, 1), Home: this.first, End: this.last,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.stop();
    const from = clamp(name === "from" ? Math.min(next, this.to) : this.from, this.first, this.last);
    const to = clamp(name === "to" ? Math.max(next, this.from) : this.to, this.first, this.last);
    this.move(from, to);
    this.place();
    clearTimeout(this.pending);
    this.pending = setTimeout(() => this.commit(), KEY_IDLE);
  }

  commit() {
    clearTimeout(this.pending);
    this.pending = null;
    this.place();
    // Without a number the host would not notice a window that it received before and has left since.
    this.sentAt = Math.max(Date.now(), this.sentAt + 1);
    this.send({ from: toIso(this.from), to: toIso(this.to), turn: this.sentAt });
  }

  all() {
    this.stop();
    if (this.full) return;
    this.move(this.first, this.last);
    this.commit();
  }

  // One window's length on or back; false at the edge of the data.
  step(direction) {
    const part = Math.max(1, Math.round((this.last + 1 - this.first) / 12));
    const stride = this.full ? part : this.stride;
    const edge = direction > 0 ? this.first : this.last + 1;
    const start = this.full ? edge : direction > 0 ? this.to + 1 : this.from;
    const from = direction > 0 ? start : start - stride;
    if (from > this.last || from + stride - 1 < this.first) return false;
    this.move(clamp(from, this.first, this.last), clamp(from + stride - 1, this.first, this.last));
    this.stride = stride;
    this.commit();
    return true;
  }

  toggle() {
    if (this.playing) {
      this.stop();
      return;
    }
    const part = Math.max(1, Math.round((this.last + 1 - this.first) / 12));
    const stride = this.full ? part : this.stride;
    const again = this.full || this.to >= this.last;
    const start = again ? this.first : this.from;
    this.playing = { stride, start, began: performance.now() };
    this.button(true);
    this.roll();
  }

  // One frame of playing: the window moves on by its own length every so many milliseconds.
  roll() {
    if (!this.playing) return;
    if (!this.root.isConnected) {
      this.playing = null;
      return;
    }
    const { stride, start, began } = this.playing;
    const from = Math.min(start + Math.floor(((performance.now() - began) / PLAY_EVERY) * stride), this.last);
    this.move(from, Math.min(from + stride - 1, this.last));
    this.stride = stride;
    this.place();
    if (this.to >= this.last) this.stop();
    else this.frame_ = requestAnimationFrame(() => this.roll());
  }

  // The window at the end of playing is sent to the host.
  stop() {
    if (!this.playing) return;
    cancelAnimationFrame(this.frame_);
    this.playing = null;
    this.button(false);
    this.commit();
  }

  button(playing) {
    const button = this.root.querySelector(".play");
    button.classList.toggle("playing", playing);
    const label = playing ? this.words.pause : this.words.play;
    set(button, { "aria-label": label, title: label });
  }

  // The host also calls this for a run that a later one overtook, with everything still in place.
  leave() {
    if (this.root.isConnected) return;
    cancelAnimationFrame(this.frame_);
    this.playing = null;
    clearTimeout(this.pending);
    this.observer.disconnect();
  }
}

export default function (component) {
  const { data, parentElement, setStateValue } = component;
  const root = parentElement.querySelector(".timeline");
  const timeline = (root.timeline ??= new Timeline(root));
  timeline.update(data, (window) => setStateValue("window", window));
  return () => timeline.leave();
}
