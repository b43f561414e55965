"""The Export button: the selection in a chosen format and coarseness."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlencode

import streamlit as st

from dashboard.engine.load import MOST_RECORDS
from dashboard.export.about import about_selection, credits_of, with_credits
from dashboard.export.bulk import BULK, write_bulk
from dashboard.export.coarsen import LABELS, Coarseness
from dashboard.export.formats import FORMATS, ExportFormat
from dashboard.export.options import LAYOUTS, ExportOptions, Layout
from dashboard.export.selection import export_of
from dashboard.language.language import current, using_language
from dashboard.language.messages import _, plural
from dashboard.language.numbers import number
from dashboard.model.errors import DashboardError
from dashboard.project.catalog import Catalog
from dashboard.query.bulk import flat
from dashboard.query.counts import Totals
from dashboard.query.file_name import file_name
from dashboard.query.query import Query
from dashboard.summary.heading import too_many
from dashboard.ui.state import explore_query
from dashboard.ui.state.language import apply_language


def export_panel(catalog: Catalog, query: Query, totals: Totals) -> None:
    """Show a button that opens the list of formats."""
    with st.popover(_("Export"), key="export", width="stretch"):
        _formats(catalog, query, totals)


@st.fragment
def _formats(catalog: Catalog, query: Query, totals: Totals) -> None:
    apply_language()
    events = plural("{n} event", "{n} events", totals.shown)
    st.text(_("The file will contain exactly the selection: {events}.").format(events=events))
    if totals.shown > MOST_RECORDS:
        _bulk(catalog, query, totals)
    else:
        _records(catalog, query, totals)


def _bulk(catalog: Catalog, query: Query, totals: Totals) -> None:
    """Formats for selections of any size: one row per event or place, not coarsened."""
    ending = st.selectbox(
        _("Format"), list(BULK), format_func=lambda key: _(BULK[key]), key="export_bulk"
    )
    every = _layout([Layout.EVENT, Layout.PLACE]) is Layout.PLACE
    message = _("For at most {most} events there are more formats, and less precise places.")
    st.caption(message.format(most=number(MOST_RECORDS)))
    about = {**_about(catalog, query, totals), "credits": credits_of(catalog)}

    def make() -> BinaryIO:
        """The file, written when the button is clicked."""
        folder = Path(tempfile.mkdtemp(prefix="event_map_"))
        path = folder / f"events.{ending}"
        rows = catalog.engine.batches(flat, catalog.effective(query), every_place=every)
        write_bulk(path, ending, rows, about)
        file = path.open("rb")
        # The file is deleted after it has been read.
        path.unlink()
        folder.rmdir()
        return file

    _download(make, f"{file_name(query)}.{ending}", "application/octet-stream")


def _records(catalog: Catalog, query: Query, totals: Totals) -> None:
    format_name = st.selectbox(
        _("Format"),
        list(FORMATS),
        format_func=lambda key: _(FORMATS[key].label),
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
    kind = FORMATS[format_name or "xlsx"]
    level = coarseness or Coarseness.ORIGINAL
    options = _options(kind)
    language, about = current(), _about(catalog, query, totals)

    def make() -> bytes:
        """The file, built on click in another thread, in which the language has to be set again."""
        with using_language(language):
            selected = catalog.select(query)
            if selected is None:
                raise ExportError(too_many())
            return kind.make(with_credits(export_of(selected, level, about), catalog), options)

    suffix = "" if level is Coarseness.ORIGINAL else f"_{level.value}"
    _download(make, f"{file_name(query)}{suffix}.{kind.ending}", kind.media_type)


def _options(kind: ExportFormat) -> ExportOptions:
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


class ExportError(DashboardError):
    """The selection grew beyond the limit of the format while the page was open."""


def _download(make: Callable[[], bytes | BinaryIO], name: str, media_type: str) -> None:
    st.download_button(
        _("Download"),
        data=make,
        file_name=name,
        mime=media_type,
        type="primary",
        on_click="ignore",
        width="stretch",
    )


def _about(catalog: Catalog, query: Query, totals: Totals) -> dict[str, str]:
    return about_selection(catalog, query, totals, urlencode(explore_query.link(), doseq=True))
