"""Sentences with an unknown name as HTML, each with its article."""

from collections.abc import Iterable

from dashboard.language.messages import plural
from dashboard.language.names import name_of
from dashboard.model.corpus import Corpus
from dashboard.model.records import UnknownPlaceRecord
from dashboard.text.escape import escape

_MOST = 8


def sentences_html(corpus: Corpus, records: Iterable[UnknownPlaceRecord]) -> str:
    """The first eight sentences, right-to-left, with the name marked."""
    shown = list(records)
    rows = "".join(_row(corpus, record) for record in shown[:_MOST])
    left = len(shown) - _MOST
    message = plural("and {n} more", "and {n} more", left)
    more = f"<li>{message}</li>" if left > 0 else ""
    return f'<ul class="unknown-sentences">{rows}{more}</ul>'


def _row(corpus: Corpus, record: UnknownPlaceRecord) -> str:
    name = escape(record.name)
    sentence = escape(record.sentence).replace(name, f'<mark class="unknown">{name}</mark>')
    article = corpus.articles.get(record.article_id)
    outlet = name_of(corpus.lexicon.outlets[article.outlet_id]) if article else ""
    return (
        f'<li><blockquote class="arabic reading" dir="rtl" lang="ar">{sentence}</blockquote>'
        f'<span class="muted"><bdi>{escape(outlet)}</bdi></span></li>'
    )
