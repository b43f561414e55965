"""Times the next suggestion after a decision: `python -m benchmarks.decisions 0 3000`.

An article with a suggestion for each of some towns is pasted, and each is accepted by its key on the
Review page in headless Chromium; the time is from the key to the heading and the sentence of the next
one. Just before each, an app that does nothing is rerun in the same browser. The arguments are the
numbers of events that analysts have accepted before.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from dashboard.ingest.run import Workers, ingest
from dashboard.ingest.work import File
from dashboard.model.records import StoredSuggestion, SuggestionRecord, Table, Versioned
from dashboard.project.project import Project
from dashboard.review.actions import accept_all
from dashboard.review.edit_session import EditSession
from dashboard.settings import read_settings
from tests.e2e import app
from tests.e2e.browser import launch, visit
from tests.e2e.server import serve
from tests.e2e.test_work import go, name_oneself, paste

_TOWNS = ("عين عيسى", "تل تمر", "منبج", "الباب", "جرابلس", "تل أبيض", "رأس العين", "عفرين")
_TEXT = "10 كانون الثاني 2021\n" + " ".join(
    f"قصفت القوات التركية أمس بلدة {town}." for town in _TOWNS
)
_LIMIT_MS = 60_000
_PAUSE_S = 1.5
_LOOKS_EVERY_S = 0.01
# The first decision loads scripts and styles.
_NOT_COUNTED = 1


def main(*sizes: int) -> None:
    """Print a row of the table in README.md for each number of events that were accepted before."""
    print("| accepted before | empty rerun | next suggestion | x empty | each |")
    print("|---:|---:|---:|---:|---|")
    for size in sizes or (0,):
        empty, decisions = _times(size)
        each = ", ".join(f"{seconds:.2f}" for seconds in decisions)
        median, floor = statistics.median(decisions), statistics.median(empty)
        ratio = f"{median / floor:.1f}"
        print(f"| {size:,} | {floor:.3f} s | {median:.2f} s | {ratio} | {each} |", flush=True)


def _times(size: int) -> tuple[list[float], list[float]]:
    """The seconds of each rerun of the empty app, and of each decision."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        settings = {"EVENT_MAP_WORKSPACE": str(Path(folder) / "w.sqlite")}
        _accept(settings, size)
        url = stack.enter_context(serve(settings))
        empty_url = stack.enter_context(serve(script="benchmarks/empty_app.py"))
        browser = launch(stack.enter_context(sync_playwright()))
        empty = stack.enter_context(visit(browser, empty_url)).page
        page = stack.enter_context(visit(browser, f"{url}/articles")).page
        page.get_by_label("Your name").wait_for(timeout=_LIMIT_MS)
        name_oneself(page)
        paste(page, _TEXT)
        go(page, "Review")
        times = [(_rerun(empty, number), _decide(page)) for number in range(len(_TOWNS) - 1)]
    counted = times[_NOT_COUNTED:]
    return [floor for floor, _decision in counted], [decision for _floor, decision in counted]


def _decide(page: Page) -> float:
    """Accept the suggestion with its key: the seconds until the next one is there."""
    heading = page.get_by_role("heading", level=3).first
    sentence = page.locator("blockquote.reading")
    expect(heading).to_be_visible(timeout=_LIMIT_MS)
    expect(sentence).to_be_visible(timeout=_LIMIT_MS)
    expect(page.get_by_role("button", name="Accept Shortcut")).to_be_enabled(timeout=_LIMIT_MS)
    app.settled(page)
    time.sleep(_PAUSE_S)
    before = heading.inner_text(), sentence.inner_text()
    began = time.perf_counter()
    page.locator("body").press("a")
    # Not `expect`, which looks at intervals of up to a second.
    for part, text in zip((heading, sentence), before, strict=True):
        while part.inner_text(timeout=_LIMIT_MS) == text:
            time.sleep(_LOOKS_EVERY_S)
    return time.perf_counter() - began


def _rerun(page: Page, number: int) -> float:
    """Seconds of a rerun of an app that does nothing."""
    value = "all" if number % 2 else "some"
    began = time.perf_counter()
    page.get_by_text(value, exact=True).click()
    page.get_by_text(f"shows {value}").wait_for(timeout=_LIMIT_MS)
    return time.perf_counter() - began


def _accept(environment: dict[str, str], number: int) -> None:
    """A workspace with about so many accepted events, each of a day and a town."""
    project = Project(read_settings(environment))
    corpus = project.load().corpus
    files = [File(f"{each}.txt", _article(each).encode()) for each in range(number // len(_TOWNS))]
    list(ingest(project.workspace, corpus, files, Workers(), "Rana"))
    session = EditSession(project.workspace, project.load().corpus, "Rana")
    if files:
        accept_all(session, list(_pending(project)), why="as suggested")


def _article(number: int) -> str:
    day = f"{1 + number % 28} آذار {2000 + number // 28 % 20}"
    said = (f"قصفت القوات التركية اليوم بلدة {town} بـ{number + 2} قذيفة." for town in _TOWNS)
    return f"{day}\n{' '.join(said)}"


def _pending(project: Project) -> Iterator[StoredSuggestion]:
    for item in project.workspace.all(Table.SUGGESTION, status="pending").values():
        if isinstance(item.value, SuggestionRecord):
            yield Versioned(item.value, item.version)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
