// @ts-check
// The theme of the page in the map's frame, where the page's style sheets do not reach.
//
// Style sheets and SVG take light and dark colours from palette.css by themselves; what is drawn on a canvas
// needs them as they are, and is drawn anew at "themechange", an event of the map.

/**
 * Gives the frame the theme of its page, now and whenever the reader changes it.
 *
 * @param {L.Map} map
 */
export function followTheme(map) {
  const page = window.parent.document.documentElement;
  const own = document.documentElement;
  const follow = () => {
    const theme = page.style.colorScheme === "dark" ? "dark" : "light";
    if (own.dataset.theme === theme) return;
    own.dataset.theme = theme;
    own.style.colorScheme = theme;
    map.fire("themechange");
  };
  new MutationObserver(follow).observe(page, { attributeFilter: ["style"] });
  follow();
}

/**
 * A colour for a canvas: that of a property of palette.css in the theme of the document, any other as it is.
 *
 * @param {string} colour
 */
export function resolved(colour) {
  if (!colour.startsWith("var(")) return colour;
  const probe = document.createElement("i");
  probe.style.color = colour;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
