"""Write a large export in another process, so that nobody's map waits for it.

Most of the work is Python's, and one process does Python's work of one thread at a time: beside a
workbook of 20,000 events a map took ten times as long (`python -m benchmarks.delays before`).
"""

import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from dashboard.exit_status import ExitStatus
from dashboard.export.child import Order, read_progress
from dashboard.export.write import ExportError, ExportRequest
from dashboard.language.language import current
from dashboard.language.messages import _
from dashboard.model.viewer import viewer

# Not by multiprocessing: its processes would run Streamlit's script, which stands in `__main__`.
_COMMAND = [sys.executable, "-m", Order.__module__]
# A workbook of 20,000 events takes half a minute; a process that hangs must not hold up all others.
_LIMIT_S = 1_800
# How often it is looked how far the process is, and whether it was cancelled.
_LOOK_S = 0.2
# One core is left to the server.
_AT_ONCE = threading.BoundedSemaphore(max(1, (os.cpu_count() or 1) - 1))


@dataclass
class Watch:
    """How far a file is, for a page that shows it; setting `cancelled` ends the process.

    `done` and `of` are pictures of a playback, events of a large table, and else the steps that a file
    takes; `of` is 0 before the first is known.
    """

    done: int = 0
    of: int = 0
    cancelled: threading.Event = field(default_factory=threading.Event)


def write_in_other_process(
    link: str, events: int, request: ExportRequest, path: Path, watch: Watch | None = None
) -> None:
    """Write the events of a link to a file, in the language and for the viewer of this thread.

    Waits for it. The process has the settings of this one, and reads the workspace and the datasets
    anew. Raises ExportError if the link is not understood or has not this number of `events` any more,
    if nothing can be written, or if the process ends early, takes too long or is cancelled.
    """
    watch = watch or Watch()
    order = Order(link, events, request, str(path), current(), viewer())
    with _AT_ONCE:
        status, said = _run(order, watch)
    if status == ExitStatus.NOTHING:
        raise ExportError(said.decode("utf-8").strip())
    if status != ExitStatus.OK:
        raise ExportError(
            _("The file could not be written: its process ended; memory may be short.")
        )


def _run(order: Order, watch: Watch) -> tuple[int, bytes]:
    """The status of the process and what it printed; it ends if it takes too long or is cancelled."""
    sent: bytes | None = msgspec.json.encode(order)
    ends = time.monotonic() + _LIMIT_S
    with subprocess.Popen(  # noqa: S603 our own command
        _COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        try:
            while True:
                try:
                    said, _errors = process.communicate(sent, timeout=_LOOK_S)
                except subprocess.TimeoutExpired:
                    sent = None
                    watch.done, watch.of = read_progress(order)
                    if watch.cancelled.is_set():
                        raise ExportError(_("Cancelled.")) from None
                    if time.monotonic() > ends:
                        raise ExportError(
                            _("The file could not be written: it took too long.")
                        ) from None
                else:
                    return process.returncode, said
        finally:
            process.kill()
