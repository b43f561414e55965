"""Times the page of this tree against that of an earlier one: `make bench-against REV=7e26538`.

Both run Explore through Streamlit's AppTest, each in a process of its own, turn by turn, on the same
datasets: what counts is the ratio of their medians. Each change needs an answer that is not cached.
"""

import argparse
import io
import json
import os
import statistics
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from benchmarks.sets import workspace

ROOT = Path(__file__).resolve().parent.parent
SIZES = (1_000, 1_000_000)
_ROUNDS = 5
_LIMIT_S = 600
# Run in either tree: only the page itself is used, whose links stay the same.
_RUN = """
import json, sys, time
from streamlit.testing.v1 import AppTest
import dashboard
assert dashboard.__file__.startswith(sys.argv[1]), dashboard.__file__
app = AppTest.from_file(sys.argv[1] + "/dashboard/main.py", default_timeout=300)
def timed(**params):
    app.query_params.clear()
    for key, value in params.items():
        app.query_params[key] = value
    begun = time.perf_counter()
    app.run()
    assert not app.exception, app.exception
    return time.perf_counter() - begun
kinds = ["clash", "shelling", "arrest", "raid", "withdrawal", "reinforcement", "release", "meeting"]
times = {"first page": [timed()]}
timed()
times["filter"] = [timed(kind=kind) for kind in kinds]
times["window"] = [timed(**{"from": f"2016-0{month}-01", "to": "2020-12-31"}) for month in range(1, 9)]
times["map moved"] = [timed(map=f"36.{at}000,38.5000,9") for at in range(1, 9)]
times["table"] = [timed(kind=kind, tab="table") for kind in kinds]
times["figure"] = [timed(kind=kind, dataset="curated", tab="figure") for kind in kinds]
print(json.dumps(times))
"""


def main() -> None:
    """Print a table of both trees' medians, in seconds, and their ratios."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.against", description=__doc__)
    parser.add_argument("revision", help="the earlier tree, as git names it")
    revision = parser.parse_args().revision
    print(f"| events | step | {revision} | now | now / {revision} |\n|---:|---|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        before = _tree(revision, Path(folder))
        for size in SIZES:
            _print(size, before)


def _tree(revision: str, folder: Path) -> Path:
    """The files of a revision, with the static folder of this tree's page."""
    archive = subprocess.run(
        ["git", "archive", revision], cwd=ROOT, check=True, capture_output=True
    ).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(folder, filter="data")
    return folder


def _print(size: int, before: Path) -> None:
    times: dict[Path, dict[str, list[float]]] = {before: {}, ROOT: {}}
    for _round in range(_ROUNDS):
        for tree, steps in times.items():
            for step, seconds in _run(tree, workspace(size)).items():
                steps.setdefault(step, []).extend(seconds)
    for step in times[ROOT]:
        old, new = (statistics.median(times[tree][step]) for tree in (before, ROOT))
        print(f"| {size:,} | {step} | {old:.3f} s | {new:.3f} s | {new / old:.2f} |", flush=True)


def _run(tree: Path, path: Path) -> dict[str, list[float]]:
    environment = {**os.environ, "PYTHONPATH": str(tree), "EVENT_MAP_WORKSPACE": str(path)}
    done = subprocess.run(
        [sys.executable, "-c", _RUN, str(tree)],
        cwd=tree, env=environment, check=True, capture_output=True, text=True, timeout=_LIMIT_S,
    )  # fmt: skip
    times: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])
    return times


if __name__ == "__main__":
    main()
