// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { AGAIN_MS, PendingClick } from "../../dashboard/frontend/map/pending_click.js";

/**
 * A click that waits, with a clock of its own.
 *
 * @param {import("node:test").TestContext} context
 */
function clock(context) {
  /** @type {{ run: () => void, wait: number }[]} */
  const waiting = [];
  context.mock.method(globalThis, "setTimeout", (/** @type {() => void} */ run, /** @type {number} */ wait) => {
    waiting.push({ run, wait });
  });
  context.mock.method(globalThis, "clearTimeout", () => waiting.splice(0));
  return { waiting, next: () => waiting.shift()?.run() };
}

test("a click on a mark is sent again, ever more seldom, and not for ever", (context) => {
  const { waiting, next } = clock(context);
  /** @type {string[]} */
  const sent = [];
  const pending = new PendingClick();
  pending.click("places:a.b", (id) => sent.push(id));
  const waits = [];
  while (waiting.length) { waits.push(waiting[0].wait); next(); }
  assert.deepEqual(waits, [AGAIN_MS, 2 * AGAIN_MS, 4 * AGAIN_MS]);
  assert.deepEqual(sent, Array(4).fill("places:a.b"));
});

test("it is not sent again once the link has it", (context) => {
  const { waiting } = clock(context);
  const pending = new PendingClick();
  pending.click("places:a.b", () => {});
  pending.applied([["at", "a"], ["kind", "a.b"]]);
  assert.equal(waiting.length, 1);
  pending.applied([["kind", "arrest"], ["at", "a.b"]]);
  assert.equal(waiting.length, 0);
  pending.click("event:e:1", () => {});
  pending.applied([["event", "e:1"]]);
  assert.equal(waiting.length, 0);
});

test("a later click takes the place of one before, and others are sent once", (context) => {
  const { waiting, next } = clock(context);
  /** @type {string[]} */
  const sent = [];
  const pending = new PendingClick();
  pending.click("places:a", (id) => sent.push(id));
  pending.click("event:b", (id) => sent.push(id));
  next();
  assert.deepEqual(sent, ["places:a", "event:b", "event:b"]);
  pending.click("area-remove:box:1,2,3,4", (id) => sent.push(id));
  assert.equal(waiting.length, 0);
});
