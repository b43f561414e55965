// @ts-check
// What the whole page has of the reader's settings: language, direction, colours, words of fields for files.

import { translateFields } from "./upload_words.js";

/** @typedef {import("./upload_words.js").UploadWords} UploadWords */
/** @typedef {{ dir: string, lang: string, upload: UploadWords | null }} RootData */

/** Follows the fields for files that a page adds; one for the page, also if a run brings it other data. */
const fields = { words: /** @type {UploadWords | null} */ (null), observer: new MutationObserver(() => translateFields(fields.words)) };

/**
 * Streamlit sets its colour scheme, light or dark, within its own element only. On the root our style sheets
 * see it everywhere, in dialogs too, and so does the frame of the map (map/theme.js).
 *
 * @param {import("../shared/component.js").Component<RootData>} component
 */
export default function ({ data }) {
  const root = document.documentElement;
  const { upload, ...attributes } = data;
  Object.assign(root, attributes);
  fields.words = upload;
  fields.observer.disconnect();
  translateFields(upload);
  if (upload) fields.observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  const app = document.querySelector(".stApp");
  if (!app) return undefined;
  const follow = () => {
    const { colorScheme } = getComputedStyle(app);
    if (root.style.colorScheme !== colorScheme) root.style.colorScheme = colorScheme;
  };
  const observer = new MutationObserver(follow);
  observer.observe(app, { attributeFilter: ["class"] });
  follow();
  return () => {
    observer.disconnect();
    fields.observer.disconnect();
  };
}
