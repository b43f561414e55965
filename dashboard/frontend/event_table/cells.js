// @ts-check
// What is copied of a table, and how it is sorted next: no DOM.

/** A column: `TableColumn` of browser/event_table.py.
 *
 * @typedef {object} Column
 * @property {string} heading
 * @property {string} sort "" if the rows cannot be sorted by it
 * @property {(string | number | null)[]} cells
 * @property {boolean} numeric
 * @property {boolean} title whether a click on a cell selects the event
 */

/** @typedef {{ by: string, descending: boolean }} Sort */

/**
 * Tab separated values, as spreadsheets paste them: a heading and a line per row, numbers with plain digits.
 *
 * @param {Column[]} columns
 */
export function asText(columns) {
  const lines = [columns.map(({ heading }) => heading)];
  for (let at = 0; at < (columns[0]?.cells.length ?? 0); at++) {
    lines.push(columns.map(({ cells }) => String(cells[at] ?? "")));
  }
  return lines.map((cells) => `${cells.map((cell) => cell.replace(/\s+/g, " ")).join("\t")}\n`).join("");
}

/**
 * The order after a click on a heading: upwards, then downwards; figures downwards first.
 *
 * @param {Sort} sort
 * @param {string} by
 * @returns {Sort}
 */
export function nextSort(sort, by) {
  if (sort.by === by) return { by, descending: !sort.descending };
  return { by, descending: by.includes(".") };
}
