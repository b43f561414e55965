"""Paragraphs of mixed text as lines of a width, each with its parts from left to right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from dashboard.export.report.bidi import ISOLATES, levels, visual_order
from dashboard.export.report.parts import Paragraph, Span
from dashboard.export.report.pdf_fonts import Fonts

# The size of the raised number of a footnote, as a share of the text's.
RAISED = 0.62


@dataclass(frozen=True, slots=True)
class Part:
    """Text of one span and direction, `x` points from the left end of its line."""

    text: str
    span: Span
    from_right: bool
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line, its width, and the positions of the footnotes that it cites."""

    parts: tuple[Part, ...]
    width: float
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Letter:
    text: str
    span: int
    level: int


@dataclass(frozen=True, slots=True)
class LineBreaker:
    """Breaks paragraphs into lines; `bold` and `size` (points) are those of the paragraph."""

    fonts: Fonts
    size: float
    bold: bool = False

    def lines(self, paragraph: Paragraph, width: float, numbers: Sequence[str]) -> list[Line]:
        """The lines of a paragraph; `numbers` are those of the footnotes by their positions."""
        letters = self._letters(paragraph, numbers)
        lines, line, used = [], list[_Letter](), 0.0
        for word in _words(letters):
            text = [it for it in word if it.text != " "]
            across = self._across(text, paragraph.spans)
            if line and used + across > width:
                lines.append(line)
                line, used = [], 0.0
            for piece in self._pieces(text, paragraph.spans, width) if across > width else [word]:
                if piece is not word and line:
                    lines.append(line)
                    line, used = [], 0.0
                line = line + list(piece)
                used += self._across(piece, paragraph.spans)
        lines.append(line)
        return [self._placed(it, paragraph.spans) for it in lines if it]

    def _letters(self, paragraph: Paragraph, numbers: Sequence[str]) -> list[_Letter]:
        """The letters of all spans; the number of a footnote stands for its span without text."""
        letters = []
        base = int(paragraph.direction == "rtl")
        found = iter(levels(paragraph.text, paragraph.direction))
        for at, span in enumerate(paragraph.spans):
            here = [(it, next(found)) for it in span.text]
            shown = [(it, level) for it, level in here if it not in ISOLATES]
            letters += [
                _Letter(drawn, at, level)
                for (_it, level), drawn in zip(
                    shown, self.fonts.drawn("".join(it for it, _level in shown)), strict=True
                )
            ]
            if span.note is not None:
                # One sign of the line's own direction, so that it stands after the text before it.
                letters.append(_Letter(numbers[span.note], at, base))
        return letters

    def _pieces(
        self, word: Sequence[_Letter], spans: Sequence[Span], width: float
    ) -> Iterator[Sequence[_Letter]]:
        """A word that is wider than a line, e.g. an address, in parts that fit."""
        start, used = 0, 0.0
        for at, letter in enumerate(word):
            across = self._across([letter], spans)
            if used + across > width * 0.97 and at > start:
                yield word[start:at]
                start, used = at, 0.0
            used += across
        yield word[start:]

    def _across(self, letters: Sequence[_Letter], spans: Sequence[Span]) -> float:
        return sum(
            self._width("".join(it.text for it in run), spans[at], from_right=bool(level % 2))
            for (at, level), run in groupby(letters, key=lambda it: (it.span, it.level))
        )

    def _width(self, text: str, span: Span, *, from_right: bool) -> float:
        raised = span.note is not None
        size, bold = self.size * (RAISED if raised else 1), self.bold or span.bold
        return self.fonts.width(text, size, bold=bold, from_right=from_right and not raised)

    def _placed(self, line: Sequence[_Letter], spans: Sequence[Span]) -> Line:
        """The parts of a line in the order in which they are seen."""
        letters = list(line)
        while letters and letters[-1].text == " ":
            letters.pop()
        order = visual_order([it.level for it in letters])
        parts, x = [], 0.0
        for (at, level), run in groupby(
            (letters[it] for it in order), key=lambda it: (it.span, it.level)
        ):
            signs = [it.text for it in run]
            from_right = bool(level % 2) and spans[at].note is None
            # HarfBuzz takes text in the order in which it is read.
            text = "".join(signs[::-1] if from_right else signs)
            width = self._width(text, spans[at], from_right=from_right)
            parts.append(Part(text, spans[at], from_right, x, width))
            x += width
        cited = {spans[it.span].note for it in letters}
        return Line(tuple(parts), x, tuple(sorted(it for it in cited if it is not None)))


def _words(letters: Sequence[_Letter]) -> Iterator[list[_Letter]]:
    """Words with the spaces after them."""
    word: list[_Letter] = []
    for letter in letters:
        if word and word[-1].text == " " and letter.text != " ":
            yield word
            word = []
        word.append(letter)
    if word:
        yield word
