"""Find an event of the curated corpus by words, place, party or day, the likely ones first."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from dashboard.model.corpus import Corpus
from dashboard.model.event import Event
from dashboard.model.when import When
from dashboard.text.normalise import fold

MOST = 8
# Without words to search for, fewer are offered: they stand above the buttons of a decision.
_LIKELY = 5
# Points by which an event is likelier to be meant; the order counts, not the numbers.
_SAME_PLACE, _PLACE_WITHIN, _SAME_KIND, _SAME_DAYS, _NEAR_DAYS, _SAME_ACTOR = 4, 2, 2, 3, 1, 1
# Days between two accounts of one event that may differ in its date.
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Likeness:
    """What is known of the event that is looked for, e.g. of a suggestion or of another event."""

    kind: str = ""
    when: When | None = None
    place_ids: frozenset[str] = frozenset()
    actor_ids: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()


class EventSearch:
    """The events of a corpus with their words; built once and used for many searches."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._places = _grouped((row.event_id, row.place_id) for row in corpus.events.places)
        self._actors = _grouped((row.event_id, row.actor_id) for row in corpus.events.actors)
        self._at = _grouped((row.place_id, row.event_id) for row in corpus.events.places)

    @cached_property
    def _words(self) -> Mapping[str, str]:
        """The folded words of each event; only a search for words needs them."""
        quotes = defaultdict(list)
        for claim in self._corpus.events.claims:
            quotes[claim.event_id].append(claim.quote)
        corpus, at, by = self._corpus, self._places, self._actors
        return {
            key: fold(" ".join(texts_of(corpus, event, at[key], by[key], quotes[key])))
            for key, event in corpus.events.events.items()
        }

    def find(self, words: str = "", like: Likeness = Likeness()) -> tuple[str, ...]:
        """Ids of at most eight events that have all the words, the likeliest first, then by day.

        Without words, at most five that may be the event that is looked for: at its place, or one that
        contains it or lies in it, at most three days apart or undated.
        """
        wanted = fold(words).split()
        events = self._corpus.events.events
        # Most of thousands of events are elsewhere: only those near are looked at one by one.
        near = frozenset() if wanted else self._near(like.place_ids)
        found = (
            key
            for key in events
            if key not in like.without
            and (self._has(key, wanted) if wanted else key in near and self._in_time(key, like))
        )
        order = sorted(found, key=lambda key: (-self._points(key, like), events[key].list_order))
        return tuple(order[: MOST if wanted else _LIKELY])

    def _has(self, event_id: str, words: Iterable[str]) -> bool:
        return all(word in self._words[event_id] for word in words)

    def _near(self, place_ids: frozenset[str]) -> frozenset[str]:
        """The events at one of the places, at one that contains it, or at one that lies in it."""
        above = self._containers(place_ids)
        places = (
            key
            for key in self._at
            if key in place_ids or key in above or self._containers([key]) & place_ids
        )
        return frozenset(event_id for key in places for event_id in self._at[key])

    def _in_time(self, event_id: str, like: Likeness) -> bool:
        when = self._corpus.events.events[event_id].when
        undated = like.when is None or like.when.undated or when.undated
        return undated or nearness(when, like.when) > 0

    def _points(self, event_id: str, like: Likeness) -> int:
        event = self._corpus.events.events[event_id]
        return (
            _SAME_KIND * (event.kind == like.kind)
            + self._placed(event_id, like)
            + _SAME_ACTOR * bool(like.actor_ids & self._actors[event_id])
            + nearness(event.when, like.when)
        )

    def _placed(self, event_id: str, like: Likeness) -> int:
        """Points for the same place, or for one that the other is directly in."""
        places = self._places[event_id]
        if places & like.place_ids:
            return _SAME_PLACE
        above, below = self._containers(like.place_ids), self._containers(places)
        return _PLACE_WITHIN if places & above or like.place_ids & below else 0

    def _containers(self, place_ids: Collection[str]) -> set[str]:
        """The nearest container of each place: two events in one governorate are seldom the same."""
        places = self._corpus.gazetteer.places
        return {area for key in place_ids for area in places[key].within[:1]}


def texts_of(
    corpus: Corpus,
    event: Event,
    place_ids: Iterable[str],
    actor_ids: Iterable[str],
    quotes: Iterable[str],
) -> Iterator[str]:
    """What an event is found by: names in both languages, its words, and its days as ISO dates."""
    kind = corpus.lexicon.kinds[event.kind]
    yield from (event.title_en, event.title_ar, event.event_id, kind.name_en, kind.name_ar)
    for place_id in place_ids:
        place = corpus.gazetteer.places[place_id]
        yield from (place.name_en, place.name_ar)
    for actor_id in actor_ids:
        actor = corpus.lexicon.actors[actor_id]
        yield from (actor.name_en, actor.name_ar)
    yield from (day.isoformat() for day in (event.when.start, event.when.end) if day)
    yield from quotes


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for key, other in pairs:
        found[key].add(other)
    return found


def nearness(one: When, other: When | None) -> int:
    """Points for days in common, or a few days apart; none for an undated event."""
    if other is None or one.undated or other.undated:
        return 0
    if one.overlaps(other.start, other.end):
        return _SAME_DAYS
    ends = [(one.start, other.end), (other.start, one.end)]
    apart = [(first - last).days for first, last in ends if first and last and first > last]
    return _NEAR_DAYS if apart and min(apart) <= _NEAR else 0
