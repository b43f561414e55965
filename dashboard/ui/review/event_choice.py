"""Choosing one of all events: by words, place, party or day, the likely ones first, with a small map."""

import streamlit as st

from dashboard.language.messages import _
from dashboard.language.names import either, title_of
from dashboard.language.words import from_left, when
from dashboard.model.suggestion import SuggestionStatus
from dashboard.project.project import Loaded
from dashboard.review.draft import draft
from dashboard.review.event_search import Likeness
from dashboard.review.suggestion_search import find_suggestions
from dashboard.ui import shell
from dashboard.ui.components.small_map import small_map
from dashboard.ui.components.workspace_fault import literal
from dashboard.ui.review.queue import suggestions_of
from dashboard.ui.state.session import SessionValue


def event_choice(
    loaded: Loaded, title: str, like: Likeness, *, key: str, shortcuts: bool = False
) -> str | None:
    """Show the search and its results. Returns the id of the chosen event, `None` before a choice.

    With `shortcuts` the keys 1 to 8 choose. The events are buttons: a key is not heard while a field
    has the focus, and a list of options is one.
    """
    words = st.text_input(
        _("Find an event"),
        key=f"{key}_words",
        placeholder=_("place, party, words, or a day such as {day}").format(
            day=from_left("2021-01-09")
        ),
    )
    found = loaded.event_search.find(words, like)
    if not found:
        st.caption(
            _("No accepted event has all these words. Try fewer words, or a place or a day alone.")
            if words.strip()
            else _("No accepted event is like this one: search for it.")
        )
        _waiting(loaded, words, like)
        return None
    st.caption(title)
    choice = SessionValue[str | None](f"{key}_event", None)
    events = loaded.corpus.events.events
    chosen = choice.get() if choice.get() in found else None
    with st.container(key=f"choice_{key}", gap="xxsmall"):
        for number, event_id in enumerate(found, start=1):
            event = events[event_id]
            st.button(
                f"{literal(title_of(event))} ({when(event.when)})",
                key=f"{key}_event_{event_id}",
                type="primary" if event_id == chosen else "secondary",
                shortcut=str(number) if shortcuts else None,
                on_click=choice.set,
                args=(None if event_id == chosen else event_id,),
            )
    if chosen is not None:
        places = [row.place_id for row in loaded.corpus.events.places if row.event_id == chosen]
        small_map(loaded, list(dict.fromkeys(places)), key=f"{key}_map")
    _waiting(loaded, words, like)
    return chosen


def _waiting(loaded: Loaded, words: str, like: Likeness) -> None:
    """Show links to suggestions that may be the event, but are no events before they are accepted."""
    stored = suggestions_of(loaded, SuggestionStatus.PENDING).values()
    records = (item.value for item in stored if item.value is not None)
    found = find_suggestions(loaded.corpus, records, words, like)
    if not found:
        return
    st.caption(_("Still to review; to choose one of these, accept it first:"))
    for record in found:
        event = draft(record, loaded.corpus)
        label = f"{literal(either(event.title_en, event.title_ar))} ({when(event.when)})"
        shell.link_to("review", label, {"suggestion": record.suggestion_id})
