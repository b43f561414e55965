"""Texts on who did what to whom, with their acts: acts.txt, acts2.txt to acts5.txt; *_apart.txt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

_HERE = Path(__file__).parent
_NONE = "-"
Span = tuple[int, int]


@dataclass(frozen=True)
class AnnotatedAct:
    """An act as the text reports it; parties and places are spans of its words, offsets into the text.

    `initiators` are the parties of a kind in which all take part in the same role. No place is compared
    if `places` is empty; otherwise one of them is enough.
    """

    kind: str
    initiators: tuple[Span, ...]
    targets: tuple[Span, ...]
    days: tuple[date, date]
    places: tuple[Span, ...]


@dataclass(frozen=True)
class ActsText:
    """A text with all acts that it reports."""

    name: str
    text: str
    published: date
    acts: tuple[AnnotatedAct, ...]


def acts_texts(file: str) -> list[ActsText]:
    """The texts of a file of this folder; raises ValueError if annotated words are not in a text."""
    blocks = (_HERE / file).read_text(encoding="utf-8").split("\n@ ")[1:]
    return [_block(block) for block in blocks]


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans have a character in common."""
    return one[0] < other[1] and other[0] < one[1]


def _block(block: str) -> ActsText:
    head, *lines = block.strip().split("\n")
    name, manner, published, country = (part.strip() for part in head.split("|"))
    text = "\n\n".join(line for line in lines if line and not line.startswith("> "))
    acts = tuple(_act(line[2:], text) for line in lines if line.startswith("> "))
    return ActsText(f"{name} ({manner}, {country})", text, date.fromisoformat(published), acts)


def _act(line: str, text: str) -> AnnotatedAct:
    kind, initiators, targets, days, places = (part.strip() for part in line.split("|"))
    first, _, last = days.partition("..")
    return AnnotatedAct(
        kind=kind,
        initiators=tuple(_spans(initiators, text)),
        targets=tuple(_spans(targets, text)),
        days=(date.fromisoformat(first), date.fromisoformat(last or first)),
        places=tuple(_spans(places, text)),
    )


def _spans(words: str, text: str) -> Sequence[Span]:
    if words == _NONE:
        return ()
    starts = [(text.index(part.strip()), len(part.strip())) for part in words.split(";")]
    return [(start, start + length) for start, length in starts]
