"""Attacks at random, seeded, with their figures: `python -m tests.hostile [--seed 1] [--share 1.0]`.

Exit status: 0 if nothing ran, leaked, was lost or was not caught, else 1. `make hostile` runs all of it.
"""

import argparse
import json
import logging
import os
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from streamlit.logger import set_log_level

from tests.hostile import articles, damaged, fields, killed, killed_server, links, tables

# How many of each; `--share` takes part of them.
_LINKS, _ARTICLES, _FILES, _KILLS = 2_000, 11_000, 3_000, 100
# How long the database server is written to, in seconds, and how long it runs before each kill.
_SERVER_S, _SECONDS_A_KILL = 120, 24
_KILLED = {"killed": killed.MUST_BE_0, "killed_server": killed_server.MUST_BE_0}
# What has to be 0, whichever part counts it; of the kills also what their modules name.
_MUST_BE_0 = (
    "uncaught", "whole_lost", "good_rows_lost", "rows_unsaid", "hidden_read", "scripts", "templates",
    "outside", "errors", "broken",
)  # fmt: skip
_ROOT = Path(__file__).resolve().parents[2]
_OURS = frozenset({"dashboard", "data", "seeds", "docs"})


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all parts, print a line of figures for each; gives the exit status."""
    options = _parser().parse_args(arguments)
    # A program that is looked at while it runs; the pages' own notices say nothing of it.
    set_log_level(logging.ERROR)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="event_map_hostile_") as name, _listener() as heard:
        root, before = Path(name), _files()
        # No analyst's own.
        os.environ["EVENT_MAP_WORKSPACE"] = str(root / "workspace.sqlite")
        parts = {
            part: run
            for part, run in _parts(options, root, heard.port).items()
            if not options.only or part in options.only
        }
        # The files take as long as all else: side by side, as there are two cores.
        with ThreadPoolExecutor(1) as beside:
            files = beside.submit(_print_figures, "damaged", parts.pop("damaged", dict))
            wrong = sum(_print_figures(part, run) for part, run in parts.items())
            wrong += files.result()
        left = {
            "trapped": sum(path.name == "trap" for path in root.rglob("*")),
            "calls": heard.calls,
            "files_outside": len(before ^ _files()),
        }
    wrong += sum(left.values())
    seconds = round(time.monotonic() - began)
    print(
        json.dumps(
            {"part": "all", "seed": options.seed, **left, "wrong": wrong, "seconds": seconds}
        )
    )
    return 1 if wrong else 0


def _print_figures(part: str, run: Callable[[], dict[str, int]]) -> int:
    """Run a part and print its figures; gives the sum of those that have to be 0."""
    began = time.monotonic()
    figures = run()
    if not figures:
        return 0
    seconds = round(time.monotonic() - began, 1)
    print(json.dumps({"part": part, **figures, "seconds": seconds}), flush=True)
    names = (*_MUST_BE_0, *_KILLED.get(part, ()))
    return sum(figures.get(name, 0) for name in names)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=float, default=1.0, help="of the number of attacks")
    parser.add_argument("--only", action="append", metavar="PART", help="run this part alone")
    return parser


def _parts(
    options: argparse.Namespace, root: Path, port: int
) -> dict[str, Callable[[], dict[str, int]]]:
    def some(number: int) -> int:
        return max(1, round(number * options.share))

    seed = options.seed
    return {
        "links": lambda: links.run(seed, some(_LINKS), _folder(root, "links"), port),
        "articles": lambda: articles.run(seed, some(_ARTICLES), _folder(root, "articles"), port),
        "damaged": lambda: damaged.run(seed, some(_FILES), _folder(root, "damaged")),
        "tables": lambda: tables.run(seed, _folder(root, "tables"), port),
        "fields": lambda: fields.run(_folder(root, "fields"), port),
        "killed": lambda: killed.run(seed, some(_KILLS)),
        "killed_server": lambda: killed_server.run(
            some(_SERVER_S), some(_SERVER_S // _SECONDS_A_KILL)
        ),
    }


def _folder(root: Path, name: str) -> Path:
    folder = root / name
    folder.mkdir()
    return folder


def _files() -> set[tuple[str, int, int]]:
    """The files of the project: path, size and time. Nothing may be written outside of its folder."""
    return {
        (str(path), path.stat().st_size, path.stat().st_mtime_ns)
        for folder in _OURS
        for path in (_ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


class _Listener(threading.Thread):
    """Counts who calls a port of this machine: nobody should."""

    def __init__(self, server: socket.socket) -> None:
        super().__init__(daemon=True)
        self._server = server
        self.port: int = server.getsockname()[1]
        self.calls = 0

    def run(self) -> None:
        while True:
            try:
                caller, _address = self._server.accept()
            except OSError:
                return
            caller.close()
            self.calls += 1


@contextmanager
def _listener() -> Iterator[_Listener]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        listener = _Listener(server)
        listener.start()
        yield listener


if __name__ == "__main__":
    sys.exit(main())
