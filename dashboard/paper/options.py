"""What a figure is asked to be, e.g. A4 landscape, in Arabic, with the timeline."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dashboard.language.language import ARABIC, ENGLISH, Language
from dashboard.language.messages import N_

_MM = 1 / 25.4


class Tongues(StrEnum):
    """Which languages a figure speaks."""

    ENGLISH = "en"
    ARABIC = "ar"
    BOTH = "both"


class Area(StrEnum):
    """Which ground the figure's map shows: what the screen's map does, or every mark."""

    VIEW = "view"
    ALL = "all"


class Format(StrEnum):
    """The kinds of file."""

    PDF = "pdf"
    SVG = "svg"
    PNG = "png"


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet: its size in inches, the size of its text in points, and how its parts lie.

    `beside` puts legend and notes beside the map, else they stand below it. A `height` of `None`
    is as much as the text needs. `map_share` is the map's part of the width (`beside`) or its
    height as a part of its width.
    """

    label: str
    width: float
    height: float | None
    text: float
    beside: bool
    map_share: float
    margin: float = 11 * _MM


LAYOUTS: Mapping[str, Layout] = {
    "a4_landscape": Layout(N_("A4, landscape"), 297 * _MM, 210 * _MM, 7.6, True, 0.66),  # noqa: FBT003
    "a4_portrait": Layout(N_("A4, portrait"), 210 * _MM, 297 * _MM, 7.6, False, 0.58),  # noqa: FBT003
    "letter_landscape": Layout(N_("Letter, landscape"), 11, 8.5, 7.6, True, 0.66),  # noqa: FBT003
    "letter_portrait": Layout(N_("Letter, portrait"), 8.5, 11, 7.6, False, 0.50),  # noqa: FBT003
    "slide": Layout(N_("Slide, 16:9"), 13.333, 7.5, 9, True, 0.66),  # noqa: FBT003
    "column": Layout(N_("One column"), 90 * _MM, None, 6, False, 0.85, margin=3 * _MM),  # noqa: FBT003
}


@dataclass(frozen=True, slots=True)
class FigureOptions:
    """What an analyst chose for a figure; `title_en` and `title_ar` are "" for those suggested."""

    layout: str = "a4_landscape"
    tongues: Tongues = Tongues.ENGLISH
    area: Area = Area.VIEW
    timeline: bool = True
    title_en: str = ""
    title_ar: str = ""
    digits: str = "latn"
    dates: str = "words"

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages to tell everything in, the first first."""
        chosen = {
            Tongues.ENGLISH: (ENGLISH,),
            Tongues.ARABIC: (ARABIC,),
            Tongues.BOTH: (ENGLISH, ARABIC),
        }[self.tongues]
        return tuple(
            Language(
                language.code,
                "arab" if self.digits == "arab" and language.code == "ar" else "latn",
                "iso" if self.dates == "iso" else "words",
            )
            for language in chosen
        )

    @property
    def sheet(self) -> Layout:
        """The layout."""
        return LAYOUTS[self.layout]
