"""Times the next suggestion after a decision on the Review page: `python -m benchmarks.decisions`.

An article with a suggestion for each of some towns is pasted, and each is accepted by its key in
headless Chromium; the time is from the key to the heading of the next one, with its evidence.
"""

import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tests.e2e import app
from tests.e2e.browser import launch, visit
from tests.e2e.server import serve
from tests.e2e.test_work import go, name_oneself, paste

_TOWNS = ("عين عيسى", "تل تمر", "منبج", "الباب", "جرابلس", "تل أبيض", "رأس العين", "عفرين")
_TEXT = "10 كانون الثاني 2021\n" + " ".join(
    f"قصفت القوات التركية أمس بلدة {town}." for town in _TOWNS
)
_LIMIT_MS = 60_000


def main() -> None:
    """Print the seconds of each decision, and their median."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serve({"EVENT_MAP_WORKSPACE": str(Path(folder) / "w.sqlite")}) as url,
        sync_playwright() as playwright,
        visit(launch(playwright), f"{url}/articles") as seen,
    ):
        page = seen.page
        name_oneself(page)
        paste(page, _TEXT)
        go(page, "Review")
        heading = page.get_by_role("heading", level=3).first
        expect(heading).to_be_visible(timeout=_LIMIT_MS)
        times = []
        for _ in _TOWNS[1:]:
            before = heading.inner_text()
            app.press_shortcut(page, "a", "Accept Shortcut")
            began = time.perf_counter()
            while heading.inner_text() == before:
                time.sleep(0.01)
            expect(page.locator("blockquote.reading")).to_be_visible(timeout=_LIMIT_MS)
            times.append(time.perf_counter() - began)
            page.wait_for_timeout(1500)
        each = ", ".join(f"{seconds:.2f}" for seconds in times)
        print(f"{each}; median {statistics.median(times):.2f} s")


if __name__ == "__main__":
    main()
