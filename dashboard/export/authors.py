"""Leaving out the names of analysts from files that are given to others.

Gone are the authors of verifications and ratings, who captured a file, and who stated when an article
was published. What analysts wrote (grounds, reasons, notes) stays as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import msgspec

from dashboard.export.captures import ExportedCapture
from dashboard.model.message import Message, StoredText, message
from dashboard.model.selected import SelectedEvents
from dashboard.model.verification import with_author

# The entry of `about` of such a file.
ABOUT: Mapping[str, str] = {"authors": "left out on purpose: the names of analysts"}
_WHO = "who"


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
