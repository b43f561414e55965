"""The places of an event, e.g. "انسحبت من البلدة" -> the antecedent of "the town"."""

from collections.abc import Collection
from dataclasses import dataclass, field

from dashboard.extraction.claim_roles import ClaimRole
from dashboard.extraction.cues import Cues
from dashboard.extraction.party_names import is_one_of
from dashboard.extraction.place_anaphora import (
    CAPITAL,
    is_inside,
    is_kind_word,
    referred_place,
)
from dashboard.extraction.scene import Article, PlaceArgument, Scene, between, most_specific
from dashboard.extraction.scope import names_time
from dashboard.extraction.sentence import EventHit, Sentence
from dashboard.gazetteer.context import MentionUse
from dashboard.gazetteer.index import PlaceIndex
from dashboard.model.place import FeatureClass
from dashboard.text.clitics import AND, bases
from dashboard.text.normalise import fold

# "Stationed in the town of" and "towards the town of" are so many words before a name, at most.
_BASE_REACH, _GOAL_REACH = 4, 3
# "The village of X north of Y": farther apart, the first is no place of the text ("the Red Sea Mills").
_BESIDE_KM = 100
# What the first is in may stand between, in so many words: "the village of X in the countryside of Z".
_BESIDE_REACH = 4
# "In", and how many words after it a place may open a sentence: "in the countryside of".
_IN, _OPENING_REACH = "في", 2
# "On its way", "its going to".
_BOUND_FOR = ("توجهه", "طريقه")
# "Its source" is right before the place; "supported by", "displaced people" so many words before.
_SOURCES = frozenset({"مصدره", "مصدرها"})
_FROM, _ORIGIN_REACH = "من", 5
_PEOPLE = frozenset(
    map(fold, ("نازحين", "النازحين", "نازحون", "النازحون", "مهجرين", "المهجرين", "لاجئين"))
)
# Places so many clauses apart are no places of the act; a sentence may have thousands.
_NEAR_CLAUSES = 12
# How many places named before are remembered for "the town".
_REMEMBERED = 12
# So many characters before a name hold the words that say that a party is stationed there.
_BASE_CHARACTERS = 40


@dataclass(slots=True)
class NamedPlaces:
    """The places named so far in an article, in order, and those of the last confident suggestion."""

    named: list[PlaceArgument] = field(default_factory=list)
    of_last_event: tuple[PlaceArgument, ...] = ()

    def name(
        self,
        article: Article,
        start: int,
        end: int,
        index: PlaceIndex,
        cues: Cues,
    ) -> None:
        """Remember the places that a sentence names, from start to end (original offsets).

        One that only says where another is ("Tafas, west of Daraa"), or where a force is stationed, is
        no place that the text goes on about.
        """
        named = [
            PlaceArgument(0, 0, mention, mention.place_id)
            for mention in between(article.places, start, end)
            if mention.use is MentionUse.LOCATION and mention.place_id is not None
        ]
        ends = [0, *(p.mention.end for p in named)]
        named = [
            place
            for place, end in zip(named, ends, strict=False)
            if not end or not _is_aside(article, place, end, index, cues)
        ]
        self.named.extend(most_specific(named, index))
        del self.named[:-_REMEMBERED]


def _is_aside(
    article: Article, place: PlaceArgument, end: int, index: PlaceIndex, cues: Cues
) -> bool:
    """Whether it only says where the place before it is, or where a party is stationed.

    The place before it ends at offset `end`. The word for its kind may stand between: "south of the
    capital, Tripoli", "west of the town of X".
    """
    folded = article.text.folded
    at = folded.folded_offset(place.mention.start)
    before = folded.text[max(0, at - _BASE_CHARACTERS) : at].split()[-_BASE_REACH:]
    if CAPITAL in before[-2:]:
        return True
    nearest = before[-2:] if before and is_kind_word(before[-1], index) else before[-1:]
    beside = place.mention.start - end <= _BASE_CHARACTERS
    if beside and not cues.words[ClaimRole.DIRECTION].isdisjoint(nearest):
        return True
    return any(is_one_of(word, cues.words[ClaimRole.STATIONED]) for word in before)


def places_for(
    scene: Scene, hit: EventHit, before: NamedPlaces, index: PlaceIndex, cues: Cues
) -> tuple[list[PlaceArgument], str]:
    """The places of an event, and where in the text they are from: a key of the reasons."""
    clause = scene.sentence.clauses[hit.at]
    aside = _asides(scene, hit, index, cues)
    here = _of(scene, scene.place_index.in_clauses(clause, clause))
    unknown = any(at > hit.at and scene.sentence.clauses[at] == clause for at in scene.unknown)
    of_act = [place for place in here if not _is_base(scene.sentence, place, cues)]
    here = of_act or ([] if unknown else here)
    here = [place for place in here if place not in aside]
    after = [place for place in here if place.at > hit.at]
    referred = referred_place(scene, hit, before.named, aside, index)
    if here:
        goals = all(_is_goal(scene.sentence, place, cues) for place in here)
        origin = [referred[0]] if referred and goals else []
        return [*origin, *(after or here)], "clause"
    if clause in scene.quarters:
        city = _city_before(scene, hit, before, index)
        return ([city], "area") if city else ([], "unknown")
    if clause in scene.unknown_clauses:
        inside = referred is not None and is_inside(scene, hit, index)
        return _around_unknown(scene, referred[0] if referred and inside else None)
    if referred is not None:
        return [referred[0]], referred[1]
    beside = _nearest_clause(
        scene, scene.place_index.in_part(scene.sentence.parts[hit.at]), clause, aside
    )
    if beside:
        return beside, "sentence"
    if any(scene.sentence.parts[at] == scene.sentence.parts[hit.at] for at in scene.unknown):
        return [], "unknown"
    if hit.form.cue.kind.at_last_event and before.of_last_event:
        return list(before.of_last_event), "last event"
    near = _nearest_clause(scene, range(len(scene.places)), clause, aside)
    if near:
        return near, "paragraph"
    if before.named:
        return [before.named[-1]], "paragraph"
    return [], "none"


def _asides(
    scene: Scene, hit: EventHit, index: PlaceIndex, cues: Cues
) -> Collection[PlaceArgument]:
    """The places near the act that only say where another is, or are of the reason of the act."""
    clause = scene.sentence.clauses[hit.at]
    near = scene.place_index.in_clauses(clause - _NEAR_CLAUSES, clause + _NEAR_CLAUSES)
    return [
        place
        for place in _of(scene, near)
        if _says_where(scene, place, index, cues)
        or _is_of_reason(scene.sentence, place, hit, cues)
        or _is_of_source(scene.sentence, place, hit)
        or _is_origin(scene.sentence, place, hit, index, cues)
        or _has_capital(scene, place, index)
        or (hit.form.definite and names_time(scene.sentence, hit.at, place.at))
    ]


def _city_before(
    scene: Scene, hit: EventHit, before: NamedPlaces, index: PlaceIndex
) -> PlaceArgument | None:
    """The city named last, which a quarter that the gazetteer lacks is in."""
    numbers = scene.place_index.before(hit.at)
    named = [*before.named, *scene.places[numbers.start : numbers.stop]]
    cities = (p for p in named if index.place(p.place_id).feature_class is FeatureClass.CITY)
    return max(cities, key=lambda place: place.mention.start, default=None)


def _around_unknown(
    scene: Scene, referred: PlaceArgument | None
) -> tuple[list[PlaceArgument], str]:
    """What an unknown place is in: one referred to, or the one with which the sentence opens.

    "In Afrin, the forces entered the village of X".
    """
    if referred is not None:
        return [referred], "before"
    sentence = scene.sentence
    if sentence.texts[0].removeprefix(AND) != _IN:
        return [], "unknown"
    last = sentence.clause_span(0)[1]
    opening = [p for p in scene.places[:1] if p.at <= _OPENING_REACH and p.last == last]
    return opening, "area" if opening else "unknown"


def _is_base(sentence: Sentence, place: PlaceArgument, cues: Cues) -> bool:
    """Whether a party is only said to be based there: "the forces stationed in the town of"."""
    clause = sentence.clauses[place.at]
    before = range(max(0, place.at - _BASE_REACH), place.at)
    words = [sentence.texts[at] for at in before if sentence.clauses[at] == clause]
    return any(is_one_of(word, cues.words[ClaimRole.STATIONED]) for word in words)


def _says_where(scene: Scene, place: PlaceArgument, index: PlaceIndex, cues: Cues) -> bool:
    """Whether it only says where the place before it is: "the village of X north of Y"."""
    sentence, at = scene.sentence, place.at
    while at and is_kind_word(sentence.texts[at - 1], index):
        at -= 1
    first = at
    while at and sentence.texts[at - 1] in cues.words[ClaimRole.DIRECTION]:
        at -= 1
    # A direction may be a part of the name: "al-Bab, eastern Aleppo".
    directed = at < first or sentence.texts[first] in cues.words[ClaimRole.DIRECTION]
    if not directed:
        return False
    near = [p for p in scene.places if index.distance_km(p.place_id, place.place_id) <= _BESIDE_KM]
    named = {number for p in near for number in range(p.at, p.last + 1)}
    before = range(max(0, at - _BESIDE_REACH), at)
    last = max((number for number in before if number in named), default=-1)
    between = sentence.texts[last + 1 : at]
    return last >= 0 and not any(word.startswith(AND) for word in between)


def _is_of_reason(sentence: Sentence, place: PlaceArgument, hit: EventHit, cues: Cues) -> bool:
    """Whether it is where the reason was: "shelled the town in response to attacks on the village"."""
    acts = sentence.events_between(hit.at + 1, place.at)
    return bool(acts) and not cues.words[ClaimRole.REASON].isdisjoint(
        sentence.texts[hit.at + 1 : acts[-1].at]
    )


def _is_of_source(sentence: Sentence, place: PlaceArgument, hit: EventHit) -> bool:
    """Whether another clause cites somebody there: "according to doctors of the hospital of"."""
    clause = sentence.clauses[place.at]
    opening = sentence.clause_span(clause)[0]
    cited = sentence.between(ClaimRole.REPORT, opening, opening + 1)
    return clause != sentence.clauses[hit.at] and any(cue.cue.where == "before" for cue in cited)


def _is_origin(
    sentence: Sentence, place: PlaceArgument, hit: EventHit, index: PlaceIndex, cues: Cues
) -> bool:
    """Whether fire, help or people are from there, or bound for it: "shells whose source was X".

    It is where an act of movement begins.
    """
    at = place.at
    while at and is_kind_word(sentence.texts[at - 1], index):
        at -= 1
    before = sentence.texts[max(0, at - _ORIGIN_REACH) : at]
    if any(word.startswith(_BOUND_FOR) for word in before) and not hit.form.cue.kind.movement:
        # "Ambushed on the road in the town, on their way to the city".
        return True
    # A part of the name may stand between: "whose source was the hill of X".
    if not _SOURCES.isdisjoint(before[-2:]):
        return True
    if before[-1:] != (_FROM,):
        return False
    helps = [
        number
        for number, word in enumerate(before, at - len(before))
        if is_one_of(word, cues.words[ClaimRole.SUPPORT])
    ]
    if helps:
        return not helps[-1] < hit.at < at
    people = any(base in _PEOPLE for base in bases(before[-2])) if before[-2:-1] else False
    return people and not hit.form.cue.kind.movement


def _has_capital(scene: Scene, place: PlaceArgument, index: PlaceIndex) -> bool:
    """Whether it only says what the place before it is: "Nyala, the capital of the state of X"."""
    sentence, at = scene.sentence, place.at
    if at and is_kind_word(sentence.texts[at - 1], index) and sentence.texts[at - 1] != CAPITAL:
        at -= 1
    apposed = sentence.texts[at - 1 : at] == (CAPITAL,)
    return apposed and any(
        at - other.last <= _BASE_REACH for other in scene.places if other.last < at
    )


def _is_goal(sentence: Sentence, place: PlaceArgument, cues: Cues) -> bool:
    """Whether somebody goes to the place: "towards the border"."""
    before = sentence.texts[max(0, place.at - _GOAL_REACH) : place.at]
    return any(word in cues.words[ClaimRole.TO] for word in before)


def _of(scene: Scene, numbers: range) -> list[PlaceArgument]:
    return list(scene.places[numbers.start : numbers.stop])


def _nearest_clause(
    scene: Scene, among: range, clause: int, aside: Collection[PlaceArgument]
) -> list[PlaceArgument]:
    """The places of the clause nearest to that of the event, a later one before an earlier one.

    Those in `aside` are left out.
    """
    before, later = scene.place_index.nearest_clauses(clause, among)
    for nearest in (later, before):
        if nearest is None:
            continue
        found = _of(scene, scene.place_index.in_clauses(nearest, nearest, among))
        places = [place for place in found if place not in aside]
        if places:
            return places
    return []
