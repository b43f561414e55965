"""The fonts of a PDF report: those of figures, which HarfBuzz shapes, and their widths.

IBM Plex Sans Arabic has Arabic and Latin letters; DejaVu Sans has signs that it lacks. A letter that
neither has is drawn as U+FFFD.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import files
from itertools import groupby
from pathlib import Path

import matplotlib as mpl
from fpdf import FPDF
from fpdf.enums import PDFResourceType, TextDirection
from fpdf.fonts import TTFFont

_PACKAGE = "fontpkg-ibm-plex-sans-arabic"
_FIRST, _SECOND = "plex", "dejavu"
_UNKNOWN = "\ufffd"
# Widths are measured at this size and scale with it.
_MEASURED = 10.0


def font_files() -> Iterator[tuple[str, str, Path]]:
    """Family, style ("" or "B") and file of each font."""
    for path in files(_PACKAGE) or ():
        for ending, style in (("-Regular.ttf", ""), ("-Bold.ttf", "B")):
            if path.name.endswith(ending):
                yield _FIRST, style, Path(str(path.locate()))
    folder = Path(mpl.get_data_path()) / "fonts" / "ttf"
    yield _SECOND, "", folder / "DejaVuSans.ttf"
    yield _SECOND, "B", folder / "DejaVuSans-Bold.ttf"


class Fonts:
    """The fonts of one document, with which it writes text of one direction.

    To be closed when the document is made: fpdf2 reads the files of its fonts until then, and leaves
    them open.
    """

    def __init__(self, pdf: FPDF) -> None:
        self._pdf = pdf
        for family, style, path in font_files():
            pdf.add_font(family, style, str(path))
        self._widths: dict[tuple[str, str, str, bool], float] = {}

    def close(self) -> None:
        """Close the files of the fonts."""
        for font in self._pdf.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()

    @cached_property
    def _known(self) -> dict[str, frozenset[int]]:
        """The letters of each family."""
        known = {}
        for family in (_FIRST, _SECOND):
            font = self._pdf.fonts[family]
            if not isinstance(font, TTFFont):
                raise TypeError(family)
            known[family] = frozenset(font.cmap)
        return known

    def family_of(self, letter: str) -> str:
        """The first font that has a letter, "" if none has it."""
        for family, letters in self._known.items():
            if ord(letter) in letters:
                return family
        return ""

    def drawn(self, text: str) -> str:
        """The text with U+FFFD for what no font has."""
        return "".join(it if self.family_of(it) else _UNKNOWN for it in text)

    def parts(self, text: str) -> list[tuple[str, str]]:
        """The text, of letters that are `drawn`, divided by the font of its letters."""
        return [(family, "".join(letters)) for family, letters in groupby(text, key=self.family_of)]

    def width(self, text: str, size: float, *, bold: bool, from_right: bool) -> float:
        """The width of a text of one direction, in points."""
        return sum(
            self._width(family, part, bold=bold, from_right=from_right)
            for family, part in self.parts(text)
        ) * (size / _MEASURED)

    def _width(self, family: str, text: str, *, bold: bool, from_right: bool) -> float:
        key = (family, text, "B" if bold else "", from_right)
        if key not in self._widths:
            font = self._pdf.fonts[family + key[2]]
            _letters, width = font.get_text_width(text, _MEASURED, shaping(from_right=from_right))
            self._widths[key] = width
        return self._widths[key]

    def write(self, at: tuple[float, float], text: str, look: "TextLook") -> None:
        """Draw a text of one direction with its left end and its base line at a point.

        fpdf2's own cells part a letter from the marks above it, and shape the two apart (2.8.9).
        """
        x, y = at
        parts = self.parts(text)
        for family, part in parts[::-1] if look.from_right else parts:
            self._pdf.set_font(family, "B" if look.bold else "", look.size)
            self._pdf._out(self._operators((x, self._pdf.h - y), part, look))  # noqa: SLF001 no other way
            x += self.width(part, look.size, bold=look.bold, from_right=look.from_right)

    def _operators(self, at: tuple[float, float], text: str, look: "TextLook") -> str:
        """A text in the current font as operators of a PDF; `at` is from the lower end of the page."""
        font = self._pdf.current_font
        if not isinstance(font, TTFFont):
            raise TypeError(font)
        self._pdf._resource_catalog.add(PDFResourceType.FONT, font.i, self._pdf.page)  # noqa: SLF001
        x, y = at
        shown = []
        for glyph in font.shape_text(text, look.size, shaping(from_right=look.from_right)):
            unit = font.scale * look.size / 1000
            if glyph["mapped_char"] is not None:
                letter = font.escape_text(chr(glyph["mapped_char"]))
                left, base = x + glyph["x_offset"] * unit, y + glyph["y_offset"] * unit
                shown.append(f"1 0 0 1 {left:.2f} {base:.2f} Tm ({letter}) Tj")
            x += glyph["x_advance"] * unit
        red, green, blue = (int(look.colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        return (
            f"q {red:.3f} {green:.3f} {blue:.3f} rg BT "
            f"/F{font.i} {look.size:.2f} Tf {' '.join(shown)} ET Q"
        )


@dataclass(frozen=True, slots=True)
class TextLook:
    """How a text is drawn; `size` is in points, `colour` as "#rrggbb"."""

    size: float
    colour: str
    bold: bool = False
    from_right: bool = False


def shaping(*, from_right: bool) -> dict[str, object]:
    """What fpdf2 has HarfBuzz do with a text of one direction.

    Without ligatures that Arabic does not need: of a sign for two letters some readers find neither.
    """
    direction = TextDirection.RTL if from_right else TextDirection.LTR
    return {
        "use_shaping_engine": True,
        "features": {"liga": False, "dlig": False},
        "direction": direction,
        "script": None,
        "language": None,
        "fragment_direction": direction,
        "paragraph_direction": direction,
    }
