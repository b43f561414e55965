// @ts-check
// What the map of a single file shows of the events that are left: no DOM.

import { CONTESTED, EventCounts, REFUTED } from "./event_counts.js";

/** @typedef {import("./file_types.js").Choice} Choice */
/** @typedef {import("./file_types.js").FileContent} FileContent */
/** @typedef {import("./file_types.js").FileEvent} FileEvent */
/** @typedef {import("./file_types.js").FileLanguage} FileLanguage */
/** @typedef {import("../map/types.js").Interval} Interval */
/** @typedef {import("../map/types.js").LayerData} LayerData */
/** @typedef {import("../map/types.js").Movement} Movement */
/** @typedef {import("../map/types.js").Outline} Outline */

/**
 * @param {FileContent} content
 * @param {FileLanguage} language
 * @param {number[]} positions of the events
 * @param {Choice} choice
 * @param {number | null} chosen position of the event whose evidence is shown
 * @returns {LayerData}
 */
export function layerData(content, language, positions, choice, chosen) {
  const { map } = content;
  const { window, certain, marks } = choice;
  const events = positions.map((at) => content.events[at]);
  if (map.shading) return shadedLayer(map.shading, language, events, choice);
  const selected = new Set([...marks, ...(chosen === null ? [] : content.events[chosen].marks)]);
  const focus = chosen === null ? [] : content.events[chosen].marks.map((at) => map.marks[at]);
  return {
    places: true,
    marks: map.marks.map((mark, at) => ({ ...mark, selected: selected.has(at) })),
    circles: map.circles.map((circle) => ({ ...circle, selected: selected.has(circle.mark) })),
    counts: new EventCounts(events, map.marks.length),
    window,
    certain,
    outlines: outlines(content, events, chosen),
    movements: movements(content, language, positions, chosen),
    focus: focus.map(({ lat, lon }) => [lat, lon]),
    focus_id: chosen === null ? null : String(chosen),
    legend: language.legend,
    figure_words: null,
    extents: map.extents,
  };
}

/**
 * Coloured areas in place of marks; an event in none of them is counted after the last one.
 *
 * @param {NonNullable<FileContent["map"]["shading"]>} shading
 * @param {FileLanguage} language
 * @param {FileEvent[]} events
 * @param {Choice} choice
 * @returns {LayerData}
 */
function shadedLayer(shading, language, events, { window, certain, values }) {
  const none = shading.areas.length;
  const places = values.places ?? [];
  const placed = events.map((event) => ({ ...event, marks: event.shaded.length ? event.shaded : [none] }));
  const areas = shading.areas.map((area) => ({ ...area, selected: area.ids.some((id) => places.includes(id)) }));
  return {
    places: true, marks: [], circles: [], counts: new EventCounts(placed, none + 1), window, certain, outlines: [],
    movements: [], focus: [], focus_id: null, legend: language.legend, figure_words: null,
    shading: { ...shading, areas, words: language.shading },
  };
}

/**
 * @param {FileEvent[]} events
 * @returns {Interval[]}
 */
const daysOf = (events) => events.flatMap(({ days }) => (days ? [days] : []));

/**
 * @param {FileContent} content
 * @param {FileEvent[]} events
 * @param {number | null} chosen
 * @returns {Outline[]}
 */
function outlines({ map, events: every }, events, chosen) {
  return map.areas.flatMap((area, at) => {
    const here = events.filter((event) => event.areas.includes(at));
    const selected = chosen !== null && every[chosen].areas.includes(at);
    return here.length ? [{ ...area, selected, days: daysOf(here) }] : [];
  });
}

/**
 * An arrow for each pair of ends, with all events from the one to the other.
 *
 * @param {FileContent} content
 * @param {FileLanguage} language
 * @param {number[]} positions
 * @param {number | null} chosen
 * @returns {Movement[]}
 */
function movements({ map, events }, { file, style }, positions, chosen) {
  /** @type {Map<string, { from: number, to: number, at: number[] }>} */
  const pairs = new Map();
  for (const position of positions) {
    for (const from of events[position].from) {
      for (const to of events[position].to) {
        const pair = pairs.get(`${from} ${to}`) ?? { from, to, at: [] };
        pairs.set(`${from} ${to}`, { ...pair, at: [...pair.at, position] });
      }
    }
  }
  const isArabic = style.words.reading.lang === "ar";
  /** @param {number} end */
  const name = (end) => {
    const [, , english, arabic] = map.ends[end];
    return isArabic ? arabic || english : english || arabic;
  };
  return [...pairs.values()].map(({ from, to, at }) => {
    const moved = at.map((position) => events[position]);
    return {
      start: [map.ends[from][0], map.ends[from][1]],
      end: [map.ends[to][0], map.ends[to][1]],
      label: `${name(from)}${file.arrow}${name(to)}`,
      count: moved.length,
      contested: moved.some(({ flags }) => flags & CONTESTED),
      refuted: moved.every(({ flags }) => flags & REFUTED),
      event_id: at.length === 1 ? String(at[0]) : null,
      selected: chosen !== null && at.includes(chosen),
      days: daysOf(moved),
    };
  });
}
