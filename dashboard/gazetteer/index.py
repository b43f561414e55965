"""The gazetteer indexed for search, e.g. "عين عيسي" -> ain_issa (strong), a village in Lattakia."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property, lru_cache
from math import cos, hypot, radians

from dashboard.gazetteer.context import Context, load_context
from dashboard.model.place import Gazetteer, NameStrength, Place, PlacePrecision
from dashboard.text.clitics import ARTICLE
from dashboard.text.normalise import fold
from dashboard.text.phrases import PhraseIndex

# One degree of latitude.
KM_PER_DEGREE = 111.2
_POINTS = frozenset({PlacePrecision.EXACT, PlacePrecision.SETTLEMENT, PlacePrecision.VICINITY})
# The fewest letters of the exact second word, and of the whole name.
_MIN_EXACT, _MIN_NAME = 4, 6


class PlaceIndex:
    """Names, places and context words, built once and used for every text and table."""

    def __init__(self, gazetteer: Gazetteer, context: Context | None = None) -> None:
        self.gazetteer = gazetteer
        self.context = context or load_context()
        self.by_name: Mapping[str, Mapping[str, NameStrength]] = _by_name(gazetteer, self.context)
        # The same few pairs of places are compared many times.
        self.distance_km = lru_cache(maxsize=65_536)(self._distance_km)

    def place(self, place_id: str) -> Place:
        """The place with that id; raises KeyError."""
        return self.gazetteer.places[place_id]

    @cached_property
    def phrases(self) -> PhraseIndex:
        """The names, to be found in a text."""
        return PhraseIndex(self.by_name)

    @cached_property
    def containers(self) -> Mapping[str, frozenset[str]]:
        """Place id -> ids of its containers at all levels, and its own."""
        return {
            place_id: frozenset((place_id, *self.gazetteer.containers(place_id)))
            for place_id in self.gazetteer.places
        }

    @cached_property
    def kind_prefixes(self) -> tuple[str, ...]:
        """The beginnings of names that include their kind word, e.g. "مدينه "."""
        return tuple(f"{word} " for word in self.context.kind_words)

    @cached_property
    def by_last_word(self) -> Mapping[str, tuple[str, ...]]:
        """Last word -> names of two words that end in it, for misspelt first words."""
        names_by_word = defaultdict(list)
        for name, places in self.by_name.items():
            # Not for names of the second tier, which nobody has checked.
            if all(self.place(place_id).tier > 1 for place_id in places):
                continue
            words = name.split()
            if len(words) == 2 and len(words[1]) >= _MIN_EXACT and len(name) >= _MIN_NAME:
                names_by_word[words[1]].append(name)
        return {word: tuple(names) for word, names in names_by_word.items()}

    def _distance_km(self, one: str, other: str) -> float:
        """Kilometres between the points of two places; good to a few percent within the region."""
        a, b = self.place(one), self.place(other)
        shrink = cos(radians((a.lat + b.lat) / 2))
        return KM_PER_DEGREE * hypot(a.lat - b.lat, (a.lon - b.lon) * shrink)

    def is_point(self, place_id: str) -> bool:
        """Whether it is a point, to which a distance means something, not an area or a road."""
        place = self.place(place_id)
        return place.precision in _POINTS and place.geometry.geom_type == "Point"


def _by_name(gazetteer: Gazetteer, context: Context) -> dict[str, dict[str, NameStrength]]:
    # The second tier has places called "the city" and "the village", which in a text are not names.
    words = {word.removeprefix(ARTICLE) for word in context.kind_words}
    by_name: dict[str, dict[str, NameStrength]] = defaultdict(dict)
    for name in gazetteer.names:
        folded = fold(name.name)
        if gazetteer.places[name.place_id].tier > 1 and folded.removeprefix(ARTICLE) in words:
            continue
        strengths = by_name[folded]
        if strengths.get(name.place_id) is not NameStrength.STRONG:
            strengths[name.place_id] = name.strength
    return dict(by_name)
