"""Prints the figures of benchmarks/README.md on the map: `make bench`.

Each figure is the median of several changes in headless Chromium, from the click to the moment when
the page has drawn the answer; all is measured in one run, and the ratios are what counts.
"""

import statistics
import sys
import time
import zlib
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import psutil
from playwright.sync_api import Browser, Frame, Locator, Page, sync_playwright

from benchmarks.sets import workspace
from tests.e2e.browser import launch, visit
from tests.e2e.server import serve

SIZES = (1_000, 10_000, 100_000, 1_000_000)
# The most events that each usual method is measured with: with more it takes minutes or fails.
USUAL = {"marker": 10_000, "cluster": 100_000, "pydeck": 100_000}
CHANGES, MANY_CHANGES = 7, 500
BROWSERS = 20
# Parts of the map that are so far apart that no answer has two of them.
_CORNERS = ((33.4, 37.0), (33.4, 40.5), (36.6, 37.0), (36.6, 40.5))
# The position of the filter by kind of event.
_KINDS = 3
_SPREAD_S = 10
_SEED = 20210221
_WAIT_MS = 180_000
# Between two changes, so that the page is done with one before the next, lists and counts included.
_PAUSE_S = 1.5
# Streamlit serves the static folder beside the entry script, and the apps here are beside this.
_STATIC = Path(__file__).with_name("static")
# The number of the layer with the newest answer, which grows, and its data.
_LAYERS = "Object.values(map._layers).filter((layer) => layer._data && layer._counts)"
_LAYER = f"Math.max(0, ...{_LAYERS}.map((layer) => layer._leaflet_id))"
_NEWEST = f"JSON.stringify({_LAYERS}.at(-1)?._data ?? null)"
_WATCH = f"""map.on('marksdrawn', () => {{
  window.drawn = performance.now(); window.draws += 1; window.drawnLayer = {_LAYER};
}}); 0"""


def main(sizes: Sequence[int] = SIZES) -> None:
    """Measure the page and the usual methods, and print Markdown tables."""
    if not _STATIC.exists():
        _STATIC.symlink_to("../dashboard/static")
    for size in sizes:
        workspace(size)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        print(
            "| events | empty rerun | empty map | first map | x empty map | filter to drawn "
            "| x empty | to all done | server | window, ms a frame (mean, worst) "
            "| played, frames a second | pan | zoom | kB a change | server MB |"
        )
        print("|---:" * 15 + "|")
        for size in sizes:
            # The speed of a machine varies, so each row is compared with its own empty pages.
            empty, empty_map = _empty(browser), _empty_map(browser)
            print(_row(_ours(browser, size), size, empty, empty_map), flush=True)
        empty = _empty(browser)
        print("\n| method | events | filter to drawn | x empty |\n|---|---:|---:|---:|")
        for method, most in USUAL.items():
            for size in (size for size in sizes if size <= most):
                usual = _usual(browser, method, size)
                print(f"| {method} | {size:,} | {usual:.2f} s | {usual / empty:.1f} |", flush=True)
        print(f"\nMB of the server after each 100 of {MANY_CHANGES} changes: ", end="")
        print(", ".join(f"{each:.0f}" for each in _flat(browser, max(sizes))), flush=True)
        print(f"\n| {BROWSERS} browsers, {max(sizes):,} events | one alone | p95 | times |")
        print("|---|---:|---:|---:|")
        _crowd(browser, max(sizes))
        browser.close()


def _row(figures: dict[str, float], size: int, empty: float, empty_map: float) -> str:
    return (
        f"| {size:,} | {empty:.3f} s | {empty_map:.2f} s "
        f"| {figures['first']:.2f} s | {figures['first'] / empty_map:.2f} "
        f"| {figures['filter']:.3f} s | {figures['filter'] / empty:.2f} | {figures['done']:.2f} s "
        f"| {figures['server']:.2f} s "
        f"| {figures['frame']:.1f}, {figures['worst']:.1f} "
        f"| {figures['fps']:.0f} | {figures['pan']:.2f} s "
        f"| {figures['zoom']:.2f} s | {figures['bytes'] / 1000:.0f} | {figures['memory']:.0f} |"
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
        figures = {"first": _median(lambda _number: _first(browser, url), 3)}
        with visit(browser, url) as seen:
            page, frame = seen.page, _ready(seen.page)
            figures["filter"] = _median(lambda number: _filter(page, frame, number))
            before = _server().cpu_times().user + _server().cpu_times().system
            figures["done"] = _median(lambda number: _all_done(page, frame, number))
            after = _server().cpu_times().user + _server().cpu_times().system
            figures["server"] = (after - before) / (CHANGES + 1)
            figures["bytes"] = len(zlib.compress(frame.evaluate(_NEWEST).encode(), 6))
            figures |= _brush(page, frame) | _play(page, frame)
            # Closer in, and always on: the browser has the answers for parts where it has been.
            frame.evaluate("map.setView([36.4, 37.0], 10, {animate: false}); 0")
            page.wait_for_timeout(4000)
            figures["pan"] = _median(lambda _number: _move(frame, "map.panBy([1500, 0])"), 5)
            figures["zoom"] = statistics.median(
                _zoom(page, frame, at) for at in range(len(_CORNERS))
            )
        figures["memory"] = _server_mb()
    return figures


def _flat(browser: Browser, size: int) -> list[float]:
    """Memory of the server after each hundred of many filter changes, in MB."""
    with (
        serve({"EVENT_MAP_WORKSPACE": str(workspace(size))}) as url,
        visit(browser, url) as seen,
    ):
        page, frame = seen.page, _ready(seen.page)
        page.locator(".facets details").nth(_KINDS).locator("button.more").click()
        rows = np.random.default_rng(_SEED).integers(20, size=MANY_CHANGES)
        memory_mb = []
        for number, row in enumerate(rows.tolist(), start=1):
            _filter(page, frame, row)
            if number % 100 == 0:
                page.wait_for_timeout(3000)
                memory_mb.append(_server_mb())
    return memory_mb


def _zoom(page: Page, frame: Frame, number: int) -> float:
    """Seconds until a part of the map that was not seen so near before is drawn."""
    lat, lon = _CORNERS[number]
    frame.evaluate(f"map.setView([{lat}, {lon}], 10, {{animate: false}}); 0")
    page.wait_for_timeout(3000)
    start = time.perf_counter()
    _move(frame, "map.zoomOut()")
    return time.perf_counter() - start


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
    """Choose one more kind of event, which gives a selection that is not cached."""
    drawn = frame.evaluate("window.draws")
    _kinds(page).nth(number).click()
    frame.wait_for_function(f"window.draws > {drawn}", timeout=_WAIT_MS)


def _all_done(page: Page, frame: Frame, number: int) -> None:
    """The same until lists and counts are there too."""
    _filter(page, frame, number)
    page.locator("[data-test-script-state=notRunning]").wait_for(timeout=_WAIT_MS)


def _kinds(page: Page) -> Locator:
    return page.locator(".facets details").nth(_KINDS).locator("label.row")


def _move(frame: Frame, action: str) -> None:
    """Move the map, and wait until an answer for the new part has come and is drawn, be it empty."""
    before = frame.evaluate(_LAYER)
    frame.evaluate(f"window.drawnLayer = {before}; {action}; 0")
    frame.wait_for_function(f"window.drawnLayer > {before}", timeout=_WAIT_MS)


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


def _server() -> psutil.Process:
    """The server that runs now."""
    return next(
        process
        for process in psutil.process_iter(["cmdline", "status"])
        if "dashboard/app.py" in (process.info["cmdline"] or ())
        and process.info["status"] != psutil.STATUS_ZOMBIE
    )


def _server_mb() -> float:
    """Its resident memory."""
    return _server().memory_info().rss / 2**20


def _usual(browser: Browser, method: str, size: int) -> float:
    environment = {"EVENT_MAP_SIZE": str(size), "EVENT_MAP_METHOD": method, "PYTHONPATH": "."}
    with serve(environment, "benchmarks/usual_app.py") as url, visit(browser, url) as seen:
        seen.page.get_by_text("shows all").wait_for(timeout=_WAIT_MS)
        seen.page.wait_for_timeout(3000)
        change = _radio if method == "pydeck" else _map_change
        return _median(lambda number: change(seen.page, number), CHANGES if size < 10_000 else 2)


# The usual methods mount a new frame: drawn when the old one is gone and the new one has marks.
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


def _crowd(browser: Browser, size: int) -> None:
    """Seconds from click to drawn of one browser, and the 95th percentile of many."""
    with ExitStack() as stack:
        url = stack.enter_context(serve({"EVENT_MAP_WORKSPACE": str(workspace(size))}))
        empty_url = stack.enter_context(serve(script="benchmarks/empty_app.py"))
        pages = [stack.enter_context(visit(browser, url)).page for _ in range(BROWSERS)]
        frames = [_ready(page) for page in pages]
        for page in pages:
            page.locator(".facets details").nth(_KINDS).locator("button.more").click()
        each = list(range(1, BROWSERS + 1))
        another = [1 + (row + 6) % BROWSERS for row in each]
        # What all choose, within how many seconds, and what one alone chose before.
        loads = {
            "all choose the same at once": ([0] * BROWSERS, 0, BROWSERS + 1),
            "each chooses another at once": (each, 0, BROWSERS + 2),
            f"each chooses another within {_SPREAD_S} s": (another, _SPREAD_S, BROWSERS),
        }
        for name, (rows, spread, before) in loads.items():
            alone = _together(pages[:1], frames[:1], [before], 0)
            pages[0].wait_for_timeout(3000)
            together = _together(pages, frames, rows, spread)
            # Until the lists of all have come too.
            pages[0].wait_for_timeout(20_000)
            print(_crowd_row(name, alone, together), flush=True)
        empty = [stack.enter_context(visit(browser, empty_url)).page for _ in range(BROWSERS)]
        alone, together = (_empty_together(some) for some in (empty[:1], empty))
        print(_crowd_row("an app that does nothing, at once", alone, together), flush=True)


def _crowd_row(name: str, alone: Sequence[float], together: Sequence[float]) -> str:
    p95 = statistics.quantiles(together, n=20)[-1]
    return f"| {name} | {alone[0]:.2f} s | {p95:.2f} s | {p95 / alone[0]:.1f} |"


def _together(
    pages: Sequence[Page], frames: Sequence[Frame], rows: Sequence[int], spread: int
) -> list[float]:
    """Click a filter in each, within `spread` seconds, and see when each map was drawn."""
    for number, (page, frame, row) in enumerate(zip(pages, frames, rows, strict=True)):
        frame.evaluate("window.drawn = 0")
        # By a clock of the page's own: one that drives twenty would be late.
        facets = page.locator(".facets").element_handle()
        wait = 1000 + 1000 * spread * number / len(pages)
        page.evaluate(_CLICK_SOON, [facets, _KINDS, row, wait])
    times = []
    for page, frame in zip(pages, frames, strict=True):
        frame.wait_for_function("window.drawn > 0", timeout=_WAIT_MS)
        drawn = frame.evaluate("performance.timeOrigin + window.drawn")
        times.append((drawn - page.evaluate("performance.timeOrigin + window.clicked")) / 1000)
    return times


# The row is looked up when it is clicked: lists are drawn anew in the meantime.
_CLICK_SOON = """([facets, kinds, row, wait]) => {
  setTimeout(() => {
    window.clicked = performance.now();
    facets.querySelectorAll("details")[kinds].querySelectorAll("label.row")[row].click();
  }, wait);
}"""


def _empty_together(pages: Sequence[Page]) -> list[float]:
    for page in pages:
        page.get_by_text("shows", exact=False).wait_for(timeout=_WAIT_MS)
        page.evaluate(_CLICK_EMPTY, "some")
    times = []
    for page in pages:
        page.wait_for_function("window.seen > 0", timeout=_WAIT_MS)
        times.append(page.evaluate("(window.seen - window.clicked) / 1000"))
        page.get_by_text("all", exact=True).click()
        page.get_by_text("shows all").wait_for(timeout=_WAIT_MS)
    return times


_CLICK_EMPTY = """(value) => {
  window.seen = 0;
  new MutationObserver(() => {
    if (!window.seen && document.body.innerText.includes(`shows ${value}`)) {
      window.seen = performance.now();
    }
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
  const label = [...document.querySelectorAll('label')].find((one) => one.innerText.trim() === value);
  setTimeout(() => { window.clicked = performance.now(); label.click(); }, 1000);
}"""


if __name__ == "__main__":
    main([int(float(size)) for size in sys.argv[1:]] or SIZES)
