"""Text on paper: fonts, lines broken to a width, and columns that text flows down.

The fonts are from an installed package and have Arabic and Latin letters. matplotlib (3.11 and later)
shapes and orders Arabic; a mark at the start of a line sets its direction.
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

from dashboard.language.language import Language, using_language
from dashboard.legend.palette import colour
from dashboard.text.escape import without_controls

INK, QUIET, RULE = colour("ink"), colour("muted"), colour("axis")
_PACKAGE = "fontpkg-ibm-plex-sans-arabic"
_WEIGHTS = ("Regular", "Bold")
# DejaVu Sans, which matplotlib includes, has the signs that the first font lacks.
_FAMILY = ("IBM Plex Sans Arabic", "DejaVu Sans")
_RIGHT_TO_LEFT = "\u200f"
_ISOLATES, _END_ISOLATE = frozenset("\u2066\u2067\u2068"), "\u2069"
# Embeddings and overrides of direction; isolates are allowed, as the figure uses them.
_OVERRIDES = re.compile("[\u202a-\u202e]")
_SPACES = re.compile(r"[ \t\r\n]+")
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
    """The width of a line of text in inches.

    Words are measured once at one size: letters join within words only, and widths scale with size.
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
    """`text` broken into lines no wider than `width` inches, between words.

    A no-break space stays where it is. Isolates have no width.
    """
    lines: list[str] = []
    line = ""
    for word in _SPACES.split(text.strip()):
        longer = f"{line} {word}" if line else word
        if line and width_of(longer, size, bold=bold) > width:
            # Isolates are closed before the break and opened again after it.
            within = _open_isolates(line)
            lines.append(line + _END_ISOLATE * len(within))
            longer = within + word
        line = longer
    return [*lines, line] if line else lines


def _open_isolates(line: str) -> str:
    """The isolates that begin in a line and do not end in it."""
    within = ""
    for letter in line:
        if letter in _ISOLATES:
            within += letter
        elif letter == _END_ISOLATE:
            within = within[:-1]
    return within


def in_each_language(
    languages: Sequence[Language], text: Callable[[], T]
) -> list[tuple[Language, T]]:
    """The results of `text` in each of the languages."""
    texts = []
    for language in languages:
        with using_language(language):
            texts.append((language, text()))
    return texts


def joined(languages: Sequence[Language], text: Callable[[], str], mark: str = " · ") -> str:
    """The distinct texts in each of the languages, joined by `mark`."""
    return mark.join(dict.fromkeys(each for _language, each in in_each_language(languages, text)))


@dataclass
class Column:
    """A column of text on the page, in inches from its lower left corner.

    `y` is the top of the next line.
    """

    figure: Figure
    left: float
    width: float
    y: float

    def skip(self, inches: float) -> None:
        """Leave a vertical gap."""
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
        """Write a paragraph, aligned to the side on which its language begins."""
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
        """Write one line without breaking it."""
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
    """The text with a mark that sets the direction of the line to that of its language.

    Direction overrides and control characters are removed: titles come from articles.
    """
    safe = _OVERRIDES.sub("", without_controls(text))
    return f"{_RIGHT_TO_LEFT}{safe}" if language.direction == "rtl" else safe
