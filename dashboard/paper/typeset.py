"""Text on paper: fonts, lines broken to a width, and columns that text flows down.

The fonts come out of an installed package, and hold Arabic and Latin letters alike. matplotlib shapes
and orders Arabic by itself (3.11 and later); a mark at the start of a line says which way it runs.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import files
from typing import TypeVar

from matplotlib import font_manager
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from dashboard.language.language import Language, speaking
from dashboard.text.escape import without_controls

INK, QUIET, RULE = "#1f2933", "#52606d", "#9aa5b1"
_PACKAGE = "fontpkg-ibm-plex-sans-arabic"
_WEIGHTS = ("Regular", "Bold")
# DejaVu Sans comes with matplotlib; it has the signs that the first font lacks.
_FAMILY = ("IBM Plex Sans Arabic", "DejaVu Sans")
_RIGHT_TO_LEFT = "\u200f"
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
# Embeddings and overrides of direction; isolates, which the figure uses itself, do no harm.
_OVERRIDES = re.compile("[\u202a-\u202e]")
_LEADING = 1.38
_POINTS = 72
_MEASURED_AT, _MEASURED_SIZE = 200, 20.0

T = TypeVar("T")


@cache
def load_fonts() -> None:
    """Make the packaged fonts known to matplotlib, once."""
    for path in files(_PACKAGE) or ():
        if path.name.endswith(tuple(f"-{weight}.ttf" for weight in _WEIGHTS)):
            font_manager.fontManager.addfont(str(path.locate()))


def font(size: float, *, bold: bool = False) -> FontProperties:
    """The figure's font at a size in points."""
    load_fonts()
    return FontProperties(family=list(_FAMILY), size=size, weight="bold" if bold else "normal")


@cache
def _ruler() -> RendererAgg:
    return RendererAgg(1, 1, _MEASURED_AT)  # type: ignore[no-untyped-call]


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a line of text is, in inches.

    Words are measured once, at one size: letters join within words only, and widths grow with size.
    """
    words = text.split(" ")
    spaces = (len(words) - 1) * _word_width("\u00a0", bold=bold)
    return (sum(_word_width(word, bold=bold) for word in words) + spaces) * size / _MEASURED_SIZE


@lru_cache(maxsize=20_000)
def _word_width(word: str, *, bold: bool) -> float:
    width, _height, _descent = _ruler().get_text_width_height_descent(  # type: ignore[no-untyped-call]
        word, font(_MEASURED_SIZE, bold=bold), ismath=False
    )
    return float(width) / _MEASURED_AT


def height_of(size: float) -> float:
    """The distance from one line to the next, in inches."""
    return size * _LEADING / _POINTS


def wrapped(text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
    """`text` broken into lines no wider than `width` inches, between words."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and width_of(longer, size, bold=bold) > width:
            within = line.count(_ISOLATE) > line.count(_END_ISOLATE)
            # What is kept together in its direction stays so over the break.
            lines.append(line + _END_ISOLATE * within)
            longer = _ISOLATE * within + word
        line = longer
    return [*lines, line] if line else lines


def told_in(languages: Sequence[Language], tell: Callable[[], T]) -> list[tuple[Language, T]]:
    """What `tell` says in each of the languages."""
    told = []
    for language in languages:
        with speaking(language):
            told.append((language, tell()))
    return told


def joined(languages: Sequence[Language], tell: Callable[[], str], mark: str = " · ") -> str:
    """The same words in each of the languages, one after the other, each told once."""
    return mark.join(dict.fromkeys(text for _language, text in told_in(languages, tell)))


@dataclass
class Column:
    """A part of the page that text flows down, in inches from its lower left corner.

    `y` is where the next line begins.
    """

    figure: Figure
    left: float
    width: float
    y: float

    def skip(self, inches: float) -> None:
        """Leave room."""
        self.y -= inches

    def paragraph(
        self,
        text: str,
        size: float,
        language: Language,
        *,
        bold: bool = False,
        colour: str = INK,
        indent: float = 0.0,
    ) -> None:
        """A paragraph from the side that its language begins on."""
        for line in wrapped(text, size, self.width - indent, bold=bold):
            self.line(line, size, language, bold=bold, colour=colour, indent=indent)

    def line(
        self,
        text: str,
        size: float,
        language: Language,
        *,
        bold: bool = False,
        colour: str = INK,
        indent: float = 0.0,
    ) -> None:
        """One line, not broken."""
        self.skip(height_of(size))
        right = language.direction == "rtl"
        x = self.left + self.width - indent if right else self.left + indent
        width, height = self.figure.get_size_inches()
        self.figure.text(
            x / width,
            self.y / height,
            directed(text, language),
            fontproperties=font(size, bold=bold),
            color=colour,
            ha="right" if right else "left",
            va="bottom",
            parse_math=False,
        )


def directed(text: str, language: Language) -> str:
    """The text marked so that the line runs as its language does, whatever word comes first.

    What would turn the line round, or is no letter, is taken out: titles come from articles.
    """
    safe = _OVERRIDES.sub("", without_controls(text))
    return f"{_RIGHT_TO_LEFT}{safe}" if language.direction == "rtl" else safe
