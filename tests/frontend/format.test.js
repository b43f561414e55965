// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { addMonths, firstOfMonth, toDay, toIso } from "../../dashboard/frontend/shared/days.js";
import { createFormat, decodeData } from "../../dashboard/frontend/shared/format.js";
import { ARABIC, ENGLISH } from "./reading.js";

const english = createFormat(ENGLISH);
const arabic = createFormat(ARABIC);
const DAY = toDay("2021-01-18");

test("days are counted from 1970", () => {
  assert.equal(toDay("1970-01-01"), 0);
  assert.equal(DAY, 18645);
  assert.equal(toDay("1969-12-31"), -1);
  for (const iso of ["0999-12-31", "1948-02-29", "2020-12-31"]) assert.equal(toIso(toDay(iso)), iso);
});

test("a month later is the same day or the last of the month", () => {
  /** @type {[string, number, string][]} */
  const cases = [
    ["2021-01-31", 1, "2021-02-28"], ["2020-01-31", 1, "2020-02-29"], ["2021-01-15", -1, "2020-12-15"],
    ["2021-03-31", -1, "2021-02-28"], ["2020-12-01", 1, "2021-01-01"],
  ];
  for (const [start, months, end] of cases) assert.equal(toIso(addMonths(toDay(start), months)), end);
  assert.equal(toIso(firstOfMonth(2020, 12)), "2021-01-01");
});

test("numbers have separators and the reader's digits", () => {
  assert.equal(english.number(1234567.5), "1,234,567.5");
  assert.equal(arabic.number(1234.5), "١٬٢٣٤٫٥");
  assert.deepEqual([0, 950, 1849, 274_600, 3e6].map(english.compact), ["0", "950", "1.8k", "275k", "3m"]);
  assert.equal(arabic.digits("a1b20"), "a١b٢٠");
});

test("plural forms are those of the language", () => {
  const forms = { one: "{n} event", other: "{n} events" };
  assert.deepEqual([0, 1, 2, 1000].map((n) => english.plural(forms, n)),
    ["0 events", "1 event", "2 events", "1,000 events"]);
  const six = { zero: "صفر", one: "واحد", two: "اثنان", few: "قليل", many: "كثير", other: "آخر" };
  assert.deepEqual([0, 1, 2, 3, 11, 100].map((n) => arabic.plural(six, n)),
    ["صفر", "واحد", "اثنان", "قليل", "كثير", "آخر"]);
  assert.equal(english.plural({ other: "with {places} and {n} more" }, 1, { places: "A" }), "with A and 1 more");
});

test("a pattern leaves what has no value, and reads no value as a pattern", () => {
  assert.equal(english.fill("{a} {b} {c}", { a: "{b}", b: 1000 }), "{b} 1,000 {c}");
});

test("days and intervals in words", () => {
  assert.equal(english.day(DAY), "18 Jan 2021");
  assert.equal(english.month(DAY), "Jan 2021");
  assert.equal(arabic.day(DAY), "١٨ كانون الثاني ٢٠٢١");
  assert.equal(english.range(DAY, DAY), "18 Jan 2021");
  assert.equal(english.range(DAY, DAY + 31), "18 Jan 2021 to 18 Feb 2021");
  assert.equal(arabic.list(["أ", "ب"]), "أ، ب");
});

test("ISO days are isolated from the direction of the text", () => {
  const iso = createFormat({ ...ENGLISH, dates: "iso" });
  assert.equal(iso.day(DAY), "\u20662021-01-18\u2069");
  assert.equal(iso.month(DAY), "\u20662021-01\u2069");
  assert.equal(createFormat({ ...ARABIC, dates: "iso" }).month(DAY), "\u2066٢٠٢١\u200e-\u200e٠١\u2069");
});

test("data come as JSON in UTF-8 in Base64", () => {
  const data = { n: "{{7*7}}", ar: "عين عيسى" };
  assert.deepEqual(decodeData(Buffer.from(JSON.stringify(data)).toString("base64")), data);
});
