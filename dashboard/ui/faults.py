"""Faults in the data, shown so that a curator can mend them."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.model.errors import DataError, Fault
from dashboard.model.words import count


def show_data_error(error: DataError) -> None:
    """The page for data of which nothing can be shown."""
    st.error("The data cannot be shown, because of what follows.")
    _table(error.faults)


def show_faults(faults: Sequence[Fault]) -> None:
    """A line that opens to the rows that were left out."""
    with st.expander(f"{count(len(faults), 'fault')} in the data; the rest is shown", icon="⚠️"):
        _table(faults)


def _table(faults: Sequence[Fault]) -> None:
    st.dataframe(
        pd.DataFrame(
            [(f.file, f.row or None, f.field, f.expected, f.found) for f in faults],
            columns=["File", "Row", "Field", "Expected", "Found"],
        ),
        hide_index=True,
    )
