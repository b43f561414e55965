"""Faults in the data, shown so that a curator can correct them."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.language.messages import _, plural
from dashboard.language.stored_text import translate
from dashboard.model.errors import DataError, Fault
from dashboard.store.problems import WorkspaceError
from dashboard.ui.components.workspace_fault import show_workspace_error


def show_data_error(error: DataError) -> None:
    """Show the page for data that cannot be loaded at all."""
    if isinstance(error, WorkspaceError):
        show_workspace_error(error)
        return
    st.error(_("The data cannot be shown because of these faults."))
    _table(error.faults)


def show_faults(faults: Sequence[Fault]) -> None:
    """Show an expander with the rows that were left out."""
    message = plural(
        "{n} fault in the data; the rest is shown",
        "{n} faults in the data; the rest is shown",
        len(faults),
    )
    with st.expander(message, icon="⚠️"):
        _table(faults)


def _table(faults: Sequence[Fault]) -> None:
    st.dataframe(
        pd.DataFrame(
            [(f.file, f.row or None, f.field, translate(f.expected), f.found) for f in faults],
            columns=[_("File"), _("Row"), _("Field"), _("Expected"), _("Found")],
        ),
        hide_index=True,
    )
