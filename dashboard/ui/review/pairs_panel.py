"""Pairs of events that may be one event reported twice: to merge, or to record as two."""

from functools import partial

import streamlit as st

from dashboard.language.messages import _, plural
from dashboard.language.names import title_of
from dashboard.language.stored_text import translate
from dashboard.language.words import comma, isolate, when
from dashboard.model.message import message
from dashboard.project.project import Loaded
from dashboard.review.events import distinct_events, tell_apart
from dashboard.review.same_event import EventPair, likely_pairs
from dashboard.ui import shell
from dashboard.ui.actions import act, action_button, edit_session
from dashboard.ui.components.workspace_fault import literal
from dashboard.ui.review.event_actions import open_merge
from dashboard.ui.state.address_bar import change_params
from dashboard.ui.state.session import SessionValue

_PAGE = 20
_LIMIT = SessionValue("pairs_limit", _PAGE)


def pairs_panel(loaded: Loaded) -> None:
    """Show the pairs, the likeliest first; nothing is merged by itself."""
    shell.heading(_("Events that may be one event reported twice"))
    with st.container(horizontal=True):
        st.button(_("Back to the suggestions"), on_click=lambda: change_params({"pairs": []}))
        st.button(
            _("Pairs across datasets"), on_click=lambda: change_params({"pairs": ["datasets"]})
        )
    pairs = likely_pairs(loaded.corpus, distinct_events(edit_session(loaded)))
    if not pairs:
        st.success(
            _(
                "No pair of events looks like one event reported twice. Pairs appear here as "
                "events are added."
            )
        )
        return
    st.caption(plural("{n} pair", "{n} pairs", len(pairs)))
    limit = _LIMIT.get()
    for pair in pairs[:limit]:
        _pair(loaded, pair)
    if len(pairs) > limit:
        more = plural("{n} more", "{n} more", len(pairs) - limit)
        st.button(more, on_click=lambda: _LIMIT.set(limit + _PAGE))


def _pair(loaded: Loaded, pair: EventPair) -> None:
    key = f"pair_{pair.first}_{pair.second}"
    with st.container(border=True, key=key):
        for column, event_id in zip(st.columns(2), (pair.first, pair.second), strict=True):
            event = loaded.corpus.events.events[event_id]
            with column:
                st.markdown(f"**{literal(title_of(event))}** ({when(event.when)})")
                quotes = [
                    claim.quote
                    for claim in loaded.corpus.events.claims
                    if claim.event_id == event_id
                ]
                st.text(isolate(quotes[0]) if quotes else "")
                shell.link_to("review", _("Open the event"), {"event": event_id})
        for heading, reasons in ((_("For"), pair.reasons), (_("Against"), pair.doubts)):
            if reasons:
                st.caption(f"{heading}: {comma([translate(reason) for reason in reasons])}")
        why = st.text_input(_("Reason, if they are two"), key=f"{key}_why").strip()
        with st.container(horizontal=True):
            st.button(
                _("Merge them"),
                key=f"{key}_merge",
                on_click=partial(open_merge, loaded, pair.first, pair.second),
            )
            needs = {_("a reason"): bool(why)}
            if action_button(_("They are two"), key=f"{key}_two", needs=needs):
                reason = message("compared on the Review page: {why}", why=why)
                telling = partial(
                    tell_apart, edit_session(loaded), pair.first, pair.second, why=reason
                )
                act(loaded, _("Recorded as two events"), telling)
                st.rerun()
