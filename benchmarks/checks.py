"""How long the check of a small table takes: python -m benchmarks.checks [ROUNDS] (default: 5).

The dry run of a table of three rows, as the page starts it: forked from a process that has loaded the
libraries, beside a new process for each. Prints the median of the rounds, which alternate.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from dashboard.exit_status import ExitStatus
from dashboard.programs.start import start

_ROUNDS = 5
_ROWS = "Date,Place,Latitude,Longitude,Kind\n" + "2021-01-02,Ain Issa,36.38,38.86,Shelling\n" * 3


def main() -> None:
    """Print both medians in seconds, and their ratio."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else _ROUNDS
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "three.csv"
        table.write_text(_ROWS, encoding="utf-8")
        environment = {**os.environ, "EVENT_MAP_WORKSPACE": str(Path(folder) / "w.sqlite")}
        _check(table, environment, fork=True)  # loads the libraries
        seconds = [
            [_check(table, environment, fork=fork) for fork in (True, False)] for _ in range(rounds)
        ]
    forked, new = (statistics.median(column) for column in zip(*seconds, strict=True))
    print(f"forked {forked:.2f} s, new process {new:.2f} s, {forked / new:.2f} times")


def _check(table: Path, environment: dict[str, str], *, fork: bool) -> float:
    began = time.monotonic()
    arguments = [str(table), "--json", "--dry-run"]
    with start("dashboard.datasets.__main__", arguments, environment, fork=fork) as process:
        if process.stdout is None or '"written"' not in process.stdout.read():
            raise RuntimeError("expected a report on the rows")
    if process.returncode not in {ExitStatus.OK, ExitStatus.FAULTS}:
        raise RuntimeError(f"exit status {process.returncode}")
    return time.monotonic() - began


if __name__ == "__main__":
    main()
