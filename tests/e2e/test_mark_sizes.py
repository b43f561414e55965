"""An analyst sizes marks by those killed: the numbers in the marks, their words, and the legend."""

import re
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from tests.datasets.formats import make
from tests.e2e import app
from tests.e2e.browser import visit
from tests.e2e.server import serve

# Four events at one place, of which one has no number of killed, and one event without at another.
_HERE = {"latitude": "35.0", "longitude": "38.5", "location": "Here"}
_THERE = {"latitude": "34.0", "longitude": "38.5", "location": "There"}
_ROWS = (
    {"fatalities": "3-5", "event_date": "10 January 2021", **_HERE},
    {"fatalities": "12", "event_date": "20 January 2021", **_HERE},
    {"fatalities": "30", "event_date": "10 March 2021", **_HERE},
    {"fatalities": "", "event_date": "11 January 2021", **_HERE},
    {"fatalities": "", "event_date": "12 January 2021", **_THERE},
)


def _number(page: Page, name: str) -> str:
    """The number in the mark of that place."""
    mark = app.the_map(page).get_by_role("button", name=re.compile(f"^{name};"))
    return mark.locator("text").text_content(timeout=app.SLOW_MS) or ""


def _tip(page: Page, name: str) -> Locator:
    """The tooltip of that place; that of the mark before may still fade out."""
    return app.the_map(page).locator(".event-tip").filter(has_text=name)


def test_marks_have_the_size_of_the_killed(browser: Browser, tmp_path: Path):
    rows = [make.BATTLE | {"event_id_cnty": f"SYR{at}"} | row for at, row in enumerate(_ROWS)]
    file = make.write(tmp_path / "acled.csv", rows)
    environment = {
        "EVENT_MAP_WORKSPACE": str(tmp_path / "w.sqlite"),
        "EVENT_MAP_DATASETS": str(tmp_path / "datasets"),
    }
    with serve(environment) as url, visit(browser, url + "/data") as seen:
        page = seen.page
        app.import_file(page, file, new_events=5)
        page.goto(url + "/?dataset=acled&map=34.5,38.5,8")
        app.ready(page)
        marks = app.the_map(page)
        assert (_number(page, "Here"), _number(page, "There")) == ("4", "1")
        box = page.locator(".st-key-size").get_by_role("combobox")
        app.choose(page, box, "Killed")
        here = marks.get_by_role("button", name=re.compile("^Here;"))
        expect(here.locator("text")).to_have_text("45", timeout=app.SLOW_MS)
        assert _number(page, "There") == "–"
        expect(page).to_have_url(re.compile("[?&]size=figure"), timeout=app.SLOW_MS)
        here.hover()
        expect(_tip(page, "Here")).to_contain_text("4 events, 45 to 47 killed, 1 without a figure")
        there = marks.get_by_role("button", name=re.compile("^There;"))
        there.hover()
        expect(_tip(page, "There")).to_contain_text("1 event, killed: no figure")
        legend = marks.locator(".event-legend")
        expect(legend).to_contain_text("killed, the best figure of each event, else its lowest")
        page.goto(url + "/?dataset=acled&map=34.5,38.5,8&size=figure&to=2021-01-31")
        app.ready(page)
        expect(here.locator("text")).to_have_text("15", timeout=app.SLOW_MS)
        here.hover()
        expect(_tip(page, "Here")).to_contain_text("3 events, 15 to 17 killed, 1 without a figure")
        assert seen.errors == []
        assert seen.outside == []
