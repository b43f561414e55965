"""Existing events that a suggestion may report too: same kind, place and time."""

from collections import defaultdict
from collections.abc import Mapping

from dashboard.model.corpus import Corpus
from dashboard.model.suggestion import Suggestion
from dashboard.model.when import When

# Undated events match any date, so a match can be one of many: the nearest in time are enough.
_MOST = 5


class EventMatcher:
    """The events of a corpus, indexed by kind; built once and used for many suggestions."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        places: dict[str, set[str]] = defaultdict(set)
        for row in corpus.events.places:
            places[row.event_id].add(row.place_id)
        self._places: Mapping[str, set[str]] = places
        self._by_kind: dict[str, list[str]] = defaultdict(list)
        for event in corpus.events.events.values():
            self._by_kind[event.kind].append(event.event_id)
        self._containers: dict[str, frozenset[str]] = {}

    def candidates(self, suggestion: Suggestion) -> tuple[str, ...]:
        """Ids of events of the same kind whose places and dates overlap the suggestion's.

        At most five; the same place before a containing one, then the nearest in time.
        """
        suggested = {place.place_id for place in suggestion.places}
        matches = []
        for event_id in self._by_kind[suggestion.kind]:
            when = self._corpus.events.events[event_id].when
            if not _overlap(suggestion.when, when):
                continue
            places = self._places.get(event_id, set())
            if suggested & places:
                matches.append((0, _days_apart(suggestion.when, when), event_id))
            elif any(self._one_contains_the_other(a, b) for a in suggested for b in places):
                matches.append((1, _days_apart(suggestion.when, when), event_id))
        return tuple(event_id for _, _, event_id in sorted(matches)[:_MOST])

    def _one_contains_the_other(self, one: str, other: str) -> bool:
        return one in self._container(other) or other in self._container(one)

    def _container(self, place_id: str) -> frozenset[str]:
        if place_id not in self._containers:
            gazetteer = self._corpus.gazetteer
            # The nearest container only: two events in one governorate are seldom the same event.
            self._containers[place_id] = frozenset(gazetteer.places[place_id].within[:1])
        return self._containers[place_id]


def _overlap(one: When, other: When) -> bool:
    if one.undated or other.undated:
        return True
    return one.overlaps(other.start, other.end)


def _days_apart(one: When, other: When) -> int:
    """Days between the ends of two intervals; a large number if an end is unknown."""
    if one.end is None or other.end is None:
        return 10_000
    return abs((one.end - other.end).days)
