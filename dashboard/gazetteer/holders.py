"""The area that a text names right after a place: "قرية عين عيسى بريف اللاذقية" is in Lattakia."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from dashboard.gazetteer.context import Context
from dashboard.gazetteer.index import PlaceIndex
from dashboard.gazetteer.surroundings import NameMatch
from dashboard.model.place import FeatureClass, NameStrength
from dashboard.text.clitics import IN, TO
from dashboard.text.normalise import Normalised

# Words that lie between a place and the area that contains it: "التابعة لمحافظة", "الواقعة شرقي".
_LONGEST = 40
# The number of a kind word before a list, and what may stand between two names of it.
_MANY, _LIST_SIGNS = "many", " ,\"'"
# How far from a city a place may be that a text names by it.
_AROUND_KM = 150
_AREAS = frozenset({
    FeatureClass.COUNTRY, FeatureClass.GOVERNORATE, FeatureClass.REGION, FeatureClass.DISTRICT,
    FeatureClass.SUBDISTRICT, FeatureClass.CITY,
})  # fmt: skip


def named_areas(
    matches: Sequence[NameMatch], folded: Normalised, index: PlaceIndex
) -> Mapping[int, frozenset[str]]:
    """Number of a match -> the ids of the places that the name right after it may mean as its area.

    From the last match to the first, so that of "X in Y in Z" the Ys are those in Z. The area after a
    list is that of all of it: "the towns of X and Y in the countryside of Z".
    """
    areas: dict[int, frozenset[str]] = {}
    for number in range(len(matches) - 2, -1, -1):
        one, following = matches[number], matches[number + 1]
        if number + 1 in areas and _is_list(one, following, folded.text):
            areas[number] = areas[number + 1]
            continue
        if not _is_area_of(one, following, folded.text, index.context):
            continue
        candidates = _may_hold(following, index)
        beyond = areas.get(number + 1)
        if beyond:
            inside = {c for c in candidates if _in_any(c, beyond, index)}
            candidates = inside or candidates
        if candidates:
            areas[number] = frozenset(candidates)
    return areas


def lies_in(place_id: str, areas: frozenset[str], index: PlaceIndex) -> bool | None:
    """Whether a place lies in one of the areas; `None` if the gazetteer does not know.

    What is "south of" a city may be in the next governorate, but is not far from it.
    """
    known = [_lies_in(place_id, area, index) for area in areas]
    if True in known:
        return True
    return None if None in known else False


def _lies_in(place_id: str, area: str, index: PlaceIndex) -> bool | None:
    inside = index.lies_in(place_id, area)
    city = index.place(area).feature_class is FeatureClass.CITY
    near = city and inside is False and index.distance_km(place_id, area) <= _AROUND_KM
    return None if near else inside


def _in_any(place_id: str, areas: frozenset[str], index: PlaceIndex) -> bool:
    return lies_in(place_id, areas, index) is not False


def _is_area_of(one: NameMatch, following: NameMatch, text: str, context: Context) -> bool:
    start = following.match.start
    if one.sentence != following.sentence or start - one.match.end > _LONGEST:
        return False
    between = text[one.match.end : start]
    pattern = _BETWEEN[_says_area(following.match.phrase, context)](context)
    return pattern.fullmatch(between) is not None


def _is_list(one: NameMatch, following: NameMatch, text: str) -> bool:
    """Whether two names follow each other in a list after "towns of"."""
    if one.kind is None or one.kind is not following.kind or one.kind.number != _MANY:
        return False
    between = text[one.match.end : following.match.start - len(following.match.prefix)]
    return one.sentence == following.sentence and not between.strip(_LIST_SIGNS)


def _says_area(phrase: str, context: Context) -> bool:
    """Whether a name includes the word for an area or a side: "ريف الرقة", "شمال الرقة"."""
    first, _, rest = phrase.partition(" ")
    return bool(rest) and (first in context.kind_words or first in context.use_words["direction"])


@cache
def _before_area(context: Context) -> re.Pattern[str]:
    """What may stand between a place and a name that says that it is an area."""
    links = _any_of(context.use_words["containment"])
    return re.compile(rf"[\s,(]*(?:(?:{links})\s+)*[{IN}{TO}]?")


@cache
def _before_name(context: Context) -> re.Pattern[str]:
    """What has to stand between a place and any other name: words of containment, a side, a kind."""
    words = context.use_words
    links, sides = _any_of(words["containment"]), _any_of(words["direction"])
    area = rf"[{IN}{TO}]?(?:{_any_of(context.kind_words)})\s+"
    link = rf"(?:{links})\s+|(?:{sides})\s+(?:(?:{sides})\s+)?"
    return re.compile(rf"\s*[,(\"']?\s*(?:(?:{link})+(?:{area})?[{IN}{TO}]?|{area}|{IN}|\(\s*)\s*")


_BETWEEN = {True: _before_area, False: _before_name}


def _any_of(words: Mapping[str, object] | frozenset[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _may_hold(item: NameMatch, index: PlaceIndex) -> set[str]:
    """The places that a name may mean; if its kind is named, those of that kind, if there are any.

    An ordinary word that is the weak name of a town is no area.
    """
    candidates = dict(index.by_name[item.match.phrase])
    if item.kind:
        candidates |= index.by_name.get(f"{item.kind.singular} {item.match.phrase}", {})
        of_kind = {c for c in candidates if index.place(c).feature_class in item.kind.classes}
        # "ريف" is the land around a town, too.
        return of_kind or set(candidates)
    return {
        place_id
        for place_id, strength in candidates.items()
        if strength is NameStrength.STRONG or index.place(place_id).feature_class in _AREAS
    }
