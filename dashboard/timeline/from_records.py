"""Timeline data from events in memory, equal to what `query.answers` gets from an engine."""

from collections.abc import Iterable, Iterator, Sequence

import pandas as pd

from dashboard.model.event import Event
from dashboard.model.event_tables import day_number, day_numbers
from dashboard.model.selected import SelectedEvents
from dashboard.query.answers import MOST_CELLS, Days
from dashboard.query.histogram import WIDENS_UP_TO_DAYS, Extent

_UNCERTAIN = (
    "title_en", "title_ar", "date_start", "date_end", "date_precision", "attestation", "position",
)  # fmt: skip


def extent_of_events(events: Iterable[Event]) -> Extent | None:
    """First and last day of the events dated to a quarter or better, or else of all; `None` if none.

    The same as `query.answers.extent_from_engine`.
    """
    whens = [event.when for event in events]
    narrow = [
        day
        for when in whens
        if when.start and when.end and (when.end - when.start).days <= WIDENS_UP_TO_DAYS
        for day in (when.start, when.end)
    ]
    days = narrow or [day for when in whens for day in (when.start, when.end) if day]
    return Extent(day_number(min(days)), day_number(max(days))) if days else None


def days_from_records(selected: SelectedEvents, extent: Extent) -> Days:
    """The timeline data of the selected events, the same as `query.answers.days_from_engine`."""
    exact: list[tuple[int, str]] = []
    uncertain: list[tuple[object, ...]] = []
    cells: list[tuple[bool, int, int]] = []
    intervals: list[tuple[int, int]] = []
    number_of_cells = min(extent.last - extent.first + 1, MOST_CELLS)
    for position, event in _dated(selected):
        when, attested = event.when, selected.attestation(event.event_id).value
        first, last = day_numbers(when)
        if first == last and extent.first <= first <= extent.last:
            exact.append((first, attested))
        else:
            titles = (event.title_en, event.title_ar)
            uncertain.append((*titles, when.start, when.end, when.precision, attested, position))
            cells.append(_cells(first, last, extent, number_of_cells))
            intervals.append((_beside(first, extent), _beside(last, extent)))
    return Days(
        extent,
        _counted(exact, ["first_day", "attestation"]),
        pd.DataFrame(uncertain, columns=list(_UNCERTAIN)),
        len(uncertain),
        _counted(cells, ["inside", "first_cell", "last_cell"]),
        number_of_cells,
        _counted(intervals, ["first_day", "last_day"]),
    )


def _cells(first: int, last: int, extent: Extent, cells: int) -> tuple[bool, int, int]:
    """Whether an interval overlaps the extent, and its first and last cell there."""
    days = extent.last - extent.first + 1
    start, end = (min(max(day, extent.first), extent.last) - extent.first for day in (first, last))
    inside = last >= extent.first and first <= extent.last
    return inside, start * cells // days, end * cells // days


def _beside(day: int, extent: Extent) -> int:
    """The day, or the one beside the extent if it is outside."""
    return min(max(day, extent.first - 1), extent.last + 1)


def _counted(rows: Sequence[tuple[object, ...]], columns: list[str]) -> pd.DataFrame:
    """The distinct rows, with the number of events of each."""
    return (
        pd.DataFrame(rows, columns=columns).value_counts(sort=False).rename("events").reset_index()
    )


def _dated(selected: SelectedEvents) -> Iterator[tuple[int, Event]]:
    """The dated events in list order, each with its position among the reference events."""
    whole = sorted(selected.reference.events.events.values(), key=lambda event: event.list_order)
    for position, event in enumerate(whole):
        if event.event_id in selected.positions and not event.when.undated:
            yield position, event
