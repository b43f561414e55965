"""The log of changes: who changed what, when and why, with a button to undo it."""

from collections.abc import Sequence

import streamlit as st

from dashboard.browser.changes import differences_html
from dashboard.language.messages import _
from dashboard.language.numbers import in_digits
from dashboard.language.stored_text import translate
from dashboard.language.words import day, isolate
from dashboard.model.message import message
from dashboard.model.records import Entry
from dashboard.project.project import Loaded
from dashboard.ui.actions import undo
from dashboard.ui.analyst import NAME
from dashboard.ui.components.workspace_fault import literal


def log_table(loaded: Loaded, entries: Sequence[Entry], *, key: str) -> None:
    """Show the entries, newest first, each with its details in an expander."""
    if not entries:
        st.text(
            _(
                "Nothing has been changed yet. What is accepted, corrected, added or undone on "
                "the other pages is listed here."
            )
        )
    for entry in entries:
        at = f"{day(entry.at.date())} {in_digits(f'{entry.at:%H:%M}')}"
        parts = [at, literal(entry.who), literal(translate(entry.what))]
        label = " · ".join([*parts, *([_("undone")] if entry.undone else [])])
        with st.expander(label, key=f"{key}_{entry.seq}", on_change="rerun") as opened:
            if opened.open:
                _opened(loaded, entry, key)


def _opened(loaded: Loaded, entry: Entry, key: str) -> None:
    if entry.why:
        st.text(_("Why: {why}").format(why=isolate(translate(entry.why))))
    what = isolate(translate(entry.what))
    st.html(differences_html(loaded.workspace.differences(entry.seq), loaded.corpus))
    st.button(
        _("Undo this"),
        key=f"{key}_undo_{entry.seq}",
        disabled=entry.undone or not NAME.get(),
        on_click=lambda: undo(loaded, entry.seq, what, why=message("undone on the History page")),
    )
