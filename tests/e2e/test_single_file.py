"""One page opened by a double click, with the network cut: it filters, brushes and is read."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from dashboard.export.single_file.content import single_file
from dashboard.language.language import ARABIC, using_language
from dashboard.model.corpus import Corpus
from dashboard.query.query import Query
from tests.e2e.browser import Visit, visit
from tests.export.single_file.events import HOSTILE, hostile, sharing_of
from tests.oracle.select import EventIndex
from tests.oracle.selected import selected_events

pytestmark = pytest.mark.e2e
PLEDGE = "agreement_hand_over_ain_issa"


@pytest.fixture(scope="module")
def address(corpus: Corpus, index: EventIndex, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("single") / "events.html"
    path.write_bytes(single_file(sharing_of(selected_events(corpus, index, Query()), corpus)))
    return path.as_uri()


@pytest.fixture(scope="module")
def without_extents(
    corpus: Corpus, index: EventIndex, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """A file of a link that hides circles and areas, opened in Arabic."""
    path = tmp_path_factory.mktemp("single") / "hidden.html"
    selected = selected_events(corpus, index, Query())
    with using_language(ARABIC):
        sharing = sharing_of(selected, corpus, query=Query(extents=False))
        path.write_bytes(single_file(sharing))
    return path.as_uri()


def _nothing_was_asked(seen: Visit, address: str) -> None:
    assert seen.errors == []
    assert set(seen.requests) == {address}


def _shown(page: Page) -> int:
    text = page.locator(".shown").inner_text()
    return int(text.removeprefix("Shown: ").split()[0])


def _on_the_map(page: Page) -> int:
    counts = page.locator(".event-mark").evaluate_all("marks => marks.map(it => it.dataset.count)")
    return sum(map(int, counts))


def test_it_filters_brushes_and_shows_evidence_without_a_network(
    browser: Browser, address: str, corpus: Corpus
):
    with visit(browser, address) as seen:
        page = seen.page
        page.context.set_offline(True)
        expect(page.locator("[data-basemap]")).to_be_attached()
        expect(page.locator(".event-mark").first).to_be_visible()
        assert _shown(page) == len(corpus.events.events)

        arrests = [it for it in corpus.events.events.values() if it.kind == "arrest"]
        row = page.locator(".facets label.row").filter(has_text="Arrest")
        expect(row.locator(".count")).to_have_text(str(len(arrests)))
        row.click()
        expect(page.locator("button.event")).to_have_count(len(arrests))
        assert _shown(page) == len(arrests)
        page.get_by_role("button", name="Reset").click()

        page.get_by_role("searchbox", name="Search text").fill("Tal Saman")
        found = _shown(page)
        assert 0 < found < len(corpus.events.events)
        page.get_by_role("button", name="Reset").click()

        before = _on_the_map(page)
        handle = page.get_by_role("slider", name="First day").bounding_box()
        assert handle
        x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 250, y, steps=5)
        expect(page.locator(".shown")).to_contain_text("possibly")
        assert _on_the_map(page) < before
        page.mouse.up()
        expect(page.locator(".shown")).to_contain_text("undated")
        shown = _shown(page)
        expect(page.locator("button.event")).to_have_count(shown)
        page.get_by_label("Certain dates only").check()
        assert _shown(page) < shown
        page.get_by_role("button", name="Reset").click()

        page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
        expect(page.locator("button.event")).to_have_count(len(corpus.events.events))
        expect(page.locator(".map-host > .event-legend")).to_have_attribute("open", "")
        page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
        expect(page.locator(".leaflet-control-container .event-legend")).to_be_visible()

        page.locator("button.event", has_text=corpus.events.events[PLEDGE].title_en).click()
        expect(page.locator(".evidence .claim.denies mark.quote").first).to_be_visible()
        page.get_by_role("button", name="العربية").click()
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        quote = page.locator(".evidence .claim blockquote").first
        expect(quote).to_have_attribute("dir", "rtl")
        page.get_by_role("button", name="العودة إلى القائمة").click()
        expect(page.locator("button.event").first).to_be_visible()
        _nothing_was_asked(seen, address)


@pytest.mark.parametrize(
    ("file", "language", "width"), [("address", "en", 1366), ("without_extents", "ar", 390)]
)
def test_axe_finds_nothing_serious_in_it(
    browser: Browser, file: str, language: str, width: int, request: pytest.FixtureRequest
):
    with visit(browser, request.getfixturevalue(file), width=width, height=844) as seen:
        page = seen.page
        expect(page.locator(".event-mark").first).to_be_visible()
        # Of many circles and areas there is a texture, unless the link hides them.
        assert page.locator("canvas.event-texture").count() == (file == "address")
        page.locator(f".language[lang={language}]").click()
        page.locator("button.event").first.click()
        expect(page.locator(".evidence .claim").first).to_be_visible()
        violations = Axe().run(page).response["violations"]
        found = [it for it in violations if it["impact"] in {"serious", "critical"}]
        assert [(it["id"], [node["html"][:200] for node in it["nodes"]]) for it in found] == []
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) <= 0


def test_a_hostile_title_is_a_text(
    browser: Browser, corpus: Corpus, index: EventIndex, tmp_path: Path
):
    path = tmp_path / "hostile.html"
    selected = hostile(selected_events(corpus, index, Query(kinds=("arrest",))))
    path.write_bytes(single_file(sharing_of(selected, corpus)))
    with visit(browser, path.as_uri()) as seen:
        page = seen.page
        first = page.locator("button.event").first
        expect(first.locator(".title")).to_have_text(HOSTILE)
        first.click()
        expect(page.locator(".evidence h3")).to_have_text(HOSTILE)
        assert page.title() != "run"
        assert page.locator("img, a[href^=javascript]").count() == 0
        _nothing_was_asked(seen, path.as_uri())
