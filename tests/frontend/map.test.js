// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { arrow, pointsAlong } from "../../dashboard/frontend/map/arrows.js";
import { circleAt, circleRadius, isFullCircle, sectors } from "../../dashboard/frontend/map/circles.js";
import { freeBox, isWhole, mergeLabels, positionsAround, spacedBoxes } from "../../dashboard/frontend/map/label_positions.js";
import { joinOverlapping, markRadius, sectorPath, single } from "../../dashboard/frontend/map/mark_groups.js";
import { pickedPoint } from "../../dashboard/frontend/map/picked_point.js";
import { describeMark, describeMovement, describeSquare } from "../../dashboard/frontend/map/tooltips.js";
import { createFormat } from "../../dashboard/frontend/shared/format.js";
import { ARABIC, ENGLISH } from "./reading.js";

/** @typedef {import("../../dashboard/frontend/map/types.js").Site} Site */
/** @typedef {import("../../dashboard/frontend/map/types.js").Words} Words */

const LEGEND = [
  { id: "violence", label: "Violence", colour: "red" }, { id: "politics", label: "Politics", colour: "green" },
];

/**
 * @param {string} id
 * @param {Partial<Site>} [rest]
 * @returns {Site}
 */
const site = (id, rest) => ({
  id, lat: 0, lon: 0, name_en: id, name_ar: `ع${id}`, radius_m: 0, hollow: false, selected: false,
  count: 1, possible: 0, confirmed: 0, refuted: 0, contested: 0, unreviewed: 0, groups: { violence: 1 }, position: 0, ...rest,
});

/** Only the texts that tooltips have. @type {Words} */
const WORDS = /** @type {any} */ ({
  reading: ENGLISH, events: { one: "{n} event", other: "{n} events" }, movements: { other: "{n} movements" },
  more_places: { other: "with {places} and {n} more" }, with_places: "with {places}",
  contested: "contested: {n}", possible: "possibly: {n}", confirmed: "confirmed: {n}", refuted: "refuted: {n}",
  refuted_movement: "refuted", not_reviewed: "not reviewed: {n}", contested_movement: "contested",
  uncertain: "within {n} km", several: "Several places", closer: "Click to zoom",
});

test("circles grow with the count, between the smallest and the largest size", () => {
  assert.equal(circleRadius(0, 100), 3);
  assert.equal(circleRadius(100, 100), 19);
  assert.equal(circleRadius(1, 0), 19);
  assert.ok(circleRadius(10, 100) < circleRadius(11, 100));
});

test("sectors follow the legend from the top and fill the circle", () => {
  const [first, second] = sectors({ count: 4, groups: { politics: 3, violence: 1 } }, LEGEND);
  assert.equal(first.colour, "red");
  assert.equal(first.start, -Math.PI / 2);
  assert.equal(first.end, 0);
  assert.equal(second.start, first.end);
  assert.ok(Math.abs(second.end - 1.5 * Math.PI) < 1e-9);
  const all = sectors({ count: 2, groups: { politics: 2 } }, LEGEND);
  assert.deepEqual(all.map(isFullCircle), [true]);
  assert.equal(isFullCircle(first), false);
});

test("the circle drawn last is hit first, small ones within five pixels", () => {
  const circles = [
    { point: { x: 0, y: 0 }, radius: 19, id: "large" }, { point: { x: 10, y: 0 }, radius: 3, id: "small" },
  ];
  assert.equal(circleAt(circles, { x: 14, y: 0 })?.id, "small");
  assert.equal(circleAt(circles, { x: 0, y: 18 })?.id, "large");
  assert.equal(circleAt(circles, { x: 0, y: 20 }), null);
});

test("sites that would overlap become one mark, which stays where the first is", () => {
  const sites = [
    site("a", { lon: 0, groups: { violence: 1 } }),
    site("b", { lon: 15, count: 2, contested: 1, hollow: true, groups: { violence: 1, politics: 1 } }),
    site("c", { lon: 60, selected: true }),
  ];
  const before = structuredClone(sites);
  const marks = joinOverlapping(sites, ({ lon, lat }) => ({ x: lon, y: lat }));
  assert.deepEqual(marks.map(({ ids }) => ids), [["a", "b"], ["c"]]);
  const [ab] = marks;
  assert.equal(ab.count, 3);
  assert.deepEqual(ab.groups, { violence: 2, politics: 1 });
  assert.deepEqual([ab.contested, ab.hollow, ab.selected], [1, false, false]);
  assert.deepEqual(ab.point, { x: 0, y: 0 });
  assert.deepEqual(sites, before, "the data are not changed");
});

test("a mark of several sites counts an event at two of them once", () => {
  const figure = { without: 0, size: 3, low: 2, high: 4, open: 1 };
  const event = { count: 1, possible: 1, confirmed: 0, refuted: 0, contested: 1, unreviewed: 0, groups: { violence: 1 }, figure };
  const sites = ["a", "b", "c"].map((id, position) => site(id, {
    position, count: 2, possible: 1, contested: 1, groups: { violence: 1, politics: 1 },
    figure: { without: 1, size: 3, low: 2, high: 4, open: 1 },
  }));
  /** @type {[number, number[]][]} */
  const asked = [];
  const [mark] = joinOverlapping(sites, () => ({ x: 0, y: 0 }), 0, (at, others) => {
    asked.push([at, [...others]]);
    return at ? [event] : [];
  });
  assert.deepEqual(asked, [[1, [0]], [2, [0, 1]]]);
  assert.deepEqual([mark.count, mark.possible, mark.contested], [4, 1, 1]);
  assert.deepEqual(mark.groups, { violence: 1, politics: 3 });
  assert.deepEqual(mark.figure, { without: 3, size: 3, low: 2, high: 4, open: 1 });
});

test("marks have a largest size, and sectors are closed paths", () => {
  assert.equal(markRadius(1), 12);
  assert.equal(markRadius(1_000_000), 26);
  assert.match(sectorPath(10, 0, 0.25), /^M0 0L0 -10A10 10 0 0 1 10 \S+Z$/);
  assert.match(sectorPath(10, 0, 0.75), /A10 10 0 1 1 /);
  // A full circle stops just short of its start, or nothing would be drawn.
  assert.doesNotMatch(sectorPath(10, 0, 1), /1 0 -10Z$/);
});

test("tooltips name places, counts, groups and uncertainty", () => {
  const format = createFormat(ENGLISH);
  const one = single(site("Ain Issa", { contested: 1, unreviewed: 1, hollow: true, radius_m: 2540 }));
  assert.deepEqual(describeMark(one, WORDS, LEGEND, format), [
    "Ain Issa · عAin Issa", "1 event, contested: 1, not reviewed: 1", "Violence: 1", "within 2.5 km",
  ]);
  const joined = joinOverlapping(["a", "b", "c", "d", "e", "f"].map((id) => site(id)), () => ({ x: 0, y: 0 }));
  const lines = describeMark(joined[0], WORDS, LEGEND, format);
  assert.deepEqual(lines.slice(0, 3), ["a · عa", "with b, c, d and 2 more", "6 events"]);
  const arabic = describeMark(one, { ...WORDS, reading: ARABIC }, LEGEND, createFormat(ARABIC));
  assert.equal(arabic[0], "عAin Issa · Ain Issa");
});

test("records of the same place are named once", () => {
  const format = createFormat(ENGLISH);
  const lines = (/** @type {string[]} */ ids) => {
    const [joined] = joinOverlapping(ids.map((id) => site(id)), () => ({ x: 0, y: 0 }));
    return describeMark(joined, WORDS, LEGEND, format).slice(0, 2);
  };
  assert.deepEqual(lines(["a", "a"]), ["a · عa", "2 events"]);
  assert.deepEqual(lines(["a", "a", "b", "b"]), ["a · عa", "with b"]);
});

test("a square of several places has no name of its own", () => {
  const format = createFormat(ENGLISH);
  const lines = describeSquare(single(site("")), WORDS, LEGEND, format);
  assert.deepEqual([lines[0], lines[lines.length - 1]], ["Several places", "Click to zoom"]);
  assert.equal(describeSquare(single(site("a")), WORDS, LEGEND, format)[0], "a · عa");
});

test("a movement is described by its label and number", () => {
  const movement = /** @type {any} */ ({ label: "a → b", count: 2, contested: true });
  assert.deepEqual(describeMovement(movement, WORDS, createFormat(ENGLISH)), ["a → b", "2 movements, contested"]);
});

test("arrows start at their place, stop before their target, and there and back differ", () => {
  const [a, b] = [{ x: 0, y: 0 }, { x: 100, y: 0 }];
  const there = arrow(a, b, 6);
  const back = arrow(b, a, 6);
  assert.ok(there && back);
  assert.deepEqual(there.line[0], a);
  assert.ok(there.line[24].x > 70 && there.line[24].x < 90);
  assert.ok(there.line[12].y * back.line[12].y < 0);
  assert.equal(there.head.length, 3);
  assert.equal(arrow(a, { x: 23, y: 0 }, 6), null);
});

test("a label goes to the first free position", () => {
  const point = { x: 100, y: 100 };
  /** @type {[number, number]} */
  const size = [40, 10];
  const positions = positionsAround(size, false, undefined);
  assert.deepEqual(freeBox(point, positions, size, []), [107, 95, 147, 105]);
  assert.deepEqual(freeBox(point, positions, size, [[110, 90, 120, 110]]), [53, 95, 93, 105]);
  assert.equal(freeBox(point, positions, size, [[0, 0, 200, 200]]), null);
  assert.deepEqual(positionsAround(size, true, undefined), [[-20, -5]]);
  assert.deepEqual(positionsAround(size, false, 12)[0], [17, -5]);
});

test("a town that the gazetteer has too is labelled once, by the better rank", () => {
  const town = (/** @type {string} */ name_en, /** @type {number} */ lon, /** @type {number} */ rank) =>
    ({ geometry: { coordinates: /** @type {[number, number]} */ ([lon, 0]) }, properties: { name_en, name_ar: "", rank } });
  const gazetteer = [{ name_en: "Raqqa", name_ar: "الرقة", lat: 0, lon: 1, rank: 4 }];
  const distance = (/** @type {{ lon: number }} */ a, /** @type {{ lon: number }} */ b) => Math.abs(a.lon - b.lon) * 100_000;
  const merged = mergeLabels([town("ar-Raqqah", 1.01, 2), town("Aleppo", 3, 2), town("Damascus", 5, 1)], gazetteer, distance);
  assert.deepEqual(merged.map(({ name_en, rank }) => [name_en, rank]), [["Damascus", 1], ["Raqqa", 2], ["Aleppo", 2]]);
  assert.equal(gazetteer[0].rank, 4, "the data are not changed");
});

test("a clicked point has as many decimals as a pixel can tell apart", () => {
  const latlng = { lat: 36.384321, lng: 38.863321 };
  assert.equal(pickedPoint(latlng, 7), "36.38,38.86");
  assert.equal(pickedPoint(latlng, 12), "36.3843,38.8633");
});

test("numbers of a road are apart from each other and from what is there", () => {
  /** @type {[number, number, number, number][]} */
  const taken = [[-20, -10, 20, 10]];
  const boxes = spacedBoxes([{ x: 0, y: 0 }, { x: 60, y: 0 }, { x: 90, y: 0 }, { x: 200, y: 0 }], [30, 16], 100, taken);
  assert.deepEqual(boxes, [[45, -8, 75, 8], [185, -8, 215, 8]]);
  assert.equal(taken.length, 3);
});

test("points along an arrow are near to each other", () => {
  const points = pointsAlong([{ x: 0, y: 0 }, { x: 16, y: 0 }, { x: 16, y: 5 }], 8);
  assert.deepEqual(points, [{ x: 0, y: 0 }, { x: 8, y: 0 }, { x: 16, y: 0 }]);
});

test("a label is not cut by the edge of the map", () => {
  /** @param {number} x */
  const at = (x) => isWhole({ x, y: 50 }, [5, -5], [30, 10], [0, 0, 100, 100]);
  assert.deepEqual([10, 80, 98, 110, -20, -50].map(at), [true, false, false, true, false, true]);
});
