"""Place names in text, found and resolved, e.g. "قرى معلق وجهبل" -> the two villages near Ain Issa.

Each candidate of a name is scored from its strength, the kind word before it, the containing places
named in the same sentence, nearness to the article's sure places, and whether the article names it
elsewhere. The best one is taken if its score is high enough and clear of the next.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf, log10

from dashboard.gazetteer.context import MentionUse
from dashboard.gazetteer.index import KM_PER_DEGREE, PlaceIndex
from dashboard.gazetteer.surroundings import Found, found_names, is_capital_or_country
from dashboard.model.place import FeatureClass, NameStrength
from dashboard.text.normalise import Normalised
from dashboard.text.prepared import PreparedText
from dashboard.text.sentences import Span
from dashboard.text.zones import ZoneKind

# Weights tuned on the annotated articles and the unseen texts (tests/quality); they are meant to be
# few and round: a weak name alone never passes, one kind of support and nearness do.
_BASE = {NameStrength.STRONG: 0.6, NameStrength.WEAK: 0.2}
_KIND, _KIND_CLASH, _CONTAINED, _ELSEWHERE = 0.3, -0.25, 0.25, 0.3
# Nearness falls by a tenth with each tenfold distance: 0.25 at 0 km, 0.05 at 100 km, -0.05 at 1000.
_NEAR, _NEAR_LOSS, _NEAR_KM = 0.25, 0.1, 100.0
_LOCATIVE, _IN_PLACE = 0.3, 0.15
# How much is in favour of the more likely of two places of one name.
_LARGER = 0.05
_ENOUGH, _CLEAR = 0.5, 0.03


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place name in a text; `start` and `end` are offsets into the original.

    `place_id` is `None` if the name is known but not which place it means; `candidates` are then the
    possible ones. `reason` says in words why; `corrected` marks a misspelling.
    """

    start: int
    end: int
    surface: str
    place_id: str | None
    candidates: tuple[str, ...]
    confidence: float
    reason: str
    zone: ZoneKind
    use: MentionUse
    corrected: bool


def find_places(text: PreparedText, index: PlaceIndex) -> tuple[PlaceMention, ...]:
    """Every mention of a gazetteer name in `text`, in order, each resolved or said to be unknown."""
    found = found_names(text, index)
    beside = _beside(found, index)
    sure = _sure_places(found, index)
    evidence = _Evidence(index, beside, sure)
    mentions = [_resolve(item, evidence, text.folded) for item in found]
    # Names that the first pass settled support the doubtful ones in a second.
    settled = frozenset(
        mention.place_id
        for mention in mentions
        if mention and mention.place_id and mention.use is MentionUse.LOCATION
    )
    if settled - sure:
        evidence = _Evidence(index, beside, sure | settled)
        mentions = [_resolve(item, evidence, text.folded) for item in found]
    return tuple(mention for mention in mentions if mention is not None)


def _sure_places(found: Sequence[Found], index: PlaceIndex) -> frozenset[str]:
    """Places that a strong name means beyond doubt: what nearness is measured from."""
    sure = set()
    for item in found:
        strong = [
            place_id
            for place_id, strength in index.by_name[item.match.phrase].items()
            if strength is NameStrength.STRONG
        ]
        if len(strong) == 1 and item.use is MentionUse.LOCATION:
            sure.add(strong[0])
    return frozenset(p for p in sure if index.place(p).feature_class is not FeatureClass.COUNTRY)


def _beside(found: Sequence[Found], index: PlaceIndex) -> Mapping[Span, Counter[str]]:
    """Per sentence, the places that strong names in it may mean, with how many names each."""
    beside: dict[Span, Counter[str]] = defaultdict(Counter)
    for item in found:
        if item.use is not MentionUse.OUTLET:
            beside[item.sentence].update(_strong_places(item, index))
    return beside


def _strong_places(item: Found, index: PlaceIndex) -> list[str]:
    return [
        place_id
        for place_id, strength in index.by_name[item.match.phrase].items()
        if strength is NameStrength.STRONG
        and index.place(place_id).feature_class is not FeatureClass.COUNTRY
    ]


class _Evidence:
    """What the article as a whole names: its sure places, and those that each sentence names."""

    def __init__(
        self, index: PlaceIndex, beside: Mapping[Span, Counter[str]], sure: frozenset[str]
    ) -> None:
        self.index = index
        self.sure = sure
        anchors = [place_id for place_id in sure if index.is_anchor(place_id)]
        self._anchors = sorted((index.place(place_id).lat, place_id) for place_id in anchors)
        self._beside = beside
        self._nearest: dict[str, float | None] = {}

    def holder_beside(self, place_id: str, item: Found) -> bool:
        """Whether another strong name in the sentence is of a place that holds this one."""
        itself = _strong_places(item, self.index)
        named = self._beside.get(item.sentence, Counter[str]())
        holders = self.index.containers[place_id] - {place_id}
        return any(named[holder] - itself.count(holder) > 0 for holder in holders)

    def nearest_km(self, place_id: str) -> float | None:
        """How far the nearest other sure place is; `None` if there is none."""
        if place_id not in self._nearest:
            self._nearest[place_id] = self._nearest_of(place_id)
        return self._nearest[place_id]

    def _nearest_of(self, place_id: str) -> float | None:
        """The same, from its latitude to the north and to the south until none can be nearer."""
        lat = self.index.place(place_id).lat
        at = bisect_left(self._anchors, (lat, ""))
        best = inf
        for numbers in (range(at, len(self._anchors)), range(at - 1, -1, -1)):
            for number in numbers:
                other_lat, other = self._anchors[number]
                if KM_PER_DEGREE * abs(other_lat - lat) > best:
                    break
                if other != place_id:
                    best = min(best, self.index.distance_km(place_id, other))
        return None if best == inf else best


def _resolve(item: Found, evidence: _Evidence, folded: Normalised) -> PlaceMention | None:
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
    best, reason, place_id = scored[0]
    next_best = (
        scored[1][0] + _prior(scored[1][2], index) - _prior(place_id, index) if scored[1:] else 0.0
    )
    weak_only = NameStrength.STRONG not in candidates.values()
    known = main is not None or (best >= _ENOUGH and best - next_best >= _CLEAR)
    if not known and weak_only and best < _ENOUGH:
        # An ordinary word that happens to be a name too, with nothing to say that it is one here.
        return None
    start, end = folded.span(item.match.start, item.match.end)
    if not known:
        reason = f"does not know which of {len(candidates)} places is meant"
    elif item.corrected:
        reason += "; one letter corrected"
    if item.use is not MentionUse.LOCATION:
        reason = f"not a place of an event: {item.use.value.replace('_', ' ')}"
    return PlaceMention(
        start=start,
        end=end,
        surface=folded.original[start:end],
        place_id=place_id if known else None,
        candidates=tuple(score[2] for score in scored),
        confidence=round(min(1.0, best - (0.2 if item.corrected else 0.0)), 2),
        reason=reason,
        zone=item.zone,
        use=item.use,
        corrected=item.corrected,
    )


def _main_place(
    candidates: Mapping[str, NameStrength], item: Found, index: PlaceIndex
) -> str | None:
    """The only place of which it is a strong name, if all others contain that place.

    "Daraa" is the town, even where "Daraa governorate" is named too.
    """
    strong = [key for key, strength in candidates.items() if strength is NameStrength.STRONG]
    if len(strong) != 1:
        return None
    others = candidates.keys() - set(strong)
    if not others:
        return strong[0]
    of_holders = others <= index.containers[strong[0]]
    return strong[0] if of_holders and item.kind is None else None


def _prior(place_id: str, index: PlaceIndex) -> float:
    """Of two places of one name the curated one, or the larger, is meant more often."""
    place = index.place(place_id)
    return _LARGER if place.tier == 1 or place.feature_class is FeatureClass.CITY else 0.0


def _score(
    place_id: str, strength: NameStrength, item: Found, evidence: _Evidence
) -> tuple[float, str, str]:
    """A candidate's score, its reasons in words, and its id."""
    place = evidence.index.place(place_id)
    score = _BASE[strength]
    reasons = [f"{strength.value} name"]
    if item.kind and place.feature_class in item.kind.classes:
        score += _KIND
        reasons.append("the word before says what it is")
    elif item.kind:
        score += _KIND_CLASH
    if evidence.holder_beside(place_id, item):
        score += _CONTAINED
        reasons.append("what holds it is named beside it")
    capital = is_capital_or_country(item.match.phrase, evidence.index)
    in_place = item.kind is None and (capital or place.tier > 1)
    if strength is NameStrength.WEAK and item.locative and in_place:
        sure = capital or place.feature_class is FeatureClass.CITY or " " in item.match.phrase
        score += _LOCATIVE if sure else _IN_PLACE
        reasons.append("a word of place stands before it")
    if place_id in evidence.sure and strength is NameStrength.WEAK:
        score += _ELSEWHERE
        reasons.append("the article names it elsewhere")
    nearest = evidence.nearest_km(place_id)
    if nearest is not None:
        score += _NEAR - _NEAR_LOSS * log10(1 + nearest)
        if nearest < _NEAR_KM:
            reasons.append(f"{nearest:.0f} km from another place of the article")
    return score, "; ".join(reasons), place_id
