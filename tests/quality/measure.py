"""Precision, recall and F1 of reading against the annotations in this folder."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from dashboard.extraction.reader import Reader, Reading
from dashboard.model.suggestion import Suggestion
from dashboard.model.when import When
from tests.quality.annotated import UNRESOLVED, Annotated, AnnotatedEvent


@dataclass
class Score:
    """Counts of what was found, what should have been, and what was right."""

    right: int = 0
    found: int = 0
    expected: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 0.0

    @property
    def f1(self) -> float:
        total = self.found + self.expected
        return 2 * self.right / total if total else 0.0


@dataclass
class Measured:
    """Scores by what is compared, and a line for each confusion."""

    scores: dict[str, Score] = field(default_factory=dict)
    confusions: list[str] = field(default_factory=list)

    def score(self, what: str) -> Score:
        """The score of what is compared, new if it has none."""
        return self.scores.setdefault(what, Score())

    def count(self, what: str, *, right: bool) -> None:
        """Count one thing that is either read right or not."""
        score = self.score(what)
        score.right += right
        score.found += 1
        score.expected += 1

    def add(self, what: str, name: str, have: set, want: set, labels: dict) -> None:
        """Count two sets of one text, and note where they differ; `labels` has their texts."""
        score = self.score(what)
        score.right += len(have & want)
        score.found += len(have)
        score.expected += len(want)
        for sign, only in (("false", have - want), ("missed", want - have)):
            self.confusions += [
                f"{what}: {name}: {sign} {labels.get(i, i)}" for i in sorted(only, key=str)
            ]


def measure(texts: Iterable[Annotated], reader: Reader, *parts: str) -> Measured:
    """Read every text and compare; `parts` of "places", "dates", "actors", "events"."""
    measured = Measured()
    for item in texts:
        reading = reader.read(item.text, item.published)
        if "places" in parts:
            _places(measured, item, reading)
        if "dates" in parts:
            _dates(measured, item, reading)
        if "actors" in parts:
            _actors(measured, item, reading)
        if "events" in parts:
            _events(measured, item, reading)
    return measured


def _places(measured: Measured, item: Annotated, reading: Reading) -> None:
    mentions = {(m.start, m.end, m.place_id or "?", m.use.value) for m in reading.places}
    label = _label_of(item)
    views = (
        ("place spans", lambda m: m[:2], lambda _: True),
        ("event places", lambda m: m[:3], lambda m: m[3] == "location"),
        ("place uses", lambda m: (m[0], m[1], m[3]), lambda _: True),
    )
    for name, view, keep in views:
        have = {view(m) for m in mentions if keep(m)}
        want = {view(m) for m in item.places if keep(m)}
        measured.add(name, item.name, have, want, {i: label(i) for i in have | want})


def _actors(measured: Measured, item: Annotated, reading: Reading) -> None:
    have = {(m.start, m.end, m.actor_id) for m in reading.actors}
    label = _label_of(item)
    measured.add(
        "actors", item.name, have, set(item.actors), {i: label(i) for i in have | item.actors}
    )


def _dates(measured: Measured, item: Annotated, reading: Reading) -> None:
    """By value, where spans overlap: where it begins is a convention, its meaning is not."""
    want = {(start, value) for start, _, value in item.dates}
    have = set()
    for mention in reading.dates:
        value = _value(mention.when)
        same = next((s for s, e, _ in item.dates if s < mention.end and mention.start < e), None)
        have.add((same if same is not None else mention.start, value))
    labels = {i: f"{item.text[i[0] : i[0] + 24]!r} = {i[1]}" for i in have | want}
    measured.add("dates", item.name, have, want, labels)


def _value(when: When | None) -> str:
    return UNRESOLVED if when is None else f"{when.start}..{when.end}"


def _label_of(item: Annotated):
    return lambda mention: (
        f"{item.text[mention[0] : mention[1]]} = {' '.join(map(str, mention[2:]))}"
    )


def _events(measured: Measured, item: Annotated, reading: Reading) -> None:
    """Each suggestion takes at most one annotated event of its kind, place and time."""
    left = list(item.events)
    events = measured.scores.setdefault("events", Score())
    stance = measured.scores.setdefault("stance", Score())
    for suggestion in reading.suggestions:
        match = next(
            (event for event in _by_fit(left, suggestion) if _same(event, suggestion)), None
        )
        events.found += 1
        if match is None:
            measured.confusions.append(f"events: {item.name}: false {_line(suggestion)}")
            continue
        left.remove(match)
        events.right += 1
        stances = {claim.stance.value for claim in suggestion.claims}
        stance.right += len(stances & match.stances)
        stance.found += len(stances)
        stance.expected += len(match.stances)
        if stances != match.stances:
            measured.confusions.append(
                f"stance: {item.name}: {match.kind}: found {sorted(stances)}, "
                f"annotated {sorted(match.stances)}"
            )
    events.expected += len(item.events)
    measured.confusions += [
        f"events: {item.name}: missed {e.kind} {sorted(e.places)} {e.days}" for e in left
    ]


def _by_fit(events: list[AnnotatedEvent], suggestion: Suggestion) -> Iterator[AnnotatedEvent]:
    """The events of the same kind, those that share more places first."""
    places = {place.place_id for place in suggestion.places}
    same = [event for event in events if event.kind == suggestion.kind]
    yield from sorted(same, key=lambda event: -len(places & event.places))


def _same(event: AnnotatedEvent, suggestion: Suggestion) -> bool:
    places = {place.place_id for place in suggestion.places}
    there = bool(places & event.places) or (not places and not event.places)
    return there and (event.days is None or _meets(suggestion.when, event.days))


def _meets(when: When, days: tuple[date, date]) -> bool:
    return when.undated or when.overlaps(*days)


def _line(suggestion: Suggestion) -> str:
    places = ",".join(place.place_id for place in suggestion.places)
    quote = " ".join(suggestion.claims[0].quote.split())[:90]
    stances = ",".join(claim.stance.value for claim in suggestion.claims)
    days = f"{suggestion.when.start}..{suggestion.when.end}"
    return f"{suggestion.kind} [{places}] {days} {stances} {suggestion.confidence}: {quote}"
