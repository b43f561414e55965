"""The Export button: the selection in a chosen format and coarseness."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlencode

import streamlit as st

from dashboard.datasets.event_map.layouts import Layout
from dashboard.engine.load import MOST_RECORDS
from dashboard.export.authors import free_text_words
from dashboard.export.bulk import BULK
from dashboard.export.coarsen import LABELS, Coarseness, filters_to_name
from dashboard.export.formats import CHOICES, REPORT_FORMATS, SINGLE_FILE, FileFormat
from dashboard.export.options import LAYOUTS, ExportOptions
from dashboard.export.playback.options import PLAYBACKS
from dashboard.export.report.options import ReportOptions
from dashboard.export.single_file.words import MOST_EVENTS, single_file_words, too_many_events
from dashboard.export.write import ExportRequest, write_export
from dashboard.language.dataset_terms import terms_in_words
from dashboard.language.language import current, using_language
from dashboard.language.messages import _, plural
from dashboard.language.numbers import number
from dashboard.model.terms import DatasetTerms
from dashboard.model.viewer import as_viewer
from dashboard.project.catalog import Catalog
from dashboard.project.linked import Linked
from dashboard.project.project import Loaded
from dashboard.query.counts import Totals
from dashboard.query.file_name import file_name
from dashboard.query.query import Query
from dashboard.text.escape import escape_markdown
from dashboard.ui.explore.export_job import ExportOrder
from dashboard.ui.explore.ordered_file import (
    OrderedFile,
    count_of_events,
    ordered_file,
    steps,
)
from dashboard.ui.explore.playback_panel import PlaybackFile, playback_panel
from dashboard.ui.explore.report_fields import report_fields
from dashboard.ui.explore.scope import choose_scope, selected_places
from dashboard.ui.explore.sharing import accept_terms, without_forbidden
from dashboard.ui.state import explore_query
from dashboard.ui.state.language import apply_language

# Larger files take seconds of Python's work, and a process for them takes some seconds to start.
_MOST_IN_THREAD = 1_000
# A report of so many takes as long: its pictures are drawn and its pages are set.
_MOST_IN_REPORT = 40
# One page of so many takes two seconds: it has the evidence of each in two languages.
_MOST_IN_PAGE = 200


@dataclass(frozen=True, slots=True)
class _File:
    """What a file will have: the events of the query, their totals, and their datasets' terms.

    It may be downloaded if these terms were `accepted`, or ask for nothing. Without `authors` it has no
    names of analysts.
    """

    query: Query
    totals: Totals
    terms: tuple[DatasetTerms, ...]
    accepted: bool
    authors: bool


def export_panel(loaded: Loaded, catalog: Catalog, query: Query) -> None:
    """Show a button that opens the list of formats."""
    with st.popover(_("Export"), key="export", width="stretch"):
        _formats(loaded, catalog, query)


@st.fragment
def _formats(loaded: Loaded, catalog: Catalog, query: Query) -> None:
    apply_language()
    query = choose_scope(catalog, query, key="export")
    query = without_forbidden(catalog, query)
    totals, _counts = catalog.totals(query)
    terms = catalog.terms(totals.datasets)
    events = plural("{n} event", "{n} events", totals.shown)
    st.text(_("The file will contain exactly the selection: {events}.").format(events=events))
    accepted = accept_terms(terms)
    unnamed = st.checkbox(
        _("Without the names of analysts"),
        key="export_without_authors",
        help=_(
            "Left out are who verified and rated, who captured files, and who dated an article. What "
            "they wrote stays as it is. The file says that names are left out."
        ),
    )
    if unnamed:
        st.text(free_text_words())
    file = _File(query, totals, terms, accepted, not unnamed)
    if totals.shown > MOST_RECORDS:
        _bulk(loaded, catalog, file)
    else:
        _records(loaded, catalog, file)
    # Below the button, which many credits would push out of sight.
    for each in terms:
        st.text(terms_in_words(each))


def _bulk(loaded: Loaded, catalog: Catalog, file: _File) -> None:
    """Formats for selections of any size: one row per event or place, not coarsened."""
    ending = st.selectbox(
        _("Format"), list(BULK), format_func=lambda key: _(BULK[key]), key="export_bulk"
    )
    every = _layout([Layout.EVENT, Layout.PLACE]) is Layout.PLACE
    message = _("For at most {most} events there are more formats, and less precise places.")
    st.caption(message.format(most=number(MOST_RECORDS)))
    options = ExportOptions(Layout.PLACE if every else Layout.EVENT)
    request = ExportRequest(ending, bulk=True, options=options, authors=file.authors)
    name = f"{file_name(file.query)}.{ending}"
    _download(Linked(loaded, catalog, file.query), file, request, name, "application/octet-stream")


def _records(loaded: Loaded, catalog: Catalog, file: _File) -> None:
    format_name = st.selectbox(
        _("Format"),
        list(CHOICES),
        format_func=lambda key: _(CHOICES[key].label),
        key="export_format",
    )
    coarseness = st.selectbox(
        _("Places"),
        list(Coarseness),
        format_func=lambda level: _(LABELS[level]),
        key="export_coarseness",
        help=_(
            "Use less precise places where exact ones could put people in danger. The file "
            "says that its places are less precise. Quotations are not changed and may "
            "still name places."
        ),
    )
    kind = CHOICES[format_name or "xlsx"]
    level = coarseness or Coarseness.ORIGINAL
    options = _options(kind)
    single = format_name == SINGLE_FILE
    if single and file.totals.shown > MOST_EVENTS:
        st.text(too_many_events())
        return
    if single:
        st.caption(single_file_words())
    suffix = "" if level is Coarseness.ORIGINAL else f"_{level.value}"
    if format_name in PLAYBACKS:
        name = f"{file_name(filters_to_name(file.query, level))}{suffix}.{kind.ending}"
        playback = PlaybackFile(format_name, level, name, kind.media_type, file.accepted)
        playback_panel(Linked(loaded, catalog, file.query), playback, file.totals.shown)
        return
    report = format_name in REPORT_FORMATS
    chosen = report_fields(catalog, file.query, file.totals.shown) if report else ReportOptions()
    archived = not single and not report and _with_files(loaded, level)
    ending, media_type = ("zip", "application/zip") if archived else (kind.ending, kind.media_type)
    request = ExportRequest(
        format_name or "xlsx",
        options=options,
        coarseness=level,
        captures=archived,
        authors=file.authors,
        report=chosen,
    )
    # The name of a file is no place for a name that its content leaves out.
    name = f"{file_name(filters_to_name(file.query, level))}{suffix}.{ending}"
    _download(Linked(loaded, catalog, file.query), file, request, name, media_type)


def _with_files(loaded: Loaded, level: Coarseness) -> bool:
    """Ask whether captured files go with the events; never with less precise places.

    Articles without an event have an original, too, which no file of events names.
    """
    cited = {claim.article_id for claim in loaded.corpus.events.claims}
    if cited.isdisjoint(loaded.proof.captures):
        return False
    if level is not Coarseness.ORIGINAL:
        st.caption(_("Captured files are left out: they may show where it was."))
        return False
    return st.checkbox(
        _("With the captured files, in a ZIP archive"),
        key="export_captures",
        help=_(
            "Left out unless you choose it: they may be graphic, or put people in danger. With them "
            "goes a list of when, how and by whom they were captured, and their SHA-256."
        ),
    )


def _options(kind: FileFormat) -> ExportOptions:
    """Ask only for what the format has a choice of."""
    layout = Layout.EVENT
    if kind.layouts:
        layout = _layout(list(Layout))
    tags = kind.tags and st.checkbox(
        _("HXL tags"),
        key="export_hxl",
        help=_("A second header row with tags of the HXL standard, which humanitarian tools read."),
    )
    return ExportOptions(layout, tags)


def _layout(layouts: list[Layout]) -> Layout:
    layout = st.selectbox(
        _("One row for each"),
        layouts,
        format_func=lambda layout: _(LAYOUTS[layout]),
        key="export_layout",
    )
    return layout or Layout.EVENT


def _download(
    linked: Linked, file: _File, request: ExportRequest, name: str, media_type: str
) -> None:
    language = current()
    link = urlencode(explore_query.link_of(file.query), doseq=True)
    events = file.totals.shown
    label = _button_label(linked.catalog, file)
    # Only the chosen events of a report are described.
    described = len(request.report.event_ids) or events
    if described > _most_at_once(request.format_):
        words = count_of_events if request.bulk else steps
        started = OrderedFile(name, media_type, file.accepted, _("Write the file"), label, words)
        selection = urlencode(explore_query.selection_of(file.query), doseq=True)
        version = linked.catalog.version
        order = ExportOrder(link, selection, events, request, version, language)
        ordered_file(order, started)
        return

    def make() -> BinaryIO:
        """The file, written on a click in another thread, in which the language has to be set again."""
        with tempfile.TemporaryDirectory(prefix="event_map_") as folder:
            path = Path(folder) / "events"
            with using_language(language):
                write_export(linked, link, request, path)
            # It is deleted once it has been read.
            return path.open("rb")

    # The name ends in the format, which a button that is not drawn anew yet has not.
    st.text(_("File: {name}").format(name=name))
    st.download_button(
        label,
        data=as_viewer(make),
        file_name=name,
        mime=media_type,
        type="primary",
        key="export_download",
        on_click="ignore",
        disabled=not file.accepted,
        width="stretch",
    )


def _most_at_once(format_: str) -> int:
    """The largest number of events whose file is written on the click that downloads it."""
    if format_ in REPORT_FORMATS:
        return _MOST_IN_REPORT
    return _MOST_IN_PAGE if format_ == SINGLE_FILE else _MOST_IN_THREAD


def _button_label(catalog: Catalog, file: _File) -> str:
    """What the button writes, e.g. "Download 12 events at Ain Issa"."""
    text = plural("Download {n} event", "Download {n} events", file.totals.shown)
    if not file.query.place_ids:
        return text
    return _("{download} at {places}").format(
        download=text, places=escape_markdown(selected_places(catalog, file.query))
    )
