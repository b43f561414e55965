"""Places by id: those of the gazetteer, and those of datasets, which are looked up when needed."""

from collections.abc import Iterable, Iterator, Mapping

from dashboard.engine.engine import Engine
from dashboard.engine.load import places_of
from dashboard.model.place import Place

# Places of datasets that stay in memory; looking them up again takes some milliseconds.
_MOST_IN_MEMORY = 20_000


class Places(Mapping[str, Place]):
    """A mapping for many sessions at once; `curated` are the places of the gazetteer."""

    def __init__(self, curated: Mapping[str, Place], engine: Engine) -> None:
        self.curated = curated
        self._engine = engine
        self._found: dict[str, Place] = {}

    def fetch(self, ids: Iterable[str]) -> None:
        """Look several up with one question."""
        missing = [key for key in ids if key not in self.curated and key not in self._found]
        if not missing:
            return
        if len(self._found) > _MOST_IN_MEMORY:
            self._found.clear()
        self._found.update(places_of(self._engine, missing))

    def __getitem__(self, place_id: str) -> Place:
        # Another session may have cleared them between fetching and reading.
        place = self.curated.get(place_id) or self._found.get(place_id)
        if place is None:
            place = self._found[place_id] = places_of(self._engine, [place_id])[place_id]
        return place

    def __iter__(self) -> Iterator[str]:
        return iter({**self.curated, **self._found})

    def __len__(self) -> int:
        return len({**self.curated, **self._found})
