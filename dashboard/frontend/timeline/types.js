// @ts-check
// The data of the timeline, as ui/components/controls.py sends them.

/** @typedef {import("../shared/format.js").Reading} Reading */
/** @typedef {import("../shared/format.js").PluralForms} PluralForms */
/** @typedef {Record<string, number>} Counts number of events by attestation */

/** @typedef {{ start: string, days: number, counts: Counts }} Bin events from an ISO day on */

/**
 * An event at some day of start..end (ISO); an open end is unknown or beyond the edge of the data.
 *
 * @typedef {object} Span
 * @property {string} title
 * @property {string} start
 * @property {string} end
 * @property {boolean} open_start
 * @property {boolean} open_end
 * @property {number} lane
 * @property {string} attestation
 */

/**
 * @typedef {object} TimelineData
 * @property {string} first ISO day
 * @property {string} last ISO day, included
 * @property {Bin[]} bins
 * @property {Span[]} spans
 * @property {number} hidden_spans events with uncertain dates for which there was no lane
 * @property {number[]} density hidden events that may lie in each of equal cells of first..last
 */

/**
 * @typedef {object} Words
 * @property {Reading} reading
 * @property {string} timeline
 * @property {string} first_day
 * @property {string} last_day
 * @property {string} play
 * @property {string} pause
 * @property {string} back
 * @property {string} next
 * @property {string} all
 * @property {PluralForms} events
 * @property {string} further
 * @property {string} empty
 */

/**
 * @typedef {object} ComponentData
 * @property {TimelineData} timeline
 * @property {{ from: string | null, to: string | null }} window null: to the edge of the data
 * @property {number | null} seen number of the last window that this run got from the browser
 * @property {Record<string, string>} colours by attestation
 * @property {Record<string, string>} labels by attestation
 * @property {Words} words
 */

/** @typedef {{ from: string, to: string, number: number }} SentWindow ISO days, and its number */

export {};
