"""Place names in text, found and resolved, e.g. "قرى معلق وجهبل" -> the two villages near Ain Issa.

Each candidate of a name is scored from its strength, the kind word before it, the containing places
named in the same sentence, nearness to the article's sure places, and whether the article names it
elsewhere. The best one is taken if its score is high enough and clear of the next.
"""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log10

from dashboard.gazetteer.context import KindWord, MentionUse
from dashboard.gazetteer.index import PlaceIndex
from dashboard.model.place import FeatureClass, NameStrength
from dashboard.text.normalise import Normalised, normalise
from dashboard.text.phrases import Match
from dashboard.text.sentences import sentences
from dashboard.text.zones import Zone, ZoneKind, zones

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
# How far back, in folded characters, a list may have begun that a name continues.
_LIST_REACH = 90
# How far back the words that tell of a name stand.
_REACH = 60
_WORD = re.compile(r"[^\W_]+")
_CLOCK = re.compile(r"\d{1,2}:\d{2}\s*$")
_JOINED = re.compile(r"[\s,\"'()]*")


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


@dataclass(frozen=True, slots=True)
class _Found:
    """A name in folded text with what stands before it."""

    match: Match
    corrected: bool
    kind: KindWord | None
    use: MentionUse
    locative: bool
    sentence: int
    zone: ZoneKind


def find_places(
    text: str,
    index: PlaceIndex,
    folded: Normalised | None = None,
    parts: Sequence[Zone] | None = None,
) -> tuple[PlaceMention, ...]:
    """Every mention of a gazetteer name in `text`, in order, each resolved or said to be unknown.

    `folded` is the normalised text and `parts` its zones, if the caller has them already.
    """
    folded = folded or normalise(text)
    found = _found(folded, parts or zones(text, index.context.furniture), index)
    beside = _beside(found, index)
    sure = _sure_places(found, index)
    scene = _Scene(index, beside, sure)
    mentions = [_resolve(item, scene, folded) for item in found]
    # Names that the first pass settled support the doubtful ones in a second.
    settled = frozenset(
        mention.place_id
        for mention in mentions
        if mention and mention.place_id and mention.use is MentionUse.LOCATION
    )
    if settled - sure:
        scene = _Scene(index, beside, sure | settled)
        mentions = [_resolve(item, scene, folded) for item in found]
    return tuple(mention for mention in mentions if mention is not None)


def _found(folded: Normalised, parts: Sequence[Zone], index: PlaceIndex) -> list[_Found]:
    matches = [(match, False) for match in index.phrases.search(folded.text)]
    matches += [(match, True) for match in _misspelt(folded.text, index, matches)]
    matches.sort(key=lambda pair: pair[0].start)
    spans = sentences(folded.original)
    found: list[_Found] = []
    for match, corrected in matches:
        if folded.indefinite(match.start, match.end):
            continue
        at = folded.offsets[match.start]
        zone = _zone_at(parts, at)
        kind = _kind_before(folded.text, match, found, index)
        use = _use_of(folded.text, match, zone, kind, index)
        found.append(
            _Found(
                match=match,
                corrected=corrected,
                kind=kind,
                use=use,
                locative=use is MentionUse.LOCATION
                and (
                    _after_locative(folded.text, match, index)
                    or _joined_to(folded.text, match, found)
                ),
                sentence=_sentence_at(spans, at),
                zone=zone,
            )
        )
    return found


def _zone_at(parts: Sequence[Zone], at: int) -> ZoneKind:
    return parts[bisect_right(parts, at, key=lambda zone: zone.start) - 1].kind


def _sentence_at(spans: Sequence[tuple[int, int]], at: int) -> int:
    return bisect_right(spans, at, key=lambda span: span[0]) - 1


def _misspelt(text: str, index: PlaceIndex, known: Sequence[tuple[Match, bool]]) -> Iterable[Match]:
    """Names of two words whose first word is one edit away and whose second is exact."""
    taken = bytearray(len(text))
    for match, _ in known:
        taken[match.start : match.end] = b"\x01" * (match.end - match.start)
    words = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]
    for (first, start, _), (second, _, end) in pairwise(words):
        names = index.by_last_word.get(second, ())
        if not names or first in index.context.not_misspelt:
            continue
        if any(taken[start:end]):
            continue
        for name in names:
            if _one_edit(first, name.split()[0]):
                yield Match(name, start, end, "")
                break


def _one_edit(one: str, other: str) -> bool:
    """Whether one letter put in, left out or changed makes the words equal; not whole short words."""
    if one == other or abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 2:
        return False
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        return len(short) > 2 and sum(a != b for a, b in zip(short, long, strict=True)) == 1
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _before(text: str, start: int, number: int) -> Sequence[str]:
    """The last `number` words before `start`, the nearest last."""
    return _words_before(text, start)[0][-number:]


# Several rules look at the words before one name, one after the other.
@lru_cache(maxsize=16)
def _words_before(text: str, start: int) -> tuple[tuple[str, ...], int]:
    """The words in reach before `start`, and where the last of them ends."""
    low = max(0, start - _REACH)
    found = list(_WORD.finditer(text, low, start))
    return tuple(match[0] for match in found), found[-1].end() if found else start


def _kind_before(
    text: str, match: Match, found: Sequence[_Found], index: PlaceIndex
) -> KindWord | None:
    """The kind word before the name, or the one that began the list which the name continues."""
    start = match.start - len(match.prefix)
    words = _before(text, start, 1)
    joined = text[max(0, start - _REACH) : start]
    if words and joined.rstrip(" \"'(").endswith(words[0]):
        kind = _as_kind(words[0], index)
        if kind:
            return kind
    listed = found[-1] if found else None
    if listed is None or listed.kind is None or not listed.kind.many:
        return None
    between = text[listed.match.end : start]
    continues = match.prefix.startswith("و") or between.strip() in {",", "و"}
    return listed.kind if continues and len(between) < _LIST_REACH and "." not in between else None


def _as_kind(word: str, index: PlaceIndex) -> KindWord | None:
    """The kind word that `word` is; "the village" (القرية) names none, what follows describes it."""
    words = index.context.kind_words
    for clitics in ("", "و", "ف", "ب", "ل", "ك", "وب", "ول"):
        rest = word.removeprefix(clitics)
        if (clitics == "" or rest != word) and rest in words:
            return words[rest]
    return None


def _use_of(
    text: str, match: Match, zone: ZoneKind, kind: KindWord | None, index: PlaceIndex
) -> MentionUse:
    """What the name stands for; the first rule that fits decides."""
    start = match.start - len(match.prefix)
    if zone in {ZoneKind.RELATED, ZoneKind.FOOTER}:
        return MentionUse.FURNITURE
    if _CLOCK.search(text[max(0, start - 12) : start]) and not match.prefix:
        return MentionUse.TIME_ZONE
    by_words = None if match.prefix else _use_by_words(text, start, index)
    if by_words:
        return by_words
    if match.phrase.startswith(tuple(f"{word} " for word in index.context.kind_words)):
        title = _use_by_words(text, start, index)
        return title if title is MentionUse.TITLE else MentionUse.LOCATION
    if kind is None and _is_capital_or_country(match.phrase, index):
        return _location_or_metonym(text, match, index)
    return MentionUse.LOCATION


def _use_by_words(text: str, start: int, index: PlaceIndex) -> MentionUse | None:
    """The use that the one to three words right before the name tell."""
    words = _before(text, start, 3)
    if not _JOINED.fullmatch(text[_last_end(text, start) : start]):
        return None
    for length in (3, 2, 1):
        phrase = " ".join(words[-length:])
        for clitic in ("", "ل", "ب", "و"):
            use = index.context.uses.get(phrase.removeprefix(clitic))
            if use and len(words) >= length:
                return use
    return None


def _last_end(text: str, start: int) -> int:
    """Where the last word before `start` ends."""
    return _words_before(text, start)[1]


def _is_capital_or_country(phrase: str, index: PlaceIndex) -> bool:
    return any(
        place_id in index.context.capitals
        or index.place(place_id).feature_class is FeatureClass.COUNTRY
        for place_id in index.by_name[phrase]
    )


def _location_or_metonym(text: str, match: Match, index: PlaceIndex) -> MentionUse:
    """A capital or country is a government unless a word of place stands right before it."""
    in_place = "ب" in match.prefix or _stands_in_place(text, match, index)
    return MentionUse.LOCATION if in_place else MentionUse.METONYM


def _stands_in_place(text: str, match: Match, index: PlaceIndex) -> bool:
    """Whether a word of place (in, to, north of ...) stands right before a country or capital."""
    return _is_capital_or_country(match.phrase, index) and _after_locative(text, match, index)


def _after_locative(text: str, match: Match, index: PlaceIndex) -> bool:
    """Whether a word of place stands right before the name."""
    if match.prefix:
        return False
    start = match.start
    words = _before(text, start, 1)
    between = text[_last_end(text, start) : start]
    return bool(words) and not between.strip() and _locative(words[0], index)


def _locative(word: str, index: PlaceIndex) -> bool:
    locatives = index.context.locatives
    return word in locatives or any(
        word.startswith(clitic) and word.removeprefix(clitic) in locatives for clitic in "وفبل"
    )


def _joined_to(text: str, match: Match, found: Sequence[_Found]) -> bool:
    """Whether the name is joined by "and" to one found right before it: رفح وخان يونس."""
    if not found or not match.prefix.startswith("و") or found[-1].use is not MentionUse.LOCATION:
        return False
    return not text[found[-1].match.end : match.start - len(match.prefix)].strip(" ,\"'")


def _sure_places(found: Sequence[_Found], index: PlaceIndex) -> frozenset[str]:
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


def _beside(found: Sequence[_Found], index: PlaceIndex) -> Mapping[int, Counter[str]]:
    """Per sentence, the places that strong names in it may mean, with how many names each."""
    beside: dict[int, Counter[str]] = defaultdict(Counter)
    for item in found:
        if item.use is not MentionUse.OUTLET:
            beside[item.sentence].update(_strong_places(item, index))
    return beside


def _strong_places(item: _Found, index: PlaceIndex) -> list[str]:
    return [
        place_id
        for place_id, strength in index.by_name[item.match.phrase].items()
        if strength is NameStrength.STRONG
        and index.place(place_id).feature_class is not FeatureClass.COUNTRY
    ]


class _Scene:
    """What the article as a whole says: its sure places, and what each sentence names."""

    def __init__(
        self, index: PlaceIndex, beside: Mapping[int, Counter[str]], sure: frozenset[str]
    ) -> None:
        self.index = index
        self.sure = sure
        self._anchors = [place_id for place_id in sure if index.is_anchor(place_id)]
        self._beside = beside
        self._nearest: dict[str, float | None] = {}

    def holder_beside(self, place_id: str, item: _Found) -> bool:
        """Whether another strong name in the sentence is of a place that holds this one."""
        own = _strong_places(item, self.index)
        named = self._beside.get(item.sentence, Counter[str]())
        holders = self.index.containers[place_id] - {place_id}
        return any(named[holder] - own.count(holder) > 0 for holder in holders)

    def nearest_km(self, place_id: str) -> float | None:
        """How far the nearest other sure place is; `None` if there is none."""
        if place_id not in self._nearest:
            distances = [
                self.index.distance_km(place_id, other)
                for other in self._anchors
                if other != place_id
            ]
            self._nearest[place_id] = min(distances, default=None)
        return self._nearest[place_id]


def _resolve(item: _Found, scene: _Scene, folded: Normalised) -> PlaceMention | None:
    index = scene.index
    candidates = dict(index.by_name[item.match.phrase])
    if item.kind and item.use is MentionUse.LOCATION:
        whole = f"{item.kind.singular} {item.match.phrase}"
        candidates |= index.by_name.get(whole, {})
    scored = sorted(
        (_score(place_id, strength, item, scene) for place_id, strength in candidates.items()),
        key=lambda score: (-score[0] - _prior(score[2], index), score[2]),
    )
    own = _own(candidates, item, index)
    if own is not None:
        scored.sort(key=lambda score: score[2] != own)
    best, reason, place_id = scored[0]
    next_best = (
        scored[1][0] + _prior(scored[1][2], index) - _prior(place_id, index) if scored[1:] else 0.0
    )
    weak_only = NameStrength.STRONG not in candidates.values()
    sole = own is not None
    known = sole or (best >= _ENOUGH and best - next_best >= _CLEAR)
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


def _own(candidates: Mapping[str, NameStrength], item: _Found, index: PlaceIndex) -> str | None:
    """The one place that a name means by itself; what holds it has the name from it.

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
    place_id: str, strength: NameStrength, item: _Found, scene: _Scene
) -> tuple[float, str, str]:
    """A candidate's score, its reasons in words, and its id."""
    place = scene.index.place(place_id)
    score = _BASE[strength]
    reasons = [f"{strength.value} name"]
    if item.kind and place.feature_class in item.kind.classes:
        score += _KIND
        reasons.append("the word before says what it is")
    elif item.kind:
        score += _KIND_CLASH
    if scene.holder_beside(place_id, item):
        score += _CONTAINED
        reasons.append("what holds it is named beside it")
    capital = _is_capital_or_country(item.match.phrase, scene.index)
    in_place = item.kind is None and (capital or place.tier > 1)
    if strength is NameStrength.WEAK and item.locative and in_place:
        sure = capital or place.feature_class is FeatureClass.CITY or " " in item.match.phrase
        score += _LOCATIVE if sure else _IN_PLACE
        reasons.append("a word of place stands before it")
    if place_id in scene.sure and strength is NameStrength.WEAK:
        score += _ELSEWHERE
        reasons.append("the article names it elsewhere")
    nearest = scene.nearest_km(place_id)
    if nearest is not None:
        score += _NEAR - _NEAR_LOSS * log10(1 + nearest)
        if nearest < _NEAR_KM:
            reasons.append(f"{nearest:.0f} km from another place of the article")
    return score, "; ".join(reasons), place_id
