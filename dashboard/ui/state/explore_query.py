"""The query of the Explore page, which is the same in the session and in the address bar."""

from collections.abc import Callable, Collection, Container, Mapping
from dataclasses import replace
from typing import Any

from dashboard.model.layer_style import MOST_SHOWN, another_layer
from dashboard.query.facets import FACETS
from dashboard.query.link import from_params, to_params
from dashboard.query.query import MapView, Query
from dashboard.ui.state.address_bar import is_history_navigation, params, replace_params
from dashboard.ui.state.language import language_link
from dashboard.ui.state.session import SessionValue, one_thread

_Link = dict[str, list[str]]
_PAGE_SIZE = 30
_QUERY = SessionValue("query", Query())
_NOTICES = SessionValue[tuple[str, ...]]("notices", ())
# How many events the list shows before it offers more.
LIST_LIMIT = SessionValue("list_limit", _PAGE_SIZE)
# The link that was written last, and those that it replaced since the page was opened.
_WRITTEN = SessionValue[_Link | None]("written_link", None)
_REPLACED = SessionValue[tuple[_Link, ...]]("replaced_links", ())
_MOST_REPLACED = 500
_NUMBER_REPLACED = SessionValue("number_of_replaced_links", 0)
# The current view, `None` before the browser has sent it. It has its own key: the fragment of the map
# may still run when a filter restarts the page, and must not restore the query with which it started.
VIEW = SessionValue[MapView | None]("view", None)
# The view that was in the link when the session began; the map is created with it.
LINKED_VIEW = SessionValue[MapView | None]("first_view", None)
# The lowest and highest number of a filter as typed, while they are in the wrong order.
UNORDERED = SessionValue[tuple[int | None, int | None] | None]("unordered_estimate", None)
_PRESENTED_VIEW = "presented_view"


@one_thread
def read(vocabulary: Mapping[str, Container[str]], current_id: Callable[[str], str] = str) -> Query:
    """The query of this run: from the address bar if a person changed that, else unchanged.

    `current_id` gives, for the id of a merged event, the id of the event that it is part of now.
    """
    link_now = params()
    if _changed_by_person(link_now):
        events = [current_id(event_id) for event_id in link_now.get("event", ())]
        query, notices = from_params({**link_now, "event": events}, vocabulary)
        if _WRITTEN.get() is None:
            LINKED_VIEW.set(query.view)
        _QUERY.set(query)
        _WRITTEN.set(link_now)
        _NOTICES.set(notices)
        VIEW.set(query.view)
        UNORDERED.clear()
    _QUERY.set(_existing(_QUERY.get(), vocabulary))
    return _QUERY.get()


def _existing(query: Query, vocabulary: Mapping[str, Container[str]]) -> Query:
    """The query without selected records that no longer exist: undone, rejected or hidden."""
    event_id = query.event_id if query.event_id in vocabulary["event_id"] else None
    places = tuple(key for key in query.place_ids if key in vocabulary["place_ids"])
    return replace(query, event_id=event_id, place_ids=places)


def shows_unreviewed() -> bool:
    """Whether this run shows unreviewed events; needed before the data are loaded."""
    link_now = params()
    if _changed_by_person(link_now):
        return link_now.get("unreviewed") == ["shown"]
    return _QUERY.get().unreviewed


def _changed_by_person(link_now: _Link) -> bool:
    """Whether the link is not one that this page wrote.

    A browser that has not received the last writes yet sends a link that they have replaced, however
    long a busy server takes. Taking that for a change by a person would undo what was clicked
    meanwhile. The same link by the browser's back button is one, and so says the browser.
    """
    if link_now == _WRITTEN.get():
        return False
    return is_history_navigation() or link_now not in _REPLACED.get()


def leave() -> None:
    """Another page is shown: the next link of Explore is of a person, even an earlier one."""
    _REPLACED.clear()


def links_replaced() -> int:
    """How many links this session has had before the one of now."""
    return _NUMBER_REPLACED.get()


@one_thread
def write() -> None:
    """Write the query to the address bar, unless it is there already."""
    target = {**link(), **{name: [value] for name, value in language_link().items()}}
    written = _WRITTEN.get()
    if written is not None and target != written:
        _REPLACED.set((*_REPLACED.get(), written)[-_MOST_REPLACED:])
        _NUMBER_REPLACED.set(links_replaced() + 1)
        _WRITTEN.set(target)
        replace_params(target)


def link() -> _Link:
    """The link parameters of the Explore page; empty before it has been opened."""
    return link_of(_QUERY.get())


def link_with(key: str, name: str) -> _Link:
    """The link with a basemap of that name, or with a layer on top of those that are shown."""
    query = _QUERY.get()
    if key == "basemap":
        return link_of(replace(query, basemap=name))
    if name in {layer.layer_id for layer in query.layers}:
        return link()
    # The lowest one goes if there are too many.
    layers = (*query.layers, another_layer(name, query.layers))[-MOST_SHOWN:]
    return link_of(replace(query, layers=layers))


def link_of(query: Query) -> _Link:
    """The link parameters of another query on the map as it is now."""
    return to_params(replace(query, view=VIEW.get()))


def selection_of(query: Query) -> _Link:
    """The link parameters of a query without the view of the map, which the map changes by itself."""
    return to_params(replace(query, view=None))


def current() -> Query:
    """The query as it is now; for callbacks."""
    return _QUERY.get()


@one_thread
def change(**changes: Any) -> None:
    """Change fields of the query; for callbacks, which run before the page does."""
    _QUERY.set(replace(_QUERY.get(), **changes))
    if changes.keys() - {"view", "tab", "event_id", "place_ids", "presentation"}:
        LIST_LIMIT.clear()


@one_thread
def choose(field: str, value: str | None, *, selected: bool) -> None:
    """Select a value of a filter or not, or clear the filter if the value is `None`."""
    if field not in {facet.field for facet in FACETS}:
        return
    chosen = (
        () if value is None else tuple(it for it in getattr(_QUERY.get(), field) if it != value)
    )
    if value is not None and selected:
        chosen = (*chosen, value)
    change(**{field: chosen})


@one_thread
def choose_area(ids: Collection[str]) -> None:
    """Filter by an area of the map, given all its ids; if it is chosen already, no longer."""
    places = _QUERY.get().places
    others = tuple(it for it in places if it not in ids)
    change(places=others if len(others) < len(places) else (*places, *ids))


@one_thread
def reset() -> None:
    """Clear every filter and the selection."""
    _QUERY.set(_QUERY.get().reset())
    UNORDERED.clear()
    LIST_LIMIT.clear()


def presented_view() -> MapView | None:
    """The view that the map had when the presentation began."""
    return SessionValue(_PRESENTED_VIEW, VIEW.get()).stored()


@one_thread
def present(*, shown: bool) -> None:
    """Begin or end the presentation; the map continues with the view of the presentation."""
    SessionValue(_PRESENTED_VIEW, None).clear()
    LINKED_VIEW.set(VIEW.get())
    change(presentation=shown)


def notices() -> tuple[str, ...]:
    """The notices of dropped link values, to be shown once."""
    shown = _NOTICES.get()
    _NOTICES.clear()
    return shown


@one_thread
def say(notice: str) -> None:
    """Show a notice once, in the next run of the page."""
    _NOTICES.set((*_NOTICES.get(), notice))


@one_thread
def show_more() -> None:
    """Let the list show another page of events."""
    LIST_LIMIT.set(LIST_LIMIT.get() + _PAGE_SIZE)
