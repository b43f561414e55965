// @ts-check
// Numbers, plurals and days in the reader's language, e.g. "1,234", "2 events", "18 Jan 2021".

import { toDate } from "./days.js";

/**
 * How the reader wants texts: `reading()` of browser/words.py.
 *
 * @typedef {object} Reading
 * @property {string} lang language code, e.g. "ar"
 * @property {string} dir writing direction, "ltr" or "rtl"
 * @property {string} digits "arab" for Arabic-Indic digits, otherwise European ones
 * @property {string} dates "iso" for ISO 8601, otherwise day, name of month, year
 * @property {string[]} months names, from January
 * @property {string} range pattern of an interval, e.g. "{start} to {end}"
 * @property {string} comma separator of a list, e.g. ", "
 */

/**
 * A message by plural category of the language (CLDR), e.g. {one: "{n} event", other: "{n} events"}.
 *
 * @typedef {Record<string, string>} PluralForms
 */

/** @typedef {Record<string, string | number>} Values what a pattern's placeholders stand for */

/**
 * @typedef {object} Format
 * @property {(value: number) => string} number with separators of thousands
 * @property {(value: number) => string} compact at most four characters, e.g. 950, 1.8k, 275k
 * @property {(text: string | number) => string} digits the text with the reader's digits
 * @property {(pattern: string, values: Values) => string} fill replaces "{name}" by the value
 * @property {(forms: PluralForms, n: number, values?: Values) => string} plural
 * @property {(day: number) => string} day
 * @property {(day: number) => string} month month and year
 * @property {(start: number, end: number) => string} range an interval of days
 * @property {(items: string[]) => string} list
 */

const ARABIC_INDIC = "٠١٢٣٤٥٦٧٨٩";

/**
 * What browser/script_data.py encoded: JSON in UTF-8 in Base64.
 *
 * @param {string} encoded
 * @returns {any}
 */
export const decodeData = (encoded) =>
  JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(encoded), (byte) => byte.charCodeAt(0))));

/**
 * @param {Reading} reading
 * @returns {Format}
 */
export function createFormat(reading) {
  const rules = new Intl.PluralRules(reading.lang);
  const arabicIndic = reading.digits === "arab";
  /** @type {Format["digits"]} */
  const digits = (text) =>
    arabicIndic ? String(text).replace(/\d/g, (digit) => ARABIC_INDIC[Number(digit)]) : String(text);
  /** @type {Format["number"]} */
  const number = (value) =>
    digits(value.toLocaleString("en").replace(/,/g, arabicIndic ? "٬" : ",").replace(".", arabicIndic ? "٫" : "."));
  /** @type {Format["compact"]} */
  const compact = (value) =>
    digits(new Intl.NumberFormat("en", { notation: "compact" }).format(value).toLowerCase());
  /** @type {Format["fill"]} */
  const fill = (pattern, values) =>
    pattern.replace(/\{(\w+)\}/g, (placeholder, name) => {
      if (!(name in values)) return placeholder;
      const value = values[name];
      return typeof value === "number" ? number(value) : value;
    });
  const { day, month } = dateFormat(reading, digits);
  return {
    number, compact, digits, fill, day, month,
    plural: (forms, n, values) => fill(forms[rules.select(n)] || forms.other, { n, ...values }),
    range: (start, end) =>
      start === end ? day(start) : fill(reading.range, { start: day(start), end: day(end) }),
    list: (items) => items.join(reading.comma),
  };
}

/**
 * @param {Reading} reading
 * @param {Format["digits"]} digits
 * @returns {Pick<Format, "day" | "month">}
 */
function dateFormat(reading, digits) {
  if (reading.dates !== "iso") {
    /** @param {number} day */
    const month = (day) =>
      `${reading.months[toDate(day).getUTCMonth()]} ${digits(toDate(day).getUTCFullYear())}`;
    return { month, day: (day) => `${digits(toDate(day).getUTCDate())} ${month(day)}` };
  }
  // Isolated, because its hyphens would reverse an ISO date in a line of Arabic; between
  // Arabic-Indic digits they would do so even then, so each hyphen has a mark on both sides.
  const hyphen = reading.digits === "arab" ? "\u200e-\u200e" : "-";
  /**
   * @param {number} day
   * @param {number} length
   */
  const iso = (day, length) =>
    `\u2066${digits(toDate(day).toISOString().slice(0, length)).replaceAll("-", hyphen)}\u2069`;
  return { day: (day) => iso(day, 10), month: (day) => iso(day, 7) };
}
