"""Hostile text in every field that reaches the page: nothing runs, nothing breaks."""

import csv
import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from dashboard.settings import Settings
from tests.e2e import app
from tests.e2e.browser import visit
from tests.e2e.server import serve

pytestmark = pytest.mark.e2e

PAYLOAD = (
    '<script>window.top.hacked=1</script>"><img src=x onerror=window.top.hacked=1>'
    "`${window.top.hacked=1}` \u202egnp.exe\u2066 {{7*7}} '); window.top.hacked=1; //"
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Path:
    """A copy of the data with the payload in titles, names, glosses and article text."""
    root = tmp_path_factory.mktemp("hostile")
    shutil.copytree(settings.seeds, root / "seeds")
    shutil.copytree(settings.gazetteer, root / "gazetteer")
    shutil.copytree(settings.lexicon, root / "lexicon")
    _append_to_articles(root / "seeds")
    _poison(
        root / "seeds" / "events.csv",
        ("title_en", "title_ar", "summary_en", "summary_ar", "date_reason"),
    )
    _poison(root / "seeds" / "claims.csv", ("gloss_en", "note", "figure_unit"))
    _poison(root / "lexicon" / "actors.csv", ("name_en",))
    _poison(root / "lexicon" / "speakers.csv", ("name_en",))
    _poison(root / "lexicon" / "outlets.csv", ("name_en", "name_ar"))
    places = root / "gazetteer" / "places.geojson"
    collection = json.loads(places.read_text(encoding="utf-8"))
    for feature in collection["features"]:
        feature["properties"]["name_en"] += PAYLOAD
        feature["properties"]["doubt"] = PAYLOAD
    places.write_text(json.dumps(collection), encoding="utf-8")
    return root


def _append_to_articles(seeds: Path) -> None:
    rows = _rows(seeds / "articles.csv")
    for row in rows:
        path = seeds / "articles" / row["file"]
        content = path.read_bytes() + f"\n{PAYLOAD}\x00\n{'ع' * 500_000}\n".encode()
        path.write_bytes(content)
        row["sha256"] = hashlib.sha256(content).hexdigest()
        row["headline"] += PAYLOAD
    _write(seeds / "articles.csv", rows)


def _poison(path: Path, fields: tuple[str, ...]) -> None:
    rows = _rows(path)
    for row in rows:
        for field in fields:
            row[field] += PAYLOAD
    _write(path, rows)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _environment(root: Path) -> dict[str, str]:
    return {
        "EVENT_MAP_SEEDS": str(root / "seeds"),
        "EVENT_MAP_GAZETTEER": str(root / "gazetteer"),
        "EVENT_MAP_LEXICON": str(root / "lexicon"),
    }


@pytest.fixture(scope="module")
def hostile_address(hostile: Path) -> Iterator[str]:
    with serve(_environment(hostile)) as url:
        yield url


def test_nothing_runs_and_the_page_works(browser: Browser, hostile_address: str):
    with visit(browser, hostile_address) as seen:
        page = seen.page
        app.ready(page)
        mark = app.marks(page).first
        mark.hover()
        expect(app.the_map(page).locator(".event-tip")).to_be_visible()
        mark.click()
        # The list follows the map; what is clicked before it does is gone.
        expect(page.get_by_text("All places")).to_be_visible(timeout=app.SLOW_MS)
        page.locator("button.event").first.click()
        expect(page.locator(".event-head h3")).to_contain_text("<script>", timeout=app.SLOW_MS)
        page.get_by_text("Shelf", exact=True).click()
        page.wait_for_timeout(1000)
        page.get_by_text("Table", exact=True).click()
        expect(page.get_by_test_id("stDataFrame")).to_be_visible(timeout=app.SLOW_MS)
        assert page.evaluate("window.hacked") is None
        assert seen.errors == []
        assert seen.outside == []


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/compare", ".account"),
        ("/compare?parties=x", ".fields"),
        ("/?view=presentation&lang=ar", "footer.presented"),
        ("/?tab=figure", "[data-testid=stImage] img"),
        ("/?tab=evidence&event=agreement_hand_over_ain_issa&lang=ar", ".event-head"),
    ],
)
def test_reports_of_hostile_text_are_text(
    browser: Browser, hostile_address: str, path: str, shown: str
):
    with visit(browser, hostile_address + path) as seen:
        expect(seen.page.locator(shown).first).to_be_visible(timeout=2 * app.SLOW_MS)
        seen.page.wait_for_timeout(500)
        assert seen.page.evaluate("window.hacked") is None
        assert seen.errors == []
        assert seen.outside == []


def test_a_hostile_article_is_shown_as_text(browser: Browser, hostile_address: str):
    with visit(browser, f"{hostile_address}/article?id=a000_arabi21") as seen:
        body = seen.page.locator("article")
        expect(body).to_be_visible(timeout=2 * app.SLOW_MS)
        expect(body).to_contain_text("<script>")
        expect(body.locator(".control").first).to_have_text("[U+202E]")
        assert seen.page.evaluate("window.hacked") is None
        assert seen.errors == []


def test_missing_data_give_a_page_that_says_so(browser: Browser, tmp_path: Path):
    with (
        serve(_environment(tmp_path)) as url,
        visit(browser, url) as seen,
    ):
        expect(seen.page.get_by_text("The data cannot be shown")).to_be_visible(timeout=app.SLOW_MS)
        expect(seen.page.get_by_test_id("stDataFrame")).to_be_visible()


def test_a_broken_row_is_reported_and_the_rest_is_shown(
    browser: Browser, tmp_path: Path, settings: Settings
):
    shutil.copytree(settings.seeds, tmp_path / "seeds")
    events = tmp_path / "seeds" / "events.csv"
    rows = _rows(events)
    rows[0]["date_start"] = "yesterday"
    _write(events, rows)
    environment = {"EVENT_MAP_SEEDS": str(tmp_path / "seeds")}
    with serve(environment) as url, visit(browser, url) as seen:
        app.ready(seen.page)
        app.wait_shown(seen.page, len(rows) - 1)
        expect(seen.page.get_by_text("in the data; the rest is shown")).to_be_visible()
