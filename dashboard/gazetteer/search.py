"""Search for places by words of their names, e.g. "ain iss" -> Ain Issa."""

from collections.abc import Iterable, Sequence
from itertools import islice

from dashboard.model.listed_places import checked_places, tier_of
from dashboard.model.place import Gazetteer, Place
from dashboard.text.normalise import fold


class PlaceSearch:
    """The folded names of a gazetteer, folded once: it may have 150,000."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._places = gazetteer.places
        self._names = [(fold(name.name), name.place_id) for name in gazetteer.names]
        self.second_tier = sum(tier_of(self._places, key) > 1 for key in self._places)

    def find(self, words: str, most: int) -> tuple[Sequence[Place], int]:
        """The first places with a name that contains all words, curated ones first, and their number."""
        wanted = fold(words).split()
        if not wanted:
            first = _sorted(checked_places(self._places).values())
            return first[:most], len(self._places)
        ids = dict.fromkeys(
            key for name, key in self._names if all(word in name for word in wanted)
        )
        curated = [key for key in ids if tier_of(self._places, key) == 1]
        others = (key for key in ids if tier_of(self._places, key) > 1)
        shown = [*_sorted(self._places[key] for key in curated)][:most]
        further = islice(others, most - len(shown))
        return [*shown, *_sorted(self._places[key] for key in further)], len(ids)


def _sorted(places: Iterable[Place]) -> list[Place]:
    return sorted(places, key=lambda place: (place.tier, place.name_en))
