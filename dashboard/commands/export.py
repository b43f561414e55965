"""`event-map export`: the events of a link as a file."""

import sys
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs

from dashboard.exit_status import ExitStatus
from dashboard.export.coarsen import Coarseness
from dashboard.export.events import event_csv
from dashboard.export.formats import FORMATS
from dashboard.export.selection import export_of
from dashboard.figure.manifest import PROGRAM
from dashboard.model.errors import DashboardError
from dashboard.project.project import open_project
from dashboard.query.answers import totals_from_engine
from dashboard.query.describe import describe
from dashboard.query.link import from_params
from dashboard.query.names import facet_label
from dashboard.settings import read_settings


class TooManyError(DashboardError):
    """A selection with more events than an export of records has."""


def export_selection(link: str, format_: str, out: Path) -> int:
    """Write the events that the link leaves; 1 if parts of the link were not understood."""
    try:
        notices = _write(link.removeprefix("?"), format_, out)
    except (DashboardError, OSError) as error:
        print(f"export: {error}", file=sys.stderr)
        return ExitStatus.NOTHING
    for notice in notices:
        print(f"export: {notice}", file=sys.stderr)
    return ExitStatus.FAULTS if notices else ExitStatus.OK


def _write(link: str, format_: str, out: Path) -> tuple[str, ...]:
    params = parse_qs(link)
    project = open_project(read_settings())
    catalog = project.catalog(project.load(unreviewed=params.get("unreviewed") == ["shown"]))
    query, notices = from_params(params, catalog.vocabulary)
    selected = catalog.select(query)
    if selected is None:
        raise TooManyError("expected fewer events: narrow the link, or export on the page")
    totals, _counts = totals_from_engine(catalog.engine, catalog.effective(query), catalog.events)
    about = {
        "selection": describe(
            query, totals, lambda name, value: facet_label(catalog.names, name, value)[0]
        ),
        "link": f"?{link}",
        "made": date.today().isoformat(),  # noqa: DTZ011 the day where the command runs
        "program": f"Event map {PROGRAM}",
    }
    export = export_of(selected, Coarseness.ORIGINAL, about)
    content = event_csv(selected, export) if format_ == "csv" else FORMATS[format_].make(export)
    out.write_bytes(content)
    return notices
