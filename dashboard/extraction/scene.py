"""The mentions of one sentence by word number, as arguments of its events.

E.g. in the sentence "قصفت القوات التركية عين عيسى" the party begins at word 1, the place at word 3.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from itertools import chain
from operator import attrgetter
from typing import NamedTuple, TypeVar

from dashboard.actors.find import ActorMention
from dashboard.dates.find import DateMention
from dashboard.extraction.figures import FigureMention
from dashboard.extraction.sentence import Sentence, is_verb
from dashboard.gazetteer.context import MentionUse
from dashboard.gazetteer.index import PlaceIndex
from dashboard.gazetteer.resolve import PlaceMention
from dashboard.gazetteer.unknown import UnknownPlace
from dashboard.model.place import FeatureClass
from dashboard.text.lazy import lazy_property
from dashboard.text.prepared import PreparedText
from dashboard.text.stated_outlet import StatedOutlet

M = TypeVar("M", PlaceMention, ActorMention, DateMention, UnknownPlace, FigureMention)
_begins = attrgetter("start")


@dataclass(frozen=True, slots=True)
class Article:
    """The text with all its mentions, the day it was published, and the outlet it names, if known."""

    text: PreparedText
    places: Sequence[PlaceMention]
    actors: Sequence[ActorMention]
    dates: Sequence[DateMention]
    unknown: Sequence[UnknownPlace]
    published: date | None
    outlet: StatedOutlet | None = None
    figures: Sequence[FigureMention] = ()


class PlaceArgument(NamedTuple):
    """A place of an event in a sentence: words `at` to `last`, both included."""

    at: int
    last: int
    mention: PlaceMention
    place_id: str


# Without slots, as cached properties need a dict.
@dataclass(frozen=True)
class Scene:
    """One sentence with its mentions, all in the order of the text.

    `unknown` are the numbers of words that begin names of unknown places, and of the ends of a road on
    which an act is; `quarters` the clauses with an unknown quarter of a town; `unlisted` the parties
    that the list of names lacks; `figures` the numbers of people and vehicles.
    """

    sentence: Sentence
    places: Sequence[PlaceArgument]
    actors: Sequence[tuple[int, ActorMention]]
    dates: Sequence[tuple[int, DateMention]]
    unknown: Sequence[int]
    quarters: AbstractSet[int] = frozenset()
    unlisted: Sequence[tuple[int, ActorMention]] = ()
    figures: Sequence[tuple[int, FigureMention]] = ()

    @lazy_property
    def place_index(self) -> "ClauseIndex":
        """The place mentions by clause."""
        return ClauseIndex(self.sentence, [place.at for place in self.places])

    @lazy_property
    def actor_index(self) -> "ClauseIndex":
        """The actor mentions by clause."""
        return ClauseIndex(self.sentence, [at for at, _ in self.actors])

    @lazy_property
    def date_index(self) -> "ClauseIndex":
        """The date mentions by clause."""
        return ClauseIndex(self.sentence, [at for at, _ in self.dates])

    @lazy_property
    def unknown_clauses(self) -> frozenset[int]:
        """The clauses that name an unknown place."""
        return frozenset(self.sentence.clauses[at] for at in self.unknown)

    @lazy_property
    def place_words(self) -> frozenset[int]:
        """The numbers of all words that belong to names of places."""
        spans = (range(place.at, place.last + 1) for place in self.places)
        return frozenset(chain.from_iterable(spans))

    @lazy_property
    def actor_words(self) -> frozenset[int]:
        """The numbers of all words that belong to names of parties."""
        named = (*self.actors, *self.unlisted)
        spans = (range(at, at + len(mention.surface.split())) for at, mention in named)
        return frozenset(chain.from_iterable(spans))

    def names(self, place: PlaceArgument) -> bool:
        """Whether the place is one that the sentence itself names."""
        return (place.at, place.mention.start, place.place_id) in self._named

    @lazy_property
    def _named(self) -> frozenset[tuple[int, int, str]]:
        return frozenset((p.at, p.mention.start, p.place_id) for p in self.places)


class ClauseIndex:
    """The first words of the mentions of a sentence, to find the mentions of a clause without a search.

    Every range is one of positions in the list of mentions.
    """

    def __init__(self, sentence: Sentence, words: Sequence[int]) -> None:
        self._words = words
        self._clauses = [sentence.clauses[at] for at in words]
        self._parts = [sentence.parts[at] for at in words]

    def before(self, word: int) -> range:
        """The mentions before a word."""
        return range(bisect_left(self._words, word))

    def in_part(self, part: int) -> range:
        """The mentions in a part of the sentence."""
        return range(bisect_left(self._parts, part), bisect_right(self._parts, part))

    def in_clauses(self, first: int, last: int, among: range | None = None) -> range:
        """The mentions in the clauses from `first` to `last`, both included, `among` these."""
        low, high = (among.start, among.stop) if among is not None else (0, len(self._clauses))
        return range(
            bisect_left(self._clauses, first, low, high),
            bisect_right(self._clauses, last, low, high),
        )

    def nearest_clauses(self, clause: int, among: range) -> tuple[int | None, int | None]:
        """The last clause before `clause`, and the first from it on, that one `among` these is in."""
        at = bisect_left(self._clauses, clause, among.start, among.stop)
        before = self._clauses[at - 1] if at > among.start else None
        return before, self._clauses[at] if at < among.stop else None


def build_scene(
    sentence: Sentence, article: Article, start: int, end: int, index: PlaceIndex
) -> Scene:
    """The mentions of `article` in the sentence that spans start..end of the original text."""
    folded = article.text.folded

    def word(offset: int) -> int:
        return max(0, sentence.word_at(folded.folded_offset(offset)))

    named = between(article.places, start, end)
    unknown = between(article.unknown, start, end)
    places = [
        PlaceArgument(word(m.start), word(m.end - 1), m, m.place_id)
        for m in named
        if m.use is MentionUse.LOCATION and m.place_id is not None
    ]
    # "Sent" and "Sirte" are written alike: a verb with the words that it needs is no place.
    if places:
        verbs = {hit.at for hit in sentence.events if is_verb(hit) and hit.form.cue.needs}
        places = [p for p in places if p.at != p.last or p.at not in verbs]
    return Scene(
        sentence=sentence,
        places=most_specific(places, index, sentence.clauses),
        actors=[(word(m.start), m) for m in between(article.actors, start, end)],
        dates=[(word(m.start), m) for m in between(article.dates, start, end)],
        figures=[(word(m.start), m) for m in between(article.figures, start, end)],
        unknown=sorted(
            [
                *(word(m.start) for m in unknown),
                *(word(m.start) for m in named if _ends_road(m)),
            ]
        ),
        quarters=frozenset(
            sentence.clauses[word(m.start)]
            for m in unknown
            if m.classes == (FeatureClass.NEIGHBOURHOOD,)
        ),
    )


def _ends_road(mention: PlaceMention) -> bool:
    return mention.use is MentionUse.ROAD_END


def between(mentions: Sequence[M], start: int, end: int) -> Sequence[M]:
    """The mentions, which are in order, that begin in start..end of the original text."""
    if not mentions:
        return ()
    low = bisect_left(mentions, start, key=_begins)
    return mentions[low : bisect_left(mentions, end, lo=low, key=_begins)]


def most_specific(
    places: Sequence[PlaceArgument], index: PlaceIndex, clauses: Sequence[int] = ()
) -> list[PlaceArgument]:
    """The places without those that contain another place of the same clause."""
    if len(places) < 2:
        return list(places)
    holders: dict[int, set[str]] = defaultdict(set)
    for clause, place_id in {(_clause(place, clauses), place.place_id) for place in places}:
        holders[clause] |= index.containers[place_id] - {place_id}
    return [place for place in places if place.place_id not in holders[_clause(place, clauses)]]


def _clause(place: PlaceArgument, clauses: Sequence[int]) -> int:
    return clauses[place.at] if clauses else 0
