// @ts-check
// What the size of a mark stands for: its events, or the sum of their figures, in words too: no DOM.

/** @typedef {import("../shared/format.js").Format} Format */
/** @typedef {import("./types.js").FigureSum} FigureSum */
/** @typedef {import("./types.js").FigureWords} FigureWords */
/** @typedef {import("./types.js").Tally} Tally */

// What is written in a mark of which no event has a figure.
export const DASH = "–";

/**
 * Whether no event of the mark has a figure, although its size stands for one.
 *
 * @param {Tally} mark
 */
export const hasNoFigure = ({ count, figure }) => figure !== undefined && figure.without >= count;

/**
 * Whether every event of the mark may lie outside of the window.
 *
 * @param {Tally} mark
 */
export const isOnlyPossible = ({ count, possible }) => possible >= count && count > 0;

/**
 * The number for which the size of a mark stands; 0 if none of its events has a figure.
 *
 * @param {Tally} mark
 */
export const sizeOf = ({ count, figure }) => (figure ? figure.size : count);

/**
 * Adds the events and figures of a mark to another's, or with a sign of -1 subtracts them.
 *
 * @param {Tally} mark is changed
 * @param {Tally} other
 * @param {1 | -1} [sign]
 */
export function addTally(mark, other, sign = 1) {
  mark.count += sign * other.count;
  mark.possible += sign * other.possible;
  mark.confirmed += sign * other.confirmed;
  mark.refuted += sign * other.refuted;
  mark.contested += sign * other.contested;
  mark.unreviewed += sign * other.unreviewed;
  for (const [group, count] of Object.entries(other.groups)) {
    mark.groups[group] = (mark.groups[group] || 0) + sign * count;
  }
  const [a, b] = [mark.figure, other.figure];
  if (!a || !b) return;
  mark.figure = {
    without: a.without + sign * b.without, size: a.size + sign * b.size, low: a.low + sign * b.low,
    high: a.high + sign * b.high, open: a.open + sign * b.open,
  };
}

/**
 * A sum in words, e.g. ["3 to 5 killed", "4 without a figure"]; [] if sizes stand for events.
 *
 * @param {Tally} mark
 * @param {FigureWords | null} words
 * @param {Format} format
 * @returns {string[]}
 */
export function describeFigure(mark, words, format) {
  if (!mark.figure || !words) return [];
  if (hasNoFigure(mark)) return [words.none];
  const { without } = mark.figure;
  const sum = format.fill(words.figure, { figure: bounds(mark.figure, words, format) });
  return without ? [sum, format.plural(words.without, without)] : [sum];
}

/**
 * A range of numbers as `bounds_words` of language/figures.py writes it, e.g. "3 to 5", "at least 3".
 *
 * @param {FigureSum} figure
 * @param {FigureWords} words
 * @param {Format} format
 */
function bounds({ low, high, open }, words, format) {
  if (open) return format.fill(words.at_least, { low });
  if (low === high) return format.number(high);
  return low ? format.fill(words.bounds, { low, high }) : format.fill(words.up_to, { high });
}
