"""The Explore page as an analyst uses it, in headless Chromium, with every outside host blocked."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from dashboard.model.corpus import Corpus
from dashboard.query.query import Query
from tests.e2e import app
from tests.e2e.conftest import Open
from tests.oracle.select import EventIndex, select

pytestmark = pytest.mark.e2e


def _count(index: EventIndex, **filters: object) -> int:
    return int(select(index, Query(**filters)).shown.sum())  # type: ignore[arg-type]


def test_first_load_shows_the_map_and_counts_every_event(open_app: Open, index: EventIndex):
    with open_app() as visit:
        app.ready(visit.page)
        app.wait_shown(visit.page, index.size)
        assert app.mark_total(visit.page) >= int(index.tables.events["located"].sum()) // 2
        expect(app.the_map(visit.page).locator(".leaflet-control-scale-line")).to_be_visible()
        expect(app.the_map(visit.page).get_by_text("M4").first).to_be_visible()
        expect(visit.page.locator(".chart svg")).to_be_visible()
        visit.page.wait_for_timeout(1000)
        assert visit.outside == []
        assert visit.errors == []


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080)])
def test_everything_fits_one_screen(open_app: Open, width: int, height: int):
    with open_app(width=width, height=height) as visit:
        app.ready(visit.page)
        map_box = visit.page.locator("iframe").first.bounding_box()
        time_box = visit.page.locator(".chart").bounding_box()
        assert map_box
        assert time_box
        assert map_box["height"] > 0.5 * height
        assert time_box["y"] + time_box["height"] <= height
        assert map_box["y"] + map_box["height"] <= time_box["y"]


@pytest.mark.parametrize(
    ("label", "filters"),
    [
        ("Contested", {"attestations": ("contested",)}),
        ("Withdrawal", {"kinds": ("withdrawal",)}),
        ("Russian forces", {"actors": ("russian_forces",)}),
    ],
)
def test_a_filter_narrows_map_list_and_sentence(
    open_app: Open, index: EventIndex, label: str, filters: dict[str, tuple[str, ...]]
):
    with open_app() as visit:
        page = visit.page
        app.ready(page)
        app.filter_row(page, label).click()
        expected = _count(index, **filters)
        app.wait_shown(page, expected)
        assert 0 < expected < index.size
        expect(page.locator("button.event")).to_have_count(min(expected, 30))
        expect(app.caption(page)).to_contain_text(label)
        page.get_by_role("button", name="Reset").click()
        app.wait_shown(page, index.size)


@pytest.mark.parametrize("group", ["Role of the actor", "Outlet", "Speaker cited", "Place"])
def test_each_folded_filter_opens_and_filters(open_app: Open, index: EventIndex, group: str):
    with open_app() as visit:
        page = visit.page
        app.ready(page)
        section = page.locator(".facets details").filter(has=page.get_by_text(group, exact=True))
        section.locator("summary").click()
        row = section.locator("label.row:not(.none)").last
        count = int(row.locator(".count").inner_text())
        row.click()
        app.wait_shown(page, count)


def test_a_place_filter_includes_places_within_it(open_app: Open, index: EventIndex):
    expected = _count(index, places=("hasakah_governorate",))
    with open_app("/?place=hasakah_governorate") as visit:
        app.ready(visit.page)
        app.wait_shown(visit.page, expected)
        assert expected > 5


def test_search_ignores_spelling_variants(open_app: Open, index: EventIndex):
    with open_app() as visit:
        page = visit.page
        app.ready(page)
        box = page.get_by_placeholder("Search in English or Arabic")
        box.fill("القامشلى")
        box.press("Enter")
        expected = _count(index, text="القامشلي")
        app.wait_shown(page, expected)
        assert 0 < expected < index.size


def test_timeline_handle_filters_by_overlap_and_keeps_the_shelf(open_app: Open, index: EventIndex):
    with open_app() as visit:
        page = visit.page
        app.ready(page)
        handle = page.get_by_role("slider", name="First day")
        handle.focus()
        for _ in range(2):
            handle.press("PageUp")
        expect(page).to_have_url(re.compile("from="), timeout=app.SLOW_MS)
        expect(app.caption(page)).not_to_contain_text(f"{index.size} of", timeout=app.SLOW_MS)
        expect(app.caption(page)).to_contain_text("undated")
        page.get_by_role("button", name="All dates").click()
        app.wait_shown(page, index.size)


def test_dragging_a_handle_and_stepping(open_app: Open, index: EventIndex):
    with open_app() as visit:
        page = visit.page
        app.ready(page)
        box = page.get_by_role("slider", name="Last day").bounding_box()
        assert box
        y = box["y"] + box["height"] / 2
        page.mouse.move(box["x"] + box["width"] / 2, y)
        page.mouse.down()
        page.mouse.move(box["x"] - 250, y, steps=8)
        page.mouse.up()
        expect(page).to_have_url(re.compile("to="), timeout=app.SLOW_MS)
        before = page.url
        page.get_by_role("button", name="Step forward").click()
        expect(page).not_to_have_url(before, timeout=app.SLOW_MS)


def test_playing_moves_the_chosen_window_with_live_counts_until_paused(open_app: Open):
    with open_app() as visit:
        page = visit.page
        app.ready(page)
        page.get_by_role("button", name="Speed and window").click()
        page.get_by_label("Window", exact=True).select_option("one month of the calendar")
        page.get_by_label("Speed", exact=True).select_option("30 days in a second")
        page.get_by_role("button", name="Play").click()
        first = page.locator(".dates").inner_text()
        expect(page.locator(".dates")).not_to_have_text(first, timeout=app.SLOW_MS)
        page.get_by_role("button", name="Pause").click()
        expect(page.get_by_role("button", name="Play")).to_be_visible()
        # What was played to is the window now, and the numbers are those of the page.
        expect(page).to_have_url(re.compile("from=.*-01(&|$)"), timeout=app.SLOW_MS)
        certain, possible = (
            int(re.sub(r"\D", "", page.locator(name).inner_text()) or 0)
            for name in (".timeline .sure", ".timeline .maybe")
        )
        app.wait_shown(page, certain + possible)
        if possible:
            expect(app.caption(page)).to_contain_text(
                f"({certain} within the dates, {possible} possibly)"
            )
        page.get_by_role("button", name="Speed and window").click()
        expect(page.get_by_label("Speed", exact=True)).to_have_value("month")


def test_mark_then_event_then_evidence(open_app: Open, corpus: Corpus):
    with open_app() as visit:
        page = visit.page
        app.ready(page)
        mark = app.the_map(page).locator(".event-mark[data-sites*=ain_issa]").first
        mark.click()
        expect(page.get_by_text(re.compile(r"^\d+ events at ")).first).to_be_visible(
            timeout=app.SLOW_MS
        )
        assert "ain_issa" in app.link(page)["at"][0]
        page.locator("button.event").first.click()
        expect(page.locator(".event-head h3")).to_be_visible(timeout=app.SLOW_MS)
        event = corpus.events.events[app.link(page)["event"][0]]
        expect(page.locator(".event-head h3")).to_have_text(event.title_en)
        quote = page.locator("blockquote[dir=rtl] mark.quote").first
        expect(quote).to_be_visible()
        assert quote.evaluate("n => getComputedStyle(n.closest('blockquote')).direction") == "rtl"


@pytest.mark.parametrize("zoom", [5, 7, 10])
@pytest.mark.parametrize("dates", ["", "&from=2020-12-20&to=2020-12-31"])
def test_the_number_in_a_mark_is_that_of_the_events_that_it_lists(
    open_app: Open, zoom: int, dates: str
):
    with open_app(f"/?map=36.4,39.2,{zoom}{dates}") as visit:
        page = visit.page
        app.ready(page)
        expect(app.marks(page).first).to_be_visible(timeout=app.SLOW_MS)
        counts = app.marks(page).evaluate_all(
            "nodes => nodes.map((node) => [node.dataset.sites, Number(node.dataset.count)])"
        )
        assert counts
        for sites, count in counts:
            app.settled(page)
            app.the_map(page).locator(f'.event-mark[data-sites="{sites}"]').press("Enter")
            listed = page.get_by_text(re.compile(rf"^{count} events? at "))
            expect(listed.first).to_be_visible(timeout=app.SLOW_MS)


def test_certain_dates_are_counted_apart_and_others_left_out(open_app: Open, index: EventIndex):
    dates = {"start": date(2020, 12, 20), "end": date(2020, 12, 31)}
    shown, certain = _count(index, **dates), _count(index, **dates, certain=True)
    assert 0 < certain < shown
    with open_app("/?from=2020-12-20&to=2020-12-31") as visit:
        page = visit.page
        app.ready(page)
        app.wait_shown(page, shown)
        expect(app.caption(page)).to_contain_text(
            f"({certain} within the dates, {shown - certain} possibly)"
        )
        app.the_map(page).locator(".event-legend summary").click()
        pale = app.the_map(page).get_by_text("only possibly within the dates")
        expect(pale).to_be_visible(timeout=app.SLOW_MS)
        faint = app.the_map(page).locator(".event-mark g[opacity='0.45']")
        expect(faint.first).to_be_attached(timeout=app.SLOW_MS)
        page.get_by_text("Certain dates only").click()
        app.wait_shown(page, certain)
        expect(app.caption(page)).to_contain_text("certainly 20 December 2020")
        expect(faint).to_have_count(0, timeout=app.SLOW_MS)
        assert app.link(page)["certain"] == ["dates"]


def test_keyboard_opens_a_mark(open_app: Open):
    with open_app() as visit:
        app.ready(visit.page)
        app.marks(visit.page).first.focus()
        app.marks(visit.page).first.press("Enter")
        expect(visit.page.get_by_text(re.compile(r"^\d+ events? at ")).first).to_be_visible(
            timeout=app.SLOW_MS
        )


def test_contested_event_shows_both_sides(open_app: Open, index: EventIndex):
    events = index.tables.events
    event_id = events.loc[events["attestation"] == "contested", "event_id"].iloc[0]
    with open_app(f"/?event={event_id}&tab=evidence") as visit:
        page = visit.page
        expect(page.get_by_text("Asserted by")).to_be_visible(timeout=app.SLOW_MS)
        expect(page.get_by_text("Denied or doubted by")).to_be_visible()
        expect(page.locator(".claims.columns-2")).to_be_visible()


def test_whole_article_is_highlighted(open_app: Open, corpus: Corpus):
    claim = corpus.events.claims[0]
    with open_app(f"/article?id={claim.article_id}&claim={claim.claim_id}") as visit:
        selected = visit.page.locator("article[dir=rtl] mark.selected").first
        expect(selected).to_be_visible(timeout=app.SLOW_MS)
        text = "".join(visit.page.locator("article mark.selected").all_inner_texts())
        squeezed = re.sub(r"\s+", "", claim.quote)
        assert squeezed in re.sub(r"\s+", "", text)
        assert visit.outside == []


def test_link_restores_the_state_in_a_fresh_browser(open_app: Open):
    with open_app() as visit:
        page = visit.page
        app.ready(page)
        app.filter_row(page, "Contested").click()
        expect(page).to_have_url(re.compile("attestation=contested"), timeout=app.SLOW_MS)
        app.the_map(page).get_by_role("button", name="Zoom in").click()
        page.wait_for_timeout(1500)
        page.locator("button.event").first.click()
        expect(page.locator(".event-head h3")).to_be_visible(timeout=app.SLOW_MS)
        page.wait_for_timeout(1500)
        url, sentence, seen = page.url, app.caption(page).inner_text(), app.view(page)
        title = page.locator(".event-head h3").inner_text()
    with open_app("/" + url.split("/", 3)[3]) as visit:
        page = visit.page
        expect(page.locator(".event-head h3")).to_have_text(title, timeout=app.SLOW_MS)
        expect(app.marks(page).first).to_be_visible(timeout=app.SLOW_MS)
        expect(app.caption(page)).to_have_text(sentence)
        page.wait_for_timeout(1500)
        lat, lon, zoom = app.view(page)
        assert zoom == seen[2]
        assert abs(lat - seen[0]) < 0.01
        assert abs(lon - seen[1]) < 0.01


def test_bad_link_values_are_dropped_with_a_notice(open_app: Open, index: EventIndex):
    bad = "/?kind=nonsense&from=yesterday&map=1,2&event=%3Cscript%3E&unknown=1"
    with open_app(bad) as visit:
        app.ready(visit.page)
        app.wait_shown(visit.page, index.size)
        expect(visit.page.get_by_text("is not known here").first).to_be_visible()
        assert visit.errors == []


@pytest.mark.parametrize(
    ("view", "end"), [("20.0,40.0,2", "Zoom out"), ("36.4,38.9,16", "Zoom in")]
)
def test_the_map_ends_at_the_world_and_at_the_street(open_app: Open, view: str, end: str):
    with open_app(f"/?map={view}") as visit:
        zoom = app.the_map(visit.page).get_by_role("button", name=end)
        expect(zoom).to_have_attribute("aria-disabled", "true", timeout=app.SLOW_MS)
        assert visit.errors == []


def test_zoom_and_pan_survive_filters_without_a_remount(open_app: Open):
    with open_app() as visit:
        page = visit.page
        app.ready(page)
        frame = next(frame for frame in page.frames if "streamlit_folium" in frame.url)
        frame.evaluate("map.setView([36.9, 41.0], 10, {animate: false}); window.same = true")
        page.wait_for_timeout(1500)
        before = app.view(page)
        app.filter_row(page, "Single source").click()
        expect(page).to_have_url(re.compile("attestation="), timeout=app.SLOW_MS)
        page.wait_for_timeout(1500)
        app.filter_row(page, "Syrian Democratic Forces").click()
        expect(page).to_have_url(re.compile("actor="), timeout=app.SLOW_MS)
        page.wait_for_timeout(1500)
        assert app.view(page) == before
        assert frame.evaluate("window.same === true")


def test_empty_selection_says_what_to_loosen(open_app: Open):
    with open_app("/?kind=shelling&role=mediator") as visit:
        expect(visit.page.get_by_text("No event matches")).to_be_visible(timeout=app.SLOW_MS)
        expect(visit.page.get_by_text("Widen or remove a filter")).to_contain_text("Kind of event")


def test_shelf_and_table(open_app: Open):
    with open_app("/?tab=shelf") as visit:
        expect(visit.page.get_by_text("No date known")).to_be_visible(timeout=app.SLOW_MS)
        visit.page.get_by_role("radio", name="Table").or_(
            visit.page.get_by_role("button", name="Table")
        ).first.click()
        expect(app.table_rows(visit.page).first).to_be_visible(timeout=app.SLOW_MS)


def test_online_basemap_is_off_until_chosen(open_app: Open):
    with open_app() as visit:
        app.ready(visit.page)
        assert not any("tile" in url for url in visit.requests)
        box = visit.page.get_by_role("combobox", name="Basemap")
        app.choose(visit.page, box, "OpenStreetMap, online")
        expect(visit.page).to_have_url(re.compile("basemap=online"), timeout=app.SLOW_MS)
        visit.page.wait_for_timeout(1500)
        assert any("openstreetmap" in url for url in visit.outside)


def test_back_returns_to_the_selection_before(open_app: Open, index: EventIndex):
    with open_app() as visit:
        page = visit.page
        app.ready(page)
        app.filter_row(page, "Contested").click()
        app.wait_shown(page, _count(index, attestations=("contested",)))
        app.settled(page)
        page.go_back()
        app.wait_shown(page, index.size)


def test_a_click_while_the_map_is_being_drawn_is_not_lost(open_app: Open, index: EventIndex):
    expected = _count(index, kinds=("withdrawal",))
    for delay in (0, 30, 60, 120):
        with open_app() as visit:
            app.ready(visit.page)
            visit.page.wait_for_timeout(delay)
            app.filter_row(visit.page, "Withdrawal").click()
            app.wait_shown(visit.page, expected)
