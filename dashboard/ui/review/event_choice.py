"""Choosing one of all events: by words, place, party or day, the likely ones first, with a small map."""

import streamlit as st

from dashboard.language.messages import _
from dashboard.language.names import title_of
from dashboard.language.words import when
from dashboard.project.project import Loaded
from dashboard.review.event_search import Likeness
from dashboard.ui.components.small_map import small_map
from dashboard.ui.components.workspace_fault import literal


def event_choice(loaded: Loaded, title: str, like: Likeness, *, key: str) -> str | None:
    """Show the search and its results. Returns the id of the chosen event, `None` before a choice."""
    words = st.text_input(
        _("Find an event"),
        key=f"{key}_words",
        placeholder=_("place, party, words, or a day such as 2021-01-09"),
    )
    found = loaded.event_search.find(words, like)
    if not found:
        st.caption(
            _("No event has all these words.")
            if words.strip()
            else _("No event is like this one: search for it.")
        )
        return None
    events = loaded.corpus.events.events
    chosen = st.radio(
        title,
        found,
        index=None,
        format_func=lambda event_id: (
            f"{literal(title_of(events[event_id]))} ({when(events[event_id].when)})"
        ),
        key=f"{key}_event",
    )
    if chosen is not None:
        places = [row.place_id for row in loaded.corpus.events.places if row.event_id == chosen]
        small_map(loaded, list(dict.fromkeys(places)), key=f"{key}_map")
    return chosen
