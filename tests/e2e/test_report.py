"""From the selection to the report: figure, exports, comparison, clean view, as a person does it."""

import csv
import io
import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from dashboard.figure.__main__ import main
from dashboard.model.corpus import Corpus
from dashboard.query.query import Query
from tests.e2e import app
from tests.e2e.browser import visit as visited
from tests.e2e.conftest import Open
from tests.oracle.select import EventIndex, select

pytestmark = pytest.mark.e2e
DOWNLOAD = re.compile(r"^Download \d+ events?\b")
PLEDGE = "agreement_hand_over_ain_issa"
_CHOSEN = "SDF announces agreement on joint observation points at Ain Issa"


def _download(page: Page, button: str | re.Pattern[str], folder: Path) -> Path:
    with page.expect_download(timeout=app.SLOW_MS) as waiting:
        page.get_by_role("button", name=button, exact=True).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def _export(page: Page, kind: str, ending: str, folder: Path) -> Path:
    page.get_by_role("button", name="Export").click()
    page.locator(".st-key-export_format").get_by_role("combobox").click()
    page.get_by_role("option", name=kind, exact=True).click()
    # The name of the file follows the format once the panel has been drawn anew.
    expect(page.get_by_text(re.compile(rf"^File: \S+\.{ending}$"))).to_be_visible(
        timeout=app.SLOW_MS
    )
    return _download(page, DOWNLOAD, folder)


def test_a_report_has_the_title_text_and_events_that_were_chosen(open_app: Open, tmp_path: Path):
    with open_app("/?kind=agreement") as visit:
        page = visit.page
        page.get_by_role("button", name="Export").click()
        app.choose(
            page,
            page.locator(".st-key-export_format").get_by_role("combobox"),
            "Report for Word, DOCX",
        )
        title = page.locator(".st-key-export_report_title input")
        title.fill("Agreements, in short")
        title.press("Tab")
        app.settled(page)
        text = page.locator(".st-key-export_report_text textarea")
        text.fill("A text of my own.\n\nAnd a second paragraph.")
        text.press("Control+Enter")
        app.settled(page)
        events = page.locator(".st-key-export_report_events").get_by_role("combobox")
        app.choose(page, events, _CHOSEN)
        app.settled(page)
        expect(page.get_by_text(re.compile(r"^File: \S+\.docx$"))).to_be_visible(
            timeout=app.SLOW_MS
        )
        document = Document(str(_download(page, DOWNLOAD, tmp_path)))
        paragraphs = [each.text for each in document.paragraphs]
        assert paragraphs[0] == "Agreements, in short"
        assert "A text of my own." in paragraphs
        assert "And a second paragraph." in paragraphs
        headings = [each.text for each in document.paragraphs if each.style.name == "Heading 2"]
        assert headings == [f"1. {_CHOSEN}"]
        assert not visit.errors


def test_the_figure_is_previewed_downloaded_and_made_again(open_app: Open, tmp_path: Path):
    with open_app("/?kind=arrest&tab=figure") as visit:
        page = visit.page
        image = page.get_by_role("img", name=re.compile("^Arrest, "))
        expect(image).to_be_visible(timeout=app.SLOW_MS)
        assert image.evaluate("image => image.naturalWidth") > 1000
        pdf = _download(page, "Download the figure", tmp_path)
        manifest = _download(page, "Manifest", tmp_path)
        assert pdf.name == "events_arrest.pdf"
        assert manifest.name == "events_arrest.json"
        text = PdfReader(pdf).pages[0].extract_text()
        assert "Arrest" in text
        assert json.loads(manifest.read_text(encoding="utf-8"))["link"].startswith("?kind=arrest")
        again = tmp_path / "again.pdf"
        assert main([str(manifest), "-o", str(again)]) == 0
        assert again.read_bytes() == pdf.read_bytes()
        assert visit.outside == []


def test_the_preview_follows_the_options(open_app: Open):
    with open_app("/?tab=figure") as visit:
        page = visit.page
        image = page.get_by_role("img", name=re.compile("^Reported events"))
        expect(image).to_be_visible(timeout=app.SLOW_MS)
        page.get_by_role("radiogroup", name="Language of the figure").get_by_text("العربية").click()
        arabic = page.get_by_role("img", name=re.compile("^أحداث"))
        expect(arabic).to_be_visible(timeout=app.SLOW_MS)
        page.get_by_label("Title in Arabic").fill("عين عيسى")
        page.get_by_label("Title in Arabic").press("Enter")
        expect(page.get_by_role("img", name=re.compile("^عين عيسى"))).to_be_visible(
            timeout=app.SLOW_MS
        )


def test_exports_have_exactly_the_events_of_the_selection(
    open_app: Open, index: EventIndex, tmp_path: Path
):
    query = Query(attestations=("contested",))
    expected = set(index.tables.events["event_id"][select(index, query).shown])
    with open_app("/?attestation=contested") as visit:
        page = visit.page
        app.ready(page)
        book = load_workbook(_export(page, "Excel workbook", "xlsx", tmp_path))
        assert {row[0].value for row in book["Events"].iter_rows(min_row=2)} == expected
        page.keyboard.press("Escape")
        path = _export(page, "CSV, UTF-8", "csv", tmp_path)
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
        assert {row["event_id"] for row in rows} == expected
        assert all("attestation=contested" in row["file_link"] for row in rows)
        page.keyboard.press("Escape")
        path = _export(page, "GeoJSON", "geojson", tmp_path)
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        event_ids = {
            f["properties"]["event_id"] for f in features if f["properties"]["layer"] == "event"
        }
        assert event_ids == expected
        assert path.name == "events_contested.geojson"
        assert visit.outside == []


def test_one_page_from_the_page_opens_by_itself(
    open_app: Open, browser: Browser, index: EventIndex, tmp_path: Path
):
    expected = select(index, Query(attestations=("contested",))).shown
    with open_app("/?attestation=contested") as visit:
        name = "One page that opens without a network, HTML"
        path = _export(visit.page, name, "html", tmp_path)
    assert path.name == "events_contested.html"
    with visited(browser, path.as_uri()) as seen:
        expect(seen.page.locator("button.event")).to_have_count(int(expected.sum()))
        assert seen.requests == [path.as_uri()]
        assert seen.errors == []


def test_from_the_evidence_to_the_comparison(open_app: Open, corpus: Corpus, tmp_path: Path):
    with open_app(f"/?event={PLEDGE}&tab=evidence") as visit:
        page = visit.page
        page.get_by_role("link", name="Compare the accounts").click()
        expect(page.locator(".account")).to_have_count(3, timeout=app.SLOW_MS)
        assert app.link(page)["event"] == [PLEDGE]
        expect(page.get_by_text("3 origins, 1 outlet, 5 claims")).to_be_visible()
        expect(page.locator(".account.against").first).to_contain_text("Denies")
        expect(page.locator(".fields tr.differs").first).to_contain_text("Place")
        expect(page.get_by_text("Says nothing of it")).to_contain_text("Syria TV")
        table = _download(page, "Download the table", tmp_path)
        rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8-sig"))))
        assert len(rows) == 5
        pdf = _download(page, "Download the figure", tmp_path)
        title = corpus.events.events[PLEDGE].title_en
        assert title.split()[0] in PdfReader(pdf).pages[0].extract_text()
        page.get_by_role("link", name="On the map").click()
        expect(page.locator(".event-head h3")).to_have_text(title, timeout=app.SLOW_MS)


def test_two_parties_side_by_side_by_link(open_app: Open):
    with open_app("/compare?parties=aanes&parties=russia") as visit:
        page = visit.page
        first = page.locator(".fields tbody tr").first
        expect(first).to_contain_text("They differ", timeout=app.SLOW_MS)
        expect(first).to_contain_text("denies")
        page.get_by_text("Two outlets").click()
        expect(page).to_have_url(re.compile("outlets="), timeout=app.SLOW_MS)
        expect(page.locator(".fields tbody tr").first).to_be_visible(timeout=app.SLOW_MS)


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080)])
def test_the_clean_view_has_what_a_screenshot_needs(open_app: Open, width: int, height: int):
    with open_app("/", width=width, height=height) as visit:
        page = visit.page
        app.ready(page)
        page.get_by_text("Presentation").click()
        heading = page.locator("header.presented h1")
        expect(heading).to_contain_text("Reported events", timeout=app.SLOW_MS)
        expect(page.get_by_test_id("stSidebar")).to_be_hidden()
        expect(app.the_map(page).locator(".event-legend")).to_have_attribute("open", "")
        expect(app.the_map(page).locator(".leaflet-control-scale-line")).to_be_visible()
        expect(app.the_map(page).locator(".leaflet-control-zoom")).to_have_count(0)
        assert app.link(page)["view"] == ["presentation"]
        expect(app.marks(page).first).to_be_visible(timeout=app.SLOW_MS)
        app.settled(page)
        # The legend covers no mark; in its usual corner it may.
        legend = app.the_map(page).locator(".event-legend").bounding_box()
        boxes = [mark.bounding_box() for mark in app.marks(page).all()]
        assert legend
        assert boxes
        assert not [box for box in boxes if box and _overlap(box, legend)]
        for part in ("header.presented", "iframe", "footer.presented"):
            box = page.locator(part).first.bounding_box()
            assert box
            assert box["y"] + box["height"] <= height
        leave = page.get_by_role("button", name="Leave the presentation")
        leave.focus()
        leave.press("Enter")
        app.ready(page)
        expect(page.get_by_test_id("stSidebar")).to_be_visible()


def _overlap(one: Mapping[str, float], other: Mapping[str, float]) -> bool:
    return all(
        one[at] < other[at] + other[size] and other[at] < one[at] + one[size]
        for at, size in (("x", "width"), ("y", "height"))
    )


def test_the_clean_view_is_one_sheet_on_paper_and_escape_leaves_it(open_app: Open):
    with open_app("/?view=presentation") as visit:
        page = visit.page
        expect(app.marks(page).first).to_be_visible(timeout=app.SLOW_MS)
        expect(page.get_by_text("Escape leaves the presentation.")).to_be_hidden(
            timeout=app.SLOW_MS
        )
        app.settled(page)
        sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
        assert len(sheets) == 1
        text = sheets[0].extract_text()
        for part in ("Reported events", "Sources", "Reports are claims", "Qamishli"):
            assert part in text
        assert "Leave the presentation" not in text
        # The map has the focus after a click, and keys do not reach the page around it.
        app.the_map(page).locator(".leaflet-container").click(position={"x": 20, "y": 20})
        page.keyboard.press("Escape")
        expect(page.get_by_test_id("stSidebar")).to_be_visible(timeout=app.SLOW_MS)
        assert "view" not in app.link(page)
