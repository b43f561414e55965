"""Precision and recall of acts: right kind, place and days, then with the roles of the parties."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from dashboard.extraction.reader import Reader, Reading
from dashboard.gazetteer.context import MentionUse
from dashboard.gazetteer.index import PlaceIndex
from dashboard.model.event import ActorRole
from dashboard.model.suggestion import SuggestedActor, Suggestion
from tests.quality.acts import ActsText, AnnotatedAct, Span, overlap
from tests.quality.measure import Measured, Score

# The days read may begin or end so many days before or after those annotated, else they are no answer.
_TOLERANCE = timedelta(days=3)
# The parties of these kinds are compared without their roles: all take part in the same role.
# Whether people without a name are read as a party is not compared.
_UNNAMED = frozenset({"protesters", "unidentified_armed_group"})
_MUTUAL = frozenset({"clash", "meeting", "agreement"})


@dataclass
class ActsMeasured(Measured):
    """The scores of all texts, those of "acts" by kind, and right and found ones by confidence.

    `confidences` are by the tenths of the confidence, e.g. 7 of those from 0.7 to 0.79.
    """

    kinds: dict[str, Score] = field(default_factory=dict)
    confidences: dict[int, Score] = field(default_factory=dict)


@dataclass(frozen=True)
class _Text:
    """A text with what was read in it."""

    item: ActsText
    reading: Reading
    places: PlaceIndex

    def party_ids(self, span: Span) -> set[str]:
        """The actors that the words of the span name, as they were read."""
        return {m.actor_id for m in self.reading.actors if overlap(span, (m.start, m.end))}

    def place_ids(self, spans: Iterable[Span]) -> set[str]:
        """The places of events that the words of the spans name, as they were read."""
        return {
            m.place_id
            for span in spans
            for m in self.reading.places
            if m.place_id and m.use is MentionUse.LOCATION and overlap(span, (m.start, m.end))
        }

    def is_in(self, place_id: str, wanted: set[str]) -> bool:
        """Whether a place is one of those wanted, or lies in one."""
        return bool(wanted & {place_id, *self.places.containers[place_id]})

    def is_party(self, actor: SuggestedActor, span: Span) -> bool:
        """Whether the actor that was read is the one that the words of the span name."""
        return overlap(span, (actor.start, actor.end)) or actor.actor_id in self.party_ids(span)


def measure_acts(texts: Iterable[ActsText], reader: Reader) -> ActsMeasured:
    """Compare the suggestions of each text with its acts, in three measures.

    `acts`: kind, place and days are right; `strict`: the parties with their roles too, none missing,
    none added; `roles`: among the acts of the first measure, parties with the right role.
    """
    measured = ActsMeasured()
    for item in texts:
        text = _Text(item, reader.read(item.text, item.published), reader.places)
        pairs = _pairs(text)
        strict = [(act, read) for act, read in pairs if _has_parties(text, act, read)]
        for name, matches in (("acts", pairs), ("strict", strict)):
            _count(measured.score(name), item.acts, text.reading.suggestions, matches)
        _count_kinds(measured, text, pairs)
        _count_confidences(measured, text, pairs)
        for act, read in pairs:
            _count_roles(measured.score("roles"), text, act, read)
        _note(measured, text, pairs)
    return measured


_Pair = tuple[AnnotatedAct, Suggestion]


def _pairs(text: _Text) -> list[_Pair]:
    """The acts with the suggestions that they match, each at most once; those with its parties first."""
    same = [
        (not _has_parties(text, act, read), number, at)
        for number, act in enumerate(text.item.acts)
        for at, read in enumerate(text.reading.suggestions)
        if _is_same(text, act, read)
    ]
    taken: dict[int, int] = {}
    for _, number, at in sorted(same):
        if number not in taken and at not in taken.values():
            taken[number] = at
    return [(text.item.acts[n], text.reading.suggestions[at]) for n, at in sorted(taken.items())]


def _is_same(text: _Text, act: AnnotatedAct, read: Suggestion) -> bool:
    return read.kind == act.kind and _is_there(text, act, read) and _is_then(act, read)


def _is_there(text: _Text, act: AnnotatedAct, read: Suggestion) -> bool:
    """Whether a place agrees; an act whose places the gazetteer lacks must be without any."""
    if not act.places:
        return True
    ids, wanted = {place.place_id for place in read.places}, text.place_ids(act.places)
    return any(text.is_in(place_id, wanted) for place_id in ids) or (not ids and not wanted)


def _is_then(act: AnnotatedAct, read: Suggestion) -> bool:
    start, end = read.when.start, read.when.end
    if start is None or end is None or not read.when.overlaps(*act.days):
        return False
    return act.days[0] - start <= _TOLERANCE and end - act.days[1] <= _TOLERANCE


def _sides(act: AnnotatedAct, read: Suggestion) -> list[tuple[tuple[Span, ...], list]]:
    """The parties annotated and read that are compared with each other."""
    actors = read.actors
    if act.kind in _MUTUAL:
        return [(act.initiators + act.targets, list(actors))]
    targets = [actor for actor in actors if actor.role is ActorRole.TARGET]
    initiators = [actor for actor in actors if actor not in targets]
    return [(act.initiators, initiators), (act.targets, targets)]


def _has_parties(text: _Text, act: AnnotatedAct, read: Suggestion) -> bool:
    return all(
        all(any(text.is_party(actor, span) for actor in actors) for span in spans)
        and all(
            actor.actor_id in _UNNAMED or any(text.is_party(actor, span) for span in spans)
            for actor in actors
        )
        for spans, actors in _sides(act, read)
    )


def _count(
    score: Score, acts: Iterable[AnnotatedAct], read: Iterable[Suggestion], pairs: list[_Pair]
) -> None:
    score.right += len(pairs)
    score.expected += len(tuple(acts))
    score.found += len(tuple(read))


def _count_kinds(measured: ActsMeasured, text: _Text, pairs: list[_Pair]) -> None:
    kinds = {act.kind for act in text.item.acts} | {s.kind for s in text.reading.suggestions}
    for kind in kinds:
        acts = [act for act in text.item.acts if act.kind == kind]
        read = [s for s in text.reading.suggestions if s.kind == kind]
        right = [pair for pair in pairs if pair[0].kind == kind]
        _count(measured.kinds.setdefault(kind, Score()), acts, read, right)


def _count_confidences(measured: ActsMeasured, text: _Text, pairs: list[_Pair]) -> None:
    right = {id(read) for _, read in pairs}
    for read in text.reading.suggestions:
        score = measured.confidences.setdefault(int(read.confidence * 10 + 1e-9), Score())
        score.found += 1
        score.right += id(read) in right


def _count_roles(score: Score, text: _Text, act: AnnotatedAct, read: Suggestion) -> None:
    """Count the parties of an act; one that the lexicon lacks is not expected."""
    for spans, actors in _sides(act, read):
        right = [a for a in actors if any(text.is_party(a, span) for span in spans)]
        compared = [a for a in actors if a in right or a.actor_id not in _UNNAMED]
        missed = [
            span
            for span in spans
            if text.party_ids(span) and not any(text.is_party(a, span) for a in actors)
        ]
        score.right += len(right)
        score.found += len(compared)
        score.expected += len(right) + len(missed)


def _note(measured: ActsMeasured, text: _Text, pairs: list[_Pair]) -> None:
    matched = {id(half) for pair in pairs for half in pair}
    name = text.item.name
    for act in text.item.acts:
        if id(act) not in matched:
            measured.confusions.append(f"acts: {name}: missed {_act_line(text, act)}")
    for read in text.reading.suggestions:
        if id(read) not in matched:
            measured.confusions.append(f"acts: {name}: false {_read_line(text, read)}")
    for act, read in pairs:
        if not _has_parties(text, act, read):
            lines = f"{_act_line(text, act)}, read as {_read_line(text, read)}"
            measured.confusions.append(f"strict: {name}: {lines}")


def _act_line(text: _Text, act: AnnotatedAct) -> str:
    words = [
        ", ".join(text.item.text[slice(*span)] for span in spans) or "-"
        for spans in (act.initiators, act.targets, act.places)
    ]
    return f"{act.kind} by {words[0]} on {words[1]} at {words[2]} {act.days[0]}..{act.days[1]}"


def _read_line(text: _Text, read: Suggestion) -> str:
    actors = ", ".join(f"{actor.actor_id}:{actor.role.value}" for actor in read.actors)
    places = ", ".join(place.place_id for place in read.places)
    quote = " ".join(text.item.text[read.claims[0].start : read.claims[0].end].split())[:70]
    days = f"{read.when.start}..{read.when.end}"
    return f"{read.kind} [{actors}] at [{places}] {days} {read.confidence}: {quote}"
