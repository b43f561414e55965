// @ts-check
import assert from "node:assert/strict";
import test from "node:test";

import { themeKeys } from "../../dashboard/frontend/appearance/theme_keys.js";
import { fieldText } from "../../dashboard/frontend/appearance/upload_words.js";
import { resolved } from "../../dashboard/frontend/map/theme.js";

test("the theme is remembered for each page on which a visit may begin", () => {
  const pages = ["explore", "review"];
  const expected = ["stActiveTheme-/review-v2", "stActiveTheme-/-v2", "stActiveTheme-/explore-v2"];
  assert.deepEqual(themeKeys("/review", pages), expected);
  assert.deepEqual(themeKeys("/", pages), ["stActiveTheme-/-v2", "stActiveTheme-/explore-v2", "stActiveTheme-/review-v2"]);
  assert.deepEqual(themeKeys("/map/review", pages)[1], "stActiveTheme-/map/-v2");
});

test("a colour that is no property is drawn as it is", () => {
  assert.equal(resolved("rebeccapurple"), "rebeccapurple");
});

test("fields for files have the reader's words, and what analysts write stays", () => {
  const arabic = { words: { Upload: "رفع" }, limit: "{n} ميغابايت لكل ملف" };
  assert.equal(fieldText("Upload", arabic), "رفع");
  assert.equal(fieldText("500MB per file", arabic), "500 ميغابايت لكل ملف");
  assert.equal(fieldText("toString", arabic), "toString");
  assert.equal(fieldText(" • CSV", arabic), " • CSV");
  assert.equal(fieldText("Upload", null), "Upload");
});
