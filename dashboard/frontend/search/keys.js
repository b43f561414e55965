// @ts-check
// Which suggestion the keys move to: no DOM.

/**
 * The position after a key; -1 is the field itself, from which the arrows go round.
 *
 * @param {string} key
 * @param {number} active
 * @param {number} count of suggestions
 */
export function moved(key, active, count) {
  if (key === "ArrowDown") return active + 1 < count ? active + 1 : -1;
  if (key === "ArrowUp") return active === -1 ? count - 1 : active - 1;
  return active;
}
