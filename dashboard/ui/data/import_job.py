"""An import in a separate process, e.g. 40% of a file, 25,000 rows a second; it can be cancelled.

The page stays responsive meanwhile, and the memory of the import is freed at its end.
"""

import json
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import msgspec

from dashboard.datasets.answers_file import AnswersFile
from dashboard.datasets.files.input_file import InputFile
from dashboard.exit_status import ExitStatus
from dashboard.model.message import StoredText
from dashboard.model.permissions import Permission
from dashboard.model.viewer import require
from dashboard.programs.start import Process
from dashboard.programs.start import start as start_program

_PROGRAM = "dashboard.datasets.__main__"
# The end of the error output of a process has the cause.
_MOST_ERROR = 500
_FINISHED = frozenset({ExitStatus.OK, ExitStatus.FAULTS, ExitStatus.STOPPED})


@dataclass
class ImportJob:
    """One import; its thread writes the fields while the page reads them.

    `report` is the last JSON object that the process wrote. A dry run changes nothing; `version` is of
    the file and the answers that it checks. `own_columns` is set if the analyst said what columns are.
    """

    file: str
    version: str = ""
    dry_run: bool = False
    own_columns: bool = False
    started: float = field(default_factory=time.monotonic)
    ended: float | None = None
    report: dict[str, Any] = field(default_factory=dict)
    error: StoredText | None = None
    cancelled: bool = False
    process: Process | None = None
    answers: Path | None = None

    @property
    def running(self) -> bool:
        """Whether the import has not ended."""
        return self.ended is None

    @property
    def rate(self) -> float:
        """Rows per second so far."""
        seconds = (self.ended or time.monotonic()) - self.started
        return float(self.report.get("rows", 0)) / seconds if seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float:
        """The estimated time for the rest of the file, in seconds."""
        share = float(self.report.get("share", 0.0))
        return (time.monotonic() - self.started) * (1 - share) / share if share else 0.0

    @property
    def ended_well(self) -> bool:
        """Whether it has ended with a report on all rows."""
        return not (self.running or self.cancelled or self.error)

    def cancel(self) -> None:
        """Stop the process; nothing is imported."""
        self.cancelled = True
        if self.process is not None:
            self.process.terminate()

    def follow(self) -> None:
        """Read the output of the process to its end; to be run in a separate thread."""
        process = self.process
        if process is None or process.stdout is None:
            return
        with process:
            for line in process.stdout:
                self._take(line)
            reason = (process.stderr.read() if process.stderr else "").strip()
        if not self.cancelled and not self.error and not self._finished(process.returncode):
            self.error = reason[-_MOST_ERROR:] or f"exit status {process.returncode}"
        if self.answers is not None:
            self.answers.unlink(missing_ok=True)
        self.ended = time.monotonic()

    def _take(self, line: str) -> None:
        try:
            report = json.loads(line)
        except ValueError:
            # A line that is incomplete, as the process was stopped.
            return
        if "error" in report:
            self.error = msgspec.convert(report["message"], StoredText)
        else:
            self.report = report

    def _finished(self, status: int | None) -> bool:
        """Whether the process ended with a known status and a report on all rows."""
        return status in _FINISHED and self.report.get("written") is not None


def start(
    file: InputFile,
    answers: AnswersFile,
    options: Sequence[str],
    environment: dict[str, str],
    *,
    dry_run: bool,
) -> ImportJob:
    """Start the import of a file, or its dry run; `options` are others of the command line.

    Raises NotPermittedError.
    """
    require(Permission.IMPORT)
    job = ImportJob(file.name, import_version(file, answers, options), dry_run)
    job.own_columns = answers.columns is not None
    with NamedTemporaryFile(prefix="answers_", suffix=".json", delete=False) as written:
        written.write(msgspec.json.encode(answers))
    job.answers = Path(written.name)
    arguments = ["--json", f"--answers={job.answers}", *options, *(["--dry-run"] * dry_run)]
    job.process = start_program(_PROGRAM, [str(file.path), *arguments], environment)
    threading.Thread(target=job.follow, daemon=True).start()
    return job


def file_version(file: InputFile) -> str:
    """A text that is another one for another file, or once the file has changed."""
    about = file.path.stat()
    return f"{file.path} {file.name} {about.st_size} {about.st_mtime_ns}"


def import_version(file: InputFile, answers: AnswersFile, options: Sequence[str]) -> str:
    """The same, and another one for other answers or other options."""
    return "\n".join([file_version(file), msgspec.json.encode(answers).decode(), *options])
