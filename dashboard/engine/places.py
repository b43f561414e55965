"""Places by id: those of the gazetteer, and those of datasets, which are looked up when needed."""

from collections.abc import Collection, Iterable, Iterator, Mapping

import ibis.expr.types as ir

from dashboard.engine.engine import Engine
from dashboard.engine.imported import place_of, records_of
from dashboard.model.place import Place
from dashboard.query.tables import EngineTables

# Places of datasets that stay in memory; looking them up again takes some milliseconds.
_MOST_IN_MEMORY = 20_000


class Places(Mapping[str, Place]):
    """A mapping for many sessions at once; `curated` are the places of the gazetteer."""

    def __init__(self, curated: Mapping[str, Place], engine: Engine) -> None:
        self.curated = curated
        self._engine = engine
        self._found: dict[str, Place] = {}

    def fetch(self, ids: Iterable[str]) -> dict[str, Place]:
        """Look several up with one question; those that the engine does not know are left out."""
        wanted = list(ids)
        if len(self._found) > _MOST_IN_MEMORY:
            self._found = {}
        # Another session may begin anew meanwhile: what was there stays in hand.
        found = self._found
        new = _ask(self._engine, [k for k in wanted if k not in self.curated and k not in found])
        found.update(new)
        return {k: place for k in wanted if (place := self.curated.get(k) or found.get(k))}

    def __getitem__(self, place_id: str) -> Place:
        return self.fetch([place_id])[place_id]

    def __iter__(self) -> Iterator[str]:
        return iter({**self.curated, **self._found})

    def __len__(self) -> int:
        return len({**self.curated, **self._found})


def _ask(engine: Engine, ids: Collection[str]) -> dict[str, Place]:
    if not ids:
        return {}
    found = engine.ask(_places_by_id, tuple(ids))
    return {str(row["place_id"]): place_of(row) for row in records_of(found)}


def _places_by_id(tables: EngineTables, ids: Collection[str]) -> ir.Table:
    return tables.places.filter(tables.places.place_id.isin(list(ids)))
