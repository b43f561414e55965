// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { AGAIN_MS, PendingChanges } from "../../dashboard/frontend/facets/pending.js";

/** @typedef {import("../../dashboard/frontend/facets/pending.js").Sent} Sent */

/** @param {number} number */
const change = (number) => ({ number, field: "kinds", value: `v${number}`, selected: true });

/** @param {Sent[]} sent */
const numbers = (sent) => sent.map(({ changes }) => changes.map(({ number }) => number));

test("all clicks are sent until the page has applied them, ever more seldom", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {Sent[]} */
  const sent = [];
  const pending = new PendingChanges((message) => sent.push(message));
  pending.add(change(1));
  pending.add(change(2));
  assert.deepEqual(numbers(sent), [[1], [1, 2]]);
  context.mock.timers.tick(AGAIN_MS);
  context.mock.timers.tick(2 * AGAIN_MS - 1);
  assert.equal(sent.length, 3);
  context.mock.timers.tick(1);
  assert.deepEqual(numbers(sent).slice(2), [[1, 2], [1, 2]]);
  assert.equal(new Set(sent.map(({ attempt }) => attempt)).size, 4);
  pending.applied(1);
  pending.add(change(3));
  assert.deepEqual(numbers(sent).at(-1), [2, 3]);
  pending.applied(3);
  context.mock.timers.tick(100 * AGAIN_MS);
  assert.equal(sent.length, 5);
});
