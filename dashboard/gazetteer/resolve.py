"""Resolves place names in text, e.g. "قرى معلق وجهبل" -> the two villages near Ain Issa.

Each candidate of a name is scored by its strength, the kind word before it, the containers named in the
same sentence, the distance to the article's unambiguous places, and whether the article names it
elsewhere. The best one is accepted if its score is high enough and well above the next.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf, log10

from dashboard.gazetteer.context import MentionUse
from dashboard.gazetteer.index import KM_PER_DEGREE, PlaceIndex
from dashboard.gazetteer.surroundings import NameMatch, is_capital_or_country, match_names
from dashboard.model.message import Message, StoredText, joined, message
from dashboard.model.place import FeatureClass, NameStrength
from dashboard.text.normalise import Normalised
from dashboard.text.prepared import PreparedText
from dashboard.text.sentences import Span

# Weights tuned on the annotated articles and the unseen texts (tests/quality); they are meant to be
# few and round: a weak name alone never passes, one kind of support and nearness do.
_BASE = {NameStrength.STRONG: 0.6, NameStrength.WEAK: 0.2}
_KIND, _KIND_CLASH, _CONTAINED, _ELSEWHERE = 0.3, -0.25, 0.25, 0.3
# Nearness falls by a tenth with each tenfold distance: 0.25 at 0 km, 0.05 at 100 km, -0.05 at 1000.
_NEAR, _NEAR_LOSS, _NEAR_KM = 0.25, 0.1, 100.0
_LOCATIVE, _IN_PLACE = 0.3, 0.15
# The bonus of the more likely of two places of one name.
_LARGER = 0.05
_ENOUGH, _CLEAR = 0.5, 0.03
_STRENGTHS = {
    NameStrength.STRONG: message("strong name"),
    NameStrength.WEAK: message("weak name"),
}
_CORRECTED = message("one letter corrected")
_KIND_WORD = message("the word before says what it is")
_HOLDER = message("a place that contains it is named beside it")
_LOCATIVE_WORD = message("a word of place stands before it")
_NAMED_ELSEWHERE = message("the article names it elsewhere")
_USES = {
    MentionUse.METONYM: message("metonym"),
    MentionUse.PARTY_NAME: message("party name"),
    MentionUse.TITLE: message("title"),
    MentionUse.OUTLET: message("outlet"),
    MentionUse.TIME_ZONE: message("time zone"),
    MentionUse.SCENARIO: message("scenario"),
    MentionUse.OPERATION_NAME: message("operation name"),
    MentionUse.FURNITURE: message("furniture"),
}


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place name in a text; `start` and `end` are offsets into the original.

    `place_id` is `None` if the name is ambiguous; `candidates` are the possible ids, best first.
    `reason` explains the resolution.
    """

    start: int
    end: int
    surface: str
    place_id: str | None
    candidates: tuple[str, ...]
    confidence: float
    reason: StoredText
    use: MentionUse


def find_places(text: PreparedText, index: PlaceIndex) -> tuple[PlaceMention, ...]:
    """The mentions of gazetteer names in `text`, in order, each resolved or left ambiguous."""
    matches = match_names(text, index)
    by_sentence = _places_by_sentence(matches, index)
    anchors = _unambiguous_places(matches, index)
    evidence = _Evidence(index, by_sentence, anchors)
    mentions = [_resolve(item, evidence, text.folded) for item in matches]
    # The names that the first pass resolved support the ambiguous ones in a second pass.
    resolved = frozenset(
        mention.place_id
        for mention in mentions
        if mention and mention.place_id and mention.use is MentionUse.LOCATION
    )
    if resolved - anchors:
        evidence = _Evidence(index, by_sentence, anchors | resolved)
        mentions = [_resolve(item, evidence, text.folded) for item in matches]
    return tuple(mention for mention in mentions if mention is not None)


def _unambiguous_places(matches: Sequence[NameMatch], index: PlaceIndex) -> frozenset[str]:
    """Places, except countries, that a strong name of the text belongs to alone."""
    anchors = set()
    for item in matches:
        strong = _strong(index.by_name[item.match.phrase])
        if len(strong) == 1 and item.use is MentionUse.LOCATION:
            anchors.add(strong[0])
    return frozenset(p for p in anchors if index.place(p).feature_class is not FeatureClass.COUNTRY)


def _places_by_sentence(
    matches: Sequence[NameMatch], index: PlaceIndex
) -> Mapping[Span, Counter[str]]:
    """The places that the strong names of each sentence may mean, with the number of names."""
    places: dict[Span, Counter[str]] = defaultdict(Counter)
    for item in matches:
        if item.use is not MentionUse.OUTLET:
            places[item.sentence].update(_strong_places(item, index))
    return places


def _strong_places(item: NameMatch, index: PlaceIndex) -> list[str]:
    strong = _strong(index.by_name[item.match.phrase])
    return [p for p in strong if index.place(p).feature_class is not FeatureClass.COUNTRY]


def _strong(candidates: Mapping[str, NameStrength]) -> list[str]:
    return [key for key, strength in candidates.items() if strength is NameStrength.STRONG]


class _Evidence:
    """The places that an article names: the unambiguous ones (anchors), and those of each sentence."""

    def __init__(
        self, index: PlaceIndex, by_sentence: Mapping[Span, Counter[str]], anchors: frozenset[str]
    ) -> None:
        self.index = index
        self.anchors = anchors
        points = [place_id for place_id in anchors if index.is_point(place_id)]
        self._points = sorted((index.place(place_id).lat, place_id) for place_id in points)
        self._by_sentence = by_sentence
        self._nearest: dict[str, float | None] = {}

    def container_in_sentence(self, place_id: str, item: NameMatch) -> bool:
        """Whether another strong name in the sentence is that of a container of the place."""
        itself = _strong_places(item, self.index)
        named = self._by_sentence.get(item.sentence, Counter[str]())
        containers = self.index.containers[place_id] - {place_id}
        return any(named[key] - itself.count(key) > 0 for key in containers)

    def nearest_km(self, place_id: str) -> float | None:
        """The distance to the nearest other anchor that is a point; `None` if there is none."""
        if place_id not in self._nearest:
            self._nearest[place_id] = self._nearest_of(place_id)
        return self._nearest[place_id]

    def _nearest_of(self, place_id: str) -> float | None:
        """Search by latitude, to the north and to the south, until no point can be nearer."""
        lat = self.index.place(place_id).lat
        at = bisect_left(self._points, (lat, ""))
        best = inf
        for numbers in (range(at, len(self._points)), range(at - 1, -1, -1)):
            for number in numbers:
                other_lat, other = self._points[number]
                if KM_PER_DEGREE * abs(other_lat - lat) > best:
                    break
                if other != place_id:
                    best = min(best, self.index.distance_km(place_id, other))
        return None if best == inf else best


def _resolve(item: NameMatch, evidence: _Evidence, folded: Normalised) -> PlaceMention | None:
    index = evidence.index
    candidates = dict(index.by_name[item.match.phrase])
    if item.kind and item.use is MentionUse.LOCATION:
        whole = f"{item.kind.singular} {item.match.phrase}"
        candidates |= index.by_name.get(whole, {})
    scored = sorted(
        (_score(place_id, strength, item, evidence) for place_id, strength in candidates.items()),
        key=lambda score: (-score[0] - _prior(score[2], index), score[2]),
    )
    main = _main_place(candidates, item, index)
    if main is not None:
        scored.sort(key=lambda score: score[2] != main)
    best, reasons, place_id = scored[0]
    next_best = (
        scored[1][0] + _prior(scored[1][2], index) - _prior(place_id, index) if scored[1:] else 0.0
    )
    weak_only = NameStrength.STRONG not in candidates.values()
    known = main is not None or (best >= _ENOUGH and best - next_best >= _CLEAR)
    if not known and weak_only and best < _ENOUGH:
        # An ordinary word that is also a name, without any evidence that it is one here.
        return None
    start, end = folded.span(item.match.start, item.match.end)
    if not known:
        number = len(candidates)
        reasons = [message("does not know which of {number} places is meant", number=number)]
    elif item.corrected:
        reasons.append(_CORRECTED)
    if item.use is not MentionUse.LOCATION:
        reasons = [message("not a place of an event: {use}", use=_USES[item.use])]
    return PlaceMention(
        start=start,
        end=end,
        surface=folded.original[start:end],
        place_id=place_id if known else None,
        candidates=tuple(score[2] for score in scored),
        confidence=round(min(1.0, best - (0.2 if item.corrected else 0.0)), 2),
        reason=joined(*reasons),
        use=item.use,
    )


def _main_place(
    candidates: Mapping[str, NameStrength], item: NameMatch, index: PlaceIndex
) -> str | None:
    """The only place with this strong name, if all other candidates contain that place.

    "Daraa" is the town, even where "Daraa governorate" is named too.
    """
    strong = _strong(candidates)
    if len(strong) != 1:
        return None
    others = candidates.keys() - set(strong)
    if not others:
        return strong[0]
    are_containers = others <= index.containers[strong[0]]
    return strong[0] if are_containers and item.kind is None else None


def _prior(place_id: str, index: PlaceIndex) -> float:
    """A small bonus: of two places of one name the curated or the larger one is meant more often."""
    place = index.place(place_id)
    return _LARGER if place.tier == 1 or place.feature_class is FeatureClass.CITY else 0.0


def _score(
    place_id: str, strength: NameStrength, item: NameMatch, evidence: _Evidence
) -> tuple[float, list[Message], str]:
    """A candidate's score, the reasons for it, and its id."""
    place = evidence.index.place(place_id)
    score = _BASE[strength]
    reasons = [_STRENGTHS[strength]]
    if item.kind and place.feature_class in item.kind.classes:
        score += _KIND
        reasons.append(_KIND_WORD)
    elif item.kind:
        score += _KIND_CLASH
    if evidence.container_in_sentence(place_id, item):
        score += _CONTAINED
        reasons.append(_HOLDER)
    capital = is_capital_or_country(item.match.phrase, evidence.index)
    in_place = item.kind is None and (capital or place.tier > 1)
    if strength is NameStrength.WEAK and item.locative and in_place:
        known = capital or place.feature_class is FeatureClass.CITY or " " in item.match.phrase
        score += _LOCATIVE if known else _IN_PLACE
        reasons.append(_LOCATIVE_WORD)
    if place_id in evidence.anchors and strength is NameStrength.WEAK:
        score += _ELSEWHERE
        reasons.append(_NAMED_ELSEWHERE)
    nearest = evidence.nearest_km(place_id)
    if nearest is not None:
        score += _NEAR - _NEAR_LOSS * log10(1 + nearest)
        if nearest < _NEAR_KM:
            number = round(nearest)
            reasons.append(message("{number} km from another place of the article", number=number))
    return score, reasons, place_id
