// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { EventCounts } from "../../dashboard/frontend/single_file/event_counts.js";
import { layerData } from "../../dashboard/frontend/single_file/file_layer.js";
import { timelineData } from "../../dashboard/frontend/single_file/file_timeline.js";
import { FileSelection, isInWindow, withOpenEnds } from "../../dashboard/frontend/single_file/selection.js";
import { countWithin } from "../../dashboard/frontend/timeline/live_counts.js";
import { ENGLISH } from "./reading.js";

/** @typedef {import("../../dashboard/frontend/single_file/file_types.js").Choice} Choice */
/** @typedef {import("../../dashboard/frontend/single_file/file_types.js").FileEvent} FileEvent */
/** @typedef {import("../../dashboard/frontend/single_file/file_types.js").FilterColumn} FilterColumn */

/**
 * @param {Partial<FileEvent>} [rest]
 * @returns {FileEvent}
 */
const event = (rest) => ({
  days: [100, 100], flags: 0, split: "violence", attestation: "single_source", colour: "black",
  rows: { events: [["arrest"]], event_actors: [], claims: [] }, marks: [0], areas: [], shaded: [], from: [], to: [], search: [],
  ...rest,
});

/** @type {FilterColumn[]} */
const COLUMNS = [["kinds", "events", 0], ["actors", "event_actors", 0], ["roles", "event_actors", 1]];

/**
 * @param {Partial<Choice>} [rest]
 * @returns {Choice}
 */
const choice = (rest) => ({ values: {}, text: "", window: null, certain: false, marks: [], ...rest });

/** @param {string[]} texts */
const selectionOf = (...texts) => {
  const events = [
    event({ rows: { events: [["arrest"]], event_actors: [["sdf", "target"], ["sana", "initiator"]], claims: [] } }),
    event({ rows: { events: [["clash"]], event_actors: [["sdf", "initiator"]], claims: [] }, days: [90, 110], marks: [0, 1] }),
    event({ rows: { events: [["clash"]], event_actors: [], claims: [] }, days: null, marks: [] }),
  ];
  return new FileSelection(events, COLUMNS, (each) => texts[events.indexOf(each)] ?? "");
};

test("an event may lie in a window, or lies in it for certain; an undated one in none", () => {
  assert.equal(isInWindow([90, 110], [100, 200], false), true);
  assert.equal(isInWindow([90, 110], [100, 200], true), false);
  assert.equal(isInWindow(null, [100, 200], false), false);
  assert.equal(isInWindow(null, null, true), true);
});

test("an end of the window at the edge of the data is open: the live counts have the same events", () => {
  const edges = { first: 100, last: 200 };
  const until = withOpenEnds([99, 150], edges);
  assert.equal(isInWindow([10, 20], until, true), true);
  assert.equal(isInWindow([10, 20], withOpenEnds([100, 150], edges), false), false);
  assert.equal(isInWindow([250, 300], withOpenEnds([120, 201], edges), true), true);
  assert.equal(withOpenEnds(null, edges), null);
  const { intervals } = timelineData([event({ days: [10, 20] }), event({ days: [140, 160] })],
    ["1970-04-11", "1970-07-20"], () => "");
  assert.deepEqual(countWithin(/** @type {any} */ (intervals), 0, [99, 150]), { certain: 1, possible: 1 });
});

test("values of one filter are alternatives, and filters of one table hold in one row", () => {
  const selection = selectionOf();
  assert.deepEqual(selection.filtered(choice({ values: { kinds: ["arrest", "clash"] } })), [0, 1, 2]);
  assert.deepEqual(selection.filtered(choice({ values: { kinds: ["clash"], actors: ["sdf"] } })), [1]);
  assert.deepEqual(selection.filtered(choice({ values: { actors: ["sdf"], roles: ["initiator"] } })), [1]);
});

test("counts of a filter ignore it, and heed the others and the window", () => {
  const selection = selectionOf();
  const counts = (/** @type {number} */ at, /** @type {Partial<Choice>} */ rest) =>
    Object.fromEntries(selection.counts(COLUMNS[at], choice(rest)));
  assert.deepEqual(counts(0, { values: { kinds: ["arrest"] } }), { arrest: 1, clash: 2 });
  assert.deepEqual(counts(1, { values: { roles: ["initiator"] } }), { sana: 1, sdf: 1 });
  assert.deepEqual(counts(0, { window: [105, 200] }), { clash: 1 });
});

test("a search finds every word, in any case and with variants of letters", () => {
  const selection = selectionOf("Arrest in Raqqa مدينة الرقة", "Clash at Ain Issa", "");
  assert.deepEqual(selection.filtered(choice({ text: "raqqa arrest" })), [0]);
  assert.deepEqual(selection.filtered(choice({ text: "الرقه" })), [0]);
  assert.deepEqual(selection.filtered(choice({ text: "raqqa issa" })), []);
});

test("the list has the events at clicked marks, and says how many may lie outside of the window", () => {
  const selection = selectionOf();
  assert.deepEqual(selection.listed([0, 1, 2], choice({ marks: [1] })), [1]);
  assert.deepEqual(selection.listed([0, 1, 2], choice({ window: [100, 105] })), [0, 1]);
  assert.equal(selection.possible([0, 1], [100, 105]), 1);
});

test("a mark counts each event once, also where marks are drawn as one", () => {
  const events = [event({ flags: 2 }), event({ marks: [0, 1], days: [90, 110], split: "movement" }), event({ days: null })];
  const counts = new EventCounts(events, 2);
  counts.sumWithin([100, 105]);
  assert.deepEqual(counts.tally(0), {
    count: 2, possible: 1, confirmed: 0, refuted: 0, contested: 1, unreviewed: 0, groups: { violence: 1, movement: 1 },
  });
  assert.equal(counts.sharedWith(1, new Set([0]))[0].count, 1);
  assert.deepEqual(counts.sharedWith(0, new Set([5])), []);
  counts.sumWithin([100, 105], true);
  assert.equal(counts.tally(0).count, 1);
  counts.sumWithin(null);
  assert.equal(counts.tally(0).count, 3);
});

test("days are bars, uncertain dates are spans in lanes, and what has no lane is counted", () => {
  const uncertain = Array.from({ length: 10 }, () => event({ days: [18640, 18650] }));
  const data = timelineData(
    [event({ days: [18645, 18645] }), event({ days: [18645, 18645], attestation: "contested" }), ...uncertain,
      event({ days: [-1000000, 18641] }), event({ days: null })],
    ["2021-01-11", "2021-01-25"], () => "title",
  );
  assert.deepEqual(data.bins, [{ start: "2021-01-18", days: 1, counts: { contested: 1, corroborated: 0, single_source: 1 } }]);
  assert.equal(data.spans.length + data.hidden_spans, 11);
  assert.equal(new Set(data.spans.filter((span) => span.end === "2021-01-23").map((span) => span.lane)).size, data.spans.length);
  assert.equal(data.spans.every((span) => span.start >= "2021-01-11"), true);
  assert.equal(data.density.length, 15);
  assert.equal(Math.max(...data.density), data.hidden_spans);
});

test("the layer has movements and areas of the events that are left, and no others", () => {
  const events = [
    event({ from: [0], to: [1], areas: [0] }), event({ from: [0], to: [1], flags: 2, days: [120, 120] }), event({ from: [1], to: [0] }),
  ];
  /** @type {any} */
  const content = {
    events,
    map: {
      marks: [{ id: "a", lat: 1, lon: 2 }], circles: [], areas: [{ id: "a", geometry: {}, line: false }],
      ends: [[1, 2, "Here", "هنا"], [3, 4, "There", "هناك"]],
    },
  };
  /** @type {any} */
  const language = { legend: [], file: { arrow: " → " }, style: { words: { reading: ENGLISH } } };
  const layer = layerData(content, language, [0, 1], choice(), 0);
  assert.deepEqual(layer.movements.map(({ label, count, contested, event_id: id }) => [label, count, contested, id]),
    [["Here → There", 2, true, null]]);
  assert.deepEqual(layer.outlines.map(({ id, days, selected }) => [id, days, selected]), [["a", [[100, 100]], true]]);
  assert.deepEqual(layer.focus, [[1, 2]]);
  assert.equal(layer.marks[0].selected, true);
  assert.deepEqual(layerData(content, language, [2], choice(), null).outlines, []);
});

test("coloured areas count the events in each, and those in none after the last one", () => {
  const events = [
    event({ shaded: [0, 1] }), event({ shaded: [1], days: [90, 110] }), event({}), event({ shaded: [1], days: [300, 301] }),
  ];
  const areas = ["a", "b"].map((id) => ({
    ids: [id], name_en: id, name_ar: id, lat: 0, lon: 0, geometry: null, selected: false, corner: null,
  }));
  /** @type {any} */
  const content = { events, map: { marks: [], circles: [], areas: [], ends: [], shading: { areas, side: 0, colours: [] } } };
  /** @type {any} */
  const language = { legend: [], shading: { title: "Areas" } };
  const layer = layerData(content, language, [0, 1, 2, 3], choice({ window: [100, 105], values: { places: ["b"] } }), null);
  assert.equal(layer.shading?.words.title, "Areas");
  assert.deepEqual(layer.shading?.areas.map(({ selected }) => selected), [false, true]);
  const counts = /** @type {import("../../dashboard/frontend/map/types.js").MarkCounts} */ (layer.counts);
  counts.sumWithin([100, 105]);
  assert.deepEqual([0, 1, 2].map((at) => [counts.tally(at).count, counts.tally(at).possible]), [[1, 0], [2, 1], [1, 0]]);
});
