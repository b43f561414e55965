// @ts-check
// Which values of a filter are listed, and what choosing one selects: no DOM.

/** One value of a filter: `Option` of browser/facets.py.
 *
 * @typedef {object} Option
 * @property {string} value
 * @property {string} label
 * @property {string} other_label the name in the other language
 * @property {number} count
 * @property {boolean} selected
 * @property {number} depth in the tree of places
 * @property {string | null} colour
 * @property {boolean} hatched
 * @property {string} note
 */

/** One filter: `FacetGroup` of browser/facets.py.
 *
 * @typedef {object} Group
 * @property {string} field
 * @property {string} key its name in the link
 * @property {string} label
 * @property {boolean} open
 * @property {Option[]} options
 * @property {boolean} partial whether there are values that were not sent
 */

/** @typedef {Record<string, string[]>} Selection selected values by field */

/**
 * A click; a value of null clears the filter. Numbers grow.
 *
 * @typedef {{ number: number, field: string, value: string | null, selected: boolean }} Change
 */

/** A filter with more values than this is shortened, and has a search field. */
export const MAX_UNSHORTENED = 14;
/** Values of a shortened filter. */
const SHORTENED = 10;

/**
 * Text as it is compared in a search: without case, accents, vowel marks and variants of letters.
 *
 * @param {string} text
 */
export const fold = (text) =>
  text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f\u064b-\u0655\u0640]/g, "")
    .replace(/ى/g, "ي").replace(/ة/g, "ه");

/** @param {Option[]} options */
export const selectedCount = (options) => options.filter((option) => option.selected).length;

/** @param {Option[]} options */
export const isLong = (options) => options.length > MAX_UNSHORTENED;

/**
 * The listed values: those that match the search; all, if so expanded; or the first of those that have
 * events or are selected.
 *
 * @param {Option[]} options
 * @param {{ search: string, expanded: boolean }} state
 * @returns {Option[]}
 */
export function listed(options, { search, expanded }) {
  const wanted = fold(search);
  if (wanted) {
    return options.filter((option) => fold(`${option.label} ${option.other_label || ""}`).includes(wanted));
  }
  if (expanded) return options;
  const most = isLong(options) ? Math.max(SHORTENED, selectedCount(options)) : MAX_UNSHORTENED;
  return options.filter((option) => option.selected || option.count > 0).slice(0, most);
}

/**
 * Selects or clears a value of a field, in place; a value of null clears the field.
 *
 * @param {Group[]} groups
 * @param {string} field
 * @param {string | null} value
 * @param {boolean} selected
 */
export function select(groups, field, value, selected) {
  for (const option of groups.filter((group) => group.field === field).flatMap((group) => group.options)) {
    if (value === null) option.selected = false;
    else if (option.value === value) option.selected = selected;
  }
}

/**
 * The selected values of all filters.
 *
 * @param {Group[]} groups
 * @returns {Selection}
 */
export const selection = (groups) =>
  Object.fromEntries(groups.map((group) => [
    group.field, group.options.filter((option) => option.selected).map((option) => option.value),
  ]));

/**
 * The selected values by the keys of the link.
 *
 * @param {Group[]} groups
 * @param {Selection} selected
 * @returns {Record<string, string[]>}
 */
export const linkValues = (groups, selected) =>
  Object.fromEntries(groups.map(({ field, key }) => [key, selected[field]]));
