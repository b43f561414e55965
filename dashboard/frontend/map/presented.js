// @ts-check
// The map of a presentation: Escape leaves it, also while the map has the focus, on paper it is as on the screen, and
// the legend is where it covers the fewest marks.

/** @type {L.ControlPosition[]} */
const CORNERS = ["bottomright", "bottomleft", "topright", "topleft"];

/**
 * @param {L.Map} map
 * @param {L.Control} legend
 */
export function addPresentation(map, legend) {
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
  map.on("marksdrawn moveend", () => placeLegend(map, legend));
}

/**
 * @param {L.Map} map
 * @param {L.Control} legend
 */
function placeLegend(map, legend) {
  const marks = [...map.getContainer().querySelectorAll(".event-mark")].map((mark) => mark.getBoundingClientRect());
  const covered = CORNERS.map((corner) => {
    legend.setPosition(corner);
    const box = legend.getContainer()?.getBoundingClientRect();
    return box ? marks.filter((mark) => overlap(mark, box)).length : 0;
  });
  legend.setPosition(CORNERS[covered.indexOf(Math.min(...covered))]);
}

/**
 * @param {DOMRect} one
 * @param {DOMRect} other
 */
export function overlap(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
