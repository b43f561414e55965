"""An article as HTML: its text with quotes and places marked, its head, its line in other pages."""

from collections.abc import Iterable

from dashboard.browser.highlight import Mark, highlight
from dashboard.browser.links import article_href
from dashboard.browser.prose import english
from dashboard.gazetteer.context import MentionUse
from dashboard.gazetteer.resolve import PlaceMention
from dashboard.language import words
from dashboard.language.labels import stance_done
from dashboard.language.names import name_of, other_name_of, title_of
from dashboard.language.stored_text import translate
from dashboard.model.article import Article
from dashboard.model.corpus import Corpus
from dashboard.text.escape import escape, escape_attribute


def article_html(
    corpus: Corpus, article: Article, mentions: Iterable[PlaceMention], claim_id: str | None
) -> str:
    """The whole article, right-to-left, with every quoted span and place name marked."""
    events = corpus.events.events
    marks = [
        Mark(
            claim.start,
            claim.end,
            f"quote {claim.stance.value}" + (" selected" if claim.claim_id == claim_id else ""),
            f"{stance_done(claim.stance, claim.disputes)}: {title_of(events[claim.event_id])}",
            f"claim-{claim.claim_id}",
        )
        for claim in corpus.events.claims
        if claim.article_id == article.article_id
    ]
    marks = place_marks(corpus, mentions) + marks
    body = highlight(article.text, 0, len(article.text), marks)
    direction = "rtl" if article.lang == "ar" else "auto"
    lang = escape_attribute(article.lang)
    return f'<article class="arabic" dir="{direction}" lang="{lang}">{body}</article>'


def place_marks(corpus: Corpus, mentions: Iterable[PlaceMention]) -> list[Mark]:
    """A mark for each mention of a known place, with its name and why it is that place."""
    marks = []
    for mention in mentions:
        if mention.place_id is None or mention.use is not MentionUse.LOCATION:
            continue
        place = corpus.gazetteer.places[mention.place_id]
        title = f"{name_of(place)}: {translate(mention.reason)}"
        marks.append(Mark(mention.start, mention.end, "place", title))
    return marks


def article_line_html(corpus: Corpus, article: Article) -> str:
    """One line on an article with a linked headline, for pages about something else."""
    outlet = corpus.lexicon.outlets[article.outlet_id]
    return (
        '<p class="article-line">'
        f'<a href="{article_href(article.article_id)}">'
        f'<bdi lang="{escape_attribute(article.lang)}">{escape(article.headline)}</bdi></a> · '
        f"<bdi>{escape(name_of(outlet))}</bdi> · {words.published_words(article)}</p>"
    )


def article_head_html(corpus: Corpus, article: Article, *, linked: bool) -> str:
    """An article's headline, outlet and date; `linked` makes the headline a link to the article."""
    outlet = corpus.lexicon.outlets[article.outlet_id]
    headline = escape(article.headline)
    file = f"<bdi>{escape(words.file_words(article))}</bdi>"
    if linked:
        headline = f'<a href="{article_href(article.article_id)}">{headline}</a>'
    return (
        f'<header class="article-head"><h2 class="arabic" dir="auto">{headline}</h2>'
        f"<p><strong><bdi>{escape(name_of(outlet))}</bdi></strong> "
        f"<bdi>{escape(other_name_of(outlet))}</bdi> · "
        f"{words.published_words(article)}<br>"
        f'<span class="muted">{english(article.published_reason)}<br>'
        f'<span dir="ltr">{file} · SHA-256 {escape(article.sha256)}</span>'
        "</span></p></header>"
    )
