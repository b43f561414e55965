// @ts-check
// Days as numbers: days since 1 January 1970 (UTC), e.g. 18645 for 2021-01-18.

export const DAY_MS = 86400000;

/** @param {string} iso e.g. "2021-01-18" */
export const toDay = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY_MS);

/** @param {number} day */
export const toDate = (day) => new Date(day * DAY_MS);

/** @param {number} day */
export const toIso = (day) => toDate(day).toISOString().slice(0, 10);

/**
 * The day number of the first of a month; months count from January (0) of `year`.
 *
 * @param {number} year
 * @param {number} month
 */
export const firstOfMonth = (year, month) => Math.round(Date.UTC(year, month, 1) / DAY_MS);

/**
 * The same day of another month, or the last day of that month: 31 January plus 1 is 28 February.
 *
 * @param {number} day
 * @param {number} months
 */
export function addMonths(day, months) {
  const date = toDate(day);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return firstOfMonth(year, month) + Math.min(date.getUTCDate(), length) - 1;
}
