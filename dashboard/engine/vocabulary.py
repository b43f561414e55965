"""The values that links and filters may have in an engine, and the number of its events."""

from collections.abc import Container, Mapping
from functools import lru_cache

import ibis.expr.types as ir

from dashboard.engine.engine import Engine
from dashboard.model.verification import Verification
from dashboard.query.counts import known_values
from dashboard.query.facets import FACETS, VERIFICATIONS
from dashboard.query.pages import numbers_of
from dashboard.query.tables import EngineTables

# Most ids in the cache.
_CACHED = 1_000


class EventIds(Container[str]):
    """The ids of all events as a container: each `in` queries the engine, with a cache."""

    def __init__(self, engine: Engine, *, unreviewed: bool) -> None:
        self._engine, self._unreviewed = engine, unreviewed
        self._exists = lru_cache(_CACHED)(self._query)

    def __contains__(self, event_id: object) -> bool:
        return isinstance(event_id, str) and self._exists(event_id)

    def _query(self, event_id: str) -> bool:
        return len(self._engine.ask(numbers_of, (event_id,), unreviewed=self._unreviewed)) > 0


def known_to(engine: Engine, *, unreviewed: bool) -> Mapping[str, Container[str]]:
    """The values of each filter by its field, and the ids of events and of places.

    Events that nobody has reviewed are among them if `unreviewed`.
    """
    known: dict[str, Container[str]] = {
        facet.field: frozenset(Verification)
        if facet.field in VERIFICATIONS
        else frozenset(engine.ask(known_values, facet)["value"])
        for facet in FACETS
    }
    return {
        **known,
        "event_id": EventIds(engine, unreviewed=unreviewed),
        "place_ids": known["places"],
    }


def count_all(engine: Engine, *, unreviewed: bool) -> int:
    """The number of events; those that nobody has reviewed are counted if `unreviewed`."""
    return int(engine.ask(_all_events, unreviewed=unreviewed)["events"].iloc[0])


def _all_events(tables: EngineTables, *, unreviewed: bool) -> ir.Table:
    events = tables.events
    rows = events if unreviewed else events.filter(events.reviewed)
    return rows.agg(events=rows.count())
