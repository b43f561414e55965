"""Prints the figures of benchmarks/README.md: `make bench`.

Each figure is the median of several changes in headless Chromium, from the click to the moment when
the page shows the answer; the apps are measured in turn in one run, and the ratios are what counts.
"""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.browser import launch, visit
from tests.e2e.server import serve

SIZES = (46, 1_000, 10_000)
CHANGES = 7
_WAIT_MS = 120_000
# Streamlit serves the static folder beside the entry script, and the apps here are beside this.
_STATIC = Path(__file__).with_name("static")
# Fires when the map draws its event layer again; the count of marks alone may stay the same.
_WATCH = """() => {
  window.draws = 0;
  const layer = Object.values(map._layers).find((l) => l._draw && l._data);
  const proto = Object.getPrototypeOf(layer);
  const draw = proto._draw;
  proto._draw = function () { draw.call(this); window.draws += 1; };
}"""


def main() -> None:
    """Measure all apps at all sizes and print a Markdown table."""
    if not _STATIC.exists():
        _STATIC.symlink_to("../dashboard/static")
    with sync_playwright() as playwright:
        browser = launch(playwright)
        empty = _empty(browser)
        print(f"Empty rerun: {empty:.3f} s (median of {CHANGES} changes)\n")
        print(
            "| events | first map | filter to map drawn | x empty app | x same app | usual / ours |"
        )
        print("|---:|---:|---:|---:|---:|---:|")
        for size in SIZES:
            first, same, change = _ours(browser, size)
            usual = _usual(browser, size)
            print(
                f"| {size:,} | {first:.2f} s | {change:.3f} s | {change / empty:.2f} "
                f"| {change / same:.2f} | {usual / change:.0f} |",
                flush=True,
            )
        browser.close()


def _median(change: Callable[[int], None], changes: int = CHANGES) -> float:
    """Median seconds of some calls, after one that does not count."""
    change(0)
    times = []
    for number in range(1, changes + 1):
        start = time.perf_counter()
        change(number)
        times.append(time.perf_counter() - start)
        time.sleep(0.5)
    return statistics.median(times)


def _radio_change(page: Page, *, wait_for_map: bool) -> Callable[[int], None]:
    def change(number: int) -> None:
        value = "some" if number % 2 == 0 else "all"
        page.get_by_text(value, exact=True).click()
        page.get_by_text(f"shows {value}").wait_for(timeout=_WAIT_MS)
        if wait_for_map:
            page.wait_for_function(_NEW_MAP, timeout=_WAIT_MS)

    return change


# The usual way mounts a new frame; it is there when the old one is gone and the new one has marks.
_NEW_MAP = """() => {
  const frames = [...document.querySelectorAll('iframe')];
  if (frames.length !== 1) return false;
  const inside = frames[0].contentWindow;
  if (!inside.map || inside === window.lastFrame) return false;
  if (!inside.document.querySelector('path.leaflet-interactive')) return false;
  window.lastFrame = inside;
  return true;
}"""


def _empty(browser: Browser) -> float:
    with serve(script="benchmarks/empty_app.py") as url, visit(browser, url) as seen:
        seen.page.get_by_text("shows all").wait_for(timeout=_WAIT_MS)
        return _median(_radio_change(seen.page, wait_for_map=False))


def _usual(browser: Browser, size: int) -> float:
    environment = {"EVENT_MAP_SIZE": str(size), "PYTHONPATH": "."}
    with (
        serve(environment, "benchmarks/usual_app.py") as url,
        visit(browser, url) as seen,
    ):
        seen.page.wait_for_function(_NEW_MAP, timeout=_WAIT_MS)
        # Half a minute a change at 10,000 events: one tells enough.
        changes = CHANGES if size < 10_000 else 1
        return _median(_radio_change(seen.page, wait_for_map=True), changes)


def _ours(browser: Browser, size: int) -> tuple[float, float, float]:
    """First map, a rerun that leaves the map as it is, and a filter change to the map drawn."""
    environment = {"EVENT_MAP_SIZE": str(size), "PYTHONPATH": "."}
    with serve(environment, "benchmarks/big_app.py") as url:
        with visit(browser, url) as warm:
            _marks(warm.page)
        start = time.perf_counter()
        with visit(browser, url) as seen:
            page = seen.page
            _marks(page)
            first = time.perf_counter() - start
            page.wait_for_timeout(2000)
            same = _median(lambda number: _switch_panel(page, number))
            frame = next(frame for frame in page.frames if "streamlit_folium" in frame.url)
            frame.evaluate(_WATCH)
            row = page.locator(".facets label.row").filter(has_text="Single source").first

            def change(_number: int) -> None:
                drawn = frame.evaluate("window.draws")
                row.click()
                frame.wait_for_function(f"window.draws > {drawn}", timeout=_WAIT_MS)

            return first, same, _median(change)


def _switch_panel(page: Page, number: int) -> None:
    shelf = number % 2 == 0
    page.get_by_role("radio", name="Shelf" if shelf else "Events").click()
    heading = page.get_by_text("No date known")
    heading.wait_for(state="visible" if shelf else "detached", timeout=_WAIT_MS)


def _marks(page: Page) -> None:
    inside = page.frame_locator("iframe[title='streamlit_folium.st_folium']")
    inside.locator(".event-mark").first.wait_for(timeout=_WAIT_MS)


if __name__ == "__main__":
    main()
