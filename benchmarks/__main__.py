"""Prints the figures of benchmarks/README.md on the map: `make bench`.

Each figure is the median of several changes in headless Chromium, from the click to the moment when
the page has drawn the answer; all is measured in one run, and the ratios are what counts.
"""

import statistics
import sys
import time
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil
from playwright.sync_api import Browser, Frame, Locator, Page, sync_playwright

from benchmarks.sets import workspace
from tests.e2e.browser import launch, visit
from tests.e2e.server import serve

SIZES = (1_000, 10_000, 100_000, 1_000_000)
# The largest that each usual way is asked for: beyond, it takes minutes or gives up.
USUAL = {"marker": 10_000, "cluster": 100_000, "pydeck": 100_000}
CHANGES = 7
BROWSERS = 20
_WAIT_MS = 180_000
# Between two changes, so that the page is done with one before the next, lists and counts included.
_PAUSE_S = 1.5
# Streamlit serves the static folder beside the entry script, and the apps here are beside this.
_STATIC = Path(__file__).with_name("static")
_WATCH = "map.on('marksdrawn', () => { window.drawn = performance.now(); window.draws += 1; }); 0"
_NEWEST = """() => {
  const layers = Object.values(map._layers).filter((layer) => layer._data && layer._counts);
  return layers.length ? JSON.stringify(layers[layers.length - 1]._data) : "";
}"""


def main(sizes: Sequence[int] = SIZES) -> None:
    """Measure the page and the usual ways, and print Markdown tables."""
    if not _STATIC.exists():
        _STATIC.symlink_to("../dashboard/static")
    for size in sizes:
        workspace(size)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        print(
            "| events | empty rerun | empty map | first map | x empty map | filter to drawn "
            "| x empty | window, ms a frame (mean, worst) | played, frames a second | pan | zoom "
            "| kB a change | server MB |"
        )
        print("|---:" * 13 + "|")
        for size in sizes:
            # Machines are faster at one time than at another: what a row is compared with is its own.
            empty, empty_map = _empty(browser), _empty_map(browser)
            print(_row(_ours(browser, size), size, empty, empty_map), flush=True)
        empty = _empty(browser)
        print("\n| way | events | filter to drawn | x empty |\n|---|---:|---:|---:|")
        for way, most in USUAL.items():
            for size in (size for size in sizes if size <= most):
                usual = _usual(browser, way, size)
                print(f"| {way} | {size:,} | {usual:.2f} s | {usual / empty:.1f} |", flush=True)
        alone, together = _crowd(browser, max(sizes))
        print(
            f"\n{BROWSERS} browsers at once at {max(sizes):,} events: p95 {together:.2f} s, "
            f"one alone {alone:.2f} s, {together / alone:.1f} times"
        )
        browser.close()


def _row(found: dict[str, float], size: int, empty: float, empty_map: float) -> str:
    return (
        f"| {size:,} | {empty:.3f} s | {empty_map:.2f} s "
        f"| {found['first']:.2f} s | {found['first'] / empty_map:.2f} "
        f"| {found['filter']:.3f} s | {found['filter'] / empty:.2f} "
        f"| {found['frame']:.1f}, {found['worst']:.1f} | {found['fps']:.0f} | {found['pan']:.2f} s "
        f"| {found['zoom']:.2f} s | {found['bytes'] / 1000:.0f} | {found['memory']:.0f} |"
    )


def _median(change: Callable[[int], object], changes: int = CHANGES) -> float:
    """Median seconds of some calls, after one that does not count."""
    change(0)
    times = []
    for number in range(1, changes + 1):
        start = time.perf_counter()
        change(number)
        times.append(time.perf_counter() - start)
        time.sleep(_PAUSE_S)
    return statistics.median(times)


def _empty(browser: Browser) -> float:
    with serve(script="benchmarks/empty_app.py") as url, visit(browser, url) as seen:
        seen.page.get_by_text("shows all").wait_for(timeout=_WAIT_MS)
        return _median(lambda number: _radio(seen.page, number))


def _radio(page: Page, number: int) -> None:
    value = "some" if number % 2 == 0 else "all"
    page.get_by_text(value, exact=True).click()
    page.get_by_text(f"shows {value}").wait_for(timeout=_WAIT_MS)


def _empty_map(browser: Browser) -> float:
    with serve({"PYTHONPATH": "."}, "benchmarks/map_app.py") as url:

        def first(_number: int) -> None:
            with visit(browser, url) as seen:
                inside = seen.page.frame_locator("iframe[title='streamlit_folium.st_folium']")
                inside.locator("[data-basemap]").wait_for(state="attached", timeout=_WAIT_MS)

        return _median(first, 3)


def _ours(browser: Browser, size: int) -> dict[str, float]:
    """Everything that is measured of the page at one size."""
    with serve({"EVENT_MAP_WORKSPACE": str(workspace(size))}) as url:
        found = {"first": _median(lambda _number: _first(browser, url), 3)}
        with visit(browser, url) as seen:
            page, frame = seen.page, _ready(seen.page)
            found["filter"] = _median(lambda number: _filter(page, frame, number))
            for number in range(CHANGES + 1):
                _filter(page, frame, number)
                page.wait_for_timeout(1000)
            found["bytes"] = len(zlib.compress(frame.evaluate(_NEWEST).encode(), 6))
            found |= _brush(page, frame) | _play(page, frame)
            # Closer in, so that each part of the map has marks of its own; moved there and back.
            frame.evaluate("map.setView([35.6, 38.8], 10, {animate: false}); 0")
            page.wait_for_timeout(4000)
            found["pan"] = _median(
                lambda number: _move(frame, f"map.panBy([{_way(number)}, 0])"), 5
            )
            found["zoom"] = _median(lambda number: _move(frame, f"map.zoom{_in_out(number)}()"), 5)
        found["memory"] = _server_mb()
    return found


def _way(number: int) -> int:
    return 900 if number % 2 == 0 else -900


def _in_out(number: int) -> str:
    return "In" if number % 2 == 0 else "Out"


def _first(browser: Browser, url: str) -> None:
    with visit(browser, url) as seen:
        inside = seen.page.frame_locator("iframe[title='streamlit_folium.st_folium']")
        inside.locator(".event-legend[data-marks]").wait_for(state="attached", timeout=_WAIT_MS)


def _ready(page: Page) -> Frame:
    inside = page.frame_locator("iframe[title='streamlit_folium.st_folium']")
    inside.locator(".event-legend[data-marks]").wait_for(state="attached", timeout=_WAIT_MS)
    page.locator(".facets label.row").first.wait_for(timeout=_WAIT_MS)
    page.wait_for_timeout(4000)
    frame = next(frame for frame in page.frames if "streamlit_folium" in frame.url)
    frame.evaluate(f"window.draws = 0; {_WATCH}")
    return frame


def _filter(page: Page, frame: Frame, number: int) -> None:
    """Choose one more kind of event, which makes a selection that was not asked for before."""
    drawn = frame.evaluate("window.draws")
    _kinds(page).nth(number).click()
    frame.wait_for_function(f"window.draws > {drawn}", timeout=_WAIT_MS)


def _kinds(page: Page) -> Locator:
    return page.locator(".facets details").nth(1).locator("label.row")


def _move(frame: Frame, action: str) -> None:
    """Move the map, and wait until the marks of the new part have come and are drawn."""
    before = frame.evaluate(_NEWEST)
    frame.evaluate(f"{action}; 0")
    changed = f"(before) => {{ const now = ({_NEWEST})(); return now !== '' && now !== before; }}"
    frame.wait_for_function(changed, arg=before, timeout=_WAIT_MS)


def _brush(page: Page, frame: Frame) -> dict[str, float]:
    """Milliseconds that a frame takes to count and draw while a handle is dragged."""
    page.wait_for_timeout(2000)
    frame.evaluate("window.slid = []; map.on('eventsslid', (event) => slid.push(event.ms)); 0")
    box = page.get_by_role("slider", name="Last day").bounding_box()
    if box is None:
        raise RuntimeError("the timeline has no handle")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(60):
        page.mouse.move(x - 5 * step, y)
        page.wait_for_timeout(16)
    page.mouse.up()
    times = frame.evaluate("slid")
    return {"frame": statistics.mean(times), "worst": max(times)}


def _play(page: Page, frame: Frame) -> dict[str, float]:
    page.wait_for_timeout(2000)
    page.get_by_role("button", name="All dates").click()
    page.wait_for_timeout(3000)
    frame.evaluate(
        "window.played = []; map.on('eventsslid', () => played.push(performance.now())); 0"
    )
    page.get_by_role("button", name="Play").click()
    page.wait_for_timeout(2500)
    page.get_by_role("button", name="Pause").click()
    played = frame.evaluate("played")
    return {"fps": 1000 * (len(played) - 1) / (played[-1] - played[0])}


def _server_mb() -> float:
    """Resident memory of the server that runs now."""
    servers = [
        process.info["memory_info"].rss
        for process in psutil.process_iter(["cmdline", "memory_info"])
        if process.info["memory_info"] and "dashboard/app.py" in (process.info["cmdline"] or ())
    ]
    return max(servers) / 2**20


def _usual(browser: Browser, way: str, size: int) -> float:
    environment = {"EVENT_MAP_SIZE": str(size), "EVENT_MAP_WAY": way, "PYTHONPATH": "."}
    with serve(environment, "benchmarks/usual_app.py") as url, visit(browser, url) as seen:
        seen.page.get_by_text("shows all").wait_for(timeout=_WAIT_MS)
        seen.page.wait_for_timeout(3000)
        change = _radio if way == "pydeck" else _map_change
        return _median(lambda number: change(seen.page, number), CHANGES if size < 10_000 else 2)


# The usual way mounts a new frame; it is there when the old one is gone and the new one has marks.
_NEW_MAP = """() => {
  const frames = [...document.querySelectorAll('iframe')];
  if (frames.length !== 1) return false;
  const inside = frames[0].contentWindow;
  if (!inside.map || inside === window.lastFrame) return false;
  if (!inside.document.querySelector('path.leaflet-interactive, .marker-cluster')) return false;
  window.lastFrame = inside;
  return true;
}"""


def _map_change(page: Page, number: int) -> None:
    _radio(page, number)
    page.wait_for_function(_NEW_MAP, timeout=_WAIT_MS)


def _crowd(browser: Browser, size: int) -> tuple[float, float]:
    """Seconds from click to drawn of one browser, and the 95th percentile of many that click at once."""
    with serve({"EVENT_MAP_WORKSPACE": str(workspace(size))}) as url:
        contexts = [browser.new_context() for _ in range(BROWSERS)]
        pages = [context.new_page() for context in contexts]
        for page in pages:
            page.goto(url)
        frames = [_ready(page) for page in pages]
        alone = _together(pages[:1], frames[:1])
        together = _together(pages, frames)
        for context in contexts:
            context.close()
    return alone[0], statistics.quantiles(together, n=20)[-1]


def _together(pages: Sequence[Page], frames: Sequence[Frame]) -> list[float]:
    """Click the same filter everywhere, and see when each map was drawn by its own clock."""
    before = [frame.evaluate("[window.draws, performance.now()]") for frame in frames]
    for page in pages:
        _kinds(page).first.click(no_wait_after=True)
    times = []
    for frame, (draws, clock) in zip(frames, before, strict=True):
        frame.wait_for_function(f"window.draws > {draws}", timeout=_WAIT_MS)
        times.append((frame.evaluate("window.drawn") - clock) / 1000)
    return times


if __name__ == "__main__":
    main([int(float(size)) for size in sys.argv[1:]] or SIZES)
