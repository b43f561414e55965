"""Reading in the background, e.g. 40 of 200 files, 12 a second; results before a cancel are saved."""

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from dashboard.ingest.run import Workers, ingest
from dashboard.ingest.work import File
from dashboard.ingest.workspace_writer import Report
from dashboard.model.corpus import Corpus
from dashboard.model.viewer import as_viewer
from dashboard.store.workspace import Workspace


@dataclass
class Job:
    """One run of reading; its thread writes the fields while the page reads them."""

    total: int
    started: float = field(default_factory=time.monotonic)
    ended: float | None = None
    report: Report = field(default_factory=Report)
    error: Exception | None = None
    cancelled: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread = field(default_factory=threading.current_thread)

    @property
    def running(self) -> bool:
        """Whether the run has not ended."""
        return self.ended is None

    @property
    def rate(self) -> float:
        """Articles per second so far."""
        seconds = (self.ended or time.monotonic()) - self.started
        return self.report.articles / seconds if seconds > 0 else 0.0

    def run(self, workspace: Workspace, corpus: Corpus, files: Iterable[File], who: str) -> None:
        """Read until the end or until cancelled; to be run in a separate thread."""
        try:
            reports = ingest(
                workspace, corpus, files, Workers(cancelled=self.cancelled.is_set), who
            )
            for report in reports:
                self.report = report
                if self.cancelled.is_set():
                    break
            reports.close()
        except Exception as error:  # noqa: BLE001 the thread has no other handler
            self.error = error
        finally:
            self.ended = time.monotonic()


def start(workspace: Workspace, corpus: Corpus, files: list[File], who: str) -> Job:
    """Start reading in the background."""
    job = Job(len(files))
    args = (workspace, corpus, files, who)
    job.thread = threading.Thread(target=as_viewer(job.run), args=args, daemon=True)
    job.thread.start()
    return job
