"""What an analyst chooses for a report, e.g. its title, its language, the events it describes."""

from dataclasses import dataclass

from dashboard.language.language import Code

# More are no document that a person reads; the page says how many are left out, and so does the file.
MOST_EVENTS = 200
MOST_TITLE, MOST_TEXT = 200, 5_000


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """The choices of a report; "" as a title is the suggested one, `language` `None` the reader's.

    `event_ids` are the events that are described, () for all of the selection. `text` is a text of the
    analyst's own, which stands before everything else; an empty line divides its paragraphs.
    """

    title: str = ""
    text: str = ""
    language: Code | None = None
    event_ids: tuple[str, ...] = ()
    pictures: bool = True
    trend: bool = False
