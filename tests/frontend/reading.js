// @ts-check
// What browser/words.py sends of a reader's language, for tests.

/** @typedef {import("../../dashboard/frontend/shared/format.js").Reading} Reading */

/** @type {Reading} */
export const ENGLISH = {
  lang: "en", dir: "ltr", digits: "latn", dates: "words", range: "{start} to {end}", comma: ", ",
  months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
};

/** @type {Reading} */
export const ARABIC = {
  lang: "ar", dir: "rtl", digits: "arab", dates: "words", range: "{start} إلى {end}", comma: "، ",
  months: [
    "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران",
    "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول",
  ],
};
