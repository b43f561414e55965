// @ts-check
// The search field: suggests while somebody types (ARIA combobox); Enter without a choice searches the texts.

import { html, query } from "../shared/dom.js";
import { createFormat } from "../shared/format.js";
import { moved } from "./keys.js";

/** @typedef {import("../shared/format.js").PluralForms} PluralForms */
/** @typedef {{ lat: number, lon: number, zoom: number, bounds: number[] | null }} Target */

/** One row: `Suggestion` of browser/suggestions.py.
 *
 * @typedef {object} Suggestion
 * @property {string} sort
 * @property {string} label
 * @property {string} other_label
 * @property {string} note
 * @property {string} count
 * @property {string} field of the filter that it sets, or "event"; "" if it goes to `target`
 * @property {string} value
 * @property {Target | null} target
 */

/** @typedef {{ rows: Suggestion[], meant: string, is_point: boolean }} Answer */

/**
 * @typedef {{ reading: import("../shared/format.js").Reading, found: PluralForms } &
 *   Record<"search" | "placeholder" | "suggestions" | "meant" | "nothing" | "enter", string>} Words
 */

/** @typedef {{ text: string, link: [string, string][], longest: number, words: Words }} ComponentData */
/** @typedef {import("../shared/component.js").Component<ComponentData>} Component */

const ADDRESS = "suggestions";
/** Milliseconds from the last letter to the question. */
const PAUSE_MS = 140;
// Below this width of the window the filters cover the map.
const NARROW_PX = 768;

class Search {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.field = html("input", "field", undefined, root);
    this.panel = html("div", "panel", undefined, root);
    this.note = html("div", "note", undefined, this.panel);
    this.list = html("ul", "list", undefined, this.panel);
    this.enter = html("div", "note", undefined, this.panel);
    this.status = html("div", "status", undefined, root);
    /** @type {Suggestion[]} */
    this.rows = [];
    this.active = -1;
    /** Whether the text is a coordinate. */
    this.isPoint = false;
    /** The text by which the page filters now. */
    this.applied = "";
    /** @type {number | undefined} */
    this.timer = undefined;
    /** @type {AbortController | null} */
    this.asked = null;
    this.prepare();
  }

  prepare() {
    const { field, list, panel, status } = this;
    field.type = "search";
    field.autocomplete = "off";
    field.spellcheck = false;
    field.dir = "auto";
    list.id = "suggestions";
    for (const [name, value] of [
      ["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"],
    ]) field.setAttribute(name, value);
    list.setAttribute("role", "listbox");
    panel.hidden = true;
    status.setAttribute("role", "status");
    field.addEventListener("input", () => this.typed());
    field.addEventListener("keydown", (event) => this.pressed(event));
    field.addEventListener("blur", () => this.close());
    // A press on a row must not take the focus from the field, which closes the list.
    panel.addEventListener("mousedown", (event) => event.preventDefault());
  }

  /** @param {Component} component */
  update({ data, setTriggerValue }) {
    this.data = data;
    this.send = setTriggerValue;
    this.format = createFormat(data.words.reading);
    const { field } = this;
    field.placeholder = data.words.placeholder;
    field.maxLength = data.longest;
    field.setAttribute("aria-label", data.words.search);
    this.list.setAttribute("aria-label", data.words.suggestions);
    this.applied = data.text;
    // What somebody types is theirs; the page may not know it yet.
    const root = /** @type {ShadowRoot | Document} */ (this.root.getRootNode());
    if (root.activeElement !== field) field.value = data.text;
  }

  typed() {
    clearTimeout(this.timer);
    const text = this.field.value.trim();
    if (text) {
      this.timer = window.setTimeout(() => this.ask(text), PAUSE_MS);
    } else {
      this.close();
      if (this.applied) this.searchText("");
    }
  }

  /** @param {string} text */
  async ask(text) {
    this.asked?.abort();
    const asked = new AbortController();
    this.asked = asked;
    const params = new URLSearchParams([["find", text], ...(this.data?.link || [])]);
    try {
      const response = await fetch(new URL(`${ADDRESS}?${params}`, document.baseURI), { signal: asked.signal });
      // Without suggestions the field still searches the texts.
      if (!response.ok) throw new Error(await response.text());
      const answer = await response.json();
      if (this.asked === asked) this.show(answer);
    } catch {
      if (this.asked === asked) this.close();
    }
  }

  /** @param {Answer} answer */
  show({ rows, meant, is_point: isPoint }) {
    const { words } = /** @type {ComponentData} */ (this.data);
    this.rows = rows;
    this.isPoint = isPoint;
    this.list.replaceChildren(...rows.map((row, at) => this.row(row, at)));
    this.list.hidden = !rows.length;
    this.note.textContent = rows.length ? meant && words.meant : words.nothing;
    this.enter.textContent = isPoint || !rows.length ? "" : words.enter;
    this.panel.hidden = false;
    this.field.setAttribute("aria-expanded", String(rows.length > 0));
    const counted = this.format?.plural(words.found, rows.length) || "";
    this.status.textContent = rows.length ? [meant && words.meant, counted].filter(Boolean).join(" ") : words.nothing;
    // A coordinate means nothing but the point, and Enter goes there.
    this.activate(isPoint ? 0 : -1);
  }

  /**
   * @param {Suggestion} row
   * @param {number} at its position
   */
  row(row, at) {
    const item = html("li", row.target ? "row go" : "row");
    item.id = `suggestion-${at}`;
    item.setAttribute("role", "option");
    const head = html("span", "head", undefined, item);
    html("bdi", "label", row.label, head);
    if (row.count) html("span", "count", row.count, head);
    const about = html("span", "about", undefined, item);
    const { comma } = /** @type {ComponentData} */ (this.data).words.reading;
    html("span", "sort", row.sort, about);
    for (const text of [row.other_label, row.note].filter(Boolean)) {
      about.append(comma);
      html("bdi", "", text, about);
    }
    item.title = [row.label, row.other_label, row.note].filter(Boolean).join(" · ");
    item.addEventListener("click", () => this.choose(row));
    return item;
  }

  /** @param {number} at */
  activate(at) {
    this.active = at;
    const items = [...this.list.querySelectorAll(".row")];
    items.forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    if (at < 0) this.field.removeAttribute("aria-activedescendant");
    else {
      this.field.setAttribute("aria-activedescendant", items[at].id);
      items[at].scrollIntoView({ block: "nearest" });
    }
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    // Enter and arrows belong to an input method while it composes a word.
    if (event.isComposing) return;
    const isOpen = !this.panel.hidden && this.rows.length > 0;
    if (event.key === "Enter") {
      if (isOpen && this.active >= 0) this.choose(this.rows[this.active]);
      else this.searchText(this.field.value.trim());
    } else if (event.key === "Escape") {
      if (this.panel.hidden) return;
      this.close();
    } else if (isOpen && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      // A point stays chosen: its text is in no event.
      this.activate(this.isPoint ? 0 : moved(event.key, this.active, this.rows.length));
    } else {
      if (event.key === "ArrowDown" && this.field.value.trim()) this.ask(this.field.value.trim());
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {string} text */
  searchText(text) {
    this.close();
    this.applied = text;
    this.send?.("text", text);
  }

  /** @param {Suggestion} row */
  choose(row) {
    this.close();
    if (row.target) {
      window.dispatchEvent(new CustomEvent("event-map-go", { detail: { ...row.target, label: this.isPoint ? "" : row.label } }));
      if (window.innerWidth < NARROW_PX) closeSidebar();
      return;
    }
    this.field.value = "";
    this.applied = "";
    this.send?.("choice", { field: row.field, value: row.value });
  }

  close() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.asked = null;
    this.panel.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
    this.status.textContent = "";
    this.active = -1;
  }
}

/** On a phone the filters cover the map that was moved. */
function closeSidebar() {
  const button = document.querySelector('[data-testid="stSidebarCollapseButton"] button');
  if (button instanceof HTMLElement) button.click();
}

/** @param {Component} component */
export default function (component) {
  /** @type {HTMLElement & { search?: Search }} */
  const root = query(component.parentElement, ".search", HTMLElement);
  (root.search ??= new Search(root)).update(component);
}
