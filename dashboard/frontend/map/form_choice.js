// @ts-check
// The form in which this browser writes coordinates.

import { FORMS } from "./coordinates.js";

const KEY = "event-map-coordinates";

export function coordinateForm() {
  let chosen = null;
  // A browser may refuse to store anything.
  try { chosen = window.localStorage.getItem(KEY); } catch { /* then it is chosen anew at each visit */ }
  return chosen && FORMS.includes(chosen) ? chosen : FORMS[0];
}

/** @param {string} form */
export function chooseForm(form) {
  try { window.localStorage.setItem(KEY, form); } catch { /* as above */ }
}
