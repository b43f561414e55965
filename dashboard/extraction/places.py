"""Where an event is told to have happened, e.g. "انسحبت من البلدة" -> the town named last before."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from dashboard.extraction.clauses import EventHit, Sentence
from dashboard.extraction.scene import Article, Placed, Scene, between, most_specific
from dashboard.gazetteer.context import KindWord, MentionUse
from dashboard.gazetteer.index import PlaceIndex
from dashboard.model.place import FeatureClass

# Of kinds whose act is one of words: it is done where the event told before it was.
_OF_WORDS = frozenset({"demand", "threat", "statement", "agreement", "meeting", "release"})
_AREAS = frozenset({FeatureClass.REGION, FeatureClass.SUBDISTRICT, FeatureClass.DISTRICT})
# How many places named before are remembered for "the town".
_REMEMBERED = 12


@dataclass(slots=True)
class Before:
    """What the article told so far: the places named, the last last, and those of the last event."""

    named: list[Placed] = field(default_factory=list)
    told: tuple[Placed, ...] = ()

    def name(self, article: Article, start: int, end: int, index: PlaceIndex) -> None:
        """Remember the places that a sentence names, from start to end (original offsets)."""
        named = [
            Placed(0, 0, mention, mention.place_id)
            for mention in between(article.places, start, end)
            if mention.use is MentionUse.LOCATION and mention.place_id is not None
        ]
        self.named.extend(most_specific(named, index))
        del self.named[:-_REMEMBERED]


def places_for(
    scene: Scene, hit: EventHit, before: Before, index: PlaceIndex
) -> tuple[list[Placed], str]:
    """The places of an event, and in a word from where in the text they were taken."""
    sentence = scene.sentence
    here = [p for p in scene.places if sentence.clauses[p.at] == sentence.clauses[hit.at]]
    after = [place for place in here if place.at > hit.at]
    if here:
        return after or here, "clause"
    if any(sentence.clauses[at] == sentence.clauses[hit.at] for at in scene.unknown):
        return [], "unknown"
    referred = _referred(scene, hit, before, index)
    if referred is not None:
        return [referred[0]], referred[1]
    beside = [p for p in scene.places if sentence.parts[p.at] == sentence.parts[hit.at]]
    if beside:
        return _nearest_clause(sentence, beside, hit), "sentence"
    if hit.form.cue.kind in _OF_WORDS and before.told:
        return list(before.told), "told"
    if scene.places:
        return _nearest_clause(sentence, scene.places, hit), "paragraph"
    if before.named:
        return [before.named[-1]], "paragraph"
    return [], "none"


def _nearest_clause(sentence: Sentence, places: Sequence[Placed], hit: EventHit) -> list[Placed]:
    """The places of the clause nearest to the event's, a later one before an earlier one."""
    own = sentence.clauses[hit.at]
    nearest = min(
        (sentence.clauses[place.at] for place in places),
        key=lambda clause: (clause < own, abs(clause - own)),
    )
    return [place for place in places if sentence.clauses[place.at] == nearest]


def _referred(
    scene: Scene, hit: EventHit, before: Before, index: PlaceIndex
) -> tuple[Placed, str] | None:
    """The place that "the town", "the base" in the event's clause refers to, and how."""
    sentence = scene.sentence
    known = [*before.named, *(place for place in scene.places if place.at < hit.at)]
    for at in range(hit.at + 1, len(sentence.words)):
        if sentence.clauses[at] != sentence.clauses[hit.at]:
            break
        word = sentence.words[at].text
        if any(place.at <= at <= place.last for place in scene.places):
            continue
        kind = _definite_kind(word, index)
        if kind is None:
            continue
        areas = kind.classes & _AREAS
        for place in reversed(known):
            # "The region" is where the text is just now, whatever it is.
            if areas:
                return place, "area"
            if index.place(place.place_id).feature_class in kind.classes:
                return place, "before"
            held = _holder(place, kind, index)
            if held is not None:
                return held, "before"
        return (known[-1], "area") if known else None
    return None


def _holder(place: Placed, kind: KindWord, index: PlaceIndex) -> Placed | None:
    """The town that a place lies in, if "the town" can mean it."""
    for place_id in index.gazetteer.containers(place.place_id):
        if index.place(place_id).feature_class in kind.classes:
            return replace(place, place_id=place_id)
    return None


def _definite_kind(word: str, index: PlaceIndex) -> KindWord | None:
    kinds = index.context.kind_words
    for clitics in ("", "و", "ب", "ف", "وب", "ول"):
        rest = word.removeprefix(clitics)
        if rest.startswith("ال") and rest[2:] in kinds:
            return kinds[rest[2:]]
    if word.startswith("لل") and word[2:] in kinds:
        return kinds[word[2:]]
    return None
