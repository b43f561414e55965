"""Sentences as spans, e.g. "قال المصدر. وأضاف" -> two; a full stop inside "99.6" ends nothing."""

import re

# A stop ends a sentence only before white space or a closing quote; a line end always does.
_END = re.compile(r"[.!?؟…]+[\"”»)]*(?=\s|$)|\n+|(?<=[.!?؟])(?=[^\W\d_])")


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of all sentences, in order, without the white space around them."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        _add(text, start, match.end(), spans)
        start = match.end()
    _add(text, start, len(text), spans)
    return tuple(spans)


def sentence_at(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the sentence, or run of sentences, that holds text[start:end]."""
    found = [span for span in sentences(text) if span[0] < end and span[1] > start]
    if not found:
        return start, end
    return min(found[0][0], start), max(found[-1][1], end)


def _add(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        first = start + len(piece) - len(piece.lstrip())
        spans.append((first, first + len(stripped)))
