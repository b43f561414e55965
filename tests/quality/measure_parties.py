"""Scores of reading the texts of parties.txt: parties, speakers, figures, and outlets named in texts."""

from collections.abc import Iterable

from dashboard.extraction.reader import Reader, Reading
from dashboard.model.suggestion import SuggestedClaim
from tests.quality.measure import Measured
from tests.quality.parties import PartiesText, Span


def measure_parties(texts: Iterable[PartiesText], reader: Reader) -> Measured:
    """Read every text and compare, in five measures.

    `party spans`: parties by where they stand, spans that overlap count as the same; `parties`: these
    with the right identity; `speakers`: statements of which a claim was read, with the right speaker;
    `figures`: measure and bounds, where words overlap; `outlets`: who publishes, where a text says it.
    """
    measured = Measured()
    for item in texts:
        reading = reader.read(item.text, item.published)
        _parties(measured, item, reading)
        _speakers(measured, item, reading)
        _figures(measured, item, reading)
        _outlet(measured, item, reading)
    return measured


def _parties(measured: Measured, item: PartiesText, reading: Reading) -> None:
    """A mention that was read stands for the annotated one that it overlaps, the first of several."""
    want = {(start, end): actor_id for start, end, actor_id in item.parties}
    read = {
        (_same((m.start, m.end), want) or (m.start, m.end)): m.actor_id
        for m in reversed(reading.actors)
    }
    spans = {span: _label(item, span) for span in want | read}
    measured.add("party spans", item.name, set(read), set(want), spans)
    have, expected = set(read.items()), set(want.items())
    labels = {pair: f"{_label(item, pair[0])} = {pair[1]}" for pair in have | expected}
    measured.add("parties", item.name, have, expected, labels)


def _speakers(measured: Measured, item: PartiesText, reading: Reading) -> None:
    claims = [claim for each in reading.suggestions for claim in each.claims]
    score = measured.score("speakers")
    for words, speaker in item.statements:
        score.expected += 1
        # Claims may be nested: the shortest that has the words is theirs.
        of_words = [c for c in claims if _overlap(words, (c.start, c.end))]
        claim = min(of_words, key=lambda c: c.end - c.start, default=None)
        if claim is None:
            continue
        score.found += 1
        right = _is_speaker(item, claim, speaker)
        score.right += right
        if not right:
            wanted = _label(item, speaker) if speaker else "outlet"
            line = f"{item.name}: {claim.speaker} for {_label(item, words)}, annotated {wanted}"
            measured.confusions.append(f"speakers: {line}")


def _is_speaker(item: PartiesText, claim: SuggestedClaim, speaker: Span | None) -> bool:
    """Whether the words of the speaker that was read are those annotated, or overlap them."""
    if claim.speaker is None or speaker is None:
        return claim.speaker is None and speaker is None
    spoken = _nearest(item.text, claim.speaker, claim.start)
    same = claim.speaker in _label(item, speaker)
    return same or (spoken is not None and _overlap(spoken, speaker))


def _figures(measured: Measured, item: PartiesText, reading: Reading) -> None:
    """By measure and bounds, at the annotated words that those of the reading overlap."""
    want = {(f.words, f.measure, f.low, f.high) for f in item.figures}
    have = set()
    for figure in reading.figures:
        read = (figure.start, figure.end)
        spans = {f.words for f in item.figures if f.measure == figure.measure.value}
        have.add((_same(read, spans) or read, figure.measure.value, figure.low, figure.high))
    labels = {f: f"{_label(item, f[0])} = {f[1]} {f[2]}..{f[3]}" for f in have | want}
    measured.add("figures", item.name, have, want, labels)


def _outlet(measured: Measured, item: PartiesText, reading: Reading) -> None:
    outlet = reading.outlet
    have = {outlet.outlet_id} if outlet else set()
    measured.add("outlets", item.name, have, {item.outlet} - {None}, {})


def _same(span: Span, others: Iterable[Span]) -> Span | None:
    return min((other for other in others if _overlap(span, other)), default=None)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _nearest(text: str, words: str, at: int) -> Span | None:
    starts = [i for i in range(len(text)) if text.startswith(words, i)]
    start = min(starts, key=lambda i: abs(i - at), default=None)
    return None if start is None else (start, start + len(words))


def _label(item: PartiesText, span: Span) -> str:
    return item.text[slice(*span)]
