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
  /** What waits, the newest last. @type {{ run: () => void, wait: number }[]} */
  const waiting = [];
  const later = (/** @type {() => void} */ run, /** @type {number} */ wait) => waiting.push({ run, wait });
  context.mock.method(globalThis, "setTimeout", later);
  context.mock.method(globalThis, "clearTimeout", () => waiting.pop());
  /** @type {Sent[]} */
  const sent = [];
  let running = false;
  const pending = new PendingChanges((message) => sent.push(message), () => running);
  pending.add(change(1));
  pending.add(change(2));
  assert.deepEqual(numbers(sent), [[1], [1, 2]]);
  waiting.at(-1)?.run();
  waiting.at(-1)?.run();
  running = true;
  waiting.pop()?.run();
  running = false;
  assert.deepEqual(waiting.map(({ wait }) => wait), [4 * AGAIN_MS]);
  assert.deepEqual(numbers(sent).slice(2), [[1, 2], [1, 2]]);
  assert.equal(new Set(sent.map(({ attempt }) => attempt)).size, 4);
  pending.applied(1);
  pending.add(change(3));
  assert.deepEqual(numbers(sent).at(-1), [2, 3]);
  pending.applied(3);
  assert.deepEqual(waiting, []);
  assert.equal(sent.length, 5);
});
