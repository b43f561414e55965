// @ts-check
// Whether this browser has seen the introduction.

const KEY = "event-map-introduced";

export function isIntroduced() {
  // A browser that stores nothing would be introduced at each visit: it is not at all.
  try { return window.localStorage.getItem(KEY) !== null; } catch { return true; }
}

export function setIntroduced() {
  try { window.localStorage.setItem(KEY, "yes"); } catch { /* it is shown no more in this page */ }
}
