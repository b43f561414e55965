// Filters as lists of values with counts, updated in place at each rerun; text by textContent only.
// A filter with more values than ALL shows the first MANY until asked for the others.
const ALL = 14;
const MANY = 10;

function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function row(option, group, choose, most, format) {
  const label = make("label", "row");
  label.style.setProperty("--indent", option.depth || 0);
  label.classList.toggle("none", option.count === 0 && !option.chosen);
  label.title = option.label + (option.other_label ? " · " + option.other_label : "") +
    (option.note ? ": " + option.note : "");
  const box = make("input");
  box.type = "checkbox";
  box.checked = option.chosen;
  box.addEventListener("change", () => choose(group.field, option.value, box.checked));
  label.append(box);
  if (option.colour) {
    const dot = make("span", "dot" + (option.hatched ? " hatched" : ""));
    dot.style.setProperty("--colour", option.colour);
    label.append(dot);
  }
  const text = make("span", "text");
  text.append(make("span", "", option.label));
  const bar = make("span", "bar");
  bar.style.width = most ? `${(100 * option.count) / most}%` : "0";
  text.append(bar);
  label.append(text, make("span", "count", format.number(option.count)));
  return label;
}

function fold(text) {
  return text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f\u064b-\u0652\u0640]/g, "")
    .replace(/[أإآ]/g, "ا").replace(/ى/g, "ي").replace(/ة/g, "ه");
}

// How long after the last letter a name is looked for among those that were not sent, in milliseconds.
const PAUSE = 350;

function section(group, state, choose, redraw, seek) {
  const { words } = state;
  const format = eventWords(words.reading);
  const details = make("details", "group");
  details.open = state.open[group.field] ?? group.open;
  details.addEventListener("toggle", () => { state.open[group.field] = details.open; });
  const summary = make("summary", "", group.label);
  const chosen = group.options.filter((option) => option.chosen).length;
  if (chosen) {
    summary.append(make("span", "chosen", format.number(chosen)));
    const clear = make("button", "clear", words.clear);
    clear.type = "button";
    clear.setAttribute("aria-label", format.fill(words.clear_filter, { name: group.label }));
    clear.addEventListener("click", (event) => { event.preventDefault(); choose(group.field, null); });
    summary.append(clear);
  }
  details.append(summary);
  const most = Math.max(0, ...group.options.map((option) => option.count));
  const sought = fold(state.search[group.field] || "");
  if (group.options.length > ALL) {
    const search = make("input", "search");
    search.type = "search";
    search.placeholder = words.find;
    search.setAttribute("aria-label", format.fill(words.find_in, { name: group.label }));
    search.value = state.search[group.field] || "";
    search.addEventListener("input", () => {
      state.search[group.field] = search.value;
      redraw();
      if (group.partial) seek(group.field, search.value.trim());
    });
    details.append(search);
  }
  const all = state.all[group.field];
  const found = group.options.filter((option) => sought
    ? fold(option.label + " " + (option.other_label || "")).includes(sought)
    : all || option.chosen || option.count > 0);
  const shown = all || sought ? found : found.slice(0, group.options.length <= ALL ? ALL : Math.max(MANY, chosen));
  shown.forEach((option) => details.append(row(option, group, choose, most, format)));
  if (group.partial && all && !sought) details.append(make("div", "note", words.partial));
  const hidden = group.options.length - shown.length;
  if (!sought && (hidden || all) && group.options.length > ALL) {
    const more = make("button", "more", all ? words.fewer : format.plural(words.more, hidden));
    more.type = "button";
    more.addEventListener("click", () => { state.all[group.field] = !all; redraw(); });
    details.append(more);
  }
  return details;
}

export default function (component) {
  const { data, parentElement, setStateValue } = component;
  const root = parentElement.querySelector(".facets");
  const state = (root.state ??= { open: {}, search: {}, all: {} });
  state.groups = data.groups;
  state.words = data.words;

  const choose = (field, value, on) => {
    const selection = {};
    for (const group of state.groups) {
      if (group.field === field) {
        group.options.forEach((option) => {
          if (value === null) option.chosen = false;
          else if (option.value === value) option.chosen = on;
        });
      }
      selection[group.field] = group.options.filter((o) => o.chosen).map((o) => o.value);
    }
    redraw();
    // The number makes each choice a new value, so that choosing again after a reset is sent too.
    state.turn = (state.turn || 0) + 1;
    setStateValue("selection", { turn: `${Date.now()}-${state.turn}`, ...selection });
  };

  const seek = (field, text) => {
    clearTimeout(state.seeking);
    if (text) state.seeking = setTimeout(() => setStateValue("sought", { field, text }), PAUSE);
  };

  const redraw = () => {
    const active = root.getRootNode().activeElement;
    const caret = active && active.selectionStart;
    const at = active && root.contains(active)
      ? [...root.querySelectorAll("input,button,summary")].indexOf(active) : -1;
    root.replaceChildren(...state.groups.map((group) => section(group, state, choose, redraw, seek)));
    const again = root.querySelectorAll("input,button,summary")[at];
    if (again) {
      again.focus({ preventScroll: true });
      if (again.type === "search" && caret !== null) again.setSelectionRange(caret, caret);
    }
  };
  redraw();
}
