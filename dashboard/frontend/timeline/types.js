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

/** @typedef {{ rows: number, packed: string }} PackedIntervals see timeline/packed_intervals.py */

/**
 * @typedef {object} TimelineData
 * @property {string} first ISO day
 * @property {string} last ISO day, included
 * @property {Bin[]} bins
 * @property {Span[]} spans
 * @property {number} hidden_spans events with uncertain dates for which there was no lane
 * @property {number[]} density hidden events that may lie in each of equal cells of first..last
 * @property {PackedIntervals | import("./live_counts.js").IntervalRow[] | null} intervals the events by their
 *   first and last day, of which those outside of first..last are beside it; null if there are too many
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
 * @property {string} restart
 * @property {string} all
 * @property {string} playing
 * @property {string} speed
 * @property {string} span
 * @property {Record<string, string>} speeds
 * @property {Record<string, string>} spans
 * @property {PluralForms} within
 * @property {string} possibly
 * @property {string} uncounted
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
 * @property {number} undated events of the filters that have no date
 * @property {boolean} certain whether events that may lie outside of the dates are left out
 * @property {boolean} presented whether it is a part of a presentation
 */

/** @typedef {{ from: string, to: string, number: number }} SentWindow ISO days, and its number */

export {};
