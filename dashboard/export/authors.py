"""Leaving out the names of analysts from files that are given to others.

Gone are the authors of verifications and ratings, who captured a file, and who stated when an article
was published. What analysts wrote (grounds, reasons, notes) stays as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import msgspec

from dashboard.export.captures import ExportedCapture
from dashboard.language.messages import _
from dashboard.language.words import comma, isolate
from dashboard.model.message import Message, StoredText, message
from dashboard.model.selected import SelectedEvents
from dashboard.model.verification import with_author

# The columns with text that analysts wrote, or may have written: an analyst's note is an article.
FREE_TEXT = (
    "title_en", "title_ar", "date_reason", "date_reason_ar", "summary_en", "summary_ar",
    "verification_ground", "place_verification_ground", "reliability_why", "credibility_why",
    "headline", "sources", "quote", "gloss_en", "note", "published_reason", "place_doubt",
    "place_sources",
)  # fmt: skip
# The same of captures.csv, in an archive with captured files.
CAPTURE_TEXT = ("name", "tool", "note")
# The entry of `about` of such a file.
ABOUT: Mapping[str, str] = {
    "authors": "left out on purpose: the names of analysts; what they wrote is unchanged and may have "
    f"names, in: {', '.join(FREE_TEXT)}; in captures.csv: {', '.join(CAPTURE_TEXT)}"
}
_WHO = "who"


def free_text_words() -> str:
    """Where names may still be, for those who give the file to others."""
    words = _(
        "What analysts wrote is unchanged, and may still have names. Look at these columns, and at the "
        "whole events as JSON, before you give the file to others: {columns}; in captures.csv, if "
        "captured files go along: {of_captures}."
    )
    columns, of_captures = (
        comma([isolate(name) for name in names]) for names in (FREE_TEXT, CAPTURE_TEXT)
    )
    return words.format(columns=columns, of_captures=of_captures)


def without_names(selected: SelectedEvents) -> SelectedEvents:
    """The selected events without the names of analysts."""
    corpus = selected.corpus
    articles = {
        key: replace(article, published_reason=unnamed(article.published_reason))
        for key, article in corpus.articles.items()
    }
    judgements = with_author(corpus.judgements, "")
    return replace(selected, corpus=replace(corpus, articles=articles, judgements=judgements))


def captures_without_names(captures: Sequence[ExportedCapture]) -> tuple[ExportedCapture, ...]:
    """The captures without who took them."""
    return tuple(replace(row, capture=replace(row.capture, taken_by="")) for row in captures)


def unnamed(text: StoredText) -> StoredText:
    """A message with "an analyst" in place of a name."""
    if not isinstance(text, Message) or _WHO not in text.parameters:
        return text
    parameters = {**text.parameters, _WHO: message("an analyst")}
    return msgspec.structs.replace(text, parameters=parameters)
