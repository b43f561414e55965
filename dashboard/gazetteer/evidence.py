"""How well each candidate of a name fits: the name, the words around it, the rest of the article."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from math import log10
from operator import itemgetter

from dashboard.gazetteer.anchors import Anchors
from dashboard.gazetteer.article_countries import SAYS_WHERE, ArticleCountries, is_ordinary
from dashboard.gazetteer.context import MentionUse
from dashboard.gazetteer.holders import lies_in, named_areas
from dashboard.gazetteer.index import PlaceIndex
from dashboard.gazetteer.surroundings import NameMatch
from dashboard.model.message import Message, message
from dashboard.model.place import FeatureClass, NameStrength
from dashboard.text.clitics import ARTICLE
from dashboard.text.prepared import PreparedText
from dashboard.text.sentences import Span

# Weights tuned on the annotated articles and the unseen texts (tests/quality); they are meant to be
# few and round: a weak name alone never passes, one kind of support and nearness do.
_BASE = {NameStrength.STRONG: 0.6, NameStrength.WEAK: 0.2}
_KIND, _KIND_CLASH, _CONTAINED, _ELSEWHERE = 0.3, -0.25, 0.25, 0.3
# Nearness falls by a tenth with each tenfold distance: 0.25 at 0 km, 0.05 at 100 km, -0.05 at 1000.
_NEAR, _NEAR_LOSS, _NEAR_KM = 0.25, 0.1, 100.0
_LOCATIVE, _IN_PLACE = 0.3, 0.15
# Outside of the area named right after it no place passes; abroad a strong name alone does.
_OUTSIDE, _COUNTRY, _ABROAD = -0.6, 0.1, -0.15
# Uses of which the words stand before places alone, and classes that they hardly stand before.
_OF_PLACES = frozenset({
    MentionUse.DATELINE, MentionUse.METONYM, MentionUse.NEAR, MentionUse.PARTY_NAME,
    MentionUse.REPORTER_SEAT, MentionUse.ROAD_END, MentionUse.TITLE,
})  # fmt: skip
_OF_OTHERS = frozenset({MentionUse.METONYM, MentionUse.PARTY_NAME})
_HARDLY_KNOWN = frozenset({FeatureClass.VILLAGE, FeatureClass.LOCALITY})
_USE = 0.3
# Kinds of which the words stand before towns, too: "طريق الحويجة", "منطقة قنفودة", "قرى الجزيرة".
_LOOSE = frozenset({FeatureClass.ROAD, FeatureClass.REGION, FeatureClass.DISTRICT})
_LANDS = frozenset({
    FeatureClass.REGION, FeatureClass.GOVERNORATE, FeatureClass.DISTRICT, FeatureClass.SUBDISTRICT
})  # fmt: skip
# A name in a list of places, if the one beside it is near.
_LISTED, _LISTED_KM, _LISTED_TOWN_KM = 0.25, 60.0, 300.0
# For a name that is no ordinary word: readers know a town without more words about it.
_DISTINCT, _DISTINCT_TOWN = 0.2, 0.3
_TOWNS = frozenset({FeatureClass.CITY, FeatureClass.TOWN})
# Points to add to a score, and the reason if it is worth saying.
_Part = tuple[float, Message | None]
_POINTS, _REASON = itemgetter(0), itemgetter(1)
_STRENGTHS = {
    NameStrength.STRONG: message("strong name"),
    NameStrength.WEAK: message("weak name"),
}
_KIND_WORD = message("the word before says what it is")
_HOLDER = message("a place that contains it is named beside it")
_OUTSIDE_AREA = message("it lies outside of the area named right after it")
_OTHER_COUNTRY = message("the article is about another country")
_LOCATIVE_WORD = message("a word of place stands before it")
_DISTINCT_NAME = message("no ordinary word, and the article is about the land around it")
_LISTED_NAME = message("a place near it is named together with it")
_NAMED_ELSEWHERE = message("the article names it elsewhere")


class Evidence:
    """What an article says of its places: unambiguous ones (anchors), areas, sentences, countries."""

    def __init__(self, text: PreparedText, matches: Sequence[NameMatch], index: PlaceIndex) -> None:
        self.index = index
        self.matches = matches
        self.anchors = Anchors(_unambiguous_places(matches, index), index)
        self.areas = named_areas(matches, text.folded, index)
        self.countries = ArticleCountries(text, matches, index)
        self._by_sentence = _places_by_sentence(matches, index)
        self._beside = _names_beside(matches)
        self._resolved: Mapping[int, str] = {}
        # Whether the places that are clear by themselves are among the anchors.
        self._is_complete = False
        self._fixed: dict[tuple[int, str], tuple[Sequence[_Part], _Part]] = {}
        self._distances: dict[str, _Part] = {}

    def add_anchors(self, resolved: Mapping[int, str]) -> None:
        """Take resolved places, by the numbers of their matches, as anchors."""
        self._resolved, self._is_complete = resolved, True
        new = frozenset(resolved.values()) - self.anchors.ids
        if not new:
            return
        self.anchors = Anchors(new, self.index, self.anchors)
        self._distances.clear()
        for number, place_id in resolved.items():
            self.countries.add(self.index.country(place_id), self.matches[number].match.phrase)

    def score(
        self, place_id: str, strength: NameStrength, number: int
    ) -> tuple[float, list[Message], str]:
        """The score of a candidate of a match, the reasons for it, and its id."""
        item = self.matches[number]
        key = (number, place_id)
        fixed = self._fixed.get(key)
        if fixed is None:
            fixed = self._fixed[key] = self._fixed_parts(place_id, strength, number)
        of_name, of_use = fixed
        distance = self._distances.get(place_id)
        if distance is None:
            distance = self._distances[place_id] = self._by_distance(place_id)
        parts = [*of_name, self._by_country(place_id, item), of_use, distance]
        if strength is NameStrength.WEAK:
            parts.append(self._by_repetition(place_id))
            parts.append(self._by_list(place_id, number))
            # Where the name is a strong one of another place, it is a name in any case.
            if not self.index.strong(item.match.phrase):
                parts.append(self._by_place_word(place_id, item))
                parts.append(self._by_distinct_name(place_id, item))
        return sum(map(_POINTS, parts)), [*filter(None, map(_REASON, parts))], place_id

    def _fixed_parts(
        self, place_id: str, strength: NameStrength, number: int
    ) -> tuple[Sequence[_Part], _Part]:
        """The parts of a score that do not change with the anchors: of the name, and of its use."""
        item = self.matches[number]
        of_name = (
            (_BASE[strength], _STRENGTHS[strength]),
            self._by_kind(place_id, item),
            self._by_area(place_id, number),
        )
        return of_name, self._by_use(place_id, item)

    def outside(self, place_id: str, number: int) -> bool:
        """Whether a candidate of a match lies outside of the area that is named right after it."""
        area = self.areas.get(number)
        return area is not None and lies_in(place_id, area, self.index) is False

    def _by_kind(self, place_id: str, item: NameMatch) -> _Part:
        if item.kind is None:
            return 0.0, None
        if self.index.place(place_id).feature_class in item.kind.classes:
            return _KIND, _KIND_WORD
        lands = item.kind.number == "many" and self._is_class(place_id, _LANDS)
        loose = lands or not _LOOSE.isdisjoint(item.kind.classes)
        return _IN_PLACE if loose else _KIND_CLASH, None

    def _by_area(self, place_id: str, number: int) -> _Part:
        """The area named right after the name decides; else one named anywhere in the sentence."""
        area = self.areas.get(number)
        inside = lies_in(place_id, area, self.index) if area else None
        if inside is False:
            return _OUTSIDE, _OUTSIDE_AREA
        item = self.matches[number]
        # "It began in the countryside of ..." is no village: an ordinary word needs more.
        plain = item.kind or item.locative or not is_ordinary(item.match.phrase, self.index)
        if inside or (plain and self._container_in_sentence(place_id, item)):
            return _CONTAINED, _HOLDER
        return 0.0, None

    def _by_country(self, place_id: str, item: NameMatch) -> _Part:
        """A namesake in another country than those of the article is hardly meant.

        The country alone makes no name of an ordinary word.
        """
        country = self.index.country(place_id)
        shares = self.countries.shares(item.match.phrase)
        if country is None or not shares:
            return 0.0, None
        share = shares.get(country, 0.0)
        if not share:
            return (_ABROAD, _OTHER_COUNTRY) if self.countries.are_known else (0.0, None)
        return (_COUNTRY * share if item.kind or item.locative else 0.0), None

    def _by_place_word(self, place_id: str, item: NameMatch) -> _Part:
        if not item.locative or item.kind is not None:
            return 0.0, None
        place = self.index.place(place_id)
        if self._opens_with_land(place_id, item):
            return _LOCATIVE, _LOCATIVE_WORD
        capital = item.match.phrase in self.index.governments
        if not capital and place.tier == 1 and place.feature_class not in _TOWNS:
            return 0.0, None
        phrase = item.match.phrase
        known = capital or place.feature_class is FeatureClass.CITY or " " in phrase
        if is_ordinary(phrase, self.index):
            # "في صور" is "in pictures", unless the article is about Lebanon; "في كمين" is no village.
            near = place.feature_class is FeatureClass.TOWN and self._is_near(place_id)
            known = (known and self._is_expected(place_id, phrase)) or near
            return (_LOCATIVE, _LOCATIVE_WORD) if known else (0.0, None)
        return _LOCATIVE if known else _IN_PLACE, _LOCATIVE_WORD

    def _opens_with_land(self, place_id: str, item: NameMatch) -> bool:
        """Whether a sentence opens with "In the Bekaa,", and the article is about its country."""
        phrase = item.match.phrase
        land = item.opens and self._is_class(place_id, _LANDS)
        return land and (not is_ordinary(phrase, self.index) or self._is_expected(place_id, phrase))

    def _by_use(self, place_id: str, item: NameMatch) -> _Part:
        """What stands around a dateline, or after "governor of", is a place that readers know.

        An ordinary word is none: "the forces of the government".
        """
        if item.use not in _OF_PLACES or self._is_class(place_id, _HARDLY_KNOWN):
            return 0.0, None
        ordinary = item.use in _OF_OTHERS and is_ordinary(item.match.phrase, self.index)
        return (0.0 if ordinary else _USE), None

    def _by_distinct_name(self, place_id: str, item: NameMatch) -> _Part:
        """A name that is no ordinary word is a place, if the article is about the land around it."""
        phrase = item.match.phrase
        if item.kind or item.use is not MentionUse.LOCATION:
            return 0.0, None
        # "In Geneva" needs no other word about Switzerland.
        is_known = item.locative and self._is_class(place_id, frozenset({FeatureClass.CITY}))
        expected = (
            is_known or self._is_expected(place_id, phrase) or self._is_only_town(place_id, item)
        )
        if is_ordinary(phrase, self.index) or not expected:
            return 0.0, None
        # "The station of Alouk": a site, of which the name has more than one word.
        is_site = " " in phrase and not self._is_class(place_id, frozenset({FeatureClass.VILLAGE}))
        is_town = is_site or self._is_class(place_id, _TOWNS)
        return _DISTINCT_TOWN if is_town else _DISTINCT, _DISTINCT_NAME

    def _by_repetition(self, place_id: str) -> _Part:
        return (_ELSEWHERE, _NAMED_ELSEWHERE) if place_id in self.anchors.ids else (0.0, None)

    def _by_list(self, place_id: str, number: int) -> _Part:
        """Of "X and Y" one place supports the other, if it is near: the places of a list are."""
        reach_km = _LISTED_TOWN_KM if self._is_class(place_id, _TOWNS) else _LISTED_KM
        for beside in self._beside.get(number, ()):
            other = self._resolved.get(beside)
            if other and other != place_id and self.index.distance_km(place_id, other) < reach_km:
                return _LISTED, _LISTED_NAME
        return 0.0, None

    def _by_distance(self, place_id: str) -> _Part:
        nearest = self.anchors.nearest_km(place_id)
        if nearest is None:
            return 0.0, None
        points = _NEAR - _NEAR_LOSS * log10(1 + nearest)
        if nearest >= _NEAR_KM:
            return points, None
        return points, _km_away(round(nearest))

    def _is_expected(self, place_id: str, phrase: str) -> bool:
        """Whether the article is about the country of a place, or names another place near it."""
        shares = self.countries.shares(phrase)
        return self._is_near(place_id) or self.index.country(place_id) in shares

    def _is_only_town(self, place_id: str, item: NameMatch) -> bool:
        """Whether it is a town, "strikes on Marib", and no other place says of which land the text is.

        Not with the article: "on the factions" has the name of a town, too.
        """
        anchored = self.anchors.nearest_km(place_id) is not None
        alone = self._is_complete and not (anchored or self.countries.are_known)
        article = item.match.phrase.startswith(ARTICLE)
        return alone and item.locative and not article and self._is_class(place_id, _TOWNS)

    def _is_near(self, place_id: str) -> bool:
        """Whether the article names another place near it."""
        nearest = self.anchors.nearest_km(place_id)
        return nearest is not None and nearest < _NEAR_KM

    def _is_class(self, place_id: str, classes: frozenset[FeatureClass]) -> bool:
        return self.index.place(place_id).feature_class in classes

    def _container_in_sentence(self, place_id: str, item: NameMatch) -> bool:
        """Whether another strong name in the sentence is that of a container of the place."""
        named = self._by_sentence.get(item.sentence)
        inside = self.index.containers[place_id].intersection(named) if named else None
        if not inside or named is None:
            return False
        itself = self.index.strong(item.match.phrase)
        return any(
            named[key] > (key in itself)
            for key in inside
            if key != place_id and self.index.place(key).feature_class is not FeatureClass.COUNTRY
        )


@cache
def _km_away(number: int) -> Message:
    return message("{number} km from another place of the article", number=number)


def _names_beside(matches: Sequence[NameMatch]) -> Mapping[int, Sequence[int]]:
    """Number of a match -> the numbers of those before and after it that "and" joins to it."""
    beside: dict[int, list[int]] = defaultdict(list)
    for number, item in enumerate(matches):
        if item.joined:
            beside[number].append(number - 1)
            beside[number - 1].append(number)
    return beside


def _unambiguous_places(matches: Sequence[NameMatch], index: PlaceIndex) -> frozenset[str]:
    """Places, except countries, that a strong name of the text belongs to alone."""
    anchors = set()
    for item in matches:
        strong = index.strong(item.match.phrase)
        if len(strong) == 1 and item.use in SAYS_WHERE:
            anchors.add(strong[0])
    return frozenset(p for p in anchors if index.place(p).feature_class is not FeatureClass.COUNTRY)


def _places_by_sentence(
    matches: Sequence[NameMatch], index: PlaceIndex
) -> Mapping[Span, Counter[str]]:
    """The places that the strong names of each sentence may mean, with the number of names."""
    places: dict[Span, Counter[str]] = defaultdict(Counter)
    for item in matches:
        if item.use is not MentionUse.OUTLET:
            places[item.sentence].update(index.strong(item.match.phrase))
    return places
