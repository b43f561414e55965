"""Write a large export in another process, so that nobody's map waits for it.

Most of the work is Python's, and one process does Python's work of one thread at a time: beside a
workbook of 20,000 events a map took ten times as long (`python -m benchmarks.delays before`).
"""

import os
import subprocess
import sys
import threading
from pathlib import Path

import msgspec

from dashboard.exit_status import ExitStatus
from dashboard.export.child import Order
from dashboard.export.write import ExportError, ExportRequest
from dashboard.language.language import current
from dashboard.language.messages import _

# Not by multiprocessing: its processes would run Streamlit's script, which stands in `__main__`.
_COMMAND = [sys.executable, "-m", Order.__module__]
# A workbook of 20,000 events takes half a minute; a process that hangs must not hold up all others.
_LIMIT_S = 1_800
# One core is left to the server.
_AT_ONCE = threading.BoundedSemaphore(max(1, (os.cpu_count() or 1) - 1))


def write_in_other_process(link: str, events: int, request: ExportRequest, path: Path) -> None:
    """Write the events of a link to a file, in the language of this thread; waits for it.

    The process has the settings of this one, and reads the workspace and the datasets anew. Raises
    ExportError if the link is not understood or has not this number of `events` any more, if nothing
    can be written, or if the process ends early or takes too long.
    """
    order = Order(link, events, request, str(path), current())
    try:
        with _AT_ONCE:
            done = subprocess.run(  # noqa: S603 our own command
                _COMMAND,
                input=msgspec.json.encode(order),
                stdout=subprocess.PIPE,
                check=False,
                timeout=_LIMIT_S,
            )
    except subprocess.TimeoutExpired as error:
        raise ExportError(_("The file could not be written: it took too long.")) from error
    if done.returncode == ExitStatus.NOTHING:
        raise ExportError(done.stdout.decode("utf-8").strip())
    if done.returncode != ExitStatus.OK:
        raise ExportError(
            _("The file could not be written: its process ended; memory may be short.")
        )
