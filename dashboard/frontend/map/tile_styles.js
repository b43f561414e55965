// @ts-check
// How vector tiles are drawn: calm grounds and thin lines, so that the marks stay what is seen first.
//
// The layers and their classes: docs.protomaps.com/basemaps/layers and openmaptiles.org/schema. Tiles of
// another schema are drawn as they are, all lines and areas alike.

/** @typedef {import("./types.js").TileOptions} TileOptions */
/** @typedef {import("./types.js").TileRenderer} TileRenderer */
/** @typedef {{ props: Record<string, any> }} Feature */
/** @typedef {(zoom: number, feature: Feature) => boolean} Filter */
/** @typedef {[layer: string, symbolizer: object, filter?: Filter, minzoom?: number]} Rule */

// Classes of roads by schema: main ones first.
const ROADS = {
  protomaps: { layer: "roads", key: "kind", major: ["highway", "major_road"], path: ["path", "rail", "other"] },
  openmaptiles: {
    layer: "transportation", key: "class",
    major: ["motorway", "trunk", "primary", "secondary"], path: ["path", "track", "rail", "service"],
  },
};
const GREEN = ["park", "wood", "forest", "grass", "farmland", "orchard", "nature_reserve", "grassland", "scrub", "crop"];
const BUILT = ["residential", "urban_area", "industrial", "commercial", "military", "school", "hospital"];

/**
 * @param {TileRenderer} draw
 * @param {TileOptions} tiles
 */
export function paintRules(draw, tiles) {
  const { colours, schema } = tiles;
  /** @param {string} fill */
  const area = (fill) => new draw.PolygonSymbolizer({ fill });
  /**
   * @param {string} color
   * @param {number} width
   * @param {number[]} [dash]
   */
  const line = (color, width, dash) => new draw.LineSymbolizer({
    color, width, ...(dash && { dash, dashColor: color, dashWidth: width }),
  });
  if (schema === "other") return rules(otherRules(tiles, area(colours.land), line(colours.road, 1)));
  const roads = ROADS[schema === "openmaptiles" ? "openmaptiles" : "protomaps"];
  const kind = kindIn(roads.key);
  return rules([
    ["earth", area(colours.land)],
    ["landcover", area(colours.green), kind(GREEN)],
    ["landuse", area(colours.green), kind(GREEN)],
    ["landuse", area(colours.built), kind(BUILT)],
    ["park", area(colours.green)],
    ["water", area(colours.water), notLine],
    ["water", line(colours.water, 1), isLine],
    ["waterway", line(colours.water, 1)],
    ["buildings", area(colours.building), undefined, 13],
    ["building", area(colours.building), undefined, 13],
    [roads.layer, line(colours.road, 0.6), kind(roads.path), 13],
    [roads.layer, line(colours.road, 1.1), not(kind([...roads.path, ...roads.major])), 11],
    [roads.layer, line(colours.road, 3.4), kind(roads.major), 6],
    [roads.layer, line(colours.road_fill, 2), kind(roads.major), 6],
    ["boundaries", line(colours.border, 1, [4, 3])],
    ["boundary", line(colours.border, 1, [4, 3])],
  ]);
}

/**
 * @param {TileRenderer} draw
 * @param {TileOptions} tiles
 */
export function labelRules(draw, tiles) {
  const { colours, language, schema } = tiles;
  const names = [`name:${language}`, ...(language === "en" ? ["name:latin", "name_en"] : []), "name", "name:en"];
  /**
   * @param {number} size in pixels
   * @param {string} [weight]
   */
  const text = (size, weight = "400") => new draw.CenteredTextSymbolizer({
    labelProps: names, font: `${weight} ${size}px "Source Sans", "Noto Sans Arabic", system-ui, sans-serif`,
    fill: colours.label, stroke: colours.halo, width: 2, lineHeight: 1.3,
  });
  const road = new draw.LineLabelSymbolizer({
    labelProps: names, font: '11px "Source Sans", "Noto Sans Arabic", system-ui, sans-serif',
    fill: colours.label, stroke: colours.halo, width: 2,
  });
  if (schema === "other") return rules(tiles.layers.map((layer) => [layer, text(11), isPoint]));
  if (schema === "openmaptiles") {
    return rules([
      ["place", text(15, "600"), kindIn("class")(["country"])],
      ["place", text(13, "600"), kindIn("class")(["city"])],
      ["place", text(12), kindIn("class")(["town", "state"])],
      ["place", text(11), kindIn("class")(["village", "suburb"]), 10],
      ["place", text(10.5), kindIn("class")(["hamlet", "neighbourhood", "quarter", "isolated_dwelling"]), 12],
      ["water_name", text(11), isPoint],
      ["transportation_name", road, undefined, 13],
    ]);
  }
  /** @type {(low: number, high: number) => Filter} */
  const ranked = (low, high) => (_zoom, { props }) => {
    const rank = Number(props.population_rank ?? 0);
    return props.kind === "locality" && rank >= low && rank < high;
  };
  return rules([
    ["places", text(15, "600"), kindIn("kind")(["country"])],
    ["places", text(13, "600"), ranked(11, 99)],
    ["places", text(12), ranked(8, 11)],
    ["places", text(11), ranked(0, 8), 9],
    ["places", text(10.5), kindIn("kind")(["neighbourhood", "macrohood"]), 12],
    ["water", text(11), isPoint],
    ["roads", road, undefined, 13],
  ]);
}

/**
 * @param {TileOptions} tiles
 * @param {object} area
 * @param {object} line
 * @returns {Rule[]}
 */
function otherRules({ layers }, area, line) {
  return layers.flatMap((layer) => /** @type {Rule[]} */ ([[layer, area, isArea], [layer, line, isLine]]));
}

/**
 * @param {Rule[]} listed
 * @returns {object[]}
 */
function rules(listed) {
  return listed.map(([dataLayer, symbolizer, filter, minzoom]) => ({
    dataLayer, symbolizer, ...(filter && { filter }), ...(minzoom && { minzoom }),
  }));
}

/** @type {(key: string) => (values: string[]) => Filter} */
const kindIn = (key) => (values) => (_zoom, { props }) => values.includes(String(props[key]));

/** @type {(filter: Filter) => Filter} */
const not = (filter) => (zoom, feature) => !filter(zoom, feature);

// The types of geometry of vector tiles.
const [POINT, LINE, AREA] = [1, 2, 3];

/** @type {(type: number) => Filter} */
const ofType = (type) => (_zoom, feature) => /** @type {any} */ (feature).geomType === type;

const isPoint = ofType(POINT);
const isLine = ofType(LINE);
const isArea = ofType(AREA);
const notLine = not(isLine);
