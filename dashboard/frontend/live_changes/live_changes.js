// @ts-check
// Asks the server each second what others changed and who has this event or suggestion open, and says it.

import { html, query } from "../shared/dom.js";

const ADDRESS = "changes";
/** With the answer, less than two seconds. */
const ASK_MS = 1000;
/** Of this window; the server forgets it half a minute after the last question. */
const WINDOW = Array.from({ length: 3 }, () => Math.random().toString(36).slice(2, 10)).join("").padEnd(8, "0");

/**
 * @typedef {{ since: number, name: string, suggestion: string, language: [string, string][], show: string,
 *   dismiss: string }} Data
 * @typedef {{ version: number, event: string, others: string, here: string }} Answer
 * @typedef {import("../shared/component.js").Component<Data>} Component
 */

/** The entry up to which changes were dismissed, or are about to be shown. */
let dismissed = 0;
/**
 * Stops asking for the data of the run before, by the element of the page. Streamlit calls the component
 * again when its data change, and the function that it returned only when the component is gone.
 * @type {WeakMap<HTMLElement, () => void>}
 */
const asking = new WeakMap();

/**
 * @param {Component} component
 * @returns {() => void} stops asking
 */
export default function ({ data, parentElement, setTriggerValue }) {
  const root = query(parentElement, ".live", HTMLElement);
  root.setAttribute("role", "status");
  asking.get(root)?.();
  const asked = new AbortController();
  let waits = false;
  const askAgain = async () => {
    if (document.hidden || waits) return;
    waits = true;
    const answer = await ask(data, asked.signal);
    waits = false;
    if (answer && !asked.signal.aborted) draw(root, answer, data, () => setTriggerValue("show", answer.version));
  };
  const timer = window.setInterval(askAgain, ASK_MS);
  // At once: others see whose hand a suggestion is in before they open it too.
  if (data.suggestion) void askAgain();
  if (data.since >= dismissed) clear(root);
  const stop = () => {
    asked.abort();
    window.clearInterval(timer);
  };
  asking.set(root, stop);
  return stop;
}

/**
 * @param {Data} data
 * @param {AbortSignal} signal
 * @returns {Promise<Answer | null>} null if the server did not answer
 */
async function ask(data, signal) {
  const params = new URLSearchParams([
    ["since", String(Math.max(data.since, dismissed))], ["window", WINDOW], ["name", data.name],
    ["event", new URLSearchParams(location.search).get("event") || ""], ["suggestion", data.suggestion],
    ...data.language,
  ]);
  try {
    const response = await fetch(new URL(`${ADDRESS}?${params}`, document.baseURI), { signal, cache: "no-store" });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

/**
 * @param {HTMLElement} root
 * @param {Answer} answer
 * @param {Data} data
 * @param {() => void} show draws the page anew
 */
function draw(root, answer, data, show) {
  const lines = [answer.here, answer.event, answer.others];
  const said = lines.join("\n");
  // A screen reader reads what is new only.
  if (root.dataset.said === said) return;
  root.dataset.said = said;
  root.replaceChildren();
  lines.forEach((line) => line && html("p", "", line, root));
  if (!answer.event && !answer.others) return;
  const buttons = html("p", "buttons", undefined, root);
  const choose = (/** @type {() => void} */ then) => () => {
    dismissed = answer.version;
    clear(root);
    then();
  };
  html("button", "", data.show, buttons).addEventListener("click", choose(show));
  html("button", "", data.dismiss, buttons).addEventListener("click", choose(() => {}));
}

/** @param {HTMLElement} root */
function clear(root) {
  root.dataset.said = "";
  root.replaceChildren();
}
