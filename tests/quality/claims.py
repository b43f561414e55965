"""Texts on denial and doubt with their claims: who asserts, denies or doubts what (denials.txt)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from dashboard.extraction.reader import Reader
from dashboard.model.suggestion import SuggestedClaim, Suggestion
from tests.quality.annotated import UNRESOLVED
from tests.quality.measure import Measured

_HERE = Path(__file__).parent
_OUTLET, _NONE = "outlet", "-"
Span = tuple[int, int]


@dataclass(frozen=True)
class AnnotatedClaim:
    """A claim as the text makes it; spans are offsets into the text.

    `place` is `None` if it is not compared; one that the gazetteer lacks is not compared either.
    `speaker` is `None` for the outlet, `disputes` the field that the claim denies or doubts, `None` if
    it asserts.
    """

    kind: str
    place: Span | None
    act: Span
    speaker: Span | None
    stance: str
    disputes: str | None


@dataclass(frozen=True)
class ClaimsText:
    """A text with all that it denies or doubts, and those assertions that a denial could reach."""

    name: str
    text: str
    published: date | None
    claims: tuple[AnnotatedClaim, ...]


def claims_texts(file: str) -> list[ClaimsText]:
    """The texts of a file of this folder; raises ValueError if annotated words are not in a text."""
    blocks = (_HERE / file).read_text(encoding="utf-8").split("\n@ ")[1:]
    return [_block(block) for block in blocks]


def measure_claims(texts: list[ClaimsText], reader: Reader) -> Measured:
    """Compare what was read with the annotations, in four measures.

    `disputed`: denials and doubts of the right event, by kind, place and words, with the right stance;
    `speakers` and `fields` (what is disputed) among the claims that were matched; `not denied`: the
    annotated assertions that no denial or doubt takes.
    """
    measured = Measured()
    for item in texts:
        reading = reader.read(item.text, item.published)
        pairs = [(s, claim) for s in reading.suggestions for claim in s.claims]
        known = [(m.start, m.end) for m in reading.places if m.place_id is not None]
        matches = _matched([_comparable(claim, known) for claim in item.claims], pairs)
        _disputed(measured, item, pairs, matches)
        _speakers_and_fields(measured, item, matches)
        _not_denied(measured, item, pairs)
    return measured


_Pair = tuple[Suggestion, SuggestedClaim]
_Matches = dict[int, _Pair]


def _comparable(claim: AnnotatedClaim, known: list[Span]) -> AnnotatedClaim:
    """The claim without its place if no place was recognised there."""
    compared = claim.place and any(_overlap(claim.place, span) for span in known)
    return claim if compared else replace(claim, place=None)


def _matched(claims: list[AnnotatedClaim], pairs: list[_Pair]) -> _Matches:
    """For each annotated claim, by its number, the claim that was read: each at most once."""
    matches: _Matches = {}
    left = list(range(len(pairs)))
    for number, claim in enumerate(claims):
        same = [i for i in left if _is_same(claim, *pairs[i])]
        if same:
            left.remove(same[0])
            matches[number] = pairs[same[0]]
    return matches


def _is_same(claim: AnnotatedClaim, suggestion: Suggestion, read: SuggestedClaim) -> bool:
    there = claim.place is None or any(
        _overlap(claim.place, (place.start, place.end)) for place in suggestion.places
    )
    return _of_act(claim, suggestion, read) and claim.stance == read.stance.value and there


def _of_act(claim: AnnotatedClaim, suggestion: Suggestion, read: SuggestedClaim) -> bool:
    return suggestion.kind == claim.kind and _overlap(claim.act, (read.start, read.end))


def _disputed(measured: Measured, item: ClaimsText, pairs: list[_Pair], matches: _Matches) -> None:
    score = measured.score("disputed")
    for number, claim in enumerate(item.claims):
        if claim.disputes is not None:
            score.expected += 1
            score.right += number in matches
            if number not in matches:
                measured.confusions.append(f"disputed: {item.name}: missed {_line(item, claim)}")
    right = {id(read) for _, read in matches.values()}
    for suggestion, read in pairs:
        if read.stance.value != "asserts":
            score.found += 1
            if id(read) not in right:
                what = f"{suggestion.kind} {read.stance.value}: {read.quote[:80]}"
                measured.confusions.append(f"disputed: {item.name}: false {what}")


def _speakers_and_fields(measured: Measured, item: ClaimsText, matches: _Matches) -> None:
    for number, (_, read) in sorted(matches.items()):
        claim = item.claims[number]
        spoken = _span_of(item, read)
        right = spoken == claim.speaker or bool(
            spoken and claim.speaker and _overlap(spoken, claim.speaker)
        )
        measured.count("speakers", right=right)
        if not right:
            measured.confusions.append(
                f"speakers: {item.name}: {read.speaker} for {_line(item, claim)}"
            )
        if claim.disputes is None:
            continue
        field = read.disputes
        measured.count("fields", right=field == claim.disputes)
        if field != claim.disputes:
            measured.confusions.append(f"fields: {item.name}: {field} for {_line(item, claim)}")


def _span_of(item: ClaimsText, read: SuggestedClaim) -> Span | None:
    """The span of the words of a speaker that was read, nearest to the claim."""
    if read.speaker is None:
        return None
    spans = list(_occurrences(item.text, read.speaker))
    return min(spans, key=lambda span: abs(span[0] - read.start))


def _not_denied(measured: Measured, item: ClaimsText, pairs: list[_Pair]) -> None:
    for claim in item.claims:
        if claim.disputes is not None or _disputed_at(item, claim):
            continue
        denied = any(_of_act(claim, s, r) and r.stance.value != "asserts" for s, r in pairs)
        measured.count("not denied", right=not denied)
        if denied:
            measured.confusions.append(f"not denied: {item.name}: {_line(item, claim)}")


def _disputed_at(item: ClaimsText, claim: AnnotatedClaim) -> bool:
    """Whether another claim disputes the same words of the text."""
    return any(c.disputes and c.kind == claim.kind and c.act == claim.act for c in item.claims)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _occurrences(text: str, words: str) -> Iterator[Span]:
    at = text.find(words)
    while at >= 0:
        yield at, at + len(words)
        at = text.find(words, at + 1)


def _line(item: ClaimsText, claim: AnnotatedClaim) -> str:
    act = item.text[slice(*claim.act)]
    return f"{claim.kind} ({act}) {claim.stance} {claim.disputes or ''}".rstrip()


def _block(block: str) -> ClaimsText:
    head, *lines = block.strip().split("\n")
    name, manner, published = (part.strip() for part in head.split("|"))
    text = "\n\n".join(line for line in lines if line and not line.startswith((">", "#")))
    return ClaimsText(
        name=f"{name} ({manner})",
        text=text,
        published=None if published == UNRESOLVED else date.fromisoformat(published),
        claims=tuple(_claim(line[2:], text) for line in lines if line.startswith("> ")),
    )


def _claim(line: str, text: str) -> AnnotatedClaim:
    kind, place, act, speaker, stance, disputes = (part.strip() for part in line.split("|"))
    if len(list(_occurrences(text, act))) != 1:
        raise ValueError(f"the words of an act stand not once in the text: {act}")
    return AnnotatedClaim(
        kind=kind,
        place=None if place == _NONE else _first(text, place),
        act=_first(text, act),
        speaker=None if speaker == _OUTLET else _first(text, speaker),
        stance=stance,
        disputes=None if disputes == _NONE else disputes,
    )


def _first(text: str, words: str) -> Span:
    start = text.index(words)
    return start, start + len(words)
