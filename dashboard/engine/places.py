"""Places by id: those of the gazetteer, and those of datasets, which are queried when needed."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import ibis.expr.types as ir

from dashboard.engine.engine import MOST_VALUES, Engine
from dashboard.engine.imported import place_of, to_records
from dashboard.model.place import Place
from dashboard.query.tables import EngineTables

# Most places of datasets in the cache; a query for them takes some milliseconds.
_MOST_IN_MEMORY = 20_000


class Places(Mapping[str, Place]):
    """All places by id, for many sessions at once; `curated` are the places of the gazetteer."""

    def __init__(self, curated: Mapping[str, Place], engine: Engine) -> None:
        self.curated = curated
        self._engine = engine
        self._cached: dict[str, Place] = {}

    def fetch(self, ids: Iterable[str]) -> dict[str, Place]:
        """The places of these ids, by few queries; unknown ids are left out."""
        keys = list(ids)
        if len(self._cached) > _MOST_IN_MEMORY:
            self._cached = {}
        # Another session may replace the cache meanwhile: go on with this one.
        cached = self._cached
        new = _ask(self._engine, [k for k in keys if k not in self.curated and k not in cached])
        cached.update(new)
        return {k: place for k in keys if (place := self.curated.get(k) or cached.get(k))}

    def __getitem__(self, place_id: str) -> Place:
        return self.curated.get(place_id) or self.fetch([place_id])[place_id]

    def __iter__(self) -> Iterator[str]:
        return iter({**self.curated, **self._cached})

    def __len__(self) -> int:
        return len({**self.curated, **self._cached})


def _ask(engine: Engine, ids: Sequence[str]) -> dict[str, Place]:
    places = {}
    for start in range(0, len(ids), MOST_VALUES):
        some = tuple(ids[start : start + MOST_VALUES])
        for row in to_records(engine.ask(_places_by_id, some)):
            places[str(row["place_id"])] = place_of(row)
    return places


def _places_by_id(tables: EngineTables, ids: Collection[str]) -> ir.Table:
    return tables.places.filter(tables.places.place_id.isin(list(ids)))
