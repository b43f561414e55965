"""The one owner of session state and address bar: both always hold the same Query."""

import time
from collections.abc import Container, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard.language.language import ARABIC, ENGLISH, Language, use
from dashboard.query.link import from_params, language_from, language_params, to_params
from dashboard.query.query import MapView, Query

_QUERY, _WRITTEN, _REPLACED, _VIEW, _FIRST_VIEW, _NOTICES, _LIMIT = (
    "query",
    "written_link",
    "replaced_links",
    "view",
    "first_view",
    "notices",
    "list_limit",
)
_PRESENTED = "presented_view"
_LANGUAGE, _ASKED, _CHOSEN_AT = "language", "language_asked", "language_chosen_at"
_LANGUAGE_KEYS = ("lang", "digits", "dates")
_PAGE_SIZE = 30
# How long a browser may take to hear of a link that we wrote.
_HEARD_WITHIN_S = 2.0


def speak() -> None:
    """Tell what follows in the reader's language: at the start of each run, fragment and callback."""
    use(language())


def language() -> Language:
    """The language of this session: from the address bar if a person changed it, else as it was.

    At first it is what the link says, or else what the browser prefers.
    """
    asked = {key: st.query_params.get_all(key) for key in _LANGUAGE_KEYS if key in st.query_params}
    fresh = _LANGUAGE not in st.session_state
    # A browser that has not heard of a choice yet sends the link that it has just replaced.
    settled = time.monotonic() - st.session_state.get(_CHOSEN_AT, 0.0) > _HEARD_WITHIN_S
    if fresh or (asked and settled and asked != st.session_state[_ASKED]):
        st.session_state[_LANGUAGE] = language_from(asked, _usual_language())
    st.session_state[_ASKED] = asked
    held: Language = st.session_state[_LANGUAGE]
    return held


def choose_language(chosen: Language) -> None:
    """Another language from here on."""
    st.session_state[_LANGUAGE] = chosen
    st.session_state[_CHOSEN_AT] = time.monotonic()


def language_link() -> dict[str, str]:
    """The language as link parameters; none if it is what the browser prefers anyway."""
    held = language()
    return {} if held == _usual_language() else language_params(held)


def write_language() -> None:
    """Put the language into the address bar of a page that has no query."""
    told = language_link()
    for key in _LANGUAGE_KEYS:
        if st.query_params.get(key) != told.get(key):
            if key in told:
                st.query_params[key] = told[key]
            else:
                del st.query_params[key]


def _usual_language() -> Language:
    return ARABIC if (st.context.locale or "").startswith("ar") else ENGLISH


def read(vocabulary: Mapping[str, Container[str]]) -> Query:
    """The query of this run: from the address bar if a person changed it, else as it was."""
    params = {key: st.query_params.get_all(key) for key in st.query_params}
    if _QUERY not in st.session_state or _changed_by_person(params):
        query, notices = from_params(params, vocabulary)
        st.session_state[_QUERY] = query
        st.session_state[_WRITTEN] = params
        st.session_state[_NOTICES] = notices
        st.session_state[_VIEW] = query.view
        st.session_state.setdefault(_FIRST_VIEW, query.view)
    st.session_state[_QUERY] = _held(st.session_state[_QUERY], vocabulary)
    current: Query = st.session_state[_QUERY]
    return current


def _held(query: Query, vocabulary: Mapping[str, Container[str]]) -> Query:
    """The query without a choice that is no longer held: undone, rejected, or hidden again."""
    chosen = query.event_id if query.event_id in vocabulary["event_id"] else None
    places = tuple(key for key in query.place_ids if key in vocabulary["place_ids"])
    return replace(query, event_id=chosen, place_ids=places)


def shows_unreviewed() -> bool:
    """Whether this run shows what nobody has reviewed; asked before the data are loaded."""
    params = {key: st.query_params.get_all(key) for key in st.query_params}
    if _QUERY not in st.session_state or _changed_by_person(params):
        return params.get("unreviewed") == ["shown"]
    query: Query = st.session_state[_QUERY]
    return query.unreviewed


def _changed_by_person(params: Mapping[str, list[str]]) -> bool:
    """Whether the link is not one that we wrote.

    A browser that has not heard of our last write yet sends a link that we have just replaced. Taking
    that for a change by a person would undo what was clicked meanwhile; after a moment the same link
    means that the person went back.
    """
    if params == st.session_state[_WRITTEN]:
        return False
    now = time.monotonic()
    replaced = st.session_state.get(_REPLACED, ())
    return not any(params == link and now - at < _HEARD_WITHIN_S for at, link in replaced)


def write() -> None:
    """Put the query into the address bar, if it is not there already."""
    query = replace(st.session_state[_QUERY], view=st.session_state[_VIEW])
    params = {**to_params(query), **{key: [value] for key, value in language_link().items()}}
    if params != st.session_state[_WRITTEN]:
        now = time.monotonic()
        replaced = st.session_state.get(_REPLACED, ())
        recent = tuple(item for item in replaced if now - item[0] < _HEARD_WITHIN_S)
        st.session_state[_REPLACED] = (*recent, (now, st.session_state[_WRITTEN]))
        st.session_state[_WRITTEN] = params
        st.query_params.from_dict(params)


def link() -> dict[str, list[str]]:
    """The link parameters of what Explore shows, for the way back to it."""
    if _QUERY not in st.session_state:
        return {}
    return to_params(replace(st.session_state[_QUERY], view=st.session_state[_VIEW]))


def change(**changes: Any) -> None:
    """Change fields of the query; for callbacks, which run before the page does."""
    st.session_state[_QUERY] = replace(st.session_state[_QUERY], **changes)
    if changes.keys() - {"view", "tab", "event_id", "place_ids", "presentation"}:
        st.session_state[_LIMIT] = _PAGE_SIZE


def keep_view(view: MapView) -> None:
    """Remember what the map shows.

    The view has a key of its own: the map's fragment may still be running when a click in a filter
    starts the page anew, and must not put back the query that it began with.
    """
    st.session_state[_VIEW] = view


def reset() -> None:
    """Clear every filter and the selection."""
    st.session_state[_QUERY] = st.session_state[_QUERY].reset()


def view() -> MapView | None:
    """What the map shows now; `None` before it has told."""
    held: MapView | None = st.session_state[_VIEW]
    return held


def first_view() -> MapView | None:
    """The view that the link restored when the session began; the map is built on it once."""
    view: MapView | None = st.session_state[_FIRST_VIEW]
    return view


def presented_view() -> MapView | None:
    """The view that the map had when the presentation began."""
    if _PRESENTED not in st.session_state:
        st.session_state[_PRESENTED] = st.session_state[_VIEW]
    held: MapView | None = st.session_state[_PRESENTED]
    return held


def present(*, shown: bool) -> None:
    """Begin or end the presentation; the map comes back where the presentation left it."""
    st.session_state.pop(_PRESENTED, None)
    st.session_state[_FIRST_VIEW] = st.session_state[_VIEW]
    change(presentation=shown)


def notices() -> tuple[str, ...]:
    """What was dropped from the link, to be told once."""
    told: tuple[str, ...] = st.session_state.pop(_NOTICES, ())
    return told


def list_limit() -> int:
    """How many events the list shows before it offers more."""
    limit: int = st.session_state.get(_LIMIT, _PAGE_SIZE)
    return limit


def show_more() -> None:
    """Let the list show another page of events."""
    st.session_state[_LIMIT] = list_limit() + _PAGE_SIZE
