"""The record of changes: who did what when and why, what it changed, and a way to undo it."""

from collections.abc import Sequence

import streamlit as st

from dashboard.model.records import Entry
from dashboard.ui import shell
from dashboard.ui.cached import Loaded
from dashboard.views.changes import differences_html


def log_table(loaded: Loaded, entries: Sequence[Entry], *, key: str) -> None:
    """The entries, newest first, each to open."""
    if not entries:
        st.text("Nothing has been changed yet.")
    for entry in entries:
        undone = " · undone" if entry.undone else ""
        label = shell.literal(f"{entry.at:%Y-%m-%d %H:%M} · {entry.who} · {entry.what}{undone}")
        with st.expander(label, key=f"{key}_{entry.seq}", on_change="rerun") as opened:
            if opened.open:
                _opened(loaded, entry, key)


def _opened(loaded: Loaded, entry: Entry, key: str) -> None:
    if entry.why:
        st.text(f"Why: {entry.why}")
    st.html(differences_html(loaded.workspace.differences(entry.seq)))
    st.button(
        "Undo this",
        key=f"{key}_undo_{entry.seq}",
        disabled=entry.undone or not shell.who(),
        on_click=lambda: _undo(loaded, entry),
    )


def _undo(loaded: Loaded, entry: Entry) -> None:
    shell.act(
        loaded,
        f"Undone: {entry.what}",
        lambda: loaded.workspace.undo(entry.seq, who=shell.who(), why="undone on the History page"),
    )
