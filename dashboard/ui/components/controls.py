"""The components of the page that send what a user selects: article, lists, filters, timeline."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
import streamlit as st

from dashboard.browser.event_rows import EventGroupRows
from dashboard.browser.facets import FacetGroup
from dashboard.browser.timeline_html import TIMELINE_HTML
from dashboard.browser.words import facet_words, list_words, timeline_words
from dashboard.language.labels import label
from dashboard.legend import palette
from dashboard.model.event import Attestation
from dashboard.query.query import Query
from dashboard.static_files import FRONTEND, bundle, style_sheet
from dashboard.timeline.timeline import TimelineData
from dashboard.ui.state.session import SessionValue, component_values, one_thread

_article = st.components.v2.component(
    "event_map_article",
    html='<div class="view"></div>',
    css=style_sheet("mentions.css", "article/article_view.css"),
    js=bundle(FRONTEND / "article" / "article_view.js"),
)
_list = st.components.v2.component(
    "event_map_list",
    html='<div class="list"></div>',
    css=style_sheet("event_list/event_list.css"),
    js=bundle(FRONTEND / "event_list" / "event_list.js"),
)
_facets = st.components.v2.component(
    "event_map_facets",
    html='<div class="facets"></div>',
    css=style_sheet("facets/facets.css"),
    js=bundle(FRONTEND / "facets" / "facets.js"),
)
_timeline = st.components.v2.component(
    "event_map_timeline",
    html=TIMELINE_HTML,
    css=style_sheet("timeline/timeline.css"),
    js=bundle(FRONTEND / "timeline" / "timeline.js"),
)


def article_view(html: str, *, key: str, on_pick: Callable[[str], None]) -> None:
    """Show `html`; `on_pick` receives the selected span, e.g. "place:120:128"."""
    _article(
        key=key,
        data={"html": html},
        on_selection_change=lambda: on_pick(str(component_values(key)["selection"])),
    )


def event_list(
    groups: Sequence[EventGroupRows],
    *,
    more: str | None,
    key: str,
    on_choose: Callable[[str], None],
    on_more: Callable[[], None],
) -> None:
    """Show events under headings; `more` is the label of a button for further ones, or None."""
    _list(
        key=key,
        data={"groups": msgspec.to_builtins(groups), "more": more, "words": list_words()},
        on_event_change=lambda: on_choose(str(component_values(key)["event"])),
        on_more_change=on_more,
    )


@dataclass(frozen=True, slots=True)
class FilterChange:
    """A click on a value of the filter `field`; a value of `None` clears the filter."""

    field: str
    value: str | None
    selected: bool


def facet_control(
    groups: Sequence[FacetGroup],
    *,
    key: str,
    on_change: Callable[[Sequence[FilterChange]], None],
) -> None:
    """Show the filters; `on_change` receives the clicks that it has not received yet, in their order.

    The browser sends each click until a run has applied it (`facets/pending.js`): of several quick ones
    Streamlit may pass on the last message alone.
    """

    @one_thread
    def changed() -> None:
        sent = component_values(key).get("changes") or {"changes": ()}
        new = [change for change in sent["changes"] if change["number"] > last_change(key)]
        if new:
            on_change([_change(each) for each in new])
            # After it: a click may end the run in between, and what is applied twice changes nothing.
            _applied(key).set(new[-1]["number"])

    _facets(
        key=key,
        data={
            "groups": msgspec.to_builtins(groups),
            "words": facet_words(),
            "seen": last_change(key),
        },
        on_changes_change=changed,
        on_search_change=lambda: None,
    )


def _change(sent: Mapping[str, Any]) -> FilterChange:
    value = None if sent["value"] is None else str(sent["value"])
    return FilterChange(str(sent["field"]), value, bool(sent["selected"]))


def last_change(key: str) -> int:
    """The number of the last change of the filters that a run has applied; 0 before the first."""
    return _applied(key).get()


def _applied(key: str) -> SessionValue[int]:
    return SessionValue(f"{key}_applied", 0)


def value_search(key: str) -> tuple[str, str] | None:
    """The field and the search text, when a user searches the values of a filter."""
    sent = component_values(key).get("search")
    return (str(sent["field"]), str(sent["text"])) if sent else None


def timeline_control(
    data: TimelineData,
    query: Query,
    *,
    undated: int,
    key: str,
    on_change: Callable[[date | None, date | None], None],
) -> None:
    """Show the timeline with its window on the dates of the query; `undated` events have no date.

    `on_change` gets the new window; an end at the edge of the data comes back as `None`.
    """

    def changed() -> None:
        window: Mapping[str, str] = component_values(key)["window"]
        on_change(
            None if window["from"] <= data.first else date.fromisoformat(window["from"]),
            None if window["to"] >= data.last else date.fromisoformat(window["to"]),
        )

    _timeline(
        key=key,
        data={
            "timeline": msgspec.to_builtins(data),
            "window": {
                "from": query.start.isoformat() if query.start else None,
                "to": query.end.isoformat() if query.end else None,
            },
            # The number of the last window that this run received from the browser.
            "seen": (component_values(key).get("window") or {}).get("number"),
            "colours": {kind.value: palette.css_attestation(kind) for kind in Attestation},
            "labels": {kind.value: label(kind) for kind in Attestation},
            "words": timeline_words(),
            "undated": undated,
            "certain": query.certain,
            "presented": query.presentation,
        },
        on_window_change=changed,
    )
