"""Articles as received, e.g. the Orient Net report published 2020-12-28, with its text and hash."""

from dataclasses import dataclass
from datetime import date, datetime

from dashboard.model.message import StoredText

# The type of a speaker that is a dataset: it coded what its sources reported.
CODER = "dataset"
# What a text that was pasted has in place of a file; an earlier program wrote it as a row of a table.
PASTED = "pasted text"
_PASTED = frozenset({PASTED, "pasted text.csv, row 2"})


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher of articles; never a party to an event."""

    outlet_id: str
    name_en: str
    name_ar: str
    type: str
    source: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """A source that an outlet cites: an organisation, a person, an unnamed source or another outlet."""

    speaker_id: str
    name_en: str
    name_ar: str
    type: str
    affiliation: str | None
    outlet_id: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Article:
    """One published text.

    `published` is what the text states, `None` if it states nothing; `published_earliest` and
    `published_latest` bound it by inference, and `published_reason` says how. `text` is the file
    decoded as UTF-8 with its line ends untouched, so that offsets into it are offsets into the file.
    A row of a dataset is an article without a hash; `url` is where its source has it.
    """

    article_id: str
    file: str
    sha256: str
    outlet_id: str
    headline: str
    lang: str
    published: datetime | None
    published_earliest: date | None
    published_latest: date | None
    published_reason: StoredText
    text: str
    url: str | None = None

    @property
    def is_pasted(self) -> bool:
        """Whether the text was pasted, and came from no file."""
        return self.file in _PASTED
