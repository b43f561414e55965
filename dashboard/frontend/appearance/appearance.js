// @ts-check
// The choice of a light or dark page, which Streamlit remembers in this browser.

import { themeKeys } from "./theme_keys.js";
import { html, query } from "../shared/dom.js";

/** @typedef {{ label: string, names: [theme: string, name: string][], pages: string[] }} AppearanceData */

const SYSTEM = "System";

/** @param {import("../shared/component.js").Component<AppearanceData>} component */
export default function ({ data, parentElement }) {
  const fieldset = query(parentElement, "fieldset", HTMLFieldSetElement);
  const keys = themeKeys(window.location.pathname, data.pages);
  fieldset.replaceChildren(html("legend", "", data.label));
  for (const [theme, name] of data.names) {
    const label = html("label", "", undefined, fieldset);
    const input = html("input", "", undefined, label);
    Object.assign(input, { type: "radio", name: "theme", checked: theme === chosen(keys[0]) });
    label.append(name);
    input.addEventListener("change", () => choose(keys, theme));
  }
}

/** @param {string | undefined} key */
function chosen(key) {
  try {
    return JSON.parse(window.localStorage.getItem(key ?? "") ?? "") || SYSTEM;
  } catch {
    return SYSTEM;
  }
}

/**
 * Streamlit reads the theme when it starts. The page has its filters in the address, and forms have drafts.
 *
 * @param {string[]} keys
 * @param {string} theme
 */
function choose(keys, theme) {
  for (const key of keys) window.localStorage.setItem(key, JSON.stringify(theme));
  window.location.reload();
}
