"""`event-map export`: the events of a link as a file."""

import sys
from collections.abc import Sequence
from pathlib import Path

from dashboard.exit_status import ExitStatus
from dashboard.export.about import about_selection, with_terms
from dashboard.export.captures import captures_of, with_captures
from dashboard.export.coarsen import Coarseness
from dashboard.export.formats import FORMATS
from dashboard.export.selection import export_of
from dashboard.language.dataset_terms import not_to_be_shared, sharing_in_words
from dashboard.model.errors import DashboardError
from dashboard.model.terms import DatasetTerms
from dashboard.project.linked import open_link
from dashboard.project.project import Project
from dashboard.settings import read_settings


class ExportError(DashboardError):
    """Too many events, or terms that were not accepted."""


def export_selection(link: str, format_: str, out: Path, *, accept_terms: bool = False) -> int:
    """Write the events of the link to a file.

    A link of which a part is not understood is refused: what the rest of it leaves would be more events
    than were meant. Rows that may not be shared are written only if `accept_terms`.
    """
    try:
        out.write_bytes(_content(link.removeprefix("?"), format_, accept_terms=accept_terms))
    except (DashboardError, OSError) as error:
        print(f"export: {error}", file=sys.stderr)
        return ExitStatus.NOTHING
    return ExitStatus.OK


def _content(link: str, format_: str, *, accept_terms: bool) -> bytes:
    loaded, catalog, query = open_link(Project(read_settings()), link)
    selected = catalog.select(query)
    if selected is None:
        raise ExportError("expected fewer events: narrow the link, or export on the page")
    totals, _counts = catalog.totals(query)
    terms = catalog.terms(totals.datasets)
    if not accept_terms:
        _refuse_forbidden(terms)
    about = about_selection(catalog, query, totals, link)
    export = with_terms(export_of(selected, Coarseness.ORIGINAL, about), terms)
    captures = captures_of(selected, loaded.proof, loaded.workspace.captures)
    return FORMATS[format_].make(with_captures(export, captures, included=False))


def _refuse_forbidden(terms: Sequence[DatasetTerms]) -> None:
    """Raise ExportError if the terms of any of the datasets forbid sharing its rows."""
    if forbidden := not_to_be_shared(terms):
        raise ExportError(
            f"{sharing_in_words(forbidden)} Repeat with --accept-terms if you will not publish them "
            "or give them to others, or name other datasets in the link (dataset=…)."
        )
