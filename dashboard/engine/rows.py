"""Some events of the engine as tables, e.g. the thirty of a page of the list.

Events are found by number, and by first day: rows lie in the order of days, and an engine leaves
alone what lies beyond those asked for.
"""

from collections.abc import Collection, Mapping, Sequence

import ibis.expr.types as ir
import pandas as pd

from dashboard.engine.engine import Engine
from dashboard.model.columns import (
    CLAIMS,
    CONTAINMENT,
    EVENT_ACTORS,
    EVENT_PLACES,
    EVENTS,
    Tables,
)
from dashboard.query.tables import EngineTables

_HUNG: Mapping[str, tuple[str, ...]] = {
    "event_actors": EVENT_ACTORS,
    "claims": CLAIMS,
    "containment": CONTAINMENT,
}


def page_tables(engine: Engine, found: pd.DataFrame) -> Tables:
    """The events found (columns `event`, `first_day`), in this order, with their places; for lists."""
    empty = {name: pd.DataFrame(columns=list(columns)) for name, columns in _HUNG.items()}
    places = _hung(engine, "event_places", found, EVENT_PLACES)
    return Tables(events=_events(engine, found), event_places=places, **empty)


def all_tables(engine: Engine, found: pd.DataFrame) -> Tables:
    """The same with all that hangs on them."""
    return Tables(
        events=_events(engine, found),
        event_places=_hung(engine, "event_places", found, EVENT_PLACES),
        **{name: _hung(engine, name, found, columns) for name, columns in _HUNG.items()},
    )


def rows_of(engine: Engine, name: str, found: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Some columns of the rows that a table has of the events found."""
    numbers = tuple(found["event"].tolist())
    days = (int(found["first_day"].min()), int(found["first_day"].max())) if numbers else ()
    return engine.ask(_rows, numbers, days, name=name, columns=tuple(columns))


def _rows(
    tables: EngineTables,
    numbers: Collection[int],
    days: Sequence[int],
    *,
    name: str,
    columns: Collection[str],
) -> ir.Table:
    rows = tables.named(name)
    rows = rows.filter(rows.event.isin(list(numbers)))
    return (rows.filter(rows.first_day.between(*days)) if days else rows).select(*columns)


def _events(engine: Engine, found: pd.DataFrame) -> pd.DataFrame:
    columns = [name for name in EVENTS if name != "search"]
    rows = rows_of(engine, "events", found, ("event", *columns)).assign(search="")
    ordered = rows.set_index("event").loc[found["event"].tolist()].reset_index(drop=True)
    dates = {name: pd.to_datetime(ordered[name]) for name in ("date_start", "date_end")}
    return ordered.assign(**dates)[list(EVENTS)]


def _hung(engine: Engine, name: str, found: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Rows of another table, with events by their position among those found."""
    position = {number: at for at, number in enumerate(found["event"].tolist())}
    rows = rows_of(engine, name, found, columns)
    if name == "event_places":
        rows = rows.drop_duplicates()
    rows = rows.assign(event=rows["event"].map(position).astype("int64"))
    # An engine gives rows in any order; what is made of them should be the same each time.
    return rows.sort_values(list(columns), kind="stable").reset_index(drop=True)
