"""One article as the rules see it: its mentions by the number of the word they begin at.

E.g. in the sentence "قصفت القوات التركية عين عيسى" the party begins at word 1, the place at word 3.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from dashboard.actors.find import ActorMention
from dashboard.dates.find import DateMention
from dashboard.extraction.clauses import Sentence
from dashboard.gazetteer.context import MentionUse
from dashboard.gazetteer.index import PlaceIndex
from dashboard.gazetteer.resolve import PlaceMention
from dashboard.gazetteer.unknown import UnknownPlace
from dashboard.text.normalise import Normalised

M = TypeVar("M", PlaceMention, ActorMention, DateMention, UnknownPlace)


@dataclass(frozen=True, slots=True)
class Article:
    """The text with all its mentions, and the day it was published, if known."""

    folded: Normalised
    places: Sequence[PlaceMention]
    actors: Sequence[ActorMention]
    dates: Sequence[DateMention]
    unknown: Sequence[UnknownPlace]
    published: date | None


@dataclass(frozen=True, slots=True)
class Placed:
    """A place of an event in a sentence: words `at` to `last`, both included."""

    at: int
    last: int
    mention: PlaceMention
    place_id: str


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence with what is named in it; `unknown` are words that begin names of unknown places."""

    sentence: Sentence
    places: Sequence[Placed]
    actors: Sequence[tuple[int, ActorMention]]
    dates: Sequence[tuple[int, DateMention]]
    unknown: Sequence[int]


def set_scene(
    sentence: Sentence, article: Article, start: int, end: int, index: PlaceIndex
) -> Scene:
    """What `article` names in the sentence that spans start..end of the original text."""
    offsets = article.folded.offsets

    def word(position: int) -> int:
        return max(0, sentence.word_at(bisect_left(offsets, position)))

    places = [
        Placed(word(m.start), word(m.end - 1), m, m.place_id)
        for m in between(article.places, start, end)
        if m.use is MentionUse.LOCATION and m.place_id is not None
    ]
    return Scene(
        sentence=sentence,
        places=most_specific(places, index, sentence.clauses),
        actors=[(word(m.start), m) for m in between(article.actors, start, end)],
        dates=[(word(m.start), m) for m in between(article.dates, start, end)],
        unknown=[word(m.start) for m in between(article.unknown, start, end)],
    )


def between(mentions: Sequence[M], start: int, end: int) -> Sequence[M]:
    """The mentions, which are in order, that begin in start..end of the original text."""
    low = bisect_left(mentions, start, key=_begins)
    return mentions[low : bisect_left(mentions, end, lo=low, key=_begins)]


def _begins(mention: PlaceMention | ActorMention | DateMention | UnknownPlace) -> int:
    return mention.start


def most_specific(
    places: Sequence[Placed], index: PlaceIndex, clauses: Sequence[int] = ()
) -> list[Placed]:
    """Places without those that only say where another one, of the same clause, lies."""

    def together(one: Placed, other: Placed) -> bool:
        return not clauses or clauses[one.at] == clauses[other.at]

    return [
        place
        for place in places
        if not any(
            other.place_id != place.place_id
            and place.place_id in index.containers[other.place_id]
            and together(place, other)
            for other in places
        )
    ]
