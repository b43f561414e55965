"""The places of an event, e.g. "انسحبت من البلدة" -> the antecedent of "the town"."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import chain

from dashboard.extraction.scene import Article, PlaceArgument, Scene, between, most_specific
from dashboard.extraction.sentence import EventHit
from dashboard.gazetteer.context import KindWord, MentionUse
from dashboard.gazetteer.index import PlaceIndex
from dashboard.model.place import FeatureClass
from dashboard.text.clitics import definite_base

_AREAS = frozenset({FeatureClass.REGION, FeatureClass.SUBDISTRICT, FeatureClass.DISTRICT})
# How many places named before are remembered for "the town".
_REMEMBERED = 12


@dataclass(slots=True)
class NamedPlaces:
    """The places named so far in an article, in order, and those of the last confident suggestion."""

    named: list[PlaceArgument] = field(default_factory=list)
    of_last_event: tuple[PlaceArgument, ...] = ()

    def name(self, article: Article, start: int, end: int, index: PlaceIndex) -> None:
        """Remember the places that a sentence names, from start to end (original offsets)."""
        named = [
            PlaceArgument(0, 0, mention, mention.place_id)
            for mention in between(article.places, start, end)
            if mention.use is MentionUse.LOCATION and mention.place_id is not None
        ]
        self.named.extend(most_specific(named, index))
        del self.named[:-_REMEMBERED]


def places_for(
    scene: Scene, hit: EventHit, before: NamedPlaces, index: PlaceIndex
) -> tuple[list[PlaceArgument], str]:
    """The places of an event, and where in the text they are from: a key of the reasons."""
    clause = scene.sentence.clauses[hit.at]
    here = _of(scene, scene.place_index.in_clauses(clause, clause))
    after = [place for place in here if place.at > hit.at]
    if here:
        return after or here, "clause"
    if clause in scene.unknown_clauses:
        return [], "unknown"
    referred = _anaphor_place(scene, hit, before, index)
    if referred is not None:
        return [referred[0]], referred[1]
    beside = scene.place_index.in_part(scene.sentence.parts[hit.at])
    if beside:
        return _nearest_clause(scene, beside, clause), "sentence"
    if hit.form.cue.kind.at_last_event and before.of_last_event:
        return list(before.of_last_event), "last event"
    if scene.places:
        return _nearest_clause(scene, range(len(scene.places)), clause), "paragraph"
    if before.named:
        return [before.named[-1]], "paragraph"
    return [], "none"


def _of(scene: Scene, numbers: range) -> list[PlaceArgument]:
    return list(scene.places[numbers.start : numbers.stop])


def _nearest_clause(scene: Scene, among: range, clause: int) -> list[PlaceArgument]:
    """The places of the clause nearest to that of the event, a later one before an earlier one."""
    before, later = scene.place_index.nearest_clauses(clause, among)
    nearest = later if later is not None else before
    if nearest is None:
        return []
    return _of(scene, scene.place_index.in_clauses(nearest, nearest, among))


def _anaphor_place(
    scene: Scene, hit: EventHit, before: NamedPlaces, index: PlaceIndex
) -> tuple[PlaceArgument, str] | None:
    """The place that "the town", "the base" in the event's clause refers to, and how."""
    sentence = scene.sentence
    last = sentence.clause_span(sentence.clauses[hit.at])[1]
    for at in range(hit.at + 1, last + 1):
        if at in scene.place_words:
            continue
        kind = _definite_kind(sentence.words[at].text, index)
        if kind is not None:
            here = reversed(_of(scene, scene.place_index.before(hit.at)))
            return _last_of_kind(chain(here, reversed(before.named)), kind, index)
    return None


def _last_of_kind(
    places: Iterable[PlaceArgument], kind: KindWord, index: PlaceIndex
) -> tuple[PlaceArgument, str] | None:
    """The first of `places`, the last named first, that the kind word can mean."""
    latest: PlaceArgument | None = None
    tried: set[str] = set()
    for place in places:
        # "The region" is where the text is just now, whatever it is.
        if not _AREAS.isdisjoint(kind.classes):
            return place, "area"
        latest = latest or place
        if place.place_id in tried:
            continue
        tried.add(place.place_id)
        if index.place(place.place_id).feature_class in kind.classes:
            return place, "before"
        holder = _holder(place, kind, index)
        if holder is not None:
            return holder, "before"
    return (latest, "area") if latest else None


def _holder(place: PlaceArgument, kind: KindWord, index: PlaceIndex) -> PlaceArgument | None:
    """The town that a place lies in, if "the town" can mean it."""
    for place_id in index.gazetteer.containers(place.place_id):
        if index.place(place_id).feature_class in kind.classes:
            return replace(place, place_id=place_id)
    return None


def _definite_kind(word: str, index: PlaceIndex) -> KindWord | None:
    base = definite_base(word)
    return index.context.kind_words.get(base) if base else None
