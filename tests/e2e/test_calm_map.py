"""The map is calm: circles and areas are one texture or hidden, and labels cover nothing."""

from playwright.sync_api import expect

from tests.e2e import app
from tests.e2e.conftest import Open

# Pairs of labels, road numbers and marks that cover each other by more than a pixel.
_COVERED = """(root) => {
  const boxes = [...root.querySelectorAll(".town-label, .country-label, .road-shield, .event-mark")]
    .map((node) => [node.className, node.textContent, node.querySelector("circle") ?? node])
    .map(([kind, text, drawn]) => [kind, text, drawn.getBoundingClientRect()]);
  return boxes.flatMap(([kind, text, a], at) => boxes.slice(at + 1)
    .filter(([other, , b]) => !(kind === "event-mark" && other === "event-mark")
      && a.left + 1 < b.right && b.left + 1 < a.right && a.top + 1 < b.bottom && b.top + 1 < a.bottom)
    .map(([other, name]) => `${kind} ${text} / ${other} ${name}`));
}"""


def test_one_switch_hides_circles_and_areas_but_those_of_the_mark_pointed_at(open_app: Open):
    with open_app() as visit:
        page = visit.page
        app.ready(page)
        texture = app.the_map(page).locator("canvas.event-texture")
        expect(texture).to_be_attached()
        expect(app.the_map(page).locator(".event-legend")).to_contain_text("hatched: many circles")
        page.get_by_text("Circles and areas of uncertain places").click()
        expect(texture).to_have_count(0, timeout=app.SLOW_MS)
        app.wait_until(page, lambda: app.link(page).get("extents"), ["hidden"])
        paths = app.the_map(page).locator(".leaflet-events-pane path")
        before = paths.count()
        mark = app.the_map(page).locator(".event-mark[data-sites*='hasakah_governorate']")
        mark.hover()
        expect(paths).not_to_have_count(before)
        assert app.tooltip_faults(page, mark) == []
        assert visit.errors == []


def test_labels_numbers_of_roads_and_marks_do_not_cover_each_other(open_app: Open):
    for view in ("", "?map=36.4,38.9,8", "?map=36.9,41,9&lang=ar"):
        with open_app(f"/{view}") as visit:
            app.ready(visit.page)
            app.settled(visit.page)
            root = app.the_map(visit.page).locator(".leaflet-container")
            expect(root.locator(".town-label").first).to_be_visible()
            assert root.evaluate(_COVERED) == []
