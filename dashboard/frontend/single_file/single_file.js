// @ts-check
// A selection as one file: the map, timeline, filters, list and evidence of the page, without a server.

import { toDay, toIso } from "../shared/days.js";
import { query } from "../shared/dom.js";
import { createFormat } from "../shared/format.js";
import { mapWindow } from "../timeline/date_window.js";
import { layerData } from "./file_layer.js";
import { FileMap } from "./file_map.js";
import { timelineData } from "./file_timeline.js";
import { button, createFrame } from "./frame.js";
import { toPaper } from "./paper.js";
import { PagePart } from "./parts_of_page.js";
import { FileSelection, withOpenEnds } from "./selection.js";
import { drawParts } from "./tree.js";

/** @typedef {import("./file_types.js").Choice} Choice */
/** @typedef {import("./file_types.js").FileContent} FileContent */
/** @typedef {import("./file_types.js").FileEvent} FileEvent */
/** @typedef {import("./file_types.js").RowField} RowField */
/** @typedef {import("../map/types.js").Interval} Interval */

/** Rows of the list that are drawn at first, and by each click on "more". */
const ROWS = 50;
/** Clicked places whose names are written out; others are counted. */
const MOST_NAMED = 3;
/** Filters whose values have an order of their own; the others are by number of events, as on Explore. */
const ORDERED = new Set(["attestations", "verifications", "place_verifications", "roles", "places"]);

/** @returns {Choice} */
const everything = () => ({ values: {}, text: "", window: null, certain: false, marks: [] });

class SingleFile {
  /**
   * @param {FileContent} content
   * @param {HTMLElement} root
   */
  constructor(content, root) {
    this.content = content;
    this.root = root;
    this.choice = everything();
    /** Position of the event whose evidence is shown. @type {number | null} */
    this.chosen = null;
    this.limit = ROWS;
    this.lastChange = 0;
    this.lastWindow = 0;
    this.selection = new FileSelection(content.events, content.facets, (event) =>
      event.search.map((number) => content.nodes[number]).join(" \n "));
    /** Brings the page back after printing. @type {(() => void) | undefined} */
    this.endPrint = undefined;
    /** The events that all filters but dates and marks leave. @type {number[]} */
    this.filtered = [];
    this.build(content.language);
    window.addEventListener("event-map-window", (event) =>
      this.followWindow(/** @type {CustomEvent<Interval | null>} */ (event).detail));
    window.addEventListener("beforeprint", () => this.print());
    window.addEventListener("afterprint", () => this.endPrint?.());
  }

  /**
   * Draws all of the page in a language.
   *
   * @param {string} code
   */
  build(code) {
    const view = this.map?.view();
    this.map?.remove();
    this.code = code;
    this.language = this.content.languages[code];
    this.format = createFormat(this.language.style.words.reading);
    this.frame = createFrame(this.content, code, this.root, {
      language: (other) => this.changeLanguage(other),
      reset: () => this.reset(),
      back: () => this.choose(null),
      search: (text) => this.change({ text }),
      certain: (certain) => this.change({ certain }),
      allPlaces: () => this.change({ marks: [] }),
    });
    this.frame.search.value = this.choice.text;
    this.frame.certain.checked = this.choice.certain;
    this.parts?.forEach((part) => part.remove());
    const { styles } = this.content;
    this.facets = new PagePart("facets", this.frame.facets, styles.facets, (name, sent) => this.filter(name, sent));
    this.list = new PagePart("list", this.frame.list, styles.list, (name, value) => this.listed(name, value));
    this.timeline = new PagePart("timeline", this.frame.timeline, styles.timeline, (_, sent) => this.brush(sent));
    this.parts = [this.facets, this.list, this.timeline];
    this.map = new FileMap(this.frame.map, this.content, this.language, {
      click: (id) => this.click(id), moved: () => this.showMap(),
    });
    if (view) this.map.restore(view);
    document.title = this.root.querySelector(".head h1")?.textContent ?? document.title;
    this.draw();
  }

  /** @param {string} code */
  changeLanguage(code) {
    this.build(code);
    query(this.root, `.language[lang="${code}"]`, HTMLElement).focus();
  }

  /** @param {Partial<Choice>} choice */
  change(choice) {
    this.choice = { ...this.choice, ...choice };
    this.limit = ROWS;
    this.draw();
  }

  reset() {
    this.choice = everything();
    this.chosen = null;
    this.limit = ROWS;
    if (this.frame) {
      this.frame.search.value = "";
      this.frame.certain.checked = false;
    }
    this.draw();
  }

  /** Everything that depends on what was chosen. */
  draw() {
    this.filtered = this.selection.filtered(this.choice);
    this.showMap();
    this.showTimeline();
    this.showFacets();
    this.showList();
    this.showEvidence();
  }

  /** All events of the list, and a map for paper; what was shown comes back after it. */
  print() {
    if (!this.map || this.endPrint) return;
    const { limit, content } = this;
    this.limit = Infinity;
    this.showList();
    const shown = this.selection.listed(this.filtered, this.choice).flatMap((at) => content.events[at].marks);
    const marks = shown.map((at) => content.map.marks[at]);
    const bounds = marks.length ? L.latLngBounds(marks.map(({ lat, lon }) => [lat, lon])) : null;
    const end = toPaper(this.map.map, bounds, this.timeline?.root.querySelector(".chart svg") ?? null);
    this.endPrint = () => {
      this.endPrint = undefined;
      end();
      this.limit = limit;
      this.showList();
    };
  }

  showMap() {
    if (this.language) this.map?.show(layerData(this.content, this.language, this.filtered, this.choice, this.chosen));
  }

  showTimeline() {
    const { extent, events, attestations } = this.content;
    if (!extent || !this.language) {
      this.frame?.timeline.setAttribute("hidden", "");
      return;
    }
    const { window } = this.choice;
    const positions = new Map(this.filtered.map((at) => [events[at], at]));
    /** @param {FileEvent} event */
    const title = (event) => `${this.row(positions.get(event) ?? 0).title}: ${this.row(positions.get(event) ?? 0).when}`;
    this.timeline?.update({
      timeline: timelineData(this.filtered.map((at) => events[at]), extent, title),
      window: {
        from: window && window[0] > toDay(extent[0]) ? toIso(window[0]) : null,
        to: window && window[1] < toDay(extent[1]) ? toIso(window[1]) : null,
      },
      seen: this.lastWindow,
      colours: attestations,
      labels: this.language.attestations,
      words: this.language.timeline,
      undated: this.filtered.filter((at) => !events[at].days).length,
      certain: this.choice.certain,
      presented: false,
    });
  }

  showFacets() {
    const { language, choice } = this;
    if (!language) return;
    const columns = new Map(this.content.facets.map((column) => [column[0], column]));
    const groups = language.groups.map((group) => {
      const column = columns.get(group.field);
      const counts = column ? this.selection.counts(column, choice) : new Map();
      const selected = new Set(choice.values[group.field] ?? []);
      const options = group.options.map((option) => ({
        ...option, count: counts.get(option.value) ?? 0, selected: selected.has(option.value),
      }));
      if (!ORDERED.has(group.field)) options.sort((a, b) => b.count - a.count);
      return { ...group, options };
    });
    this.facets?.update({ groups, words: language.facets, seen: this.lastChange });
  }

  showList() {
    const { frame, language, format, choice } = this;
    if (!frame || !language || !format) return;
    const positions = this.selection.listed(this.filtered, choice);
    const rows = positions.slice(0, this.limit).map((at) => this.row(at));
    const left = positions.length - rows.length;
    this.list?.update({
      groups: [{ heading: positions.length ? "" : language.file.nothing, events: rows }],
      more: left > 0 ? format.plural(language.file.more, left) : null,
      words: language.list,
    });
    frame.here.replaceChildren();
    if (!choice.marks.length) return;
    const isArabic = this.code === "ar";
    const names = choice.marks.map((at) => this.content.map.marks[at])
      .map(({ name_en, name_ar }) => (isArabic ? name_ar || name_en : name_en || name_ar));
    const distinct = [...new Set(names)];
    const named = format.list(distinct.slice(0, MOST_NAMED));
    const further = distinct.length - MOST_NAMED;
    const places = further > 0 ? format.plural(language.file.more_places, further, { places: named }) : named;
    const text = format.plural(language.file.here, positions.length, { places });
    frame.here.append(text, " ", button(language.file.all_places, "all-places", () => this.change({ marks: [] })));
  }

  /** The number of events that are shown, as on Explore: certain and possible ones apart. */
  showCount() {
    const { frame, language, format, choice } = this;
    if (!frame || !language || !format) return;
    const { events } = this.content;
    const shown = this.selection.listed(this.filtered, choice);
    const possible = this.selection.possible(shown, choice.window);
    const { file } = language;
    let text = format.plural(file.shown, events.length, { shown: format.number(shown.length) });
    if (possible) text += format.fill(file.possible, { certain: shown.length - possible, possible });
    const unplaced = shown.filter((at) => !events[at].marks.length).length;
    const undated = choice.window ? this.filtered.filter((at) => !events[at].days).length : 0;
    const notes = [
      ...(unplaced ? [format.plural(file.unplaced, unplaced)] : []),
      ...(undated ? [format.plural(file.undated, undated)] : []),
    ];
    if (notes.length) text = format.fill(file.joined, { sum: text, rest: format.list(notes) });
    if (frame.shown.textContent !== text) frame.shown.textContent = text;
    const { values, window, certain, marks, text: searched } = choice;
    const isFiltered = Object.values(values).some((chosen) => chosen.length) || window || certain || marks.length || searched;
    frame.reset.disabled = !isFiltered;
  }

  showEvidence() {
    this.showCount();
    const { frame, language, chosen } = this;
    if (!frame || !language) return;
    frame.side.classList.toggle("reads", chosen !== null);
    frame.evidence.replaceChildren();
    if (chosen === null) return;
    button(language.file.back, "back", () => this.choose(null), frame.evidence);
    drawParts(this.content.nodes, language.evidence[chosen], frame.evidence);
    const head = frame.evidence.querySelector(".event-head");
    if (head instanceof HTMLElement) head.style.borderColor = this.content.events[chosen].colour;
  }

  /**
   * An event as a row of the list.
   *
   * @param {number} at its position
   * @returns {import("../event_list/event_list.js").EventRow}
   */
  row(at) {
    const { content, language } = this;
    const { attestation, colour, flags, rows } = content.events[at];
    const numbers = language?.rows[at] ?? [];
    /** @param {RowField} name */
    const text = (name) => String(content.nodes[numbers[content.row_fields.indexOf(name)]]);
    return {
      event_id: String(at), colour, attestation, attestation_colour: content.attestations[attestation],
      reviewed: !(flags & 1), selected: at === this.chosen, verification: rows.events[0][1] ?? "",
      verification_of_place: "", notes: [], when: text("when"), kind: text("kind"), title: text("title"),
      other_title: text("other_title"), places: text("places"), attestation_label: text("attestation_label"),
      dataset: text("dataset"), figure: text("figure"), verification_label: text("verification_label"),
    };
  }

  /**
   * A click on values of filters. It is answered after the click, which may still be going on in the list.
   *
   * @param {string} name
   * @param {{ changes: import("../facets/options.js").Change[] }} sent
   */
  filter(name, sent) {
    if (name !== "changes") return;
    queueMicrotask(() => {
      const values = { ...this.choice.values };
      for (const { number, field, value, selected } of sent.changes) {
        if (number <= this.lastChange) continue;
        this.lastChange = number;
        const others = value === null ? [] : (values[field] ?? []).filter((each) => each !== value);
        values[field] = selected && value !== null ? [...others, value] : others;
      }
      this.change({ values });
    });
  }

  /** @param {import("../timeline/types.js").SentWindow} sent the window that was released */
  brush({ from, to, number }) {
    const { extent } = this.content;
    if (!extent) return;
    this.lastWindow = number;
    const days = { from: toDay(from), to: toDay(to) };
    const edges = { first: toDay(extent[0]), last: toDay(extent[1]) };
    this.change({ window: withOpenEnds(mapWindow(days, edges), edges) });
  }

  /** @param {Interval | null} moved the window while it is moved or played */
  followWindow(moved) {
    const { extent } = this.content;
    const window = extent && withOpenEnds(moved, { first: toDay(extent[0]), last: toDay(extent[1]) });
    if (String(window) === String(this.choice.window)) return;
    this.choice = { ...this.choice, window };
    this.map?.moveWindow(window);
    this.showCount();
  }

  /**
   * @param {string} name
   * @param {string} value
   */
  listed(name, value) {
    if (name === "event") this.choose(Number(value));
    else this.limit += ROWS;
    this.showList();
  }

  /** @param {number | null} at position of the event to read, or null for the list */
  choose(at) {
    const before = this.chosen;
    this.chosen = at;
    this.showMap();
    this.showList();
    this.showEvidence();
    if (at !== null) {
      query(this.root, ".evidence .back", HTMLElement).focus({ preventScroll: true });
      this.frame?.side.scrollTo(0, 0);
      if (this.frame && this.frame.side.getBoundingClientRect().top > window.innerHeight / 2) this.frame.side.scrollIntoView();
    } else if (before !== null) {
      const row = this.list?.root.querySelector(`[data-event="${before}"]`);
      if (row instanceof HTMLElement) row.focus();
    }
  }

  /** @param {string} id "places:…" of a mark, "in:…" of an area, or "event:…" of an arrow */
  click(id) {
    const [kind, rest] = [id.slice(0, id.indexOf(":")), id.slice(id.indexOf(":") + 1)];
    if (kind === "event") {
      this.choose(Number(rest));
      return;
    }
    const ids = new Set(rest.split("."));
    if (kind === "in") {
      const places = this.choice.values.places ?? [];
      const others = places.filter((place) => !ids.has(place));
      const chosen = others.length < places.length ? others : [...places, ...ids];
      this.change({ values: { ...this.choice.values, places: chosen } });
      return;
    }
    const marks = this.content.map.marks.flatMap((mark, at) => (mark.id.split(".").some((each) => ids.has(each)) ? [at] : []));
    this.chosen = null;
    this.change({ marks });
  }
}

const root = query(document, "#file", HTMLElement);
try {
  new SingleFile(JSON.parse(query(document, "#data", HTMLScriptElement).textContent ?? ""), root);
} catch (error) {
  // A browser that lacks what the file needs: it says so, and why.
  root.replaceChildren(query(document, "#fault", HTMLTemplateElement).content.cloneNode(true), String(error));
  throw error;
}
