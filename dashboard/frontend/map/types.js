// @ts-check
// The data of the map, as browser/event_map.py sends them. Positions are [latitude, longitude].

/** @typedef {import("../shared/format.js").PluralForms} PluralForms */
/** @typedef {[number, number]} Position */
/** @typedef {[first: number, last: number]} Interval day numbers, both included */
/** @typedef {{ id: string, label: string, colour: string, outlined?: boolean }} Shade a colour of the legend */

/** Colours by use, from frontend/palette.css. @typedef {Record<string, string>} Colours */

/**
 * @typedef {{ reading: import("../shared/format.js").Reading, events: PluralForms,
 *   movements: PluralForms, more_places: PluralForms, outside: PluralForms } & Record<TextKey | ToolKey, string>} Words
 */
/**
 * @typedef {"with_places" | "possible" | "contested" | "confirmed" | "refuted" | "refuted_movement" | "not_reviewed" | "contested_movement" | "uncertain" | "legend"
 *   | "size" | "dashed" | "pale" | "ticked" | "crossed" | "dotted" | "hollow" | "arrow" | "filled" | "texture" | "squares" | "several" | "closer"
 *   | "zoom_in" | "zoom_out" | "loading" | "not_loaded" | "no_answer" | "try_again"
 *   | "draw_area" | "draw_box" | "draw_polygon" | "draw_circle" | "draw_box_hint" | "draw_polygon_hint" | "draw_circle_hint"
 *   | "draw_radius"} TextKey
 */

/**
 * @typedef {"remove_mark" | "copy_point" | "copied" | "not_copied" | "coordinate_form" | "form_decimal" | "form_degrees"
 *   | "fit" | "full_screen" | "leave_full_screen" | "measure" | "measure_begin" | "measured_length" | "measured_area"
 *   | "metres" | "kilometres" | "square_metres" | "square_kilometres" | "north" | "north_up"} ToolKey the words of tools.js
 */

/** @typedef {{ colours: Colours, words: Words }} Style */

/** A place or a square of the grid that has events: `Mark` of map/marks.py.
 *
 * @typedef {object} Mark
 * @property {string} id empty for a square with several places
 * @property {number} lat
 * @property {number} lon
 * @property {string} name_en
 * @property {string} name_ar
 * @property {number} radius_m of uncertainty
 * @property {boolean} hollow whether the place is uncertain
 * @property {boolean} selected
 */

/**
 * Events at a mark within the window; `groups` by the values that have colours.
 *
 * @typedef {object} Tally
 * @property {number} count
 * @property {number} possible of these may lie outside of the window
 * @property {number} confirmed
 * @property {number} refuted themselves or their place
 * @property {number} contested
 * @property {number} unreviewed
 * @property {Record<string, number>} groups
 * @property {FigureSum} [figure] only if marks have the size of a figure
 */

/**
 * Figures of events, e.g. of the killed, summed.
 *
 * @typedef {object} FigureSum
 * @property {number} without events without a figure
 * @property {number} size sum of the best figures, or of the lowest of events without a best one
 * @property {number} low
 * @property {number} high
 * @property {number} open events without a highest figure: the sum is "at least"
 */

/**
 * The words for the measure that sizes stand for: `figure_words` of browser/words.py.
 *
 * @typedef {{ without: PluralForms } & Record<"figure" | "at_least" | "up_to" | "bounds" | "none"
 *   | "size" | "shares" | "dash" | "several_marks", string>} FigureWords
 */

/** @typedef {Mark & Tally & { position: number }} Site a mark with events; position in the data */

/** One symbol for sites that would overlap. @typedef {Site & { ids: string[], sites: Site[] }} SiteGroup */

/**
 * The radius of uncertainty of a place: `Circle` of map/marks.py.
 *
 * @typedef {object} UncertaintyCircle
 * @property {number} lat
 * @property {number} lon
 * @property {number} radius_m
 * @property {boolean} area
 * @property {boolean} selected
 * @property {number} mark position of its mark
 * @property {import("geojson").GeometryObject | null} part what is in the country of its place; null for all
 */

/**
 * An area or road with events: `Outline` of map/outlines.py.
 *
 * @typedef {object} Outline
 * @property {string} id
 * @property {import("geojson").GeometryObject} geometry
 * @property {boolean} selected
 * @property {boolean} line
 * @property {Interval[]} days
 */

/**
 * An arrow from place to place: `Movement` of map/outlines.py.
 *
 * @typedef {object} Movement
 * @property {Position} start
 * @property {Position} end
 * @property {string} label
 * @property {number} count
 * @property {boolean} contested
 * @property {boolean} refuted
 * @property {string | null} event_id
 * @property {boolean} selected
 * @property {Interval[]} days
 */

/**
 * An area of the filters: `AreaOutline` of browser/area_outlines.py.
 *
 * @typedef {{ text: string, rings: Position[][], remove: string }} AreaOutline
 */

/** @typedef {[key: string, value: string]} Param of a link */

/**
 * Which events the map shows: `EventLink` of browser/event_map.py.
 *
 * @typedef {object} EventLink
 * @property {string} address of the route that answers
 * @property {Param[]} params
 * @property {string} data the version of all events
 * @property {number} seen number of the last change of filters that the page knows
 * @property {AreaOutline[]} areas of the filters
 * @property {LayerOptions[]} layers of analysts, from the lowest on
 * @property {boolean} extents whether circles, areas and roads of events are drawn that are not pointed at
 * @property {TileOptions | null} tiles the basemap of a file, if one is chosen
 * @property {Style} style
 */

/**
 * A layer that an analyst brought: `LayerOptions` of browser/layer_options.py.
 *
 * @typedef {object} LayerOptions
 * @property {string} id
 * @property {string} address of the route that answers its shapes
 * @property {string} title
 * @property {string} about its source, days and licence
 * @property {string} credit as HTML, escaped by the server; empty if it needs none
 * @property {string} note on shapes without a date; may be empty
 * @property {string} missing what is said if it cannot be loaded
 * @property {string} colour
 * @property {number} opacity from 0 to 1
 * @property {number} width of lines, in pixels
 * @property {number} fill opacity of areas, from 0 to 1
 * @property {string[]} kinds "point", "line", "polygon"
 * @property {[label: string, colour: string][]} colours of shapes by label
 * @property {string} others the name of labels without a colour; empty if there are none
 */

/**
 * A file of tiles that an analyst brought: `TileFile` of tiles/tile_file.py.
 *
 * @typedef {object} TileOptions
 * @property {"raster" | "vector"} kind
 * @property {"protomaps" | "openmaptiles" | "other" | "none"} schema
 * @property {string} address of the route, without the end that names a tile or the file
 * @property {string} version another one once the file has changed
 * @property {number} min_zoom
 * @property {number} max_zoom
 * @property {[west: number, south: number, east: number, north: number]} bounds in degrees
 * @property {string[]} layers of vector tiles
 * @property {string} credit as HTML, escaped by the server: Leaflet takes no text
 * @property {string} script address of protomaps-leaflet; empty where it is not installed
 * @property {string} language of the labels, e.g. "ar"
 * @property {Colours} colours
 * @property {string} missing what is said if the tiles cannot be drawn
 */

/**
 * protomaps-leaflet, as far as it is used: github.com/protomaps/protomaps-leaflet.
 *
 * @typedef {object} TileRenderer
 * @property {(options: object) => L.Layer} leafletLayer
 * @property {new (options: object) => object} PolygonSymbolizer
 * @property {new (options: object) => object} LineSymbolizer
 * @property {new (options: object) => object} CenteredTextSymbolizer
 * @property {new (options: object) => object} LineLabelSymbolizer
 */

/**
 * Filters that were just chosen: `number` of the change, and the values by key of the link.
 *
 * @typedef {{ number: number, values: Record<string, string[]> }} ChosenFilters
 */

/**
 * What the route answers: `map_data` of browser/map_data.py.
 *
 * @typedef {object} Answer
 * @property {[west: number, south: number, east: number, north: number]} bounds in degrees
 * @property {number} zoom
 * @property {LayerData} layer
 */

/**
 * Numbers of events by mark, summed within any date window: `Counts` of counts.js.
 *
 * @typedef {object} MarkCounts
 * @property {(window: Interval | null, certain?: boolean) => void} sumWithin
 * @property {(mark: number) => Tally} tally of a mark within the last window
 * @property {(mark: number, others: Set<number>) => Tally[]} sharedWith what two marks would count twice
 */

/**
 * What changes on the map: `MapLayer` of browser/map_layer.py.
 *
 * @typedef {object} LayerData
 * @property {boolean} places whether marks are places, otherwise squares
 * @property {Mark[]} marks
 * @property {UncertaintyCircle[]} circles
 * @property {import("./counts.js").PackedCounts | MarkCounts} counts packed, or ready to be summed
 * @property {Interval | null} window
 * @property {boolean} certain whether events that may lie outside of the window are left out
 * @property {Outline[]} outlines
 * @property {Movement[]} movements
 * @property {Position[]} focus
 * @property {string | null} focus_id
 * @property {Shade[]} legend
 * @property {FigureWords | null} figure_words null if sizes stand for numbers of events
 * @property {ShadingData | null} [shading] areas in place of marks: `counts` are theirs
 * @property {boolean} [extents] whether circles, areas and roads of events are drawn that are not pointed at
 * @property {L.LatLngBounds} [within] only the marks there are drawn; all if it is missing
 */

/**
 * The areas of a shaded map: `ShadingLayer` of browser/shading_layer.py.
 *
 * @typedef {object} ShadingData
 * @property {ShadedArea[]} areas
 * @property {number} side of squares, in tile units; 0 for areas
 * @property {string[]} colours of five classes
 * @property {ShadingWords} words
 */

/** @typedef {{ without: PluralForms } & Record<"title" | "limits" | "certain" | "possible" | "empty" | "nothing"
 *   | "several" | "unknown" | "more", string>} ShadingWords */

/**
 * `ShadedArea` of map/shading.py; a square has a corner and no name.
 *
 * @typedef {object} ShadedArea
 * @property {string[]} ids
 * @property {string} name_en
 * @property {string} name_ar
 * @property {number} lat
 * @property {number} lon
 * @property {import("geojson").GeometryObject | null} geometry
 * @property {boolean} selected
 * @property {[x: number, y: number] | null} corner north-west, in tile units
 */

/** A numbered road; `shields` are points along it. @typedef {{ geometry: import("geojson").GeometryObject, label: string, shields: Position[] }} Road */

/** A labelled settlement.
 *
 * @typedef {object} LabelledPlace
 * @property {number} lat
 * @property {number} lon
 * @property {string} name_en
 * @property {string} name_ar
 * @property {number} rank 1 for the most important
 */

/**
 * @typedef {object} BasemapOptions
 * @property {string} base address of the folder with the files
 * @property {import("./basemap.js").Layers} [layers] the files themselves, if the page has them
 * @property {LabelledPlace[]} labels
 * @property {Road[]} [roads] whose numbers are among the labels
 * @property {Colours} colours of the ground and of roads
 * @property {string} missing message if the files cannot be loaded, with {reason}
 * @property {string} schematic message where the map is enlarged beyond the detail of the files
 * @property {string} language of the reader, e.g. "ar"
 */

/**
 * What stays on the map.
 *
 * @typedef {object} BaseData
 * @property {boolean} restored whether the view comes from a link
 * @property {boolean} legend
 * @property {boolean} presented
 * @property {[Position, Position]} bounds
 * @property {Road[]} roads
 * @property {Style} style
 * @property {BasemapOptions} basemap
 */

export {};
