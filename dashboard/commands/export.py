"""`event-map export`: the events of a link as a file."""

import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from dashboard.engine.load import MOST_RECORDS
from dashboard.exit_status import ExitStatus
from dashboard.export.formats import REPORT_FORMATS, SINGLE_FILE
from dashboard.export.progress import STEPS
from dashboard.export.write import ExportError, ExportRequest, write_export
from dashboard.language.dataset_terms import not_to_be_shared, sharing_in_words
from dashboard.model.errors import DashboardError
from dashboard.model.terms import DatasetTerms
from dashboard.project.linked import open_link
from dashboard.project.project import Project
from dashboard.settings import read_settings

# The formats that have a row for each event and no limit; CSV is one where there are too many events.
_BULK = "parquet"


def export_selection(
    link: str, request: ExportRequest, out: Path, *, accept_terms: bool = False
) -> int:
    """Write the events of the link to a file, those that may not be shared only if `accept_terms`.

    CSV of more events than are loaded as records has the columns of a bulk file.

    A link of which a part is not understood is refused: what the rest of it leaves would be more events
    than were meant.
    """
    link = link.removeprefix("?")
    try:
        linked = open_link(Project(read_settings()), link)
        totals, _counts = linked.catalog.totals(linked.query)
        if not accept_terms:
            _refuse_forbidden(linked.catalog.terms(totals.datasets))
        format_ = request.format_
        bulk = format_ == _BULK or (format_ == "csv" and totals.shown > MOST_RECORDS)
        request = replace(request, bulk=bulk)
        with tempfile.TemporaryDirectory(prefix="event_map_") as folder:
            made = Path(folder) / "export"
            words = write_export(linked, link, request, made, _tell)
            shutil.copyfile(made, out)
    except (DashboardError, OSError) as error:
        print(f"export: {error}", file=sys.stderr)
        return ExitStatus.NOTHING
    if words:
        alone = request.format_ in (SINGLE_FILE, *REPORT_FORMATS)
        how = "" if alone else " (--captures writes a ZIP archive with them)"
        print(f"export: {words}{how}", file=sys.stderr)
    return ExitStatus.OK


def _tell(done: int, of: int) -> None:
    """How far a playback or a large table is, on a line that the next one overwrites."""
    if of > STEPS and sys.stderr.isatty():
        print(f"\rexport: {done:,}/{of:,}", end="\n" if done == of else "", file=sys.stderr)


def _refuse_forbidden(terms: Sequence[DatasetTerms]) -> None:
    """Raise ExportError if the terms of any of the datasets forbid sharing its rows."""
    if forbidden := not_to_be_shared(terms):
        raise ExportError(
            f"{sharing_in_words(forbidden)} Repeat with --accept-terms if you will not publish them "
            "or give them to others, or name other datasets in the link (dataset=…)."
        )
