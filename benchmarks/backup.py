"""What backing up costs: python -m benchmarks.backup [ARTICLES] (default: 10,000).

Prints the size of the workspace, the time of each step, and how long a change takes in the page's
process while the daily backup runs in its thread, beside how long it takes otherwise.
"""

import hashlib
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from dashboard.model.article import Article, Outlet
from dashboard.model.records import ArticleRecord, Table
from dashboard.store.backup import Reason, make_backup
from dashboard.store.restore import restore
from dashboard.store.verify import verify
from dashboard.store.workspace import Change, Workspace

_USUAL_ARTICLES = 10_000
_BATCH = 100
_ALONE_S = 3
# Characters of an article; those of the corpus have 1,500 to 6,000.
_LENGTH = 4_000
_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي    "


def main() -> None:
    """Fill a workspace, then time each step."""
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else _USUAL_ARTICLES
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder) / "workspace.sqlite")
        _fill(workspace, articles)
        print(f"{articles:,} articles: {workspace.path.stat().st_size / 1e6:,.0f} MB")
        until = time.monotonic() + _ALONE_S
        alone = _changes(workspace, lambda: time.monotonic() < until)
        seconds = _timed(workspace.daily.start)
        print(f"starting the daily backup: {seconds * 1000:.0f} ms")
        started = time.monotonic()
        thread = workspace.daily._thread  # noqa: SLF001
        beside = _changes(workspace, lambda: thread is not None and thread.is_alive())
        print(f"the daily backup, in its thread: {time.monotonic() - started:.2f} s")
        print(f"a change, alone:  {alone}")
        print(f"a change, beside: {beside}")
        _steps(workspace)


def _steps(workspace: Workspace) -> None:
    backup = make_backup(workspace.path, workspace.backups, Reason.MANUAL)
    seconds = _timed(lambda: make_backup(workspace.path, workspace.backups, Reason.MANUAL))
    print(f"backup: {seconds:.2f} s")
    print(f"verify, quick: {_timed(lambda: verify(workspace.path, quick=True)):.2f} s")
    print(f"verify: {_timed(lambda: verify(workspace.path)):.2f} s")
    restored = _timed(lambda: restore(workspace.path, backup.path, workspace.backups, "benchmark"))
    print(f"restore: {restored:.2f} s")


def _timed(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def _changes(workspace: Workspace, go_on: Callable[[], bool]) -> str:
    """Median and longest time of a change and the reading after it, as a page does both."""
    taken: list[float] = []
    while go_on() or not taken:
        key = f"x{workspace.version()}"
        outlet = Outlet(key, key, key, "unknown", "a benchmark")

        def change(key: str = key, outlet: Outlet = outlet) -> None:
            workspace.commit([Change(Table.OUTLET, key, outlet)], who="B", what="b", why="")
            workspace.count(Table.SUGGESTION, status="pending")

        taken.append(_timed(change))
    median, longest = statistics.median(taken) * 1000, max(taken) * 1000
    return f"median {median:.0f} ms, longest {longest:.0f} ms, of {len(taken)}"


def _fill(workspace: Workspace, articles: int) -> None:
    chance = random.Random(1)  # noqa: S311
    for first in range(0, articles, _BATCH):
        changes, texts = [], []
        for number in range(first, min(articles, first + _BATCH)):
            text = "".join(chance.choices(_LETTERS, k=_LENGTH))
            sha256 = hashlib.sha256(text.encode()).hexdigest()
            key = f"a{number}"
            article = Article(key, key, sha256, "o", text[:60], "ar", None, None, None, "", "")
            changes.append(Change(Table.ARTICLE, key, ArticleRecord(article, key)))
            texts.append((sha256, text))
        workspace.commit(changes, who="B", what="read 100 articles", why="", texts=texts)


if __name__ == "__main__":
    main()
