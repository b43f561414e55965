"""For administrators: the files that people took, the last ones as a table and all of them as CSV."""

from collections.abc import Iterable

import streamlit as st

from dashboard.export.tables import write_csv
from dashboard.language.messages import _
from dashboard.model.viewer import as_viewer
from dashboard.store.taken_files import TakenFile, taken_files
from dashboard.store.workspace import Workspace
from dashboard.ui import shell
from dashboard.ui.account.words import time_text

_SHOWN = 200
_COLUMNS = ("time", "account", "name", "format", "events", "selection")


def taken_panel(workspace: Workspace) -> None:
    """Show who took which files, the last first."""
    shell.heading(_("Files that were taken"), 3)
    st.caption(
        _(
            "Exports, reports, playbacks, figures, and pages of events read with a token. The selection "
            "is the part of the page's link after the question mark."
        )
    )
    last = taken_files(workspace, limit=_SHOWN)
    if not last:
        st.text(_("None yet."))
        return
    names = (_("Time"), _("Account"), _("Name"), _("Format"), _("Events"), _("Selection"))
    st.dataframe(
        [dict(zip(names, _row(each, time_text(each.at)), strict=True)) for each in last],
        hide_index=True,
        width="stretch",
    )
    st.download_button(
        _("Download all as CSV"),
        data=as_viewer(lambda: _csv(taken_files(workspace))),
        file_name="event_map_files.csv",
        mime="text/csv",
        key="taken_csv",
        on_click="ignore",
    )


def _csv(files: Iterable[TakenFile]) -> bytes:
    """Cells that a spreadsheet would run are escaped by `write_csv`; times are UTC."""
    rows = (_row(each, each.at.isoformat(timespec="seconds")) for each in files)
    return write_csv(_COLUMNS, rows, bom=True)


def _row(file: TakenFile, at: str) -> tuple[object, ...]:
    return at, file.account, file.who, file.format, file.events, file.link
