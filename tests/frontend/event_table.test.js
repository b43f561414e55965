// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { asText, nextSort } from "../../dashboard/frontend/event_table/cells.js";

/** @typedef {import("../../dashboard/frontend/event_table/cells.js").Column} Column */

/** @type {Column[]} */
const COLUMNS = [
  { heading: "Date", sort: "date", cells: ["18 Jan 2021", "by\n 2 Jan"], numeric: false, title: false },
  { heading: "Killed, best", sort: "killed.best", cells: [1200, null], numeric: true, title: false },
];

test("rows are copied as tab separated values, a line each", () => {
  assert.equal(asText(COLUMNS), "Date\tKilled, best\n18 Jan 2021\t1200\nby 2 Jan\t\n");
  assert.equal(asText([]), "\n");
});

test("a second click on a heading turns the order, and the largest figures come first", () => {
  const sort = { by: "date", descending: false };
  assert.deepEqual(nextSort(sort, "date"), { by: "date", descending: true });
  assert.deepEqual(nextSort(sort, "kind"), { by: "kind", descending: false });
  assert.deepEqual(nextSort(sort, "killed.best"), { by: "killed.best", descending: true });
});
