// @ts-check
// Filters as lists of values with counts, updated in place at each rerun.

import { html, query } from "../shared/dom.js";
import { createFormat } from "../shared/format.js";
import { fold, isLong, linkValues, listed, select, selectedCount, selection } from "./options.js";
import { PendingChanges } from "./pending.js";

/** @typedef {import("../shared/format.js").Format} Format */
/** @typedef {import("../shared/format.js").PluralForms} PluralForms */
/** @typedef {import("./options.js").Group} Group */
/** @typedef {import("./options.js").Option} Option */

/**
 * @typedef {object} Words
 * @property {import("../shared/format.js").Reading} reading
 * @property {string} clear
 * @property {string} clear_filter
 * @property {string} find
 * @property {string} find_in
 * @property {string} partial
 * @property {string} fewer
 * @property {PluralForms} more
 */

/** `seen` is the number of the last change that the page has applied.
 *
 * @typedef {{ groups: Group[], words: Words, seen: number }} ComponentData
 */
/** @typedef {import("../shared/component.js").Component<ComponentData>} Component */

/** Milliseconds from the last letter to the search for values that were not sent. */
const SEARCH_PAUSE_MS = 350;
const FOCUSABLE = "input,button,summary";

/** Whether a run of the page goes on, as Streamlit says at its root. */
const pageIsRunning = () => document.querySelector("[data-test-script-state=running]") !== null;

class Facets {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    /** @type {Group[]} */
    this.groups = [];
    /** Whether a filter is open, by field; as the server says if it is missing. @type {Record<string, boolean>} */
    this.open = {};
    /** The text in the search field, by field of the filter. @type {Record<string, string>} */
    this.search = {};
    /** Whether all values are listed, by field. @type {Record<string, boolean>} */
    this.expanded = {};
    this.pending = new PendingChanges((sent) => this.send?.("changes", sent), pageIsRunning);
    this.number = 0;
    /** @type {number | undefined} */
    this.pendingSearch = undefined;
  }

  /** @param {Component} component */
  update({ data, setStateValue }) {
    this.groups = data.groups;
    this.number = Math.max(this.number, data.seen);
    this.pending.applied(data.seen);
    // A run that began before a click does not know it, and must not undo it.
    for (const { field, value, selected } of this.pending.changes) select(this.groups, field, value, selected);
    this.words = data.words;
    this.format = createFormat(data.words.reading);
    this.send = setStateValue;
    this.draw(this.words, this.format);
  }

  redraw() {
    if (this.words && this.format) this.draw(this.words, this.format);
  }

  /**
   * Draws all filters anew; the focus stays on the element at the same position.
   *
   * @param {Words} words
   * @param {Format} format
   */
  draw(words, format) {
    const { root } = this;
    const active = /** @type {ShadowRoot | Document} */ (root.getRootNode()).activeElement;
    const caret = active instanceof HTMLInputElement ? active.selectionStart : null;
    const position = active && root.contains(active) ? [...root.querySelectorAll(FOCUSABLE)].indexOf(active) : -1;
    root.replaceChildren(...this.groups.map((group) => this.section(group, words, format)));
    const again = root.querySelectorAll(FOCUSABLE)[position];
    if (!(again instanceof HTMLElement)) return;
    again.focus({ preventScroll: true });
    if (again instanceof HTMLInputElement && again.type === "search" && caret !== null) {
      again.setSelectionRange(caret, caret);
    }
  }

  /**
   * @param {string} field
   * @param {string | null} value null clears the filter
   * @param {boolean} selected
   */
  choose(field, value, selected) {
    select(this.groups, field, value, selected);
    this.redraw();
    // By the clock, so that numbers grow even if this component is mounted anew.
    this.number = Math.max(Date.now(), this.number + 1);
    // The map shows it at once; the page follows.
    const detail = { number: this.number, values: linkValues(this.groups, selection(this.groups)) };
    window.dispatchEvent(new CustomEvent("event-map-filters", { detail }));
    this.pending.add({ number: this.number, field, value, selected });
  }

  /**
   * Asks the server for values that were not sent.
   *
   * @param {string} field
   * @param {string} text
   */
  searchServer(field, text) {
    clearTimeout(this.pendingSearch);
    if (text) this.pendingSearch = window.setTimeout(() => this.send?.("search", { field, text }), SEARCH_PAUSE_MS);
  }

  /**
   * @param {Group} group
   * @param {Words} words
   * @param {Format} format
   */
  section(group, words, format) {
    const { field, options } = group;
    const details = html("details", "group");
    details.open = this.open[field] ?? group.open;
    details.addEventListener("toggle", () => { this.open[field] = details.open; });
    details.append(this.summary(group, words, format));
    if (isLong(options)) details.append(this.searchField(group, words, format));
    const search = this.search[field] || "";
    const expanded = this.expanded[field] ?? false;
    const rows = listed(options, { search, expanded });
    const most = Math.max(0, ...options.map((option) => option.count));
    rows.forEach((option) => details.append(this.row(option, group, most, format)));
    if (fold(search)) return details;
    if (group.partial && expanded) details.append(html("div", "note", words.partial));
    const hidden = options.length - rows.length;
    if ((hidden || expanded) && isLong(options)) {
      details.append(this.moreButton(field, expanded ? words.fewer : format.plural(words.more, hidden)));
    }
    return details;
  }

  /**
   * @param {Group} group
   * @param {Words} words
   * @param {Format} format
   */
  summary({ field, label, options }, words, format) {
    const summary = html("summary", "", label);
    const selected = selectedCount(options);
    if (!selected) return summary;
    html("span", "selected", format.number(selected), summary);
    const clear = html("button", "clear", words.clear, summary);
    clear.type = "button";
    clear.setAttribute("aria-label", format.fill(words.clear_filter, { name: label }));
    clear.addEventListener("click", (event) => { event.preventDefault(); this.choose(field, null, false); });
    return summary;
  }

  /**
   * @param {Group} group
   * @param {Words} words
   * @param {Format} format
   */
  searchField({ field, label, partial }, words, format) {
    const search = html("input", "search");
    search.type = "search";
    search.placeholder = words.find;
    search.setAttribute("aria-label", format.fill(words.find_in, { name: label }));
    search.value = this.search[field] || "";
    search.addEventListener("input", () => {
      this.search[field] = search.value;
      this.redraw();
      if (partial) this.searchServer(field, search.value.trim());
    });
    return search;
  }

  /**
   * @param {string} field
   * @param {string} text
   */
  moreButton(field, text) {
    const more = html("button", "more", text);
    more.type = "button";
    more.addEventListener("click", () => { this.expanded[field] = !this.expanded[field]; this.redraw(); });
    return more;
  }

  /**
   * @param {Option} option
   * @param {Group} group
   * @param {number} most the largest count in the filter
   * @param {Format} format
   */
  row(option, { field }, most, format) {
    const label = html("label", "row");
    label.style.setProperty("--indent", String(option.depth || 0));
    label.classList.toggle("none", option.count === 0 && !option.selected);
    label.title = option.label + (option.other_label ? ` · ${option.other_label}` : "") +
      (option.note ? `: ${option.note}` : "");
    const box = html("input", "", undefined, label);
    box.type = "checkbox";
    box.checked = option.selected;
    box.addEventListener("change", () => this.choose(field, option.value, box.checked));
    if (option.colour) {
      const dot = html("span", option.hatched ? "dot hatched" : "dot", undefined, label);
      dot.style.setProperty("--colour", option.colour);
    }
    const text = html("span", "text", undefined, label);
    html("span", "", option.label, text);
    const bar = html("span", "bar", undefined, text);
    bar.style.width = most ? `${(100 * option.count) / most}%` : "0";
    html("span", "count", format.number(option.count), label);
    return label;
  }
}

/** @param {Component} component */
export default function (component) {
  /** @type {HTMLElement & { facets?: Facets }} */
  const root = query(component.parentElement, ".facets", HTMLElement);
  (root.facets ??= new Facets(root)).update(component);
}
