"""The process that writes a large export: `python -m dashboard.export.child`, with an `Order` on stdin.

It is started by `other_process.py`. If it cannot write, it prints why, in the order's language.
"""

import os
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec

from dashboard.exit_status import ExitStatus
from dashboard.export.write import ExportError, ExportRequest, write_export
from dashboard.language.language import Language, using_language
from dashboard.language.messages import _
from dashboard.model.errors import DashboardError
from dashboard.model.viewer import Viewer, acting_as
from dashboard.project.linked import open_link
from dashboard.project.project import Project
from dashboard.settings import read_settings

# The steps by which the processor prefers the server to an export.
_NICER = 10


@dataclass(frozen=True, slots=True)
class Order:
    """What to write: the link, the number of its events as the page showed it, and the file's path.

    `viewer` is who asks for it: the file has what they may see.
    """

    link: str
    events: int
    request: ExportRequest
    path: str
    language: Language
    viewer: Viewer


def main() -> int:
    """Carry out the order on stdin."""
    os.nice(_NICER)
    order = msgspec.json.decode(sys.stdin.buffer.read(), type=Order)
    with using_language(order.language), acting_as(order.viewer):
        try:
            _write(order)
        except DashboardError as error:
            sys.stdout.buffer.write(str(error).encode())
            return ExitStatus.NOTHING
    return ExitStatus.OK


def _write(order: Order) -> None:
    linked = open_link(Project(read_settings()), order.link)
    totals, _counts = linked.catalog.totals(linked.query)
    if totals.shown != order.events:
        raise ExportError(_("The data changed since the page was drawn: reload the page."))
    write_export(
        linked, order.link, order.request, Path(order.path), partial(_tell, _progress_file(order))
    )


def _progress_file(order: Order) -> Path:
    """Beside the file of the order: how much of it is written."""
    return Path(f"{order.path}.progress")


def _tell(path: Path, done: int, of: int) -> None:
    path.write_text(f"{done} {of}", encoding="ascii")


def read_progress(order: Order) -> tuple[int, int]:
    """What the process has done, and of how much (`Watch`); zeros before the first."""
    try:
        done, of = _progress_file(order).read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return 0, 0
    return int(done), int(of)


if __name__ == "__main__":
    sys.exit(main())
