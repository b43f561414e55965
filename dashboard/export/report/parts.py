"""A report before it is written to a format: paragraphs of spans, pictures, and footnotes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from dashboard.language.language import Language

Direction = Literal["ltr", "rtl"]


class Role(StrEnum):
    """What a paragraph is; each format has a style for it."""

    TITLE = "title"
    LEAD = "lead"
    HEADING = "heading"
    EVENT = "event"
    TEXT = "text"
    FACT = "fact"
    CLAIM = "claim"
    QUOTE = "quote"
    GLOSS = "gloss"
    ITEM = "item"
    SMALL = "small"
    CAPTION = "caption"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Span:
    """A text of one style. `url` makes it a link; the footnote `note` (its position) stands after it."""

    text: str
    bold: bool = False
    quiet: bool = False
    url: str = ""
    note: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in one language, which sets its direction."""

    role: Role
    spans: tuple[Span, ...]
    language: Language

    @property
    def direction(self) -> Direction:
        """The direction of its lines."""
        return self.language.direction

    @property
    def text(self) -> str:
        """All of its text."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture (PNG) as wide as this share of the text's width, with words for who cannot see it."""

    png: bytes
    alt: str
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report; a span names a footnote by its position in `notes`."""

    title: str
    language: Language
    made: datetime
    blocks: Sequence[Paragraph | Picture]
    notes: Sequence[Paragraph] = field(default=())
