"""Pairs of curated events that may be one event reported twice, with what speaks for and against it.

They are offered to an analyst; nothing is merged by itself. The points are for the order and a
threshold; `make quality` prints how many made pairs they find (`tests/quality/pairs.txt`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from dashboard.model.corpus import Corpus
from dashboard.model.estimate import Figure, Measure
from dashboard.model.event import Event
from dashboard.model.message import Message, message
from dashboard.model.when import When
from dashboard.text.normalise import fold

_LEAST, _DOUBT = 6, 3
_NEAR = 1
# An interval of more days says little about the day of the act.
_SHORT = 7
# Words of fewer letters are mostly particles.
_SHORTEST_WORD = 4
_SIMILAR = 0.25


@dataclass(frozen=True, slots=True)
class EventPair:
    """Two events by their ids; `reasons` speak for one happening, `doubts` against it."""

    first: str
    second: str
    points: int
    reasons: tuple[Message, ...]
    doubts: tuple[Message, ...]


def likely_pairs(
    corpus: Corpus, distinct: Collection[frozenset[str]] = frozenset()
) -> tuple[EventPair, ...]:
    """The likely pairs, most points first; `distinct` are pairs that an analyst found to be two."""
    facts = _Facts(corpus)
    pairs = (
        facts.pair(first, second)
        for first, second in facts.candidates()
        if frozenset((first, second)) not in distinct
    )
    found = [pair for pair in pairs if pair is not None and pair.points >= _LEAST]
    return tuple(sorted(found, key=lambda pair: (-pair.points, pair.first, pair.second)))


class _Facts:
    """What the events of a corpus are compared by."""

    def __init__(self, corpus: Corpus) -> None:
        self._events = corpus.events.events
        self._areas = {key: place.within[:1] for key, place in corpus.gazetteer.places.items()}
        self._places: dict[str, set[str]] = defaultdict(set)
        self._actors: dict[str, set[str]] = defaultdict(set)
        self._articles: dict[str, set[str]] = defaultdict(set)
        self._words: dict[str, set[str]] = defaultdict(set)
        self._figures = corpus.figures()
        for row in corpus.events.places:
            self._places[row.event_id].add(row.place_id)
        for actor in corpus.events.actors:
            # An army and its ministry are one party.
            self._actors[actor.event_id].add(corpus.top_party(actor.actor_id))
        for claim in corpus.events.claims:
            self._articles[claim.event_id].add(claim.article_id)
            words = fold(claim.quote).split()
            self._words[claim.event_id].update(w for w in words if len(w) >= _SHORTEST_WORD)
        for event_id, words_of_event in self._words.items():
            # Place and day are compared by themselves.
            words_of_event.difference_update(self._names_of_places(corpus, event_id))

    def _names_of_places(self, corpus: Corpus, event_id: str) -> set[str]:
        places = (corpus.gazetteer.places[key] for key in self._places[event_id])
        return {word for place in places for word in fold(place.name_ar).split()}

    def candidates(self) -> Iterator[tuple[str, str]]:
        """Pairs of events at one place, or of which one is at the area that the other is in."""
        at: dict[str, set[str]] = defaultdict(set)
        for event_id, places in self._places.items():
            for place_id in places:
                at[place_id].add(event_id)
        pairs: set[tuple[str, str]] = set()
        for place_id, here in at.items():
            pairs.update(combinations(sorted(here), 2))
            for area in self._areas.get(place_id, ()):
                for one in here:
                    pairs.update(_ordered(one, other) for other in at.get(area, ()) if one != other)
        yield from sorted(pairs)

    def pair(self, first: str, second: str) -> EventPair | None:
        """The two compared; `None` if their days or their kinds exclude that they are one."""
        one, other = self._events[first], self._events[second]
        days = _days(one.when, other.when)
        similar = self._likeness(first, second) >= _SIMILAR
        if days is None or (one.kind != other.kind and not similar):
            return None
        same_place = bool(self._places[first] & self._places[second])
        shared = self._actors[first] & self._actors[second]
        reasons = [
            (2 if same_place else 1, _PLACE if same_place else _WITHIN),
            *([(days, _DAYS)] if days else []),
            *([(2, _KIND)] if one.kind == other.kind else []),
            *([(1, _PARTY)] if shared else []),
            *([(2, _WORDS)] if similar else []),
        ]
        doubts = list(self._doubts(one, other, parties_differ=not shared))
        points = sum(number for number, _ in reasons) - _DOUBT * len(doubts)
        return EventPair(first, second, points, tuple(why for _, why in reasons), tuple(doubts))

    def _doubts(self, one: Event, other: Event, *, parties_differ: bool) -> Iterator[Message]:
        first, second = one.event_id, other.event_id
        if self._articles[first] & self._articles[second]:
            yield _ARTICLE
        if parties_differ and self._actors[first] and self._actors[second]:
            yield _PARTIES
        if _disjoint(self._figures.get(first, {}), self._figures.get(second, {})):
            yield _TOLL

    def _likeness(self, first: str, second: str) -> float:
        """The share of the words of both that they have in common."""
        one, other = self._words[first], self._words[second]
        return len(one & other) / len(one | other) if one and other else 0.0


_PLACE = message("the same place")
_WITHIN = message("one place is in the other")
_DAYS = message("the same day, or the day after")
_KIND = message("the same kind")
_PARTY = message("a party of both")
_WORDS = message("similar words")
_ARTICLE = message("one article reports both")
_PARTIES = message("other parties")
_TOLL = message("other figures")


def _ordered(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _days(one: When, other: When) -> int | None:
    """Points for the days of two events: 2 for short intervals that meet, 0 if a date is vague.

    `None` if they are more than a day apart.
    """
    if one.undated or other.undated:
        return 0
    if not one.overlaps(other.start, other.end):
        gaps = ((one.start, other.end), (other.start, one.end))
        apart = [(first - last).days for first, last in gaps if first and last and first > last]
        if not apart or min(apart) > _NEAR:
            return None
    return 2 if _is_short(one) and _is_short(other) else 0


def _is_short(when: When) -> bool:
    return bool(when.start and when.end and (when.end - when.start).days <= _SHORT)


def _disjoint(one: Mapping[Measure, Figure], other: Mapping[Measure, Figure]) -> bool:
    """Whether both give figures of one measure that have no number in common."""
    return any(
        (figure.high is not None and figure.high < other[measure].low)
        or ((high := other[measure].high) is not None and high < figure.low)
        for measure, figure in one.items()
        if measure in other
    )
