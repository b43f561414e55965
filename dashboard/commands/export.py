"""`event-map export`: the events of a link as a file."""

import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dashboard.engine.load import MOST_RECORDS
from dashboard.exit_status import ExitStatus
from dashboard.export.about import about_selection, bulk_about, with_terms
from dashboard.export.authors import ABOUT, captures_without_names, without_names
from dashboard.export.bulk import write_bulk
from dashboard.export.bulk_judged import JudgedColumns
from dashboard.export.captures import captures_of, left_out_words, with_captures, write_archive
from dashboard.export.coarsen import Coarseness
from dashboard.export.formats import FORMATS
from dashboard.export.selection import export_of
from dashboard.language.dataset_terms import not_to_be_shared, sharing_in_words, terms_in_words
from dashboard.model.errors import DashboardError
from dashboard.model.terms import DatasetTerms
from dashboard.project.linked import Linked, open_link
from dashboard.project.project import Project
from dashboard.query.bulk import flat
from dashboard.query.file_name import file_name
from dashboard.settings import read_settings

# The formats that have a row for each event and no limit; CSV is one where there are too many events.
_BULK = "parquet"


class ExportError(DashboardError):
    """Too many events, or terms that were not accepted."""


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What is written: the format, with rows that may not be shared only if `accept_terms`.

    With `captures` it is a ZIP archive with the captured files; without `authors` it has no names of
    analysts.
    """

    format_: str
    accept_terms: bool = False
    captures: bool = False
    authors: bool = True


def export_selection(
    link: str,
    format_: str,
    out: Path,
    *,
    accept_terms: bool = False,
    captures: bool = False,
    authors: bool = True,
) -> int:
    """Write the events of the link to a file, as `ExportRequest` says.

    A link of which a part is not understood is refused: what the rest of it leaves would be more events
    than were meant.
    """
    request = ExportRequest(format_, accept_terms, captures, authors)
    link = link.removeprefix("?")
    try:
        with tempfile.TemporaryDirectory(prefix="event_map_") as folder:
            made = Path(folder) / "export"
            _write(open_link(Project(read_settings()), link), link, request, made)
            shutil.copyfile(made, out)
    except (DashboardError, OSError) as error:
        print(f"export: {error}", file=sys.stderr)
        return ExitStatus.NOTHING
    return ExitStatus.OK


def _write(linked: Linked, link: str, request: ExportRequest, path: Path) -> None:
    _loaded, catalog, query = linked
    totals, _counts = catalog.totals(query)
    terms = catalog.terms(totals.datasets)
    if not request.accept_terms:
        _refuse_forbidden(terms)
    about = about_selection(catalog, query, totals, link)
    if not request.authors:
        about |= ABOUT
    bulk = request.format_ == _BULK or (request.format_ == "csv" and totals.shown > MOST_RECORDS)
    write = _write_bulk if bulk else _write_records
    write(linked, request, about, terms, path)


def _write_bulk(
    linked: Linked,
    request: ExportRequest,
    about: dict[str, str],
    terms: Sequence[DatasetTerms],
    path: Path,
) -> None:
    """A row for each event, of any number of them."""
    if request.captures:
        raise ExportError(
            f"captured files go with at most {MOST_RECORDS:,} events, and not with {_BULK}"
        )
    loaded, catalog, query = linked
    batches = catalog.engine.batches(flat, catalog.effective(query), records=True)
    rows = JudgedColumns(loaded.corpus).added(batches, authors=request.authors)
    by_dataset = {each.dataset_id: terms_in_words(each) for each in terms}
    write_bulk(path, request.format_, rows, {**about, **bulk_about(terms)}, by_dataset)
    if not path.exists():
        raise ExportError("expected events, found none")


def _write_records(
    linked: Linked,
    request: ExportRequest,
    about: dict[str, str],
    terms: Sequence[DatasetTerms],
    path: Path,
) -> None:
    """The file of a format of the page; with the captured files an archive."""
    loaded, catalog, query = linked
    selected = catalog.select(query)
    if selected is None:
        raise ExportError(
            f"expected at most {MOST_RECORDS:,} events: narrow the link, or write csv or {_BULK}"
        )
    files = loaded.workspace.captures
    captures = captures_of(selected, loaded.proof, files)
    if not request.authors:
        selected, captures = without_names(selected), captures_without_names(captures)
    export = with_terms(export_of(selected, Coarseness.ORIGINAL, about), terms)
    kind = FORMATS[request.format_]
    content = kind.make(with_captures(export, captures, included=request.captures))
    if request.captures:
        name = f"{file_name(query)}.{kind.ending}"
        write_archive(path, name, content, captures, files)
        return
    path.write_bytes(content)
    if captures:
        words = left_out_words(captures)
        print(f"export: {words} (--captures writes a ZIP archive with them)", file=sys.stderr)


def _refuse_forbidden(terms: Sequence[DatasetTerms]) -> None:
    """Raise ExportError if the terms of any of the datasets forbid sharing its rows."""
    if forbidden := not_to_be_shared(terms):
        raise ExportError(
            f"{sharing_in_words(forbidden)} Repeat with --accept-terms if you will not publish them "
            "or give them to others, or name other datasets in the link (dataset=…)."
        )
