"""The map asks for its events by itself: at once, the newest question only, as the page has it."""

import random
import re
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.app import (
    SLOW_MS,
    caption,
    filter_row,
    link,
    marks,
    ready,
    settled,
    the_map,
    wait_until,
)
from tests.e2e.conftest import Open

pytestmark = pytest.mark.e2e
ROUTE = "**/map-data?*"
_REMEMBER = """() => window.addEventListener(
  "event-map-filters", (event) => { window.chosen = event.detail.values; })"""
_BURSTS, _CLICKS = 4, 50


def questions(requests: list[str]) -> list[dict[str, list[str]]]:
    return [parse_qs(urlsplit(url).query) for url in requests if "/map-data?" in url]


def drawn(page: Page) -> list[list[str]]:
    """Each mark with its places and its number, in one order."""
    marked = marks(page).evaluate_all("m => m.map(n => [n.dataset.sites, n.dataset.count])")
    return sorted(marked)


def test_a_filter_is_on_the_map_without_the_page(open_app: Open):
    with open_app() as visit:
        ready(visit.page)
        settled(visit.page)
        before = drawn(visit.page)
        sent = len(questions(visit.requests))
        filter_row(visit.page, "Arrest").click()
        expect(marks(visit.page)).not_to_have_count(len(before), timeout=SLOW_MS)
        asked = questions(visit.requests)[sent:]
        assert asked[0]["kind"] == ["arrest"]
        settled(visit.page)
        assert len(questions(visit.requests)[sent:]) == 1
        assert link(visit.page)["kind"] == ["arrest"]


def test_a_map_whose_events_do_not_come_says_so_and_asks_again(open_app: Open):
    with open_app() as visit:
        page = visit.page
        ready(page)
        settled(page)
        page.route(ROUTE, lambda route: route.fulfill(status=503, body="<b>no events</b>"))
        filter_row(page, "Arrest").click()
        notice = the_map(page).get_by_role("alert")
        expect(notice).to_contain_text("The events could not be loaded: <b>no events</b>")
        expect(marks(page)).to_have_count(0, timeout=SLOW_MS)
        page.unroute(ROUTE)
        page.route(ROUTE, lambda route: route.abort())
        notice.get_by_role("button", name="Try again").click()
        expect(notice).to_contain_text("The server does not answer.")
        page.unroute(ROUTE)
        settled(page)
        notice.get_by_role("button", name="Try again").click()
        expect(marks(page).first).to_be_visible(timeout=SLOW_MS)
        expect(notice).to_have_count(0)


def test_only_the_newest_question_is_shown(open_app: Open):
    """An answer that comes late is of filters that are left already."""
    with open_app() as visit:
        page, late = visit.page, list[Route]()
        ready(page)
        settled(page)
        page.route(ROUTE, lambda route: late.append(route) if len(late) < 1 else route.continue_())
        filter_row(page, "Arrest").click()
        notice = the_map(page).locator(".map-notice:not(.map-draw-hint)")
        expect(notice).to_contain_text("Loading the events")
        filter_row(page, "Threat").click()
        # A click that a run of the page lost is sent again.
        expect(page).to_have_url(re.compile("kind=threat"), timeout=SLOW_MS)
        settled(page)
        expect(notice).to_have_count(0, timeout=SLOW_MS)
        shown = drawn(page)
        assert sorted(link(page)["kind"]) == ["arrest", "threat"]
        late[0].abort()
        page.wait_for_timeout(300)
        assert drawn(page) == shown
        assert not visit.errors


@pytest.mark.parametrize("view", ["85,30,2", "-85,30,2", "85,30,9"])
def test_the_map_asks_once_at_the_edge_of_the_world(open_app: Open, view: str):
    """The server knows nothing beyond the edge, and so no answer has all that the map shows."""
    with open_app(f"/?map={view}", height=1080) as visit:
        expect(the_map(visit.page).locator("[data-basemap]")).to_be_attached(timeout=SLOW_MS)
        settled(visit.page)
        visit.page.wait_for_timeout(1000)
        assert 1 <= len(questions(visit.requests)) <= 3
        expect(the_map(visit.page).get_by_role("alert")).to_have_count(0)


def test_quick_clicks_end_in_one_state(open_app: Open):
    """After any quick sequence of filters, zooms and selections, map, address and caption agree."""
    chance = random.Random(20201219)
    with open_app() as visit:
        page = visit.page
        ready(page)
        page.evaluate(_REMEMBER)
        for burst in range(_BURSTS):
            resets = burst % 2 == 1
            for _ in range(_CLICKS):
                _act(page, chance, resets=resets)
            settled(page)
            expect(the_map(page).locator(".leaflet-container")).not_to_have_attribute(
                "aria-busy", "true", timeout=SLOW_MS
            )
            page.wait_for_timeout(500)
            settled(page)
            if not resets:
                # What was ticked last is in the link: no click was lost.
                _wait_for_link(page, page.evaluate("window.chosen"))
            with open_app(page.url.removeprefix(_origin(page))) as fresh:
                expect(caption(fresh.page)).to_have_text(caption(page).inner_text())
                settled(fresh.page)
                expect(the_map(fresh.page).locator("[data-basemap]")).to_be_attached(
                    timeout=SLOW_MS
                )
                expect(marks(fresh.page)).to_have_count(marks(page).count(), timeout=SLOW_MS)
                assert drawn(fresh.page) == drawn(page)
        assert not visit.errors


def _wait_for_link(page: Page, chosen: Mapping[str, Sequence[str]]) -> None:
    """Wait until the address has these filters: the run for the last click may not have begun."""
    wanted = {key: sorted(values) for key, values in chosen.items()}
    wait_until(page, lambda: {key: sorted(link(page).get(key, [])) for key in chosen}, wanted)
    settled(page)


def _origin(page: Page) -> str:
    parts = urlsplit(page.url)
    return f"{parts.scheme}://{parts.netloc}"


def _act(page: Page, chance: random.Random, *, resets: bool) -> None:
    """One click, mostly on a filter, without waiting for what it brings."""
    what = chance.random()
    if what < 0.1 and resets:
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Reset", exact=True).dispatch_event("click")
    elif what < 0.25:
        name = chance.choice(("in", "out"))
        the_map(page).locator(f".leaflet-control-zoom-{name}").dispatch_event("click")
    else:
        boxes = page.locator(".facets input[type=checkbox]")
        # A selection without events lists few values.
        boxes.nth(chance.randrange(12) % max(1, boxes.count())).dispatch_event("click")
    page.wait_for_timeout(chance.choice((0, 0, 20, 80)))
