"""Forks writers and kills each while it writes; prints the ids that each reported as saved.

Run as a program: it must fork, and a test process has threads.
"""

import os
import random
import select
import signal
import sys
import time
from pathlib import Path

from dashboard.model.article import Outlet
from dashboard.model.records import Table
from dashboard.store.workspace import Change, Workspace


def write(path: Path, turn: int, pipe: int) -> None:
    """Commit for ever; write the ids of saved records to `pipe`."""
    workspace = Workspace(path)
    number = 0
    while True:
        number += 1
        pair = [f"{turn}_{number}_{half}" for half in ("a", "b")]
        changes = [Change(Table.OUTLET, key, Outlet(key, key, key, "unknown", "x")) for key in pair]
        workspace.commit(changes, who="writer", what=pair[0], why="", texts=[(pair[0], "ع" * 5000)])
        os.write(pipe, f"{pair[0]} {pair[1]}\n".encode())


def main() -> None:
    """Kill so many writers, each at a random moment."""
    path, kills = Path(sys.argv[1]), int(sys.argv[2])
    chance = random.Random(int(sys.argv[3]))
    for turn in range(kills):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            write(path, turn, writing)
        os.close(writing)
        # Not before its first saved record.
        select.select([reading], [], [], 20)
        time.sleep(chance.uniform(0, 0.02))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(reading) as ids:
            sys.stdout.write(ids.read())


if __name__ == "__main__":
    main()
