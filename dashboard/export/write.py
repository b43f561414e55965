"""Write the events of a link to a file, as the page and `event-map export` do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

from dashboard.datasets.event_map.layouts import Layout
from dashboard.engine.load import MOST_RECORDS
from dashboard.export.about import about_selection, bulk_about, with_terms
from dashboard.export.authors import ABOUT, captures_without_names, without_names
from dashboard.export.bulk import write_bulk
from dashboard.export.bulk_judged import JudgedColumns
from dashboard.export.captures import (
    ExportedCapture,
    captures_of,
    left_out_words,
    with_captures,
    write_archive,
)
from dashboard.export.coarsen import Coarseness, filters_to_name
from dashboard.export.formats import FORMATS, REPORT_FORMATS, SINGLE_FILE
from dashboard.export.options import ExportOptions
from dashboard.export.playback.options import PLAYBACKS, PlaybackOptions
from dashboard.export.playback.write import playback_of, write_playback
from dashboard.export.progress import STEPS, Progress, counted, ignore_progress
from dashboard.export.report.content import Reporting
from dashboard.export.report.options import ReportOptions
from dashboard.export.report.write_report import write_report
from dashboard.export.selection import export_of
from dashboard.export.single_file.content import Sharing, single_file
from dashboard.export.single_file.words import MOST_EVENTS, too_many_events
from dashboard.language.dataset_terms import terms_in_words
from dashboard.language.messages import _
from dashboard.model.errors import DashboardError
from dashboard.model.selected import SelectedEvents
from dashboard.project.linked import Linked
from dashboard.query.bulk import flat
from dashboard.query.counts import Totals
from dashboard.query.file_name import file_name
from dashboard.query.link import to_params
from dashboard.settings import read_settings
from dashboard.store.taken_files import log_taken
from dashboard.summary.heading import too_many

_DEFAULT, _REPORT, _PLAYBACK = ExportOptions(), ReportOptions(), PlaybackOptions()


class ExportError(DashboardError):
    """There are too many events, none, or captured files for a format that has none."""


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What is written: `format_` is a key of `FORMATS`, or of `BULK` if `bulk`, for any number of them.

    With `captures` it is a ZIP archive with the captured files; without `authors` it has no names of
    analysts. Places of a bulk file are never coarsened. `report` are the choices of a report,
    `playback` those of a GIF or an MP4.
    """

    format_: str
    bulk: bool = False
    options: ExportOptions = _DEFAULT
    coarseness: Coarseness = Coarseness.ORIGINAL
    captures: bool = False
    authors: bool = True
    report: ReportOptions = _REPORT
    playback: PlaybackOptions = _PLAYBACK


def write_export(
    linked: Linked, link: str, request: ExportRequest, path: Path, tell: Progress = ignore_progress
) -> str:
    """Write the events of the opened link to a file; the file itself names `link`, its text.

    With coarser places it names no filter that may name a finer one, in the link and in the sentence.
    `tell` hears how far it is. The file is noted in the log of files (`store/taken_files.py`).

    Returns a sentence on captured files that are left out, "" if there are none. Raises ExportError.
    """
    totals, _counts = linked.catalog.totals(linked.query)
    words = _write(linked, link, totals, request, path, tell)
    asked = urlencode(to_params(linked.query), doseq=True)
    log_taken(linked.loaded.workspace, request.format_, asked, totals.shown)
    return words


def _write(
    linked: Linked,
    link: str,
    totals: Totals,
    request: ExportRequest,
    path: Path,
    tell: Progress,
) -> str:
    if request.format_ in PLAYBACKS:
        return _write_playback(linked, request, path, tell)
    _loaded, catalog, query = linked
    named = filters_to_name(query, request.coarseness)
    if named != query:
        link = urlencode(to_params(named), doseq=True)
    about = about_selection(catalog, named, totals, link)
    if not request.authors:
        about |= ABOUT
    if request.format_ == SINGLE_FILE:
        return _write_single_file(linked, request, totals, path, tell)
    if request.format_ in REPORT_FORMATS:
        return _write_report(linked, request, about, totals, path, tell)
    if request.bulk:
        return _write_bulk(linked, request, about, path, tell)
    return _write_records(linked, request, about, path, tell)


def _write_playback(linked: Linked, request: ExportRequest, path: Path, tell: Progress) -> str:
    """Pictures of one window after another."""
    if request.captures:
        raise ExportError(_("Captured files do not go into a playback: leave them out."))
    today = datetime.now().astimezone().date()
    played = playback_of(linked, request.coarseness, request.playback, today)
    write_playback(played, request.playback, request.format_, path, tell)
    return ""


def _select(linked: Linked, tell: Progress) -> SelectedEvents | None:
    """The events as records, which is the first step of a file; `None` if they are too many."""
    tell(0, STEPS)
    selected = linked.catalog.select(linked.query)
    tell(1, STEPS)
    return selected


def _write_single_file(
    linked: Linked, request: ExportRequest, totals: Totals, path: Path, tell: Progress
) -> str:
    """One page with everything in it."""
    loaded = linked.loaded
    if request.captures:
        raise ExportError(_("Captured files do not go into one page: leave them out."))
    selected = _select(linked, tell) if totals.shown <= MOST_EVENTS else None
    if selected is None:
        raise ExportError(too_many_events())
    captures = captures_of(selected, loaded.proof, loaded.workspace.captures)
    path.write_bytes(single_file(_sharing(linked, request, totals, selected, captures)))
    return left_out_words(captures) if captures else ""


def _write_report(
    linked: Linked,
    request: ExportRequest,
    about: Mapping[str, str],
    totals: Totals,
    path: Path,
    tell: Progress,
) -> str:
    """A document of the selection, in the language that was chosen for it."""
    loaded, catalog, _query = linked
    if request.captures:
        raise ExportError(_("Captured files do not go into a report: leave them out."))
    selected = _select(linked, tell)
    if selected is None:
        raise ExportError(too_many())
    if missing := set(request.report.event_ids) - {each.event_id for each in selected.events}:
        raise ExportError(
            _("Not among the events of the selection: {events}").format(
                events=", ".join(sorted(missing))
            )
        )
    captures = captures_of(selected, loaded.proof, loaded.workspace.captures)
    reporting = Reporting(
        _sharing(linked, request, totals, selected, captures),
        request.report,
        loaded.proof,
        about["link"],
        datetime.now(UTC),
    )
    path.write_bytes(write_report(request.format_, catalog, reporting))
    return left_out_words(captures) if captures else ""


def _sharing(
    linked: Linked,
    request: ExportRequest,
    totals: Totals,
    selected: SelectedEvents,
    captures: Sequence[ExportedCapture],
) -> Sharing:
    """What a file to hand over is made of."""
    loaded, catalog, query = linked
    return Sharing(
        selected if request.authors else without_names(selected),
        query,
        request.coarseness,
        totals.all,
        catalog.terms(totals.datasets),
        catalog.version,
        read_settings().basemap,
        loaded.corpus,
        captures=len({row.capture.sha256 for row in captures}),
        authors=request.authors,
    )


def _write_bulk(
    linked: Linked, request: ExportRequest, about: Mapping[str, str], path: Path, tell: Progress
) -> str:
    """A row for each event, or for each place, of any number of events."""
    loaded, catalog, query = linked
    if request.coarseness is not Coarseness.ORIGINAL:
        raise ExportError(
            f"places are made less precise for at most {MOST_RECORDS:,} events, "
            f"and not in {request.format_}"
        )
    if request.captures:
        raise ExportError(
            f"captured files go with at most {MOST_RECORDS:,} events, and not with {request.format_}"
        )
    every = request.options.layout is Layout.PLACE
    query = catalog.effective(query)
    batches = catalog.engine.batches(flat, query, every_place=every, records=True)
    rows = JudgedColumns(loaded.corpus).added(batches, authors=request.authors)
    totals, _counts = catalog.totals(query)
    terms = catalog.terms(totals.datasets)
    by_dataset = {each.dataset_id: terms_in_words(each) for each in terms}
    rows = counted(rows, totals.shown, tell)
    write_bulk(path, request.format_, rows, {**about, **bulk_about(terms)}, by_dataset)
    if not path.exists():
        raise ExportError("expected events, found none")
    return ""


def _write_records(
    linked: Linked, request: ExportRequest, about: Mapping[str, str], path: Path, tell: Progress
) -> str:
    """The file of a format; with the captured files an archive."""
    loaded, catalog, query = linked
    selected = _select(linked, tell)
    if selected is None:
        raise ExportError(too_many())
    files = loaded.workspace.captures
    captures = captures_of(selected, loaded.proof, files)
    if not request.authors:
        selected, captures = without_names(selected), captures_without_names(captures)
    terms = catalog.terms(catalog.totals(query)[0].datasets)
    export = with_terms(export_of(selected, request.coarseness, about), terms)
    kind = FORMATS[request.format_]
    included = with_captures(export, captures, included=request.captures)
    content = kind.make(included, request.options)
    if request.captures:
        name = f"{file_name(query)}.{kind.ending}"
        write_archive(path, name, content, captures, files)
        return ""
    path.write_bytes(content)
    return left_out_words(captures) if captures else ""
