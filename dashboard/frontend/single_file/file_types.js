// @ts-check
// The data of a single file, as export/single_file/content.py writes them.

/** @typedef {import("../map/types.js").Interval} Interval */
/** @typedef {"when" | "kind" | "title" | "other_title" | "places" | "attestation_label" | "dataset" | "figure" | "verification_label"} RowField */
/** A text, or an element as [tag, attributes or 0, number of each child]. @typedef {string | [string, Record<string, string> | 0, ...number[]]} Part */
/** The rows of an event by table; filters of one table hold in one row. @typedef {Record<string, (string | null)[][]>} FilterRows */
/** A filter: its name, its table, and its column there. @typedef {[field: string, table: string, at: number]} FilterColumn */

/**
 * @typedef {object} FileEvent
 * @property {Interval | null} days null if undated
 * @property {number} flags bits of map/counts.js: refuted, confirmed, contested, not reviewed
 * @property {string} split the value that colours its marks
 * @property {string} attestation
 * @property {string} colour of its kind
 * @property {FilterRows} rows
 * @property {number[]} marks positions of its marks
 * @property {number[]} areas
 * @property {number[]} shaded positions of its coloured areas
 * @property {number[]} from ends of movements
 * @property {number[]} to
 * @property {number[]} search numbers of the texts in which a search finds it
 */

/**
 * @typedef {object} FileMap
 * @property {import("../map/types.js").Mark[]} marks
 * @property {import("../map/types.js").UncertaintyCircle[]} circles
 * @property {boolean} extents whether circles and areas are drawn of which the mark is not pointed at
 * @property {{ id: string, geometry: import("geojson").GeometryObject, line: boolean }[]} areas
 * @property {[lat: number, lon: number, name_en: string, name_ar: string][]} ends
 * @property {[import("../map/types.js").Position, import("../map/types.js").Position]} bounds
 * @property {{ extent: [import("../map/types.js").Position, import("../map/types.js").Position], layers: import("../map/basemap.js").Layers }} ground
 * @property {import("../map/types.js").Road[]} roads
 * @property {import("../map/types.js").LabelledPlace[]} labels
 * @property {import("../map/types.js").Colours} ground_colours
 * @property {Omit<import("../map/types.js").ShadingData, "words"> | null} shading areas in place of marks
 */

/** @typedef {"language" | "filters" | "search" | "placeholder" | "map" | "events_list" | "evidence" | "back" | "reset" | "certain" | "all_places" | "print" | "possible" | "nothing" | "about" | "arrow" | "joined"} FileText */
/** @typedef {import("../shared/format.js").PluralForms} PluralForms */
/** @typedef {Record<FileText, string> & { shown: PluralForms, undated: PluralForms, unplaced: PluralForms, here: PluralForms, more: PluralForms, more_places: PluralForms }} FileWords */

/**
 * The words of one language.
 *
 * @typedef {object} FileLanguage
 * @property {import("../map/types.js").Style} style
 * @property {import("../timeline/types.js").Words} timeline
 * @property {any} facets
 * @property {any} list
 * @property {FileWords} file
 * @property {string} schematic
 * @property {Record<string, string>} attestations
 * @property {import("../map/types.js").Shade[]} legend
 * @property {import("../map/types.js").ShadingWords} shading
 * @property {import("../facets/options.js").Group[]} groups
 * @property {number[]} head numbers of parts, as the next three
 * @property {number[]} sources
 * @property {number[][]} evidence by event
 * @property {number[][]} rows numbers of the texts of each event's row, in the order of ROW_FIELDS
 * @property {string[]} about
 */

/**
 * @typedef {object} FileContent
 * @property {"en" | "ar"} language that the file opens with
 * @property {FileEvent[]} events
 * @property {FilterColumn[]} facets
 * @property {[first: string, last: string] | null} extent ISO days
 * @property {FileMap} map
 * @property {Record<string, string>} attestations colours
 * @property {RowField[]} row_fields
 * @property {Record<string, FileLanguage>} languages
 * @property {Part[]} nodes
 * @property {Record<string, string>} styles of the parts that have a root of their own
 */

/**
 * What the reader chose.
 *
 * @typedef {object} Choice
 * @property {Record<string, string[]>} values chosen values by filter
 * @property {string} text
 * @property {Interval | null} window null for all days
 * @property {boolean} certain
 * @property {number[]} marks positions of the marks that were clicked; empty for all
 */

export {};
