"""Actions on the page and values that it shows, as an analyst would name them."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Error, FrameLocator, Locator, Page, expect

SLOW_MS = 20_000


def caption(page: Page) -> Locator:
    """The line that says what is shown."""
    return page.locator(".st-key-sentence").get_by_test_id("stText").first


def ready(page: Page) -> None:
    """Wait until the map has its basemap and its marks."""
    expect(the_map(page).locator("[data-basemap]")).to_be_attached(timeout=SLOW_MS)
    expect(marks(page).first).to_be_visible(timeout=SLOW_MS)
    expect(page.locator("button.event").first).to_be_visible(timeout=SLOW_MS)


def settled(page: Page) -> None:
    """Wait until the page has been drawn: no run goes on, and what the run before drew is gone."""
    expect(page.get_by_test_id("stApp")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=SLOW_MS
    )
    expect(page.locator("[data-stale=true]")).to_have_count(0, timeout=SLOW_MS)


def wait_until(page: Page, read: Callable[[], object], wanted: object) -> None:
    """Wait until ``read`` returns what is wanted; raises AssertionError with what it returned last."""
    until = time.monotonic() + SLOW_MS / 1000
    while (found := read()) != wanted:
        assert time.monotonic() < until, (found, wanted)
        page.wait_for_timeout(100)


def press_shortcut(page: Page, key: str, button: str) -> None:
    """Press the key of a button once it is drawn; Streamlit hears none before.

    While a run goes on, that button of the run before may still be there, too.
    """
    buttons = page.get_by_role("button", name=button)
    expect(buttons).not_to_have_count(0, timeout=SLOW_MS)
    settled(page)
    expect(buttons).to_have_count(1, timeout=SLOW_MS)
    expect(buttons).to_be_enabled(timeout=SLOW_MS)
    page.locator("body").press(key)


def choose(page: Page, box: Locator, option: str | re.Pattern[str]) -> None:
    """Choose an option of a select box; its list is opened again where a run of the page closed it."""
    settled(page)
    wanted = page.get_by_role("option", name=option, exact=True)
    for _ in range(3):
        box.scroll_into_view_if_needed()
        box.press("ArrowDown")
        try:
            wanted.click(timeout=SLOW_MS / 4)
        except Error:
            continue
        return
    wanted.click()


def add_choice(page: Page, box: Locator, option: str) -> None:
    """Add an option to a box of several choices, and close its list.

    Not by Escape: where a run of the page closed the list before, that key removes the choices.
    """
    settled(page)
    # A list of thousands draws only what is typed.
    box.fill(option)
    page.get_by_role("option", name=option, exact=True).click()
    # Not by its role: the rest of the page is hidden from readers while the list is open.
    page.locator("h2").first.click()
    chosen = page.get_by_role("button", name=f"Remove {option}")
    expect(chosen).to_be_visible(timeout=SLOW_MS)


def the_map(page: Page) -> FrameLocator:
    """The frame that the map is in."""
    return page.frame_locator("iframe[title='streamlit_folium.st_folium']")


def marks(page: Page) -> Locator:
    """The marks on the map."""
    return the_map(page).locator(".event-mark")


# Why a tooltip is in the way of the map: how wide it is if it is wide, cut off, or over the mark.
_TIP_FAULTS = """(tip, mark) => {
  const [box, map, drawn] = [tip.closest(".leaflet-tooltip"), tip.closest(".leaflet-container"), mark]
    .map((node) => node.getBoundingClientRect());
  const isIn = box.left >= map.left && box.right <= map.right && box.top >= map.top
    && box.bottom <= map.bottom;
  const isOver = box.left < drawn.right && box.right > drawn.left && box.top < drawn.bottom
    && box.bottom > drawn.top;
  return [box.width > 230 && `${box.width} px`, !isIn && "cut off", isOver && "over it"].filter(Boolean);
}"""


def tooltip_faults(page: Page, mark: Locator) -> list[str]:
    """How the tooltip of the mark that is pointed at is in the way."""
    tip = the_map(page).locator(".event-tip").last
    expect(tip).to_be_visible()
    found: list[str] = tip.evaluate(_TIP_FAULTS, mark.locator("svg circle").last.element_handle())
    return found


def mark_total(page: Page) -> int:
    """How many events the marks count, an event once a mark."""
    return sum(int(count) for count in marks(page).evaluate_all("m => m.map(n => n.dataset.count)"))


def table_rows(page: Page) -> Locator:
    """The rows of the table of events."""
    return page.locator(".rows tbody tr")


def filter_row(page: Page, label: str) -> Locator:
    """A value of a filter, by its name."""
    return page.locator(".facets label.row").filter(has_text=label).first


def link(page: Page) -> dict[str, list[str]]:
    """The parameters in the address bar."""
    return parse_qs(urlsplit(page.url).query)


def shown(page: Page) -> int:
    """The first number of the caption."""
    match = re.match(r"([\d,]+) of", caption(page).inner_text())
    assert match
    return int(match.group(1).replace(",", ""))


def wait_shown(page: Page, number: int) -> None:
    """Wait until the caption counts so many events."""
    expect(caption(page)).to_contain_text(re.compile(rf"^{number} of "), timeout=SLOW_MS)


def view(page: Page) -> tuple[float, float, int]:
    """The map's centre and zoom, from Leaflet itself."""
    frame = next(frame for frame in page.frames if "streamlit_folium" in frame.url)
    lat, lon, zoom = frame.evaluate("[map.getCenter().lat, map.getCenter().lng, map.getZoom()]")
    return round(lat, 4), round(lon, 4), zoom


def start_check(page: Page) -> None:
    """Click on Check until it has begun: the map above may move the button away under the pointer."""
    outcome = page.locator(".st-key-import_outcome [data-testid=stElementContainer]").first
    for _ in range(3):
        settled(page)
        page.get_by_role("button", name="Check the file").click(timeout=SLOW_MS)
        try:
            expect(outcome).to_be_attached(timeout=SLOW_MS / 2)
        except AssertionError:
            continue
        return
    expect(outcome).to_be_attached()


def check_file(page: Page) -> None:
    """Check the selected file, and wait until its import is offered."""
    start_check(page)
    expect(page.get_by_role("button", name="Import", exact=True)).to_be_enabled(timeout=60_000)


def table_field(page: Page) -> Locator:
    """The field of the Data page for a table to import; there is another one for basemaps."""
    return page.locator(".st-key-import_upload input[type=file]")


def import_file(page: Page, file: Path, *, new_events: int) -> None:
    """Import a file of a known format on the Data page, and wait until its events are counted."""
    table_field(page).set_input_files(file)
    check_file(page)
    page.get_by_role("button", name="Import", exact=True).click(timeout=SLOW_MS)
    done = page.locator(".st-key-import_outcome").get_by_text(
        re.compile(rf"^{new_events} new events")
    )
    expect(done).to_be_visible(timeout=60_000)
