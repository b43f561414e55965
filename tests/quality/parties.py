"""Texts on the parties of wars, with speakers and figures (parties.txt, parties_apart.txt)."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.quality.annotated import UNRESOLVED, parse_marks

_HERE = Path(__file__).parent
_OUTLET = "outlet"
Span = tuple[int, int]


@dataclass(frozen=True)
class AnnotatedFigure:
    """A number with its words: `low` and `high` are equal for an exact one, `None` is an open end."""

    measure: str
    low: int | None
    high: int | None
    words: Span


@dataclass(frozen=True)
class PartiesText:
    """A text with its parties (start, end, id), statements (words, speaker or `None`: the outlet),
    figures, and the outlet that it names itself, if any; spans are offsets into the text.
    """

    name: str
    text: str
    published: date | None
    parties: frozenset[tuple[int, int, str]]
    statements: tuple[tuple[Span, Span | None], ...]
    figures: tuple[AnnotatedFigure, ...]
    outlet: str | None


def parties_texts(file: str) -> list[PartiesText]:
    """The texts of a file of this folder; raises ValueError if annotated words are not in a text."""
    blocks = (_HERE / file).read_text(encoding="utf-8").split("\n@ ")[1:]
    return [_block(block) for block in blocks]


def _block(block: str) -> PartiesText:
    head, *lines = block.strip().split("\n")
    name, manner, published, country = (part.strip() for part in head.split("|"))
    by_mark = {mark: [line[2:] for line in lines if line.startswith(f"{mark} ")] for mark in ">=~"}
    notes = tuple(f"{mark} " for mark in by_mark)
    parsed = parse_marks("\n\n".join(line for line in lines if line and not line.startswith(notes)))
    return PartiesText(
        name=f"{name} ({manner}, {country})",
        text=parsed.text,
        published=None if published == UNRESOLVED else date.fromisoformat(published),
        parties=frozenset(parsed.actors),
        statements=tuple(_statement(line, parsed.text) for line in by_mark[">"]),
        figures=tuple(_figure(line, parsed.text) for line in by_mark["="]),
        outlet=next(iter(by_mark["~"]), None),
    )


def _statement(line: str, text: str) -> tuple[Span, Span | None]:
    words, speaker = (part.strip() for part in line.split("|"))
    if text.count(words) != 1:
        raise ValueError(f"the words of a statement stand not once in the text: {words}")
    return _first(text, words), None if speaker == _OUTLET else _first(text, speaker)


def _figure(line: str, text: str) -> AnnotatedFigure:
    measure, number, words = (part.strip() for part in line.split("|"))
    low, dots, high = number.partition("..")
    return AnnotatedFigure(
        measure=measure,
        low=int(low) if low else None,
        high=int(high) if high else None if dots else int(low),
        words=_first(text, words),
    )


def _first(text: str, words: str) -> Span:
    start = text.lower().index(words.lower())
    return start, start + len(words)
