"""An import in a process of its own, e.g. 40% of a file, 25,000 rows a second; it can be cancelled.

The page stays quick meanwhile, and what the import took of memory is given back at its end.
"""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from dashboard.datasets.files.chunks import InputFile
from dashboard.exit_status import ExitStatus

# Of what a process says at its death, the end tells most.
_MOST_TOLD = 500
_FINISHED = frozenset({ExitStatus.OK, ExitStatus.FAULTS, ExitStatus.STOPPED})


@dataclass
class ImportJob:
    """One import; its fields are read by the page while its thread writes them."""

    file: str
    started: float = field(default_factory=time.monotonic)
    ended: float | None = None
    told: dict[str, Any] = field(default_factory=dict)
    error: str | None = None
    cancelled: bool = False
    process: "subprocess.Popen[str] | None" = None

    @property
    def running(self) -> bool:
        """Whether the import goes on."""
        return self.ended is None

    @property
    def rate(self) -> float:
        """Rows a second so far."""
        seconds = (self.ended or time.monotonic()) - self.started
        return float(self.told.get("rows", 0)) / seconds if seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float:
        """The time that the rest of the file will take, if it goes on like this."""
        share = float(self.told.get("share", 0.0))
        return (time.monotonic() - self.started) * (1 - share) / share if share else 0.0

    def cancel(self) -> None:
        """End it; nothing of it is kept."""
        self.cancelled = True
        if self.process is not None:
            self.process.terminate()

    def follow(self) -> None:
        """Read what the process tells, to its end; meant for a thread of its own."""
        process = self.process
        if process is None or process.stdout is None:
            return
        with process:
            for line in process.stdout:
                self._take(line)
            reason = (process.stderr.read() if process.stderr else "").strip()
        if not self.cancelled and not self.error and not self._finished(process.returncode):
            self.error = reason[-_MOST_TOLD:] or f"exit status {process.returncode}"
        self.ended = time.monotonic()

    def _take(self, line: str) -> None:
        try:
            told = json.loads(line)
        except ValueError:
            # A line that was cut when the process ended.
            return
        if "error" in told:
            self.error = told["error"]
        else:
            self.told = told

    def _finished(self, status: int) -> bool:
        """Whether the import says itself what became of all rows, with a status that it knows."""
        return status in _FINISHED and self.told.get("written") is not None


def start(file: InputFile, options: Sequence[str], environment: dict[str, str]) -> ImportJob:
    """Begin to import a file, with the options of the command line."""
    job = ImportJob(file.name)
    job.process = subprocess.Popen(  # noqa: S603 no shell, and a list of arguments
        [sys.executable, "-m", "dashboard.datasets", str(file.path), "--json", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    threading.Thread(target=job.follow, daemon=True).start()
    return job
