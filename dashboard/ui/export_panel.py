"""The Export button: the selection, exactly, in the format and as coarse as the analyst chooses."""

from datetime import datetime
from urllib.parse import urlencode

import streamlit as st

from dashboard.export.coarsen import LABELS, Coarseness
from dashboard.export.formats import FORMATS
from dashboard.export.selection import export_of
from dashboard.figure.manifest import PROGRAM
from dashboard.language.language import current, speaking
from dashboard.language.messages import _, plural
from dashboard.query.counts import Totals
from dashboard.query.describe import describe
from dashboard.query.query import Query
from dashboard.ui import state
from dashboard.ui.cached import Live, Loaded
from dashboard.ui.sliced import records_of, too_many
from dashboard.views.facet_data import facet_label
from dashboard.views.file_name import file_name


def export_panel(loaded: Loaded, live: Live, query: Query, totals: Totals) -> None:
    """A button that opens to the formats."""
    with st.popover(_("Export"), key="export", width="stretch"):
        _formats(loaded, live, query, totals)


@st.fragment
def _formats(loaded: Loaded, live: Live, query: Query, totals: Totals) -> None:
    state.speak()
    events = plural("{n} event", "{n} events", totals.shown)
    st.text(_("Exactly the selection: {events}.").format(events=events))
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
            records = records_of(loaded, live, query)
            if records is None:
                return too_many().encode()
            export = export_of(records.corpus, records.index, records.selection, level, about)
            return kind.make(export)

    suffix = "" if level is Coarseness.AS_HELD else f"_{level.value}"
    st.download_button(
        _("Download"),
        data=make,
        file_name=f"{file_name(query)}{suffix}.{kind.ending}",
        mime=kind.media_type,
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
