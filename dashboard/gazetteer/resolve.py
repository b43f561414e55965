"""Resolves place names in text, e.g. "قرى معلق وجهبل" -> the two villages near Ain Issa.

Each candidate of a name is scored by its strength, the kind word before it, the containers named in the
same sentence, the distance to the article's unambiguous places, and whether the article names it
elsewhere. The best one is accepted if its score is high enough and well above the next.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dashboard.gazetteer.context import MentionUse
from dashboard.gazetteer.evidence import Evidence
from dashboard.gazetteer.index import PlaceIndex
from dashboard.gazetteer.surroundings import NameMatch, match_names
from dashboard.model.message import Message, StoredText, joined, message
from dashboard.model.place import FeatureClass, NameStrength
from dashboard.text.normalise import Normalised
from dashboard.text.prepared import PreparedText

# The bonus of the more likely of two places of one name.
_LARGER, _TOWN = 0.05, 0.02
# Lists give a village with points that lie so far apart.
_SAME_KM = 10.0
_AREAS = frozenset({FeatureClass.GOVERNORATE, FeatureClass.DISTRICT, FeatureClass.SUBDISTRICT})
_ENOUGH, _CLEAR = 0.5, 0.03
_CORRECTED = message("one letter corrected")
_ALL_OUTSIDE = message("no known place of this name lies in the area named right after it")
_USES = {
    MentionUse.METONYM: message("metonym"),
    MentionUse.PARTY_NAME: message("party name"),
    MentionUse.TITLE: message("title"),
    MentionUse.OUTLET: message("outlet"),
    MentionUse.TIME_ZONE: message("time zone"),
    MentionUse.SCENARIO: message("scenario"),
    MentionUse.OPERATION_NAME: message("operation name"),
    MentionUse.FURNITURE: message("furniture"),
    MentionUse.DATELINE: message("dateline"),
    MentionUse.REPORTER_SEAT: message("where a reporter is"),
    MentionUse.ROAD_END: message("one end of a road"),
    MentionUse.NEAR: message("named only to say what is near"),
}
_NO_PLACES = {
    use: message("not a place of an event: {use}", use=name) for use, name in _USES.items()
}
_LANDS = _AREAS | {FeatureClass.COUNTRY}
# A candidate's score, the reasons for it, and its id.
_Scored = tuple[float, list[Message], str]


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


class _Name(NamedTuple):
    """The places that a name may mean, and the one that it means unless that lies elsewhere, if any."""

    candidates: Mapping[str, NameStrength]
    main: str | None


class _Decision(NamedTuple):
    """The candidates of a name, best first; whether the first is meant, or all lie elsewhere."""

    scored: Sequence[_Scored]
    known: bool
    outside: bool
    is_name: bool


def find_places(text: PreparedText, index: PlaceIndex) -> tuple[PlaceMention, ...]:
    """The mentions of gazetteer names in `text`, in order, each resolved or left ambiguous."""
    evidence = Evidence(text, match_names(text, index), index)
    names = _names(evidence)
    # The names that the first pass resolves support the ambiguous ones in a second pass.
    resolved = {
        number: place_id
        for number, name in enumerate(names)
        if evidence.matches[number].use is MentionUse.LOCATION
        and (place_id := _resolved(number, name, evidence)) is not None
    }
    evidence.add_anchors(resolved)
    decisions = [_decide(number, name, evidence) for number, name in enumerate(names)]
    return tuple(
        _mention(item, decision, text.folded)
        for item, decision in zip(evidence.matches, decisions, strict=True)
        if decision.is_name
    )


def _names(evidence: Evidence) -> list[_Name]:
    """The names of the matches; most articles have some of them several times."""
    known: dict[tuple[str, str, bool], _Name] = {}
    names: list[_Name] = []
    for item in evidence.matches:
        kind = item.kind.singular if item.kind else ""
        key = item.match.phrase, kind, item.use is MentionUse.LOCATION
        name = known.get(key)
        if name is None:
            candidates = _candidates(item, evidence.index)
            name = known[key] = _Name(candidates, _main_place(candidates, item, evidence.index))
        names.append(name)
    return names


def _resolved(number: int, name: _Name, evidence: Evidence) -> str | None:
    """The place that a name means, if that is clear."""
    if name.main is not None and not evidence.outside(name.main, number):
        return name.main
    decision = _decide(number, name, evidence)
    return decision.scored[0][2] if decision.known else None


def _decide(number: int, name: _Name, evidence: Evidence) -> _Decision:
    """The place that a name means, or may mean, unless it is an ordinary word and a weak name."""
    item, (candidates, main) = evidence.matches[number], name
    scored = _ranked(candidates, number, evidence, main)
    outside = number in evidence.areas and all(
        evidence.outside(candidate, number) for candidate in candidates
    )
    known = not outside and _is_clear(scored, candidates, item, evidence.index, main)
    is_name = known or scored[0][0] >= _ENOUGH or NameStrength.STRONG in candidates.values()
    return _Decision(scored, known, outside, is_name)


def _mention(item: NameMatch, decision: _Decision, folded: Normalised) -> PlaceMention:
    best, reasons, place_id = decision.scored[0]
    if item.use is not MentionUse.LOCATION:
        reasons = [_NO_PLACES[item.use]]
    elif decision.outside:
        reasons = [_ALL_OUTSIDE]
    elif not decision.known:
        number = len(decision.scored)
        reasons = [message("does not know which of {number} places is meant", number=number)]
    elif item.corrected:
        reasons = [*reasons, _CORRECTED]
    start, end = folded.span(item.match.start, item.match.end)
    return PlaceMention(
        start=start,
        end=end,
        surface=folded.original[start:end],
        place_id=place_id if decision.known else None,
        candidates=tuple(score[2] for score in decision.scored),
        confidence=round(max(0.0, min(1.0, best - (0.2 if item.corrected else 0.0))), 2),
        reason=joined(*reasons),
        use=item.use,
    )


def _candidates(item: NameMatch, index: PlaceIndex) -> Mapping[str, NameStrength]:
    """The places of the name, and those of the name with the kind word that stands before it."""
    candidates = index.by_name[item.match.phrase]
    if item.kind and item.use is MentionUse.LOCATION:
        whole = index.by_name.get(f"{item.kind.singular} {item.match.phrase}")
        return {**candidates, **whole} if whole else candidates
    return candidates


def _ranked(
    candidates: Mapping[str, NameStrength], number: int, evidence: Evidence, main: str | None
) -> list[_Scored]:
    """The candidates with their scores and reasons, best first; `main` before all others."""
    index = evidence.index
    scored = [evidence.score(key, strength, number) for key, strength in candidates.items()]
    if len(scored) == 1:
        return scored
    scored.sort(key=lambda score: (-score[0] - _prior(score[2], index), score[2]))
    if main is not None and not evidence.outside(main, number):
        scored.sort(key=lambda score: score[2] != main)
    return scored


def _is_clear(
    scored: Sequence[_Scored],
    candidates: Mapping[str, NameStrength],
    item: NameMatch,
    index: PlaceIndex,
    main: str | None,
) -> bool:
    """Whether the first candidate is the only one meant: the main place, or well above the next."""
    best, _, place_id = scored[0]
    if place_id == main:
        return True
    # A strong name is a name in any case: its places differ by what supports each. With the word for
    # another kind, "the camp of Tell Abyad", it may be that of a place that is not known.
    is_name = candidates[place_id] is NameStrength.STRONG and item.kind is None
    if best < _ENOUGH and not is_name:
        return False
    prior = _prior(place_id, index)
    rivals = (
        score + _prior(other, index) - prior
        for score, _, other in scored[1:]
        if not _are_one(place_id, other, index)
    )
    return best - max(rivals, default=0.0) >= _CLEAR


def _are_one(place_id: str, other: str, index: PlaceIndex) -> bool:
    """Whether two places of a name are one in two lists, or a town and its district or governorate."""
    areas = [index.place(key).feature_class in _LANDS for key in (place_id, other)]
    if not any(areas):
        return index.distance_km(place_id, other) <= _SAME_KM
    return bool(index.lies_in(place_id, other) or index.lies_in(other, place_id))


def _main_place(
    candidates: Mapping[str, NameStrength], item: NameMatch, index: PlaceIndex
) -> str | None:
    """The only place with this strong name, if all other candidates contain that place.

    "Daraa" is the town, even where "Daraa governorate" is named too, and where a list has a district
    of that name around it.
    """
    strong = [key for key, strength in candidates.items() if strength is NameStrength.STRONG]
    if len(strong) != 1:
        return None
    others = candidates.keys() - set(strong)
    if not others:
        return strong[0]
    if item.kind is not None:
        return None
    return strong[0] if all(_holds(other, strong[0], index) for other in others) else None


def _holds(area_id: str, place_id: str, index: PlaceIndex) -> bool:
    """Whether an area contains a place, as far as the gazetteer knows."""
    is_area = index.place(area_id).feature_class in _LANDS
    return area_id in index.containers[place_id] or (
        is_area and bool(index.lies_in(place_id, area_id))
    )


def _prior(place_id: str, index: PlaceIndex) -> float:
    """A small bonus: the curated or the larger place is meant more often, a town more than its area."""
    place = index.place(place_id)
    larger = place.tier == 1 or place.feature_class is FeatureClass.CITY
    return (_LARGER if larger else 0.0) + (_TOWN if place.feature_class not in _AREAS else 0.0)
