"""What a link may name: the values that an engine holds, and how many events there are."""

from collections.abc import Container, Mapping
from functools import lru_cache

import ibis.expr.types as ir

from dashboard.engine.engine import Engine
from dashboard.query.counts import known_values
from dashboard.query.facets import FACETS
from dashboard.query.pages import numbers_of
from dashboard.query.tables import EngineTables

# Events of which it is kept whether there are such.
_KEPT = 1_000


class EventIds(Container[str]):
    """The ids of all events, asked of the engine one by one, once each."""

    def __init__(self, engine: Engine, *, unreviewed: bool) -> None:
        self._engine, self._unreviewed = engine, unreviewed
        self._held = lru_cache(_KEPT)(self._ask)

    def __contains__(self, event_id: object) -> bool:
        return isinstance(event_id, str) and self._held(event_id)

    def _ask(self, event_id: str) -> bool:
        found = self._engine.ask(numbers_of, (event_id,), unreviewed=self._unreviewed)
        return len(found) > 0


def known_to(engine: Engine, *, unreviewed: bool) -> Mapping[str, Container[str]]:
    """Per filter its values; and the ids of places and of the events that may be shown."""
    known: dict[str, Container[str]] = {
        facet.field: frozenset(engine.ask(known_values, facet)["value"]) for facet in FACETS
    }
    return {
        **known,
        "event_id": EventIds(engine, unreviewed=unreviewed),
        "place_ids": known["places"],
    }


def count_all(engine: Engine, *, unreviewed: bool) -> int:
    """How many events there are, those that nobody has reviewed left out unless asked for."""
    return int(engine.ask(_all_events, unreviewed=unreviewed)["events"].iloc[0])


def _all_events(tables: EngineTables, *, unreviewed: bool) -> ir.Table:
    events = tables.events
    rows = events if unreviewed else events.filter(events.reviewed)
    return rows.agg(events=rows.count())
