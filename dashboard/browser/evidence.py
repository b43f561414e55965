"""The evidence for one event as HTML: the claims that assert and deny it, with their sentences."""

from collections.abc import Mapping, Sequence

from dashboard.browser.article import place_marks
from dashboard.browser.evidence_figures import estimates_html
from dashboard.browser.highlight import Mark, highlight
from dashboard.browser.judgements import rating_html
from dashboard.browser.links import article_href
from dashboard.browser.prose import english
from dashboard.gazetteer.resolve import PlaceMention
from dashboard.language import words
from dashboard.language.labels import stance_done
from dashboard.language.language import current
from dashboard.language.messages import _, pgettext
from dashboard.language.names import name_of
from dashboard.language.stored_text import translate
from dashboard.model.article import CODER, Article
from dashboard.model.corpus import Corpus
from dashboard.model.event import Claim, Event, Stance
from dashboard.text.escape import escape, escape_attribute
from dashboard.text.sentences import sentence_at

# A sentence longer than this is cut around the quote; the whole article is one click away.
_MAX_SENTENCE = 1200
_MARGIN = 300


def claims_html(
    corpus: Corpus,
    event: Event,
    mentions: Mapping[str, Sequence[PlaceMention]],
    proofs: Mapping[str, str] | None = None,
) -> str:
    """The claims in two columns: those that assert, and those that deny or doubt.

    `proofs` has the HTML of a claim's proof by its id.
    """
    claims = [claim for claim in corpus.events.claims if claim.event_id == event.event_id]
    asserting = [claim for claim in claims if claim.stance is Stance.ASSERTS]
    against = [claim for claim in claims if claim.stance is not Stance.ASSERTS]
    columns = [
        ("asserting", _("Asserted by"), asserting),
        ("against", _("Denied or doubted by"), against),
    ]
    filled = [column for column in columns if column[2]]
    body = "".join(
        f'<section class="{css}"><h4>{heading}</h4>'
        + "".join(
            claim_html(
                corpus,
                claim,
                mentions.get(claim.article_id, ()),
                (proofs or {}).get(claim.claim_id, ""),
            )
            for claim in group
        )
        + "</section>"
        for css, heading, group in filled
    )
    return f'<div class="claims columns-{len(filled)}">{body}</div>'


def claim_html(
    corpus: Corpus, claim: Claim, mentions: Sequence[PlaceMention], proof: str = ""
) -> str:
    """One claim: who says it, its sentence with its words marked, and the HTML of its proof."""
    article = corpus.articles[claim.article_id]
    start, end = _sentence(article.text, claim)
    mark = Mark(claim.start, claim.end, f"quote {claim.stance.value}")
    sentence = highlight(article.text, start, end, [*place_marks(corpus, mentions), mark])
    cut_start = "… " if start > 0 and end - start >= _MAX_SENTENCE else ""
    figure = estimates_html(corpus, claim)
    note = f'<div class="note">{english(claim.note)}</div>' if claim.note else ""
    arabic = article.lang == "ar"
    attributes = 'class="arabic" dir="rtl" lang="ar"' if arabic else 'class="row" dir="auto"'
    return (
        f'<div class="claim {claim.stance.value}"><div class="who">'
        f'<span class="stance">{stance_done(claim.stance, claim.disputes)}</span> '
        f"{chain_html(corpus, claim)} "
        f"{_published(article)}</div>{rating_html(corpus, claim)}"
        f"<blockquote {attributes}>{cut_start}{sentence}</blockquote>"
        f"{_gloss(claim)}{figure}{note}{_origin(article, claim)}{proof}</div>"
    )


def _published(article: Article) -> str:
    """The publication date of an article; "" for a dataset's row, which has that of the event only."""
    if not article.sha256:
        return ""
    reason = escape_attribute(translate(article.published_reason))
    return f'<span class="published" title="{reason}">{words.published_words(article)}</span>'


def _origin(article: Article, claim: Claim) -> str:
    """A link to the article of the claim, or the name and URL of a dataset's row."""
    if article.sha256:
        whole = _("Whole article, highlighted")
        link = article_href(article.article_id, claim.claim_id)
        return f'<a href="{link}" target="_blank" rel="noopener">{whole}</a>'
    row = f'<span class="muted" dir="auto">{escape(article.file)}</span>'
    url = article.url or ""
    if not url.startswith(("http://", "https://")):
        return row
    there = escape_attribute(url)
    return f'{row} <a href="{there}" target="_blank" rel="noopener noreferrer">{escape(url)}</a>'


def _gloss(claim: Claim) -> str:
    """The English translation of the quote; "" for readers of Arabic."""
    if current().code == "ar" or not claim.gloss_en:
        return ""
    return f'<div class="gloss">{escape(claim.gloss_en)}</div>'


def chain_html(corpus: Corpus, claim: Claim) -> str:
    """The chain of speakers and outlet, e.g. "Omar Rahmoun via Sputnik, in Arabi21".

    For a dataset its source and its name: "SANA, as coded by ACLED".
    """
    lexicon = corpus.lexicon
    outlet = lexicon.outlets[corpus.articles[claim.article_id].outlet_id]
    published = f"<strong><bdi>{escape(name_of(outlet))}</bdi></strong>"
    named = [
        f"<bdi>{escape(name_of(lexicon.speakers[speaker_id]))}</bdi>"
        for speaker_id in (claim.speaker_id, claim.via_id)
        if speaker_id
    ]
    if not named:
        return published
    if claim.speaker_id and lexicon.speakers[claim.speaker_id].type == CODER:
        return _("{outlet}, as coded by {dataset}").format(outlet=published, dataset=named[0])
    cited = pgettext("one speaker through another", " via ").join(named)
    return _("{speaker}, in {outlet}").format(speaker=cited, outlet=published)


def _sentence(text: str, claim: Claim) -> tuple[int, int]:
    start, end = sentence_at(text, claim.start, claim.end)
    if end - start > _MAX_SENTENCE:
        return max(start, claim.start - _MARGIN), min(end, claim.end + _MARGIN)
    return start, end
