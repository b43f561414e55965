"""Options of a figure, e.g. A4 landscape, in Arabic, with the timeline."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dashboard.language.language import ARABIC, ENGLISH, Language
from dashboard.language.messages import N_

_MM = 1 / 25.4


class FigureLanguage(StrEnum):
    """The language or languages of a figure."""

    ENGLISH = "en"
    ARABIC = "ar"
    BOTH = "both"


LANGUAGE_LABELS: Mapping[FigureLanguage, str] = {
    FigureLanguage.ENGLISH: "English",
    FigureLanguage.ARABIC: "العربية",
    FigureLanguage.BOTH: N_("Both"),
}


class Area(StrEnum):
    """The area of the figure's map: the view of the map on the screen, or all marks."""

    VIEW = "view"
    ALL = "all"


class Format(StrEnum):
    """The file formats."""

    PDF = "pdf"
    SVG = "svg"
    PNG = "png"


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet: its size in inches, the size of its text in points, and its arrangement.

    `beside` puts legend and notes beside the map instead of below it. A `height` of `None` is as
    much as the content needs. `map_share` is the map's share of the width (`beside`), or the ratio
    of its height to its width. A `bare` sheet has map, timeline, legend and key only: the document that
    it stands in has the title, the sources and the caveat.
    """

    label: str
    width: float
    height: float | None
    text: float
    beside: bool
    map_share: float
    margin: float = 11 * _MM
    bare: bool = False


LAYOUTS: Mapping[str, Layout] = {
    "a4_landscape": Layout(N_("A4, landscape"), 297 * _MM, 210 * _MM, 7.6, True, 0.66),  # noqa: FBT003
    "a4_portrait": Layout(N_("A4, portrait"), 210 * _MM, 297 * _MM, 7.6, False, 0.58),  # noqa: FBT003
    "letter_landscape": Layout(N_("Letter, landscape"), 11, 8.5, 7.6, True, 0.66),  # noqa: FBT003
    "letter_portrait": Layout(N_("Letter, portrait"), 8.5, 11, 7.6, False, 0.50),  # noqa: FBT003
    "slide": Layout(N_("Slide, 16:9"), 13.333, 7.5, 9, True, 0.66),  # noqa: FBT003
    "column": Layout(N_("One column"), 90 * _MM, None, 6, False, 0.85, margin=3 * _MM),  # noqa: FBT003
}
# For a document of one's own, as wide as the text of an A4 page.
REPORT = "report"
# A picture of a playback: on a screen, its text is as large as that of a slide.
ANIMATION = "animation"
_SHEETS: Mapping[str, Layout] = {
    **LAYOUTS,
    ANIMATION: Layout("", 10, 6.25, 8.2, beside=True, map_share=0.74, margin=0.2),
    REPORT: Layout(
        "", 170 * _MM, None, 8.4, beside=False, map_share=0.5, margin=1 * _MM, bare=True
    ),
}


@dataclass(frozen=True, slots=True)
class FigureOptions:
    """The analyst's options of a figure; "" as a title means the suggested title."""

    layout: str = "a4_landscape"
    language: FigureLanguage = FigureLanguage.ENGLISH
    area: Area = Area.VIEW
    timeline: bool = True
    title_en: str = ""
    title_ar: str = ""
    digits: str = "latn"
    dates: str = "words"

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages of all texts, in order."""
        languages = {
            FigureLanguage.ENGLISH: (ENGLISH,),
            FigureLanguage.ARABIC: (ARABIC,),
            FigureLanguage.BOTH: (ENGLISH, ARABIC),
        }[self.language]
        return tuple(
            Language(
                language.code,
                "arab" if self.digits == "arab" and language.code == "ar" else "latn",
                "iso" if self.dates == "iso" else "words",
            )
            for language in languages
        )

    @property
    def sheet(self) -> Layout:
        """The layout."""
        return _SHEETS[self.layout]
