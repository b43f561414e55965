"""Pages of a PDF report: lines flow down them, and each page has at its end the footnotes it cites."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from fpdf import FPDF
from PIL import Image

from dashboard.export.report.parts import Paragraph, Picture, Report, Role
from dashboard.export.report.pdf_fonts import Fonts, TextLook
from dashboard.export.report.pdf_lines import RAISED, Line, LineBreaker
from dashboard.language.language import using_language
from dashboard.language.numbers import number
from dashboard.legend.palette import colour

_WIDTH, _HEIGHT, _MARGIN = 595.28, 841.89, 57.0
_TEXT = _WIDTH - 2 * _MARGIN
# The room for the number of a page below the text.
_FOOT = 22.0
_LEADING = 1.42
_BASE_LINE = 1.02
_NOTE_GAP, _INDENT, _BULLET = 8.0, 12.0, 12.0
_INK, _QUIET, _LINK = colour("ink"), colour("muted"), colour("accent")


@dataclass(frozen=True, slots=True)
class _Look:
    """How paragraphs of a role look, in points."""

    size: float
    bold: bool = False
    colour: str = _INK
    before: float = 0
    after: float = 3
    indent: float = 0
    with_next: bool = False
    shaded: bool = False


_LOOKS = {
    Role.TITLE: _Look(20, bold=True),
    Role.LEAD: _Look(11.5, before=5, after=6),
    Role.HEADING: _Look(14, bold=True, before=14, after=4, with_next=True),
    Role.EVENT: _Look(11.5, bold=True, before=12, after=3, with_next=True),
    Role.TEXT: _Look(10, after=4),
    Role.FACT: _Look(9, after=1),
    Role.CLAIM: _Look(9.5, before=5, after=2, with_next=True),
    Role.QUOTE: _Look(10, after=3, indent=_INDENT, shaded=True),
    Role.GLOSS: _Look(9, colour=_QUIET, after=3, indent=_INDENT),
    Role.ITEM: _Look(9.5, after=2),
    Role.SMALL: _Look(8.5, colour=_QUIET, after=3),
    Role.CAPTION: _Look(8.5, colour=_QUIET, after=6),
    Role.NOTE: _Look(8, after=1.5),
}


@dataclass(frozen=True, slots=True)
class _Set:
    """A paragraph in lines; `left` and `width` are those of its text."""

    paragraph: Paragraph
    look: _Look
    lines: Sequence[Line]
    left: float
    width: float

    @property
    def line_height(self) -> float:
        return self.look.size * _LEADING


class Pages:
    """Writes the blocks of a report on as many pages as they need."""

    def __init__(self, pdf: FPDF, fonts: Fonts, report: Report) -> None:
        self._pdf, self._fonts, self._report = pdf, fonts, report
        with using_language(report.language):
            self._numbers = [number(at) for at in range(1, len(report.notes) + 1)]
        self._notes = [self._set(note) for note in report.notes]
        self._cited: list[int] = []
        self._y = _HEIGHT

    def write(self) -> None:
        """Write the whole report."""
        self._begin()
        blocks = [it if isinstance(it, Picture) else self._set(it) for it in self._report.blocks]
        for at, block in enumerate(blocks):
            if not self._fits(_needed(blocks[at:]), self._new_notes(blocks[at:])):
                self._begin()
            if isinstance(block, Picture):
                self._picture(block)
            else:
                self._paragraph(block)
        self._end()

    def _set(self, paragraph: Paragraph) -> _Set:
        look = _LOOKS[paragraph.role]
        left, width = _MARGIN + look.indent, _TEXT - 2 * look.indent
        if paragraph.role in {Role.ITEM, Role.NOTE}:
            # A bullet or a number stands before the text, on the side where its lines begin.
            width -= _BULLET
            left += _BULLET if paragraph.direction == "ltr" else 0
        breaker = LineBreaker(self._fonts, look.size, look.bold)
        lines = breaker.lines(paragraph, width, self._numbers)
        return _Set(paragraph, look, lines, left, width)

    def _begin(self) -> None:
        """Begin a page, with the footnotes of the last one written."""
        if self._pdf.page:
            self._end()
        self._pdf.add_page()
        self._y, self._cited = _MARGIN, []

    def _end(self) -> None:
        """Write the footnotes of the page and its number."""
        y = _HEIGHT - _MARGIN - self._notes_height(self._cited)
        if self._cited:
            right = self._report.language.direction == "rtl"
            start = _WIDTH - _MARGIN - _TEXT / 3 if right else _MARGIN
            self._pdf.set_draw_color(colour("axis"))
            self._pdf.set_line_width(0.5)
            self._pdf.line(start, y, start + _TEXT / 3, y)
            y += _NOTE_GAP
        for note in self._cited:
            it = self._notes[note]
            self._sign(it, y, self._numbers[note], RAISED * 1.15)
            y = self._lines(it, it.lines, y) + it.look.after
        with using_language(self._report.language):
            text = number(self._pdf.page)
        across = self._fonts.width(text, 8, bold=False, from_right=False)
        at = ((_WIDTH - across) / 2, _HEIGHT - _MARGIN + _FOOT)
        self._fonts.write(at, text, TextLook(8, _QUIET))

    def _notes_height(self, notes: Sequence[int]) -> float:
        sets = [self._notes[note] for note in notes]
        total = sum(len(it.lines) * it.line_height + it.look.after for it in sets)
        return total + _NOTE_GAP if sets else 0.0

    def _new_notes(self, blocks: Sequence[_Set | Picture]) -> list[int]:
        """The footnotes of what has to stay together at the start of these blocks."""
        cited: list[int] = []
        for block in blocks:
            if isinstance(block, Picture):
                break
            cited += [note for line in block.lines for note in line.notes]
            if not block.look.with_next:
                break
        return cited

    def _fits(self, height: float, notes: Sequence[int]) -> bool:
        room = _HEIGHT - _MARGIN - self._y - self._notes_height([*self._cited, *notes])
        return height <= room or self._y <= _MARGIN

    def _paragraph(self, it: _Set) -> None:
        role, text = it.paragraph.role, it.paragraph.text
        if self._y > _MARGIN:
            self._y += it.look.before
        if role in {Role.HEADING, Role.EVENT}:
            self._pdf.set_y(self._y)
            bare = text.translate(dict.fromkeys(range(0x2066, 0x206A)))
            self._pdf.start_section(bare, level=int(role is Role.EVENT))
        first = True
        for line in it.lines:
            if not self._fits(it.line_height, line.notes):
                self._begin()
            self._cited += line.notes
            if first and role is Role.ITEM:
                self._sign(it, self._y, "•", 1)
            self._y = self._lines(it, [line], self._y)
            first = False
        self._y += it.look.after

    def _sign(self, it: _Set, y: float, text: str, share: float) -> None:
        """A bullet, or the number of a footnote, before a paragraph."""
        size = it.look.size * share
        base = y + _BASE_LINE * it.look.size - (it.look.size * 0.3 if share < 1 else 0)
        right = it.paragraph.direction == "rtl"
        across = self._fonts.width(text, size, bold=False, from_right=False)
        x = it.left + it.width + _BULLET - across if right else it.left - _BULLET
        self._fonts.write((x, base), text, TextLook(size, it.look.colour))

    def _lines(self, it: _Set, lines: Sequence[Line], y: float) -> float:
        """Draw lines; returns the lower end of the last one."""
        for line in lines:
            if it.look.shaded:
                self._pdf.set_fill_color(colour("panel"))
                box = (it.left - 5, y, it.width + 10, it.line_height + 0.4)
                self._pdf.rect(*box, style="F")
            right = it.paragraph.direction == "rtl"
            x = it.left + (it.width - line.width if right else 0)
            self._line(it, line, x, y)
            y += it.line_height
        return y

    def _line(self, it: _Set, line: Line, x: float, y: float) -> None:
        size = it.look.size
        for part in line.parts:
            span, raised = part.span, part.span.note is not None
            tint = _LINK if span.url else _QUIET if span.quiet else it.look.colour
            base = y + _BASE_LINE * size - (0.35 * size if raised else 0)
            look = TextLook(
                size * RAISED if raised else size,
                tint,
                it.look.bold or span.bold,
                part.from_right,
            )
            self._fonts.write((x + part.x, base), part.text, look)
            if span.url:
                self._pdf.link(x + part.x, y, part.width, it.line_height, span.url)

    def _picture(self, picture: Picture) -> None:
        width, height = _size(picture)
        x = _MARGIN + (_TEXT - width) / 2
        self._pdf.image(io.BytesIO(picture.png), x, self._y, width, height, alt_text=picture.alt)
        self._y += height + 4


def _size(picture: Picture) -> tuple[float, float]:
    """Width and height of a picture, which is at most nearly as tall as a page."""
    with Image.open(io.BytesIO(picture.png)) as image:
        shape = image.height / image.width
    width = min(_TEXT * picture.share, (_HEIGHT - 2 * _MARGIN) * 0.82 / shape)
    return width, width * shape


def _needed(blocks: Sequence[_Set | Picture]) -> float:
    """The height of what has to stay together at the start of these blocks."""
    height = 0.0
    for block in blocks:
        if isinstance(block, Picture):
            return height + _size(block)[1]
        if not block.look.with_next:
            return height + block.look.before + block.line_height * min(2, len(block.lines))
        height += block.look.before + block.line_height * len(block.lines) + block.look.after
    return height
