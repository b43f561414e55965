"""The texts of the presentation as HTML: title, sentence, sources, terms, caveat."""

from dashboard.language.dataset_terms import terms_in_words
from dashboard.language.messages import _
from dashboard.language.names import name_of
from dashboard.language.numbers import number
from dashboard.language.words import comma, day, file_words, published_words
from dashboard.summary.heading import sentence, suggested_title
from dashboard.summary.summary import Source, Summary
from dashboard.text.escape import escape, escape_message


def head_html(summary: Summary) -> str:
    """Title and sentence."""
    title = escape_message(suggested_title(summary))
    text = escape_message(sentence(summary))
    return f'<header class="presented"><h1>{title}</h1><p>{text}</p></header>'


def hint_html() -> str:
    """How to leave the presentation; the style sheet hides it after three seconds."""
    hint = escape(_("Escape leaves the presentation."))
    return f'<div class="presented-hint" aria-hidden="true">{hint}</div>'


def sources_html(summary: Summary) -> str:
    """The numbered sources, the terms of the datasets, and the caveat."""
    heading = _("Sources")
    listed = "".join(f"<li>{_source(source)}</li>" for source in summary.sources)
    caveat = _("Reports are claims, not verified facts. Made on {day}.").format(
        day=day(summary.created)
    )
    words = escape_message(" ".join(map(terms_in_words, summary.terms)))
    terms = f'<p class="terms">{words}</p>' if words else ""
    text = f"<h2>{heading}</h2><ol>{listed}</ol>{terms}<p>{caveat}</p>"
    return f'<footer class="presented">{text}</footer>'


def _source(source: Source) -> str:
    outlet = f"<bdi>{escape(name_of(source.outlet))}</bdi>"
    if source.article is None:
        return f"{outlet} ({number(source.articles)})"
    headline = f"“<bdi>{escape(source.article.headline or file_words(source.article))}</bdi>”"
    return comma([outlet, headline, published_words(source.article)])
