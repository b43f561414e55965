"""The place that "the town" refers to, e.g. "انسحبت من البلدة" -> the town named before."""

from collections.abc import Collection, Iterable, Sequence

from dashboard.extraction.scene import PlaceArgument, Scene
from dashboard.extraction.sentence import EventHit, Sentence, is_verb
from dashboard.gazetteer.context import KindWord
from dashboard.gazetteer.index import PlaceIndex
from dashboard.model.place import FeatureClass
from dashboard.text.clitics import PRONOUNS, definite_base

_AREAS = frozenset({FeatureClass.REGION, FeatureClass.SUBDISTRICT, FeatureClass.DISTRICT})
CAPITAL = "عاصمه"
_INSIDE = frozenset({"وسط", "داخل", "قلب"})


def referred_place(
    scene: Scene,
    hit: EventHit,
    before: Sequence[PlaceArgument],
    aside: Collection[PlaceArgument],
    index: PlaceIndex,
) -> tuple[PlaceArgument, str] | None:
    """The place that "the town", "the base" in the event's clause refers to, and how.

    It is none of those in `aside`, which only say where another place is.
    """
    sentence = scene.sentence
    for at in _objects(sentence, hit):
        if at in scene.place_words:
            continue
        word = sentence.texts[at]
        kind, capital = _definite_kind(word, index), definite_base(word) == CAPITAL
        if kind is not None or capital:
            numbers = scene.place_index.before(hit.at)
            here = [p for p in scene.places[numbers.start : numbers.stop] if p not in aside]
            earlier = [*reversed(here), *reversed(before)]
            return _last_of_kind(earlier, kind, index) if kind else _capital(earlier, index)
    return None


def _objects(sentence: Sentence, hit: EventHit) -> Iterable[int]:
    """The words after the cue in its clause; of "the town which they shelled" first "the town"."""
    clause = sentence.clauses[hit.at]
    first, last = sentence.clause_span(clause)
    after = range(hit.at + 1, last + 1)
    which = clause in sentence.relative_clauses and is_verb(hit)
    pronoun = which and sentence.texts[hit.at].endswith(PRONOUNS)
    return [first - 1, *after] if pronoun and first else after


def is_inside(scene: Scene, hit: EventHit, index: PlaceIndex) -> bool:
    """Whether the act is said to be inside the place referred to: "in the centre of the town"."""
    sentence = scene.sentence
    last = sentence.clause_span(sentence.clauses[hit.at])[1]
    return any(
        sentence.texts[at - 1] in _INSIDE and _definite_kind(sentence.texts[at], index)
        for at in range(hit.at + 1, last + 1)
        if at not in scene.place_words
    )


def is_kind_word(word: str, index: PlaceIndex) -> bool:
    """Whether a word says what a place is: "town", "the capital"."""
    return word in index.context.kind_words or definite_base(word) == CAPITAL


def _capital(
    places: Sequence[PlaceArgument], index: PlaceIndex
) -> tuple[PlaceArgument, str] | None:
    """The capital named last, or that of the country of the place named last."""
    capitals = index.context.capitals
    for place in places:
        if place.place_id in capitals:
            return place, "before"
    for place in places[:1]:
        lies_in = {place.place_id, *index.gazetteer.containers(place.place_id)}
        own = [town for town, country in capitals.items() if country in lies_in]
        if len(own) == 1:
            return place._replace(place_id=own[0]), "area"
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
            return place._replace(place_id=place_id)
    return None


def _definite_kind(word: str, index: PlaceIndex) -> KindWord | None:
    base = definite_base(word)
    return index.context.kind_words.get(base) if base else None
