"""The names that cells give to areas, e.g. "Tal Abyad" in a column of districts -> tell_abyad_district.

The gazetteer calls many areas by their town and a word for their kind ("منطقة تل أبيض"); a table leaves
the word out, and may write the name of the town in any of its spellings.
"""

import re
from collections.abc import Iterator, Mapping

from babel import Locale

from dashboard.gazetteer.context import Context
from dashboard.gazetteer.index import PlaceIndex
from dashboard.model.place import FeatureClass, NameStrength
from dashboard.text.normalise import fold

# From the largest; the levels of the columns country, admin1, admin2 and admin3.
LEVELS = (
    FeatureClass.COUNTRY,
    FeatureClass.GOVERNORATE,
    FeatureClass.DISTRICT,
    FeatureClass.SUBDISTRICT,
)
# English words after the name of an area.
_AREA_WORDS = {
    FeatureClass.GOVERNORATE: ("governorate", "province"),
    FeatureClass.DISTRICT: ("sub district", "district"),
    FeatureClass.SUBDISTRICT: ("sub district", "subdistrict"),
}
_SETTLEMENTS = frozenset({FeatureClass.CITY, FeatureClass.TOWN, FeatureClass.VILLAGE})
# "The countryside of Damascus" is another governorate than Damascus.
_COUNTRYSIDE = fold("ريف")
# The languages of CLDR's names of countries, and how many letters the codes of countries have.
_LANGUAGES, _CODE = ("en", "ar", "fr", "tr", "ku"), 2

_WORD = re.compile(r"[^\W_]+")

AreaNames = dict[FeatureClass, dict[str, tuple[str, ...]]]


def name_key(text: str) -> str:
    """The folded words of a name, by which names are compared: "Ar-Raqqah" is "ar raqqah"."""
    return " ".join(_WORD.findall(fold(text)))


def kind_words(context: Context) -> dict[str, frozenset[FeatureClass]]:
    """The classes of places by the folded word before one name, e.g. "قريه": village, town."""
    return {
        word: frozenset(map(FeatureClass, kind.classes))
        for word, kind in context.kind_words.items()
        if kind.number == "one" and kind.singular != _COUNTRYSIDE
    }


def without_area_word(
    key: str, level: FeatureClass, words: Mapping[str, frozenset[FeatureClass]]
) -> str:
    """The name of an area without the word for its level, e.g. "raqqa governorate" -> "raqqa"."""
    first, _, rest = key.partition(" ")
    if rest and level in words.get(first, ()):
        return rest
    for word in _AREA_WORDS.get(level, ()):
        if key.endswith(f" {word}"):
            return key.removesuffix(f" {word}")
    return key


def area_names(index: PlaceIndex, keys: Mapping[str, Mapping[str, NameStrength]]) -> AreaNames:
    """The ids of the areas of each level by the keys of all their names.

    `keys` are the keys of the names of all places, with their ids.
    """
    words = kind_words(index.context)
    places = index.gazetteer.places
    names: dict[str, set[str]] = {}
    for key, ids in keys.items():
        for place_id in ids:
            level = places[place_id].feature_class
            if level in LEVELS:
                names.setdefault(place_id, set()).update(
                    (key, without_area_word(key, level, words))
                )
    for area_id, more in _names_of_towns(index, keys, names).items():
        names[area_id] |= more
    areas: AreaNames = {level: {} for level in LEVELS}
    for area_id, area_keys in names.items():
        by_key = areas[places[area_id].feature_class]
        for key in area_keys:
            by_key[key] = (*by_key.get(key, ()), area_id)
    _add_countries(areas[FeatureClass.COUNTRY])
    return areas


def _names_of_towns(
    index: PlaceIndex,
    keys: Mapping[str, Mapping[str, NameStrength]],
    names: Mapping[str, set[str]],
) -> dict[str, set[str]]:
    """By area the names of the towns in it that it has its name from."""
    spellings: dict[str, set[str]] = {}
    namesakes: dict[str, set[str]] = {}
    for key, ids in keys.items():
        for place_id, strength in ids.items():
            if strength is NameStrength.STRONG and _is_settlement(index, place_id):
                spellings.setdefault(place_id, set()).add(key)
                for area_id in index.containers[place_id]:
                    if key in names.get(area_id, ()):
                        namesakes.setdefault(area_id, set()).add(place_id)
    return {
        area_id: set().union(*(spellings[town] for town in towns))
        for area_id, towns in namesakes.items()
    }


def _is_settlement(index: PlaceIndex, place_id: str) -> bool:
    return index.place(place_id).feature_class in _SETTLEMENTS


def _add_countries(by_key: dict[str, tuple[str, ...]]) -> None:
    """Add the world's countries (CLDR): places of the gazetteer are not in one that it does not have."""
    for code, keys in _countries():
        known = next((by_key[key] for key in keys if key in by_key), (f"country {code}",))
        for key in keys:
            by_key.setdefault(key, known)


def _countries() -> Iterator[tuple[str, list[str]]]:
    """The code of each country, and the keys of its names in several languages."""
    locales = [Locale(language).territories for language in _LANGUAGES]
    for code in map(str, locales[0]):
        if len(code) == _CODE and code.isalpha():
            names = [names[code] for names in locales if code in names]
            yield code, [name_key(name) for name in names]
