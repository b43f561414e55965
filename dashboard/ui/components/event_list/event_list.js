// Events as rows to choose from, updated in place; every text by textContent.
function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function titled(className, text, arabic) {
  const title = make("span", className, text);
  title.dir = arabic ? "rtl" : "ltr";
  title.lang = arabic ? "ar" : "en";
  return title;
}

function item(event, choose, words) {
  const button = make("button", "event");
  button.type = "button";
  button.dataset.event = event.event_id;
  button.setAttribute("aria-pressed", String(event.selected));
  button.classList.toggle("selected", event.selected);
  button.style.setProperty("--colour", event.colour);
  const head = make("span", "head");
  head.append(make("span", "date", event.when), make("span", "kind", event.kind));
  if (event.dataset) head.append(make("span", "kind dataset", event.dataset));
  const badge = make("span", "badge " + event.attestation, event.attestation_label);
  badge.style.setProperty("--badge", event.attestation_colour);
  if (!event.reviewed) head.append(make("span", "badge unreviewed", words.not_reviewed));
  head.append(badge);
  const arabic = words.reading.lang === "ar";
  button.append(head, titled("title", event.title, arabic), titled("other-title", event.other_title, !arabic));
  if (event.places) {
    const places = make("span", "places", event.places);
    button.append(places);
  }
  button.addEventListener("click", () => choose(event.event_id));
  return button;
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".list");
  const active = root.getRootNode().activeElement;
  const focused = active && active.dataset ? active.dataset.event : null;
  const choose = (id) => setTriggerValue("chosen", id);
  root.replaceChildren();
  for (const group of data.groups) {
    if (group.heading) root.append(make("h4", "", group.heading));
    group.events.forEach((event) => root.append(item(event, choose, data.words)));
  }
  if (data.more) {
    const more = make("button", "more", data.more);
    more.type = "button";
    more.addEventListener("click", () => setTriggerValue("more", true));
    root.append(more);
  }
  if (focused) root.querySelector(`[data-event="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}
