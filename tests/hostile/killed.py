"""Kills processes that write, back up and restore a workspace, each at a random moment.

`run(seed, times)` gives the figures; `python -m tests.hostile.killed 7 100` prints them as JSON. It
forks, so `run` starts it as a program of its own: a test process has threads.
"""

import hashlib
import json
import os
import random
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from dashboard.model.article import Outlet
from dashboard.model.records import Table
from dashboard.store.backup import Reason, backups_of, is_good, make_backup
from dashboard.store.problems import Problem, WorkspaceError
from dashboard.store.restore import restore
from dashboard.store.verify import verify
from dashboard.store.workspace import Change, Workspace

ROOT = Path(__file__).resolve().parents[2]
_LONG_TEXT = 20_000
# After it has begun: about as long as some commits, or two backups or restorations, take.
_LIVES_AT_MOST_S = {"write": 0.03, "back_up": 0.2, "write_and_back_up": 0.2, "restore": 0.4}


def run(seed: int, times: int) -> dict[str, int]:
    """Kill `times` processes; gives counts. All of "findings", "lost", "halves" … must be 0."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.killed", str(seed), str(times)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60 + 5 * times,
    )
    return json.loads(done.stdout)


def main() -> None:
    chance = random.Random(int(sys.argv[1]))
    figures: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "workspace.sqlite"
        Workspace(path)
        for turn in range(int(sys.argv[2])):
            _kill_one(path, turn, chance, figures)
            _look(path, figures)
    print(json.dumps({**dict.fromkeys(MUST_BE_0, 0), **figures}))


# What a kill must never cause.
MUST_BE_0 = ("findings", "lost", "halves", "bad_backups", "missing", "refused")


def _kill_one(path: Path, turn: int, chance: random.Random, figures: Counter[str]) -> None:
    work = (_write, _back_up, _write_and_back_up, _restore)[turn % 4]
    if work is _restore and not backups_of(path, path.parent / "backups"):
        work = _back_up
    workspace = Workspace(path)
    before = {key for key, record in workspace.all(Table.OUTLET).items() if record.value}
    saved, reports = _run_killed(work, path, turn, chance)
    figures["kills"] += 1
    figures[f"killed_in_{work.__name__.strip('_')}"] += 1
    figures["saved"] += len(saved)
    figures["completed_at_least_once"] += "done" in reports
    figures["refused"] += sum(line.startswith("refused") for line in reports)
    saved_after = set(Workspace(path).all(Table.OUTLET))
    if work is not _restore:
        figures["lost"] += len((before | saved) - saved_after)
    figures["halves"] += sum(
        f"{key[:-1]}{'ab'[key.endswith('a')]}" not in saved_after for key in saved_after
    )


def _run_killed(
    work: Callable[[Path, int, int], None], path: Path, turn: int, chance: random.Random
) -> tuple[set[str], list[str]]:
    """What the process reported until it was killed: the ids that were saved, and other lines."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        work(path, turn, writing)
    os.close(writing)
    select.select([reading], [], [], 20)
    time.sleep(chance.uniform(0, _LIVES_AT_MOST_S[work.__name__.strip("_")]))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading) as pipe:
        lines = pipe.read().splitlines()
    return {key for line in lines if line[0] == "k" for key in line.split()}, lines


def _look(path: Path, figures: Counter[str]) -> None:
    if not path.exists():
        figures["missing"] += 1
        return
    figures["findings"] += len(verify(path))
    backups = backups_of(path, path.parent / "backups")
    figures["backups_verified"] += len(backups)
    figures["bad_backups"] += sum(not is_good(backup.path) for backup in backups)
    for backup in backups[10:]:
        backup.path.unlink()
    replaced = list(path.parent.glob("*-replaced*.sqlite"))
    figures["replaced_verified"] += len(replaced)
    figures["findings"] += sum(len(verify(file)) for file in replaced)
    for file in replaced:
        file.unlink()


def _write(path: Path, turn: int, pipe: int) -> None:
    workspace = Workspace(path)
    number = 0
    while True:
        number += 1
        _save(workspace, f"k{turn}_{os.getpid()}_{number}", pipe)


def _save(workspace: Workspace, name: str, pipe: int) -> None:
    keys = [f"{name}_{half}" for half in ("a", "b")]
    changes = [Change(Table.OUTLET, key, Outlet(key, key, key, "unknown", "x")) for key in keys]
    text = name * (_LONG_TEXT // len(name))
    texts = [(hashlib.sha256(text.encode()).hexdigest(), text)]
    workspace.commit(changes, who="writer", what=name, why="", texts=texts)
    os.write(pipe, f"{' '.join(keys)}\n".encode())


def _back_up(path: Path, _turn: int, pipe: int) -> None:
    os.write(pipe, b"begun\n")
    while True:
        make_backup(path, path.parent / "backups", Reason.MANUAL)
        os.write(pipe, b"done\n")


def _write_and_back_up(path: Path, turn: int, pipe: int) -> None:
    """A second process writes while this one backs up; it ends with its parent."""
    parent = os.getpid()
    if os.fork() == 0:
        workspace = Workspace(path)
        number = 0
        while os.getppid() == parent:
            number += 1
            _save(workspace, f"k{turn}_{os.getpid()}_{number}", pipe)
        os._exit(0)
    _back_up(path, turn, pipe)


def _restore(path: Path, _turn: int, pipe: int) -> None:
    folder = path.parent / "backups"
    os.write(pipe, b"begun\n")
    while True:
        try:
            restore(path, backups_of(path, folder)[0].path, folder, "restorer")
            os.write(pipe, b"done\n")
        except WorkspaceError as error:
            if error.problem is not Problem.LOCKED:
                os.write(pipe, f"refused: {error}\n".encode())


if __name__ == "__main__":
    main()
