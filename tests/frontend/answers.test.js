// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { Answers, covers, linkText, withValues } from "../../dashboard/frontend/map/answers.js";

/** @typedef {import("../../dashboard/frontend/map/answers.js").View} View */
/** @typedef {import("../../dashboard/frontend/map/types.js").Answer} Answer */
/** @typedef {import("../../dashboard/frontend/map/types.js").Param} Param */

const VIEW = { west: 36, south: 34, east: 42, north: 38, zoom: 7 };

/**
 * @param {Partial<Answer>} [rest]
 * @param {boolean} [places]
 * @returns {Answer}
 */
const answer = (rest, places = false) =>
  /** @type {any} */ ({ bounds: [30, 30, 45, 45], zoom: 7, layer: { places }, ...rest });

/** A server that answers each request when told to. */
class Server {
  constructor() {
    /** @type {{ url: string, signal: AbortSignal, resolve: (response: any) => void, reject: (error: Error) => void }[]} */
    this.requests = [];
    this.fetch = /** @type {typeof fetch} */ ((url, options) => new Promise((resolve, reject) => {
      const signal = /** @type {AbortSignal} */ (options?.signal);
      signal.addEventListener("abort", () => reject(new Error("aborted")));
      this.requests.push({ url: String(url), signal, resolve, reject });
    }));
    this.answers = new Answers("map-data", this.fetch);
  }

  /**
   * @param {number} at
   * @param {Answer} data
   */
  reply(at, data) {
    this.requests[at].resolve({ ok: true, json: async () => data });
  }
}

test("a link is the same in any order of its parameters", () => {
  /** @type {Param[]} */
  const params = [["kind", "b"], ["from", "2021-01-18"], ["kind", "a"]];
  assert.equal(linkText(params), "from=2021-01-18&kind=a&kind=b");
  assert.equal(linkText([...params].reverse()), linkText(params));
  assert.equal(linkText([["q", "عين & عيسى"]]), "q=%D8%B9%D9%8A%D9%86+%26+%D8%B9%D9%8A%D8%B3%D9%89");
});

test("chosen filters replace those of the link, and an empty one is none", () => {
  /** @type {Param[]} */
  const params = [["kind", "a"], ["actor", "x"], ["from", "2021-01-18"]];
  assert.deepEqual(withValues(params, { kind: ["b", "c"], actor: [] }), [
    ["from", "2021-01-18"], ["kind", "b"], ["kind", "c"],
  ]);
});

test("an answer has what a view shows", () => {
  assert.ok(covers(answer(), VIEW));
  assert.ok(!covers(answer(), { ...VIEW, east: 45.1 }));
  // Squares are of one zoom; places are the same ones from nearer.
  assert.ok(!covers(answer(), { ...VIEW, zoom: 8 }));
  assert.ok(covers(answer({}, true), { ...VIEW, zoom: 8 }));
  assert.ok(!covers(answer({}, true), { ...VIEW, zoom: 6 }));
});

test("a question stops the one before, whichever answer comes first", async () => {
  const { requests, answers } = new Server();
  const first = answers.ask("kind=a", VIEW);
  assert.ok(answers.isAsking("kind=a", { ...VIEW, west: 36.1, east: 42.1 }));
  assert.ok(!answers.isAsking("kind=a", { ...VIEW, west: 38, east: 44 }));
  const second = answers.ask("kind=b", VIEW);
  assert.ok(requests[0].signal.aborted);
  assert.equal(await first, null);
  requests[1].resolve({ ok: true, json: async () => answer() });
  assert.deepEqual(await second, answer());
  assert.equal(requests[1].url, "map-data?bbox=36.00000,34.00000,42.00000,38.00000&zoom=7&kind=b");
  assert.ok(!answers.isAsking("kind=b", VIEW));
});

test("a recent answer is found by its link and its part of the map; old ones are dropped", async () => {
  const server = new Server();
  for (let at = 0; at < 13; at += 1) {
    const asked = server.answers.ask(`kind=${at}`, VIEW);
    server.reply(at, answer({ zoom: 7 }));
    await asked;
  }
  assert.equal(server.answers.find("kind=0", VIEW), undefined);
  assert.ok(server.answers.find("kind=1", VIEW));
  assert.equal(server.answers.find("kind=1", { ...VIEW, zoom: 9 }), undefined);
  // The one that was just used is dropped last.
  const asked = server.answers.ask("kind=13", VIEW);
  server.reply(13, answer());
  await asked;
  assert.ok(server.answers.find("kind=1", VIEW));
  assert.equal(server.answers.find("kind=2", VIEW), undefined);
});

test("a refusal is an error with the server's sentence, and can be asked again", async () => {
  const server = new Server();
  const asked = server.answers.ask("kind=x", VIEW);
  server.requests[0].resolve({ ok: false, status: 400, text: async () => "not known here" });
  await assert.rejects(asked, /^Error: not known here$/);
  assert.ok(!server.answers.isAsking("kind=x", VIEW));
  const lost = server.answers.ask("kind=x", VIEW);
  server.requests[1].reject(new Error("Failed to fetch"));
  await assert.rejects(lost, /Failed to fetch/);
  server.answers.stop();
});
