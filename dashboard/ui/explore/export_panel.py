"""The Export button: the selection, exactly, in the format and as coarse as the analyst chooses."""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlencode

import streamlit as st

from dashboard.engine.records import MOST_RECORDS
from dashboard.export.bulk import BULK, write_bulk
from dashboard.export.coarsen import LABELS, Coarseness
from dashboard.export.formats import FORMATS
from dashboard.export.selection import export_of
from dashboard.figure.manifest import PROGRAM
from dashboard.language.language import current, speaking
from dashboard.language.messages import _, plural
from dashboard.language.numbers import number
from dashboard.model.errors import DashboardError
from dashboard.query.bulk import flat
from dashboard.query.counts import Totals
from dashboard.query.describe import describe
from dashboard.query.file_name import file_name
from dashboard.query.names import facet_label
from dashboard.query.query import Query
from dashboard.ui import state
from dashboard.ui.cached import Live, Loaded
from dashboard.ui.explore.sliced import selected_records, too_many


def export_panel(loaded: Loaded, live: Live, query: Query, totals: Totals) -> None:
    """A button that opens to the formats."""
    with st.popover(_("Export"), key="export", width="stretch"):
        _formats(loaded, live, query, totals)


@st.fragment
def _formats(loaded: Loaded, live: Live, query: Query, totals: Totals) -> None:
    state.speak()
    events = plural("{n} event", "{n} events", totals.shown)
    st.text(_("Exactly the selection: {events}.").format(events=events))
    if totals.shown > MOST_RECORDS:
        _bulk(live, query, totals)
    else:
        _records(loaded, live, query, totals)


def _bulk(live: Live, query: Query, totals: Totals) -> None:
    """Formats for selections of any size: a row for each place of each event, as held."""
    ending = st.selectbox(
        _("Format"), list(BULK), format_func=lambda key: _(BULK[key]), key="export_bulk"
    )
    told = _("Up to {most} events there are more formats, and coarser places.")
    st.caption(told.format(most=number(MOST_RECORDS)))
    about = {**_about(live, query, totals), "credits": credits_of(live)}

    def make() -> BinaryIO:
        """The file, written when it is asked for."""
        folder = Path(tempfile.mkdtemp(prefix="event_map_"))
        path = folder / f"events.{ending}"
        write_bulk(
            path,
            ending,
            live.engine.batches(flat, live.effective(query)),
            about,
        )
        file = path.open("rb")
        # The file lives as long as it is read.
        path.unlink()
        folder.rmdir()
        return file

    _download(make, f"{file_name(query)}.{ending}", "application/octet-stream")


def credits_of(live: Live) -> str:
    """Whom to credit for the events of datasets."""
    return "; ".join(card.credit for card in live.datasets.values() if card.credit)


def _records(loaded: Loaded, live: Live, query: Query, totals: Totals) -> None:
    chosen = st.selectbox(
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
            "Coarser places for sharing where exact ones could harm people. The file says so; "
            "quotations stay as they are, and may name places."
        ),
    )
    kind = FORMATS[chosen or "xlsx"]
    level = coarseness or Coarseness.AS_HELD
    language, about = current(), _about(live, query, totals)

    def make() -> bytes:
        """The file; made when it is asked for, in a thread that has not been told the language."""
        with speaking(language):
            records = selected_records(loaded, live, query)
            if records is None:
                raise ExportError(too_many())
            export = export_of(records.corpus, records.index, records.selection, level, about)
            export = replace(export, about=_credited(export.about, live))
            return kind.make(export)

    suffix = "" if level is Coarseness.AS_HELD else f"_{level.value}"
    _download(make, f"{file_name(query)}{suffix}.{kind.ending}", kind.media_type)


class ExportError(DashboardError):
    """More events than a format holds: they came while the page was open."""


def _credited(about: Mapping[str, str], live: Live) -> Mapping[str, str]:
    """What the file tells of itself, with the credits of the datasets."""
    own = credits_of(live)
    return {**about, "credits": f"{about['credits']} {own}"} if own else about


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


def _about(live: Live, query: Query, totals: Totals) -> dict[str, str]:
    """What the file tells of itself."""
    return {
        "selection": describe(
            query, totals, lambda field, value: facet_label(live.names, field, value)[0]
        ),
        "link": "?" + urlencode(state.link(), doseq=True),
        "made": datetime.now().astimezone().date().isoformat(),
        "program": f"Event map {PROGRAM}",
    }
