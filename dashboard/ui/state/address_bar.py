"""The parameters of the link in the address bar, e.g. "?event=E1&tab=evidence"."""

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.ui.state.session import SessionValue

# The parameters of the last run; `None` before the first, which has those of the address.
_LAST = SessionValue[dict[str, list[str]] | None]("params_of_last_run", None)


def params() -> dict[str, list[str]]:
    """All parameters by name."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def is_history_navigation() -> bool:
    """Whether this run follows the browser's back or forward button."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def param(name: str) -> str:
    """The last value of a parameter; "" if there is none."""
    return st.query_params.get(name) or ""


def change_params(changes: Mapping[str, Sequence[str]]) -> None:
    """Set these parameters and leave all others unchanged; empty ones are removed."""
    for name, values in changes.items():
        if values and st.query_params.get_all(name) != list(values):
            st.query_params[name] = list(values)
        elif not values and name in st.query_params:
            del st.query_params[name]


def replace_params(all_params: Mapping[str, Sequence[str]]) -> None:
    """Replace all parameters by these."""
    st.query_params.from_dict(all_params)


def follow_links() -> None:
    """Show in the address bar the parameters of this run, if they are others than those of the last.

    For a link to the page that is open, Streamlit sends its parameters but leaves the address as it was:
    the next run would have those of before.
    """
    now, last = params(), _LAST.get()
    if last is not None and now != last and not is_history_navigation():
        replace_params(now)
    _LAST.set(now)
