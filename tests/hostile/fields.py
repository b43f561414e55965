"""The pages in Chromium with hostile texts in every field: what ran, what was called, what broke."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from dashboard.settings import read_settings
from tests.e2e.browser import Visit, launch, visit
from tests.e2e.server import serve
from tests.hostile.payloads import MARK, payloads
from tests.hostile.poison import poisoned

_SHOWN_WITHIN_MS = 40_000
# After which what a text might begin has begun.
_SETTLES_MS = 1_500
_PAGES = (
    ("/", "button.event"), ("/?tab=table", "[data-testid=stDataFrame]"),
    ("/?tab=trends&split=actor", ".trend-key"),
    ("/?tab=shelf", "[data-testid=stText]"),
    ("/?tab=figure", "[data-testid=stImage] img"), ("/?lang=ar", "button.event"),
    ("/?colour=dataset", "button.event"), ("/?view=presentation", "footer.presented"),
    ("/compare", ".account"), ("/compare?parties=x&lang=ar", ".fields"),
    ("/article?id=a000_arabi21", "article"), ("/articles", "[data-testid=stTextInput]"),
    ("/review", "[data-testid=stSidebar]"), ("/gazetteer", "[data-testid=stSidebar]"),
    ("/data", ".st-key-dataset_curated"),
    ("/history", "[data-testid=stSidebar]"),
)  # fmt: skip


def run(folder: Path, port: int) -> dict[str, int]:
    """Open each page; gives counts. `trap` in `folder` is what a template would make."""
    texts = payloads(folder / "trap", port)
    root = folder / "fields"
    root.mkdir()
    environment = poisoned(root, read_settings({}), texts)
    figures = {
        "payloads": len(texts),
        "pages": 0,
        "scripts": 0,
        "outside": 0,
        "errors": 0,
        "broken": 0,
    }
    with serve(environment) as url, sync_playwright() as playwright:
        browser = launch(playwright)
        for path, shown in (*_PAGES, *_events(root)):
            figures["pages"] += 1
            for name, number in _open(browser, url + path, shown).items():
                figures[name] += number
                if number:
                    print(f"fields: {path}: {name}")
        browser.close()
    figures["templates"] = int((folder / "trap").exists())
    return figures


def _events(root: Path) -> Iterator[tuple[str, str]]:
    """The evidence of some events, and the map at some places."""
    with (root / "seeds" / "events.csv").open(encoding="utf-8", newline="") as file:
        ids = [row["event_id"] for row in csv.DictReader(file)]
    for event_id in ids[::6]:
        yield f"/?tab=evidence&event={event_id}", ".event-head"
    places = json.loads((root / "gazetteer" / "places.geojson").read_text(encoding="utf-8"))
    for feature in places["features"][::40]:
        yield f"/?at={feature['properties']['id']}", "[data-testid=stText]"


def _open(browser: Browser, url: str, shown: str) -> dict[str, int]:
    with visit(browser, url) as seen:
        broken = 0
        try:
            seen.page.locator(shown).first.wait_for(timeout=_SHOWN_WITHIN_MS)
            seen.page.wait_for_timeout(_SETTLES_MS)
            _point_at_marks(seen.page)
        except Exception as error:  # noqa: BLE001 what is counted
            print(f"fields: {url}: {str(error)[:300]}")
            broken = 1
        broken += seen.page.get_by_test_id("stException").count()
        return {"broken": broken, **_wrong(seen)}


def _point_at_marks(page: Page) -> None:
    frame = page.frame_locator("iframe[title='streamlit_folium.st_folium']")
    for mark in frame.locator(".event-mark").all()[:5]:
        mark.dispatch_event("mouseenter")


def _wrong(seen: Visit) -> dict[str, int]:
    ran = [frame for frame in seen.page.frames if frame.evaluate(f"window.{MARK} !== undefined")]
    return {"scripts": len(ran), "outside": len(seen.outside), "errors": len(seen.errors)}
