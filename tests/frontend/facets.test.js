// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { fold, linkValues, listed, select, selectedCount, selection } from "../../dashboard/frontend/facets/options.js";

/** @typedef {import("../../dashboard/frontend/facets/options.js").Option} Option */

/**
 * @param {string} value
 * @param {Partial<Option>} [rest]
 * @returns {Option}
 */
const option = (value, rest) => ({
  value, label: value, other_label: "", count: 1, selected: false, depth: 0, colour: null, hatched: false, note: "",
  ...rest,
});

/** @param {number} length */
const options = (length) => Array.from({ length }, (_, i) => option(`v${i}`));

/** @param {Option[]} list */
const values = (list) => list.map(({ value }) => value);

const CLOSED = { search: "", expanded: false };

test("a search ignores case, accents, vowel marks and variants of letters", () => {
  assert.equal(fold("Élazığ"), "elazıg");
  assert.equal(fold("إدْلِبـ"), fold("ادلب"));
  assert.equal(fold("الرقة"), fold("الرقه"));
  assert.equal(fold("مصطفى"), fold("مصطفي"));
});

test("a short filter lists what has events or is selected", () => {
  const list = [option("a"), option("b", { count: 0 }), option("c", { count: 0, selected: true })];
  assert.deepEqual(values(listed(list, CLOSED)), ["a", "c"]);
  assert.deepEqual(values(listed(list, { ...CLOSED, expanded: true })), ["a", "b", "c"]);
  assert.equal(listed(options(14), CLOSED).length, 14);
});

test("a long filter lists ten values, more if more are selected, or all", () => {
  assert.equal(listed(options(15), CLOSED).length, 10);
  assert.equal(listed(options(15), { ...CLOSED, expanded: true }).length, 15);
  const many = options(20).map((item, i) => ({ ...item, selected: i < 12 }));
  assert.equal(selectedCount(many), 12);
  assert.equal(listed(many, CLOSED).length, 12);
});

test("a search finds values in both languages, without events too", () => {
  const list = [...options(20), option("raqqa", { label: "Raqqa", other_label: "الرقة", count: 0 })];
  for (const search of ["RAQ", "الرقه"]) {
    assert.deepEqual(values(listed(list, { search, expanded: false })), ["raqqa"]);
  }
  assert.deepEqual(listed(list, { search: "xyz", expanded: true }), []);
  // Vowel marks alone are no search.
  assert.equal(listed(list, { search: "\u064b", expanded: false }).length, 10);
});

test("selecting and clearing gives the values of all filters", () => {
  const group = (/** @type {string} */ field, /** @type {Option[]} */ list) =>
    ({ field, key: field.slice(0, -1), label: field, open: true, options: list, partial: false });
  const groups = [group("kinds", options(3)), group("actors", [option("v1", { selected: true })])];
  /** @type {(field: string, value: string | null, selected: boolean) => object} */
  const after = (field, value, selected) => { select(groups, field, value, selected); return selection(groups); };
  assert.deepEqual(after("kinds", "v1", true), { kinds: ["v1"], actors: ["v1"] });
  assert.deepEqual(after("kinds", "v2", true), { kinds: ["v1", "v2"], actors: ["v1"] });
  assert.deepEqual(after("kinds", "v1", false), { kinds: ["v2"], actors: ["v1"] });
  assert.deepEqual(after("actors", null, false), { kinds: ["v2"], actors: [] });
  assert.deepEqual(linkValues(groups, selection(groups)), { kind: ["v2"], actor: [] });
});
