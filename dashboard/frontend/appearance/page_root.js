// @ts-check
// The language, writing direction and colour scheme of the whole page, on its root element.

/** @typedef {{ dir: string, lang: string }} RootData */

/**
 * Streamlit sets its colour scheme, light or dark, within its own element only. On the root our style sheets
 * see it everywhere, in dialogs too, and so does the frame of the map (map/theme.js).
 *
 * @param {import("../shared/component.js").Component<RootData>} component
 */
export default function ({ data }) {
  const root = document.documentElement;
  Object.assign(root, data);
  const app = document.querySelector(".stApp");
  if (!app) return undefined;
  const follow = () => {
    const { colorScheme } = getComputedStyle(app);
    if (root.style.colorScheme !== colorScheme) root.style.colorScheme = colorScheme;
  };
  const observer = new MutationObserver(follow);
  observer.observe(app, { attributeFilter: ["class"] });
  follow();
  return () => observer.disconnect();
}
