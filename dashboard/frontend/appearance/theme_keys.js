// @ts-check
// Where Streamlit remembers its theme: under the path of the page on which a visit begins.

const VERSION = 2;

/**
 * The key of this page, then those of the others, so that all have the same theme.
 *
 * @param {string} path of this page, e.g. "/map/review"
 * @param {string[]} pages names of all pages in addresses
 */
export function themeKeys(path, pages) {
  const last = path.slice(path.lastIndexOf("/") + 1);
  const base = pages.includes(last) ? path.slice(0, -last.length) : path;
  const paths = new Set([path, base, ...pages.map((page) => `${base}${page}`)]);
  return [...paths].map((each) => `stActiveTheme-${each}-v${VERSION}`);
}
