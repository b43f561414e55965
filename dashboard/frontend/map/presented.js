// @ts-check
// The map of a presentation: Escape leaves it, also while the map has the focus, and on paper it is as on the screen.

/** @param {L.Map} map */
export function addPresentation(map) {
  const page = window.parent.document;
  window.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    /** @type {HTMLElement | null} */
    const leave = page.querySelector(".st-key-leave_presentation button");
    leave?.click();
  });
  // Paper is narrower than the screen, and a map that becomes narrower loses its edges: page.css scales it.
  const measure = () => {
    const { x, y } = map.getSize();
    page.documentElement.style.setProperty("--map-width", String(x));
    page.documentElement.style.setProperty("--map-height", String(y));
  };
  map.on("resize", measure);
  measure();
}
