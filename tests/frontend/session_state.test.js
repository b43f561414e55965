// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { asksAgain } from "../../dashboard/frontend/signed_in/session_state.js";

test("only a session that has ended leads to the sign-in", () => {
  assert.equal(asksAgain({ status: 401 }), false);
  for (const answer of [{ status: 204 }, { status: 503 }, { status: 429 }, null]) {
    assert.equal(asksAgain(answer), true);
  }
});
