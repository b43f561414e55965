// @ts-check
// Events as rows to select from, updated in place.

import { html, query } from "../shared/dom.js";

/** One event: `EventRow` of browser/event_rows.py.
 *
 * @typedef {object} EventRow
 * @property {string} event_id
 * @property {string} when
 * @property {string} kind
 * @property {string} colour
 * @property {string} title in the reader's language
 * @property {string} other_title in the other language
 * @property {string} places
 * @property {string} attestation
 * @property {string} attestation_label
 * @property {string} attestation_colour
 * @property {boolean} reviewed
 * @property {boolean} selected
 * @property {string} dataset
 * @property {string} verification
 * @property {string} verification_label "" if nobody verified it
 * @property {string} verification_of_place the same for its place
 * @property {string} figure e.g. "3 to 5 killed"; "" if it has none
 * @property {string[]} notes who works on it, e.g. "for Rana"
 */

/**
 * @typedef {object} ComponentData
 * @property {{ heading: string, events: EventRow[] }[]} groups
 * @property {string | null} more label of the button for further events
 * @property {{ reading: import("../shared/format.js").Reading, not_reviewed: string }} words
 */

/**
 * @param {string} className
 * @param {string} text
 * @param {boolean} isArabic
 */
function title(className, text, isArabic) {
  const node = html("span", className, text);
  node.dir = isArabic ? "rtl" : "ltr";
  node.lang = isArabic ? "ar" : "en";
  return node;
}

/**
 * @param {EventRow} event
 * @param {(id: string) => void} choose
 * @param {ComponentData["words"]} words
 */
function row(event, choose, words) {
  const button = html("button", "event");
  button.type = "button";
  button.dataset.event = event.event_id;
  button.setAttribute("aria-pressed", String(event.selected));
  button.classList.toggle("selected", event.selected);
  button.style.setProperty("--colour", event.colour);
  const isArabic = words.reading.lang === "ar";
  button.append(
    head(event, words),
    title("title", event.title, isArabic),
    title("other-title", event.other_title, !isArabic),
  );
  if (event.places || event.figure) {
    const last = html("span", "last", "", button);
    html("span", "places", event.places, last);
    if (event.figure) html("span", "figure", event.figure, last);
  }
  if (event.notes.length) {
    const notes = html("span", "notes", "", button);
    for (const note of event.notes) html("span", "note", note, notes);
  }
  button.addEventListener("click", () => choose(event.event_id));
  return button;
}

/**
 * @param {EventRow} event
 * @param {ComponentData["words"]} words
 */
function head(event, words) {
  const node = html("span", "head");
  html("span", "date", event.when, node);
  html("span", "kind", event.kind, node);
  if (event.dataset) html("span", "kind dataset", event.dataset, node);
  if (!event.reviewed) html("span", "badge unreviewed", words.not_reviewed, node);
  if (event.verification_label) html("span", `badge verified ${event.verification}`, event.verification_label, node);
  const badge = html("span", `badge ${event.attestation}`, event.attestation_label, node);
  badge.style.setProperty("--badge", event.attestation_colour);
  return node;
}

/** @param {import("../shared/component.js").Component<ComponentData>} component */
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = query(parentElement, ".list", HTMLElement);
  const active = /** @type {ShadowRoot | Document} */ (root.getRootNode()).activeElement;
  const focused = active instanceof HTMLElement ? active.dataset.event : undefined;
  root.replaceChildren();
  for (const group of data.groups) {
    if (group.heading) html("h4", "", group.heading, root);
    for (const event of group.events) {
      root.append(row(event, (id) => setTriggerValue("event", id), data.words));
    }
  }
  if (data.more) {
    const more = html("button", "more", data.more, root);
    more.type = "button";
    more.addEventListener("click", () => setTriggerValue("more", true));
  }
  if (!focused) return;
  const again = root.querySelector(`[data-event="${CSS.escape(focused)}"]`);
  if (again instanceof HTMLElement) again.focus({ preventScroll: true });
}
