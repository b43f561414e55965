"""The gazetteer indexed for search, e.g. "عين عيسي" -> ain_issa (strong), a village in Lattakia."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from math import cos, hypot, radians

from shapely import Point

from dashboard.gazetteer.context import Context, load_context
from dashboard.gazetteer.country_names import country_codes
from dashboard.model.listed_places import tier_of
from dashboard.model.place import (
    FeatureClass,
    Gazetteer,
    NameStrength,
    Place,
    PlaceName,
    PlacePrecision,
)
from dashboard.text.clitics import ARTICLE
from dashboard.text.normalise import fold
from dashboard.text.phrases import PhraseIndex
from dashboard.text.prepared import PreparedText

# One degree of latitude.
KM_PER_DEGREE = 111.2
_POINTS = frozenset({PlacePrecision.EXACT, PlacePrecision.SETTLEMENT, PlacePrecision.VICINITY})
# Generalised outlines run beside the true one by some kilometres.
_OUTLINE_SLACK_KM = 10.0
# The farthest that a place lies from the point of an area without outline, or from a town "near" it:
# half the diameter of the largest ones in the gazetteer's countries but for the deserts.
_REACH_KM = {
    FeatureClass.GOVERNORATE: 200.0,
    FeatureClass.REGION: 300.0,
    FeatureClass.DISTRICT: 80.0,
    FeatureClass.SUBDISTRICT: 40.0,
}
_NEAR_TOWN_KM = 60.0
# How far beyond the radius of a region its places may lie: the radius is an estimate.
_REGION_SLACK = 2.0
# The words for areas of a class, folded, the largest areas first: "ريف حمص" is of the governorate, if a
# district has that name, too.
_KINDS_OF_AREA = {
    FeatureClass.GOVERNORATE: ("محافظه", "ريف", "ولايه"),
    FeatureClass.DISTRICT: ("قضاء", "مديريه", "ريف", "محليه"),
    FeatureClass.SUBDISTRICT: ("ناحيه", "ريف"),
}
# The fewest letters of the exact second word, and of the whole name.
_MIN_EXACT, _MIN_NAME = 4, 6
# Names of so few letters are ordinary words, too.
SHORT = 3
# Containers that two places of one event may share without being near each other.
_LARGE = frozenset({
    FeatureClass.GOVERNORATE, FeatureClass.REGION, FeatureClass.COUNTRY, FeatureClass.ROAD
})  # fmt: skip
_SETTLEMENTS = frozenset({FeatureClass.CITY, FeatureClass.TOWN, FeatureClass.VILLAGE})
_KNOWN = frozenset({FeatureClass.CITY, FeatureClass.COUNTRY})


def km_between(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Kilometres between two points; good to a few percent within the region."""
    shrink = cos(radians((lat + other_lat) / 2))
    return KM_PER_DEGREE * hypot(lat - other_lat, (lon - other_lon) * shrink)


class PlaceIndex:
    """Names, places and context words, built once and used for every text and table."""

    def __init__(self, gazetteer: Gazetteer, context: Context | None = None) -> None:
        self.gazetteer = gazetteer
        # The place with an id; raises KeyError.
        self.place: Callable[[str], Place] = _Places(gazetteer.places).__getitem__
        self.context = context or load_context()
        self.by_name: Mapping[str, Mapping[str, NameStrength]] = _by_name(gazetteer, self.context)
        # The same few pairs of places are compared many times.
        self.distance_km = lru_cache(maxsize=65_536)(self._distance_km)
        self.lies_in = lru_cache(maxsize=65_536)(self._lies_in)
        self.strong = lru_cache(maxsize=65_536)(self._strong)
        self.names_town = lru_cache(maxsize=65_536)(self._names_town)
        self.country = lru_cache(maxsize=65_536)(self._country)
        self.land = lru_cache(maxsize=65_536)(self._land)
        self._country_names: tuple[PreparedText | None, Sequence[tuple[str, str]]] = None, ()

    @cached_property
    def phrases(self) -> PhraseIndex:
        """The names, to be found in a text."""
        return PhraseIndex(self.by_name)

    @cached_property
    def country_phrases(self) -> PhraseIndex:
        """The adjectives and parties of countries, to be found in a text."""
        return PhraseIndex(self.context.country_words)

    def country_names(self, text: PreparedText) -> Sequence[tuple[str, str]]:
        """The countries of the adjectives and parties in a text, with these; asked twice of each."""
        last, names = self._country_names
        if last is not text:
            matches = self.country_phrases.search(text.folded.text, text.words)
            words = self.context.country_words
            names = [(words[match.phrase], match.phrase) for match in matches]
            self._country_names = text, names
        return names

    @cached_property
    def governments(self) -> frozenset[str]:
        """The names that can mean a capital or a country, and so its government."""
        known = {
            place_id
            for place_id, place in self.gazetteer.places.items()
            if place.feature_class is FeatureClass.COUNTRY or place_id in self.context.capitals
        }
        return frozenset(name for name, places in self.by_name.items() if known & places.keys())

    @cached_property
    def embattled_capitals(self) -> frozenset[str]:
        """The names of capitals of the countries of which conflict news tells most: places of events."""
        countries = frozenset(self.context.country_words.values())
        capitals = {key for key, country in self.context.capitals.items() if country in countries}
        return frozenset(name for name, places in self.by_name.items() if capitals & places.keys())

    @cached_property
    def short_cities(self) -> frozenset[str]:
        """The names of three letters and fewer of cities and countries, which readers know: عدن."""
        short = (name for name in self.by_name if len(name) <= SHORT)
        return frozenset(
            name
            for name in short
            if any(self.place(key).feature_class in _KNOWN for key in self.by_name[name])
        )

    @cached_property
    def containers(self) -> Mapping[str, frozenset[str]]:
        """Place id -> ids of its containers at all levels, and its own."""
        return _Containers(self.gazetteer)

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
            if all(tier_of(self.gazetteer.places, place_id) > 1 for place_id in places):
                continue
            words = name.split()
            if len(words) == 2 and len(words[1]) >= _MIN_EXACT and len(name) >= _MIN_NAME:
                names_by_word[words[1]].append(name)
        return {word: tuple(names) for word, names in names_by_word.items()}

    def _distance_km(self, one: str, other: str) -> float:
        """Kilometres between the points of two places; good to a few percent within the region."""
        a, b = self.place(one), self.place(other)
        return km_between(a.lat, a.lon, b.lat, b.lon)

    def _strong(self, phrase: str) -> tuple[str, ...]:
        """The ids of the places of which a phrase is a strong name."""
        candidates = self.by_name[phrase]
        return tuple(key for key, s in candidates.items() if s is NameStrength.STRONG)

    def _names_town(self, phrase: str) -> bool:
        """Whether a phrase is a name of a city."""
        places = map(self.place, self.by_name[phrase])
        return any(place.feature_class is FeatureClass.CITY for place in places)

    def _land(self, place_id: str) -> frozenset[str]:
        """A place and its containers, except the large ones: places of one land count as one."""
        containers = self.containers[place_id] - {place_id}
        near = {key for key in containers if self.place(key).feature_class not in _LARGE}
        return frozenset({place_id, *near})

    def _country(self, place_id: str) -> str | None:
        """The id of the country that contains a place, or that it is; `None` if it is not known."""
        countries = (
            each
            for each in (place_id, *self.gazetteer.containers(place_id))
            if self.place(each).feature_class is FeatureClass.COUNTRY
        )
        return next(countries, None)

    def _lies_in(self, place_id: str, area_id: str) -> bool | None:
        """Whether a place lies in an area or near a town; `None` if the gazetteer does not know.

        By the containers; else by the outline; else by the distance, as the reach of the area's class.
        """
        if area_id in self.containers[place_id]:
            return place_id != area_id
        area, place = self.place(area_id), self.place(place_id)
        if area.feature_class is FeatureClass.COUNTRY:
            country = self.country(place_id)
            return None if country is None else country == area_id
        if place.precision not in _POINTS:
            return False if place_id in self.containers[area_id] else None
        if area.has_outline:
            reach = _OUTLINE_SLACK_KM / KM_PER_DEGREE
            return area.geometry.distance(Point(place.lon, place.lat)) <= reach
        reach_km = _REACH_KM.get(area.feature_class, _NEAR_TOWN_KM)
        if area.feature_class is FeatureClass.REGION:
            reach_km = min(reach_km, _REGION_SLACK * area.uncertainty_m / 1000)
        distance_km = self.distance_km(place_id, area_id)
        if distance_km <= reach_km:
            return True
        # A place with the point of its governorate may be anywhere in it.
        return None if distance_km <= reach_km + place.uncertainty_m / 1000 else False

    def is_point(self, place_id: str) -> bool:
        """Whether it is a point, to which a distance means something, not an area or a road."""
        place = self.place(place_id)
        return place.precision in _POINTS and place.geometry.geom_type == "Point"


class _Places(dict[str, Place]):
    """The places that were asked for; the rules of reading ask for the same ones many times."""

    def __init__(self, places: Mapping[str, Place]) -> None:
        super().__init__()
        self._places = places

    def __missing__(self, place_id: str) -> Place:
        place = self[place_id] = self._places[place_id]
        return place


class _Containers(dict[str, frozenset[str]]):
    """Computed when asked for: a list of a country has tens of thousands of places."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def __missing__(self, place_id: str) -> frozenset[str]:
        self[place_id] = frozenset((place_id, *self._gazetteer.containers(place_id)))
        return self[place_id]


def _by_name(gazetteer: Gazetteer, context: Context) -> dict[str, dict[str, NameStrength]]:
    words = _no_names(context)
    by_name: dict[str, dict[str, NameStrength]] = defaultdict(dict)
    areas: dict[FeatureClass, list[PlaceName]] = defaultdict(list)
    for name in gazetteer.names:
        place = gazetteer.places[name.place_id]
        folded = fold(name.name)
        if name.strength is NameStrength.WEAK and _is_no_name(folded, place, words, context):
            continue
        strengths = by_name[folded]
        if strengths.get(name.place_id) is not NameStrength.STRONG:
            strengths[name.place_id] = _strength(folded, name.strength, place, context)
        if place.feature_class in _KINDS_OF_AREA and name.lang == "ar":
            areas[place.feature_class].append(name)
    for feature_class, kinds in _KINDS_OF_AREA.items():
        _add_with_kinds(by_name, areas[feature_class], kinds)
    return dict(by_name)


def _no_names(context: Context) -> frozenset[str]:
    """Words without their article that places of lists have as names, and that are none in a text.

    Villages are called "the city", "east" and "the Turkish": words of kind and place, adjectives.
    """
    use_words = chain(*context.use_words.values())
    words = (*context.kind_words, *context.locatives, *context.country_words, *use_words)
    return frozenset(word.removeprefix(ARTICLE) for word in words)


def _is_no_name(folded: str, place: Place, words: frozenset[str], context: Context) -> bool:
    """Whether a text that has this weak name of a place does not mean the place by it."""
    first, _, rest = folded.partition(" ")
    # "South Lebanon" is a part of the country, of which the governorate of that name is one.
    if first in context.use_words["direction"] and rest in country_codes():
        return place.feature_class in _KINDS_OF_AREA
    if place.tier == 1 or place.feature_class is FeatureClass.COUNTRY:
        return False
    # "The new village" names none.
    is_town = place.feature_class in _SETTLEMENTS
    is_described = is_town and rest.startswith(ARTICLE) and first.startswith(ARTICLE)
    return (first if is_described else folded).removeprefix(ARTICLE) in words


def _is_general(quarter: str, place: Place, context: Context) -> bool:
    """Whether towns have quarters of this name: "the eastern quarter", "the quarter of the olives"."""
    of_towns = place.tier > 1 and place.feature_class is FeatureClass.NEIGHBOURHOOD
    return quarter in context.use_words["side"] or (of_towns and quarter in context.ordinary_names)


def _strength(folded: str, strength: NameStrength, place: Place, context: Context) -> NameStrength:
    """A name with the word for its kind, "محافظة تعز", needs no other support.

    Nor does that of a country or a capital; "the eastern quarter" does, of which each town has one.
    """
    first, _, rest = folded.partition(" ")
    kind = context.kind_words.get(first) if rest else None
    if kind is not None and place.feature_class in kind.classes:
        return strength if _is_general(rest, place, context) else NameStrength.STRONG
    known = place.feature_class is FeatureClass.COUNTRY or place.place_id in context.capitals
    if known and folded not in context.ordinary_names:
        return NameStrength.STRONG
    return strength


def _add_with_kinds(
    by_name: dict[str, dict[str, NameStrength]], names: Sequence[PlaceName], kinds: Sequence[str]
) -> None:
    """Name areas with the words for their kind, too, unless a place has that name."""
    phrases = [(f"{kind} {fold(name.name)}", name.place_id) for name in names for kind in kinds]
    new = [(phrase, place_id) for phrase, place_id in phrases if phrase not in by_name]
    for phrase, place_id in new:
        by_name[phrase][place_id] = NameStrength.STRONG
