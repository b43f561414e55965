"""Events held already that a suggestion may be a further claim on: same kind, place and time."""

from collections import defaultdict
from collections.abc import Mapping

from dashboard.model.corpus import Corpus
from dashboard.model.suggestion import Suggestion
from dashboard.model.when import When

# Undated accounts of one kind at one place may be anything; of dated ones the nearest come first.
_MOST = 5


class HeldEvents:
    """The events held, found by kind; built once for many suggestions."""

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

    def like(self, suggestion: Suggestion) -> tuple[str, ...]:
        """The ids of events of the same kind whose place and days meet the suggestion's, best first."""
        wanted = {place.place_id for place in suggestion.places}
        found = []
        for event_id in self._by_kind[suggestion.kind]:
            when = self._corpus.events.events[event_id].when
            if not _meet(suggestion.when, when):
                continue
            held = self._places.get(event_id, set())
            if wanted & held:
                found.append((0, _apart(suggestion.when, when), event_id))
            elif any(self._one_holds_the_other(a, b) for a in wanted for b in held):
                found.append((1, _apart(suggestion.when, when), event_id))
        return tuple(event_id for _, _, event_id in sorted(found)[:_MOST])

    def _one_holds_the_other(self, one: str, other: str) -> bool:
        return one in self._up(other) or other in self._up(one)

    def _up(self, place_id: str) -> frozenset[str]:
        if place_id not in self._containers:
            gazetteer = self._corpus.gazetteer
            # A governorate holds too much to tell two events for one.
            self._containers[place_id] = frozenset(gazetteer.places[place_id].within[:1])
        return self._containers[place_id]


def _meet(one: When, other: When) -> bool:
    if one.undated or other.undated:
        return True
    return one.overlaps(other.start, other.end)


def _apart(one: When, other: When) -> int:
    """Days between the ends of two intervals: how unlike they are."""
    if one.end is None or other.end is None:
        return 10_000
    return abs((one.end - other.end).days)
