"""Reading articles again in the background; what was read before a cancel is saved."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from dashboard.model.viewer import as_viewer
from dashboard.review.edit_session import EditSession
from dashboard.review.learned_rereading import renew_all

# The button waits so long, in seconds: few articles are read at once.
_PATIENCE = 4.0


@dataclass
class RereadJob:
    """One run; its thread writes the fields while the page reads them."""

    wording: str
    total: int
    read: int = 0
    changed: int = 0
    ended: float | None = None
    error: Exception | None = None
    cancelled: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread = field(default_factory=threading.current_thread)

    @property
    def running(self) -> bool:
        """Whether the run has not ended."""
        return self.ended is None

    def run(self, session: EditSession, article_ids: Sequence[str]) -> None:
        """Read until the end or until cancelled; to be run in a separate thread."""
        try:
            for read, changed in renew_all(session, article_ids, wording=self.wording):
                self.read, self.changed = read, changed
                if self.cancelled.is_set():
                    break
        except Exception as error:  # noqa: BLE001 the thread has no other handler
            self.error = error
        finally:
            self.ended = time.monotonic()


def start_rereading(session: EditSession, article_ids: Sequence[str], wording: str) -> RereadJob:
    """Start reading; returns at the end, or after some seconds while the reading goes on."""
    job = RereadJob(wording, len(article_ids))
    args = (session, article_ids)
    job.thread = threading.Thread(target=as_viewer(job.run), args=args, daemon=True)
    job.thread.start()
    job.thread.join(_PATIENCE)
    return job
