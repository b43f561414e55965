"""Pairs of events that may be one happening reported twice, with what speaks for and against it.

They are offered to an analyst; nothing is merged by itself. The points are for the order and a
threshold; `make quality` prints how many made pairs they find (`tests/quality/pairs.txt` among curated
events, `pairs_datasets.txt` across datasets).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from dashboard.gazetteer.index import km_between
from dashboard.model.corpus import Corpus, Lexicon
from dashboard.model.estimate import Figure, Measure
from dashboard.model.event import EventGroup
from dashboard.model.message import Message, message
from dashboard.model.place import SHARP, Place
from dashboard.model.when import When
from dashboard.query.near_pairs import CLOSE_KM, FAR_KM, SHORT_DAYS, SLACK_DAYS
from dashboard.review.event_facts import EventFacts, facts_of

_LEAST, _DOUBT = 6, 3
# Each dataset counts the dead by rules of its own: that they differ is shown, and says little.
_NO_DOUBT = 0
# Two sources count two dead by chance; so many, equal, speak for one happening.
_MANY = 3
# Beyond it two villages, at most so far apart, are not near each other.
_NEARBY_KM = 5
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
    return pairs_among(facts_of(corpus), _candidates(corpus), distinct)


def likely_across(
    corpus: Corpus,
    datasets: Mapping[str, str],
    known: Lexicon,
    candidates: Iterable[tuple[str, str]],
) -> tuple[EventPair, ...]:
    """The likely ones of pairs of ids; the events of `corpus` are of the `datasets`, by event id.

    `known` is the lexicon without the parties that imported rows added.
    """
    return pairs_among(facts_of(corpus, datasets, known), candidates)


def pairs_among(
    facts: Mapping[str, EventFacts],
    candidates: Iterable[tuple[str, str]],
    distinct: Collection[frozenset[str]] = frozenset(),
) -> tuple[EventPair, ...]:
    """The likely ones of these pairs of ids, most points first."""
    pairs = (
        compare(facts[first], facts[second])
        for first, second in candidates
        if frozenset((first, second)) not in distinct
    )
    found = [pair for pair in pairs if pair is not None and pair.points >= _LEAST]
    return tuple(sorted(found, key=lambda pair: (-pair.points, pair.first, pair.second)))


def compare(one: EventFacts, other: EventFacts) -> EventPair | None:
    """The two compared; `None` if places, days or kinds exclude that they are one."""
    days, place = _days(one.event.when, other.event.when), _place(one, other)
    similar = _similar(one, other)
    kind = _kind(one, other)
    if days is None or place is None or (kind is None and not similar):
        return None
    shared = one.parties & other.parties
    reasons = [
        place,
        *([(days, _DAYS)] if days else []),
        *([kind] if kind else []),
        *([(1, _PARTY)] if shared else []),
        *([(2, _WORDS)] if similar else []),
        *([(3, _SAME_TOLL)] if _equal(one.figures, other.figures) else []),
    ]
    doubts = list(_doubts(one, other, parties_differ=not shared))
    if not days:
        doubts.append((_NO_DOUBT, _ROUGH_DATE))
    points = sum(number for number, _ in reasons) - sum(number for number, _ in doubts)
    return EventPair(
        one.event.event_id,
        other.event.event_id,
        points,
        tuple(why for _, why in reasons),
        tuple(why for _, why in doubts),
    )


def _candidates(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Pairs of events at one place, or of which one is at the area that the other is in."""
    areas = {key: place.within[:1] for key, place in corpus.gazetteer.places.items()}
    at: dict[str, set[str]] = defaultdict(set)
    for row in corpus.events.places:
        at[row.place_id].add(row.event_id)
    pairs: set[tuple[str, str]] = set()
    for place_id, here in at.items():
        pairs.update(combinations(sorted(here), 2))
        for area in areas.get(place_id, ()):
            for one in here:
                pairs.update(_ordered(one, other) for other in at.get(area, ()) if one != other)
    yield from sorted(pairs)


def _ordered(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _place(one: EventFacts, other: EventFacts) -> tuple[int, Message] | None:
    """Points for the places of two events; `None` if they are apart.

    Datasets have places of their own: those of two are compared by distance and name.
    """
    if one.places.keys() & other.places.keys():
        return (2, _PLACE)
    if _is_within(one, other) or _is_within(other, one):
        return (1, _WITHIN)
    if one.dataset == other.dataset:
        return None
    named_alike = bool(one.names & other.names)
    found = [_points(a, b, named_alike=named_alike) for a in one.points for b in other.points]
    return max((each for each in found if each), key=lambda each: each[0], default=None)


def _points(one: Place, other: Place, *, named_alike: bool) -> tuple[int, Message] | None:
    """Points for two places of different datasets; `None` if they are apart."""
    km = km_between(one.lat, one.lon, other.lat, other.lon)
    if km > (FAR_KM if named_alike else _NEARBY_KM):
        return None
    if one.precision not in SHARP or other.precision not in SHARP:
        return (1, _ROUGHLY)
    return (2, _PLACE) if named_alike or km <= CLOSE_KM else (1, _NEARBY)


def _is_within(one: EventFacts, other: EventFacts) -> bool:
    """Whether a place of one is directly in a place of the other."""
    return any(area in other.places for place in one.places.values() for area in place.within[:1])


def _kind(one: EventFacts, other: EventFacts) -> tuple[int, Message] | None:
    """Points for the kinds of two events; `None` if they differ.

    Datasets code one act by lists of their own: an air strike is a battle of UCDP.
    """
    if one.event.kind == other.event.kind and one.group is not EventGroup.UNKNOWN:
        return (2, _KIND)
    if one.dataset == other.dataset:
        return (2, _KIND) if one.event.kind == other.event.kind else None
    if EventGroup.UNKNOWN in (one.group, other.group):
        return (0, _UNKNOWN_KIND)
    return (1, _GROUP) if one.group is other.group else None


def _doubts(
    one: EventFacts, other: EventFacts, *, parties_differ: bool
) -> Iterator[tuple[int, Message]]:
    if one.articles & other.articles:
        yield _DOUBT, _ARTICLE
    if parties_differ and one.parties and other.parties:
        yield _DOUBT, _PARTIES
    if _disjoint(one.figures, other.figures):
        yield (_DOUBT if one.dataset == other.dataset else _NO_DOUBT), _TOLL


def _similar(one: EventFacts, other: EventFacts) -> bool:
    """Whether the words are alike; rows in English are compared with translations of quotes too.

    Of curated events only the quotes count: their translations and titles are in the words of one hand.
    """
    if one.dataset != other.dataset and _likeness(one.english, other.english) >= _SIMILAR:
        return True
    return _likeness(one.words, other.words) >= _SIMILAR


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the words of both that they have in common."""
    return len(one & other) / len(one | other) if one and other else 0.0


_PLACE = message("the same place")
_WITHIN = message("one place is in the other")
_NEARBY = message("places at most 5 km apart")
_ROUGHLY = message("places near each other, one of them known only roughly")
_DAYS = message("the same day, or the day after")
_KIND = message("the same kind")
_GROUP = message("kinds of one group")
_UNKNOWN_KIND = message("the kind of one is not known")
_PARTY = message("a party of both")
_WORDS = message("similar words")
_SAME_TOLL = message("the same figures")
_ROUGH_DATE = message("a date that is known only roughly")
_ARTICLE = message("one article reports both")
_PARTIES = message("other parties")
_TOLL = message("other figures")


def _days(one: When, other: When) -> int | None:
    """Points for the days of two events: 2 for short intervals that meet, 0 if a date is vague.

    `None` if they are more than a day apart.
    """
    if one.undated or other.undated:
        return 0
    if not one.overlaps(other.start, other.end):
        gaps = ((one.start, other.end), (other.start, one.end))
        apart = [(first - last).days for first, last in gaps if first and last and first > last]
        if not apart or min(apart) > SLACK_DAYS:
            return None
    return 2 if _is_short(one) and _is_short(other) else 0


def _is_short(when: When) -> bool:
    return bool(when.start and when.end and (when.end - when.start).days <= SHORT_DAYS)


def _equal(one: Mapping[Measure, Figure], other: Mapping[Measure, Figure]) -> bool:
    """Whether both give one number for a measure, too large to be equal by chance."""
    return any(
        figure.low >= _MANY and figure.low == figure.high and figure == other.get(measure)
        for measure, figure in one.items()
    )


def _disjoint(one: Mapping[Measure, Figure], other: Mapping[Measure, Figure]) -> bool:
    """Whether both give figures of one measure that have no number in common."""
    return any(
        (figure.high is not None and figure.high < other[measure].low)
        or ((high := other[measure].high) is not None and high < figure.low)
        for measure, figure in one.items()
        if measure in other
    )
