"""`event-map export`: the events of a link as a file."""

import sys
from pathlib import Path
from urllib.parse import parse_qs

from dashboard.exit_status import ExitStatus
from dashboard.export.about import about_selection, with_credits
from dashboard.export.coarsen import Coarseness
from dashboard.export.formats import FORMATS
from dashboard.export.selection import export_of
from dashboard.model.errors import DashboardError
from dashboard.project.project import Project
from dashboard.query.answers import totals_from_engine
from dashboard.query.link import from_params, unknown_keys
from dashboard.settings import read_settings


class ExportError(DashboardError):
    """A link that is not understood, or one whose events are too many."""


def export_selection(link: str, format_: str, out: Path) -> int:
    """Write the events of the link to a file.

    A link of which a part is not understood is refused: what the rest of it leaves would be more events
    than were meant.
    """
    try:
        out.write_bytes(_content(link.removeprefix("?"), format_))
    except (DashboardError, OSError) as error:
        print(f"export: {error}", file=sys.stderr)
        return ExitStatus.NOTHING
    return ExitStatus.OK


def _content(link: str, format_: str) -> bytes:
    params = parse_qs(link, keep_blank_values=True)
    if unknown := unknown_keys(params):
        raise ExportError(f"expected a link of the page, found {', '.join(unknown)}")
    project = Project(read_settings())
    catalog = project.catalog(project.load(unreviewed=params.get("unreviewed") == ["shown"]))
    query, notices = from_params(params, catalog.vocabulary)
    if notices:
        raise ExportError(" ".join(notices))
    selected = catalog.select(query)
    if selected is None:
        raise ExportError("expected fewer events: narrow the link, or export on the page")
    totals, _counts = totals_from_engine(catalog.engine, catalog.effective(query), catalog.events)
    about = about_selection(catalog, query, totals, link)
    export = with_credits(export_of(selected, Coarseness.ORIGINAL, about), catalog)
    return FORMATS[format_].make(export)
