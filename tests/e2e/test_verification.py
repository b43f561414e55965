"""Verifying an event as an analyst does it, and finding it on map, list, header and in the link."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.datasets.__main__ import main
from dashboard.exit_status import ExitStatus
from dashboard.model.corpus import Corpus
from dashboard.model.verification import Verification, VerifiedPart
from dashboard.review.edit_session import EditSession
from dashboard.review.judging import VerificationDraft, verify_event
from dashboard.store.workspace import Workspace
from tests.acled_file import write_acled
from tests.e2e import app
from tests.e2e.browser import visit
from tests.e2e.server import serve
from tests.e2e.test_work import go

pytestmark = pytest.mark.e2e

GROUND = "The minaret in the picture is that of the old mosque."


@pytest.fixture(scope="module")
def at_one_place(corpus: Corpus) -> list[str]:
    """Events with one place each, which has a mark; no two at one place."""
    places: dict[str, list[str]] = {}
    for row in corpus.events.places:
        places.setdefault(row.event_id, []).append(row.place_id)
    known = corpus.gazetteer.places
    single = {ids[0]: key for key, ids in places.items() if len(ids) == 1 and known[ids[0]].on_map}
    return list(single.values())


@pytest.fixture
def address(tmp_path: Path, corpus: Corpus, at_one_place: list[str]) -> Iterator[str]:
    """A server whose workspace has one refuted event, and one at a refuted place."""
    workspace = Workspace(tmp_path / "workspace.sqlite")
    session = EditSession(workspace, corpus, "Omar")
    refuted = VerificationDraft(VerifiedPart.EVENT, Verification.REFUTED, "It is of 2018.")
    elsewhere = VerificationDraft(VerifiedPart.PLACE, Verification.REFUTED, "It is in Raqqa.")
    verify_event(session, at_one_place[1], refuted, version=0)
    verify_event(session, at_one_place[2], elsewhere, version=0)
    with serve({"EVENT_MAP_WORKSPACE": str(workspace.path)}) as url:
        yield url


def filter_by(page: Page, group: str, state: str) -> None:
    """Choose a state in one of the two filters of verification."""
    opened = page.locator(".facets details").filter(has_text=group)
    if opened.get_attribute("open") is None:
        opened.locator("summary").click()
    opened.locator("label.row").filter(has_text=state).click()


def one_event_is_shown(page: Page, title: str) -> None:
    """Header, list and map count the same event."""
    app.wait_shown(page, 1)
    expect(page.locator("button.event")).to_have_count(1, timeout=app.SLOW_MS)
    expect(page.locator("button.event .title")).to_have_text(title)
    expect(app.marks(page)).to_have_count(1, timeout=app.SLOW_MS)
    assert app.mark_total(page) == 1


def test_a_confirmed_event_is_found_by_its_state_on_map_list_and_header(
    browser: Browser, address: str, corpus: Corpus, at_one_place: list[str]
):
    event = corpus.events.events[at_one_place[0]]
    with visit(browser, f"{address}/review?event={event.event_id}") as seen:
        page = seen.page
        name = page.get_by_label("Your name")
        name.fill("Rana")
        name.press("Enter")
        app.settled(page)
        page.get_by_role("button", name="Verify", exact=True).click()
        page.locator("label").filter(has_text=re.compile("^Confirmed")).click()
        ground = page.get_by_label("Ground: what was checked, and against what")
        ground.fill(GROUND)
        ground.press("Control+Enter")
        app.settled(page)
        page.get_by_role("button", name="Save the verification").click()
        done = page.get_by_text("✓ Verified: ")
        expect(done).to_be_visible(timeout=app.SLOW_MS)
        go(page, "Explore")
        app.ready(page)
        filter_by(page, "Verification of the event", "Confirmed")
        one_event_is_shown(page, event.title_en)
        expect(app.caption(page)).to_contain_text("verification: Confirmed")
        assert app.link(page)["verification"] == ["confirmed"]
        expect(page.locator("button.event .badge.confirmed")).to_have_text("✓ Confirmed")
        mark = app.marks(page).first
        expect(mark).to_have_attribute("aria-label", re.compile("confirmed: 1"))
        assert mark.locator("svg > path").count() == 1, "a tick at its edge"
        page.locator("button.event").click()
        expect(page.locator(".event-head")).to_contain_text(GROUND, timeout=app.SLOW_MS)
        expect(page.locator(".chip.confirmed")).to_be_visible()
        assert seen.errors == []


@pytest.mark.parametrize(("key", "at"), [("verification", 1), ("place_verification", 2)])
def test_a_refuted_event_is_told_apart_on_the_map_and_in_the_legend(
    browser: Browser, address: str, corpus: Corpus, at_one_place: list[str], key: str, at: int
):
    title = corpus.events.events[at_one_place[at]].title_ar
    with visit(browser, f"{address}/?{key}=refuted&lang=ar", 1920, 1080) as seen:
        page = seen.page
        app.ready(page)
        expect(page.locator("button.event .title")).to_have_text(title)
        expect(app.marks(page)).to_have_count(1, timeout=app.SLOW_MS)
        mark = app.marks(page).first
        expect(mark).to_have_attribute("aria-label", re.compile("مدحوضة: 1"))
        assert float(mark.locator("svg > g").first.get_attribute("opacity") or 1) < 0.5
        assert mark.locator("svg > path").count() == 1, "a cross over it"
        legend = app.the_map(page).locator(".event-legend")
        expect(legend).to_contain_text("باهت ومشطوب: كلها مدحوضة")
        assert seen.errors == []


@pytest.fixture
def with_acled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server with two events of ACLED beside the curated ones."""
    folders = {
        "EVENT_MAP_WORKSPACE": str(tmp_path / "workspace.sqlite"),
        "EVENT_MAP_DATASETS": str(tmp_path / "datasets"),
    }
    for name, value in folders.items():
        monkeypatch.setenv(name, value)
    assert main([str(write_acled(tmp_path / "acled.csv"))]) == ExitStatus.OK
    with serve(folders) as url:
        yield url


def test_an_imported_event_is_verified_found_by_its_state_and_undone(
    browser: Browser, with_acled: str
):
    with visit(browser, f"{with_acled}/?event=acled:SYR90001&tab=evidence") as seen:
        page = seen.page
        link = page.get_by_role("link", name="Verify", exact=True)
        expect(link).to_be_visible(timeout=2 * app.SLOW_MS)
        link.click()
        name = page.get_by_label("Your name")
        name.fill("Rana")
        name.press("Enter")
        app.settled(page)
        page.locator("label").filter(has_text=re.compile("^Confirmed")).click()
        ground = page.get_by_label("Ground: what was checked, and against what")
        ground.fill(GROUND)
        ground.press("Control+Enter")
        app.settled(page)
        page.get_by_role("button", name="Save the verification").click()
        expect(page.get_by_text("✓ Verified: ")).to_be_visible(timeout=app.SLOW_MS)
        expect(page.locator(".event-head")).to_contain_text(GROUND, timeout=app.SLOW_MS)
        go(page, "Explore")
        expect(page.locator(".chip.confirmed")).to_be_visible(timeout=app.SLOW_MS)
        page.get_by_role("radio", name="Events", exact=True).click()
        app.ready(page)
        filter_by(page, "Verification of the event", "Confirmed")
        app.wait_shown(page, 1)
        expect(page.locator("button.event .badge.confirmed")).to_have_text("✓ Confirmed")
        expect(app.marks(page)).to_have_count(1, timeout=app.SLOW_MS)
        assert app.mark_total(page) == 1
        mark = app.marks(page).first
        expect(mark).to_have_attribute("aria-label", re.compile("confirmed: 1"))
        go(page, "Review")
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_text("✓ Undone: ")).to_be_visible(timeout=app.SLOW_MS)
        go(page, "Explore")
        app.wait_shown(page, 0)
        expect(app.marks(page)).to_have_count(0, timeout=app.SLOW_MS)
        assert seen.errors == []
