// @ts-check
// The lines of a tooltip, e.g. "Ain Issa · عين عيسى", "3 events, contested: 1": no DOM.

import { describeFigure } from "./sizes.js";

/** @typedef {import("../shared/format.js").Format} Format */
/** @typedef {import("./types.js").FigureWords} FigureWords */
/** @typedef {import("./types.js").Mark} Mark */
/** @typedef {import("./types.js").Movement} Movement */
/** @typedef {import("./types.js").Shade} Shade */
/** @typedef {import("./types.js").SiteGroup} SiteGroup */
/** @typedef {import("./types.js").Words} Words */

const MAX_NAMED_PLACES = 4;
// Between a place's names in two scripts.
export const BETWEEN_NAMES = " · ";

/**
 * A site's names, the one in the reader's language first.
 *
 * @param {Mark} site
 * @param {string} lang
 */
export const names = (site, lang) =>
  (lang === "ar" ? [site.name_ar, site.name_en] : [site.name_en, site.name_ar]).filter(Boolean);

/**
 * @param {SiteGroup} mark
 * @param {Words} words
 * @param {Shade[]} legend
 * @param {Format} format
 * @param {FigureWords | null} [figureWords] if sizes stand for a figure
 * @returns {string[]}
 */
export function describeMark(mark, words, legend, format, figureWords = null) {
  const { lang } = words.reading;
  const lines = [[...new Set(names(mark, lang))].join(BETWEEN_NAMES)];
  if (mark.sites.length > 1) lines.push(...otherPlaces(mark, words, format));
  const counts = [format.plural(words.events, mark.count), ...describeFigure(mark, figureWords, format)];
  if (mark.possible) counts.push(format.fill(words.possible, { n: Math.round(mark.possible) }));
  if (mark.confirmed) counts.push(format.fill(words.confirmed, { n: mark.confirmed }));
  if (mark.refuted) counts.push(format.fill(words.refuted, { n: mark.refuted }));
  if (mark.contested) counts.push(format.fill(words.contested, { n: mark.contested }));
  if (mark.unreviewed) counts.push(format.fill(words.not_reviewed, { n: mark.unreviewed }));
  lines.push(format.list(counts));
  for (const { id, label } of legend) {
    if (mark.groups[id]) lines.push(`${label}: ${format.number(mark.groups[id])}`);
  }
  if (mark.hollow && mark.sites.length === 1) {
    lines.push(format.fill(words.uncertain, { n: Math.round(mark.radius_m / 100) / 10 }));
  }
  return lines;
}

/**
 * No line for records of the same place, e.g. of several precisions: each name is said once.
 *
 * @param {SiteGroup} mark
 * @param {Words} words
 * @param {Format} format
 */
function otherPlaces({ sites }, words, format) {
  const distinct = new Set(sites.map((site) => names(site, words.reading.lang)[0]));
  const others = [...distinct].slice(1).filter(Boolean);
  if (!others.length) return [];
  const places = format.list(others.slice(0, MAX_NAMED_PLACES - 1));
  const more = others.length - (MAX_NAMED_PLACES - 1);
  return [
    more > 0
      ? format.plural(words.more_places, more, { places })
      : format.fill(words.with_places, { places }),
  ];
}

/**
 * A square of the map has no name if it has several places.
 *
 * @param {SiteGroup} mark
 * @param {Words} words
 * @param {Shade[]} legend
 * @param {Format} format
 * @param {FigureWords | null} [figureWords] if sizes stand for a figure
 */
export function describeSquare(mark, words, legend, format, figureWords = null) {
  if (mark.id) return describeMark(mark, words, legend, format, figureWords);
  const unnamed = { ...mark, name_en: words.several, name_ar: words.several };
  return [...describeMark(unnamed, words, legend, format, figureWords), words.closer];
}

/**
 * @param {Movement} movement
 * @param {Words} words
 * @param {Format} format
 */
export function describeMovement({ label, count, contested, refuted }, words, format) {
  const parts = [format.plural(words.movements, count)];
  if (refuted) parts.push(words.refuted_movement);
  if (contested) parts.push(words.contested_movement);
  return [label, format.list(parts)];
}
