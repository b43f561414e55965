"""The selection in words, e.g. "12 of 33 events, 18 January to 21 February 2021, involving Russia"."""

from collections.abc import Callable

from dashboard.model.words import count, day, listed
from dashboard.query.facets import FACETS
from dashboard.query.query import Query
from dashboard.query.select import EventIndex, Selection

_PHRASES = {
    "attestations": "{}",
    "kinds": "of kind {}",
    "actors": "involving {}",
    "roles": "as {}",
    "outlets": "reported by {}",
    "speakers": "citing {}",
    "places": "in {}",
}

Label = Callable[[str, str], str]


def describe(index: EventIndex, query: Query, selection: Selection, label: Label) -> str:
    """One sentence that says what is shown; `label` names a value of a filter field."""
    shown = int(selection.shown.sum())
    parts = [f"{shown:,} of {count(index.size, 'event')}"]
    if query.start or query.end:
        parts.append(_dates(query))
    parts.extend(
        _PHRASES[facet.field].format(listed([label(facet.field, value) for value in values]))
        for facet in FACETS
        if (values := getattr(query, facet.field))
    )
    if query.text:
        parts.append(f"mentioning “{query.text}”")
    unreviewed = int((selection.shown & ~index.tables.events["reviewed"].to_numpy(bool)).sum())
    if unreviewed:
        parts.append(f"{unreviewed:,} of them not reviewed")
    return ", ".join(parts) + _shelf(selection) + "."


def _dates(query: Query) -> str:
    if query.start and query.end:
        return f"{day(query.start)} to {day(query.end)}"
    if query.start:
        return f"from {day(query.start)}"
    return f"until {day(query.end)}" if query.end else ""


def _shelf(selection: Selection) -> str:
    undated = int((selection.shelf & selection.undated).sum())
    unlocated = int((selection.shelf & ~selection.undated).sum())
    parts = []
    if undated:
        parts.append(f"{count(undated, 'undated event')}")
    if unlocated:
        parts.append(f"{count(unlocated, 'unlocated event')}")
    if not parts:
        return ""
    are = "is" if undated + unlocated == 1 else "are"
    return f"; {' and '.join(parts)} {are} on the shelf"


def what_to_loosen(query: Query) -> list[str]:
    """The filters in force, in the words of the interface, for the page that has nothing to show."""
    named = [facet.label for facet in FACETS if getattr(query, facet.field)]
    if query.text:
        named.append("Search text")
    if query.start or query.end:
        named.append("Dates")
    return named
