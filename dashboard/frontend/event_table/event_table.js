// @ts-check
// Events as a table: sorted by the server, copied for a spreadsheet.

import { copied } from "../shared/clipboard.js";
import { html, query } from "../shared/dom.js";
import { createFormat } from "../shared/format.js";
import { asText, nextSort } from "./cells.js";

/** @typedef {import("./cells.js").Column} Column */
/** @typedef {import("./cells.js").Sort} Sort */

/**
 * @typedef {object} Words
 * @property {import("../shared/format.js").Reading} reading
 * @property {string} copy
 * @property {string} copied
 * @property {string} not_copied
 * @property {string} sort_by e.g. "Sort by {column}"
 */

/**
 * @typedef {object} ComponentData
 * @property {Column[]} columns
 * @property {string[]} ids the events of the rows
 * @property {string | null} selected
 * @property {Sort} sort
 * @property {Words} words
 */
/** @typedef {import("../shared/component.js").Component<ComponentData>} Component */

/** How long the page says that the rows were copied, in milliseconds. */
const COPIED_MS = 4000;

/**
 * @param {Column} column
 * @param {ComponentData} data
 * @param {(sort: Sort) => void} choose
 */
function heading(column, { sort, words }, choose) {
  const cell = html("th");
  cell.scope = "col";
  if (!column.sort) {
    cell.textContent = column.heading;
    return cell;
  }
  const isSorted = column.sort === sort.by;
  if (isSorted) cell.setAttribute("aria-sort", sort.descending ? "descending" : "ascending");
  const button = html("button", "", column.heading, cell);
  button.type = "button";
  button.dataset.sort = column.sort;
  button.title = createFormat(words.reading).fill(words.sort_by, { column: column.heading });
  button.addEventListener("click", () => choose(nextSort(sort, column.sort)));
  return cell;
}

/**
 * @param {ComponentData} data
 * @param {number} at the position of the row
 * @param {(id: string) => void} choose
 */
function row({ columns, ids, selected, words }, at, choose) {
  const format = createFormat(words.reading);
  const line = html("tr", ids[at] === selected ? "selected" : "");
  for (const column of columns) {
    const value = column.cells[at];
    const text = typeof value === "number" ? format.number(value) : value ?? "";
    const kind = column.numeric ? "numeric" : column.sort;
    const cell = html("td", kind, undefined, line);
    if (!column.title || !text) {
      cell.textContent = text;
      continue;
    }
    const button = html("button", "", text, cell);
    button.type = "button";
    button.dir = "auto";
    button.dataset.event = ids[at];
    button.addEventListener("click", () => choose(ids[at]));
  }
  return line;
}

/** @param {Component} component */
export default function ({ data, parentElement, setTriggerValue }) {
  const root = query(parentElement, ".table", HTMLElement);
  const { words } = data;
  const scroll = root.querySelector(".rows")?.scrollTop ?? 0;
  const active = /** @type {ShadowRoot | Document} */ (root.getRootNode()).activeElement;
  const sorting = active instanceof HTMLElement ? active.dataset.sort : undefined;
  root.replaceChildren();
  const bar = html("div", "bar", undefined, root);
  const copy = html("button", "copy", words.copy, bar);
  copy.type = "button";
  const status = html("span", "status", "", bar);
  status.setAttribute("role", "status");
  copy.addEventListener("click", async () => {
    status.textContent = (await copied(asText(data.columns))) ? words.copied : words.not_copied;
    window.setTimeout(() => { status.textContent = ""; }, COPIED_MS);
  });
  const box = html("div", "rows", undefined, root);
  box.tabIndex = 0;
  const table = html("table", "", undefined, box);
  const head = html("tr", "", undefined, html("thead", "", undefined, table));
  head.append(...data.columns.map((column) => heading(column, data, (sort) => setTriggerValue("sort", sort))));
  const body = html("tbody", "", undefined, table);
  body.append(...data.ids.map((_id, at) => row(data, at, (id) => setTriggerValue("event", id))));
  box.scrollTop = scroll;
  if (!sorting) return;
  const again = root.querySelector(`[data-sort="${CSS.escape(sorting)}"]`);
  if (again instanceof HTMLElement) again.focus({ preventScroll: true });
}
