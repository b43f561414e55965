"""16 processes write to 40 events while their PostgreSQL server is killed (-9) and started again.

`run(seconds, kills)` gives the figures; `python -m tests.hostile.killed_server 300 10` prints them as
JSON. Everything that was acknowledged must be in the log, once.
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from dashboard.model.article import Outlet
from dashboard.model.records import Table
from dashboard.store.database import Server, reading
from dashboard.store.problems import Problem, WorkspaceError
from dashboard.store.verify import verify
from dashboard.store.workspace import Change, ConflictError, Workspace
from tests import engines

ROOT = Path(__file__).resolve().parents[2]
WRITERS, EVENTS = 16, 40
# What a kill must never cause.
MUST_BE_0 = ("lost", "twice", "not_acknowledged_but_said_unsaved", "findings", "wrong_numbers")


def run(seconds: int, kills: int) -> dict[str, int]:
    """Write for so many seconds with so many kills; those of `MUST_BE_0` must be 0."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.killed_server", str(seconds), str(kills)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=seconds + 240,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def main() -> None:
    seconds, kills = int(sys.argv[1]), int(sys.argv[2])
    with tempfile.TemporaryDirectory() as name, engines.killable_postgresql() as (url, kill):
        folder = Path(name)
        Workspace(folder / "w.postgresql", server=Server(url))
        until = time.time() + seconds
        writers = [_start(folder, url, number, until) for number in range(WRITERS)]
        killed = _kill_now_and_then(kill, kills, until)
        for writer in writers:
            os.waitpid(writer, 0)
        figures = _figures(folder, url)
    print(json.dumps({**dict.fromkeys(MUST_BE_0, 0), **figures, "kills": killed}))


def _kill_now_and_then(kill: Callable[[], None], kills: int, until: float) -> int:
    """Kill the server at moments spread over the time; returns how often."""
    chance, each = random.Random(7), (until - time.time()) / (kills + 1)
    for _ in range(kills):
        time.sleep(each * chance.uniform(0.7, 1.0))
        kill()
    return kills


def _start(folder: Path, url: str, number: int, until: float) -> int:
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        _write(folder, url, number, until)
        status = 0
    finally:
        os._exit(status)


def _write(folder: Path, url: str, number: int, until: float) -> None:
    """Change events at random, and note what each attempt came to, one line each."""
    chance = random.Random(number)
    workspace = Workspace(folder / "w.postgresql", server=Server(url))
    with (folder / f"{number}.txt").open("w", encoding="utf-8") as notes:
        attempt = 0
        while time.time() < until:
            attempt += 1
            mark = f"{number}-{attempt}"
            print(_attempt(workspace, f"e{chance.randrange(EVENTS)}", mark), mark, file=notes)
            notes.flush()


def _attempt(workspace: Workspace, key: str, mark: str) -> str:
    """One change: "saved", "conflict", "unsaved", "uncertain", or "unread" if the server is away."""
    try:
        record = workspace.get(Table.OUTLET, key)
    except WorkspaceError:
        time.sleep(0.2)
        return "unread"
    version = record.version if record else 0
    value = Outlet(key, mark, mark, "unknown", "a test")
    try:
        workspace.commit([Change(Table.OUTLET, key, value, version)], who="w", what=mark, why="")
    except ConflictError:
        return "conflict"
    except WorkspaceError as error:
        return "uncertain" if error.problem is Problem.UNCERTAIN else "unsaved"
    return "saved"


def _figures(folder: Path, url: str) -> dict[str, int]:
    outcomes = [
        line.split() for file in folder.glob("*.txt") for line in file.read_text().splitlines()
    ]
    figures = Counter(outcome for outcome, _mark in outcomes)
    by_outcome = {kind: {mark for outcome, mark in outcomes if outcome == kind} for kind in figures}
    with reading(Server(url)) as session:
        rows = session.execute("SELECT seq, what FROM entry ORDER BY seq").fetchall()
    written = Counter(json.loads(what) for _seq, what in rows)
    saved = by_outcome.get("saved", set())
    return {
        **figures,
        "entries": len(rows),
        "lost": len(saved - written.keys()),
        "twice": sum(count > 1 for count in written.values()),
        "not_acknowledged_but_said_unsaved": len(
            written.keys() & (by_outcome.get("unsaved", set()) | by_outcome.get("conflict", set()))
        ),
        "findings": len(verify(Server(url))),
        "wrong_numbers": int([seq for seq, _what in rows] != list(range(1, len(rows) + 1))),
    }


if __name__ == "__main__":
    with suppress(ChildProcessError):
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
        main()
