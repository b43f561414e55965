"""Prints the processor seconds and the memory of each process of an import of a large table.

`python -m benchmarks.import_processes` imports a million rows in ACLED's columns, or as many as its
argument says. Other work on the machine changes processor seconds less than rows a second.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from benchmarks.engine import acled_file

ROWS = 1_000_000
_INTERVAL_S = 0.05
# A process that starts others needs about a second.
_LEAST_S = 2.0


def main() -> None:
    """Measure and print a Markdown table: the process that writes first, then those that read."""
    rows = int(sys.argv[1]) if sys.argv[1:] else ROWS
    print("| import | rows a second | processor seconds | most memory, MB |\n|---|---:|---|---|")
    for ending in ("csv", "parquet"):
        print(f"| {ending}, {rows:,} rows | {_import(ending, rows)} |", flush=True)


def _import(ending: str, rows: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = acled_file(Path(folder), rows, ending)
        start = time.perf_counter()
        seconds, memory = _watch(path, Path(folder))
        rate = rows / (time.perf_counter() - start)
    large = [pid for pid in seconds if seconds[pid] > _LEAST_S] or list(seconds)
    by_process = ", ".join(f"{seconds[pid]:.1f}" for pid in large)
    megabytes = ", ".join(f"{memory[pid] >> 20:,}" for pid in large)
    return f"{rate:,.0f} | {by_process} | {megabytes}"


def _watch(path: Path, folder: Path) -> tuple[dict[int, float], dict[int, int]]:
    """The processor seconds and the most resident bytes of each process of an import, by its id."""
    environment = {**os.environ, "EVENT_MAP_WORKSPACE": f"{folder}/w.sqlite"}
    command = [sys.executable, "-m", "dashboard.datasets", str(path), "--name", "acled"]
    seconds: dict[int, float] = {}
    memory: dict[int, int] = {}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as running:
        top = psutil.Process(running.pid)
        while running.poll() is None:
            for process in _with_children(top):
                _measure(process, seconds, memory)
            time.sleep(_INTERVAL_S)
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, command)
    return seconds, memory


def _with_children(top: psutil.Process) -> list[psutil.Process]:
    try:
        return [top, *top.children(recursive=True)]
    except psutil.Error:
        return []


def _measure(process: psutil.Process, seconds: dict[int, float], memory: dict[int, int]) -> None:
    try:
        times, resident = process.cpu_times(), process.memory_info().rss
    except psutil.Error:  # it has ended
        return
    seconds[process.pid] = times.user + times.system
    memory[process.pid] = max(memory.get(process.pid, 0), resident)


if __name__ == "__main__":
    main()
