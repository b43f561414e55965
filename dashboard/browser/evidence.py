"""The evidence for one event as HTML: the claims that assert and deny it, with their sentences."""

from collections.abc import Iterable, Mapping, Sequence

from dashboard.browser.evidence_figures import estimates_html, event_figures_html
from dashboard.browser.highlight import Mark, highlight
from dashboard.browser.links import article_href
from dashboard.gazetteer.context import MentionUse
from dashboard.gazetteer.resolve import PlaceMention
from dashboard.language import words
from dashboard.language.labels import label, meaning, stance_done
from dashboard.language.language import current
from dashboard.language.messages import _, pgettext
from dashboard.language.names import either, name_of, other, other_name_of, title_of
from dashboard.language.numbers import number
from dashboard.language.stored_text import translate
from dashboard.legend import palette
from dashboard.model.article import CODER, Article
from dashboard.model.corpus import Corpus
from dashboard.model.event import ActorRole, Attestation, Claim, Event, EventGroup, Stance
from dashboard.model.message import Message, StoredText
from dashboard.text.escape import escape, escape_attribute, escape_message
from dashboard.text.sentences import sentence_at

# A sentence longer than this is cut around the quote; the whole article is one click away.
_MAX_SENTENCE = 1200
_MARGIN = 300


def event_header_html(corpus: Corpus, event: Event, attestation: Attestation) -> str:
    """The event: title in both languages, date with its reason, places, actors, numbers."""
    kind = corpus.lexicon.kinds[event.kind]
    colour = palette.GROUPS[EventGroup(kind.group)]
    facts = [
        (_("When"), f"{words.when(event.when)} — {prose(event.date_reason, event.date_reason_ar)}"),
        (_("Where"), _places(corpus, event)),
        (_("Who"), _actors(corpus, event)),
        (_("How many"), event_figures_html(corpus, event.event_id)),
    ]
    rows = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts if value)
    return (
        f'<div class="event-head" style="border-color:{colour}">'
        f'<div class="chips"><span class="chip">{escape(name_of(kind))}</span>'
        f'<span class="chip {attestation.value}">{label(attestation)}: {meaning(attestation)}'
        f"</span></div>{titles_html(event.title_en, event.title_ar)}"
        f"<p>{prose(event.summary_en, event.summary_ar)}</p><dl>{rows}</dl></div>"
    )


def titles_html(title_en: str, title_ar: str) -> str:
    """A title in both languages, the reader's first."""
    first = either(title_en, title_ar)
    return (
        f"<h3>{_titled(first, arabic=first == title_ar)}</h3>"
        f'<div class="title">{_titled(other(title_en, title_ar), arabic=first != title_ar)}</div>'
    )


def _titled(title: str, *, arabic: bool) -> str:
    attributes = 'class="arabic" dir="rtl" lang="ar"' if arabic else 'dir="ltr" lang="en"'
    return f"<div {attributes}>{escape(title)}</div>"


def prose(text_en: StoredText, text_ar: str) -> str:
    """A curator's text in the reader's language as HTML; English if there is no Arabic."""
    if current().code == "ar" and text_ar:
        return f'<bdi lang="ar" dir="rtl">{escape(text_ar)}</bdi>'
    return english(text_en)


def english(text: StoredText) -> str:
    """A curator's English as HTML, marked as English for its font and screen readers.

    A message of the program is translated instead.
    """
    if current().code == "en":
        return escape(str(text))
    if isinstance(text, Message):
        return f"<bdi>{escape_message(translate(text))}</bdi>"
    return f'<span class="english" dir="ltr" lang="en">{escape(text)}</span>'


def claims_html(
    corpus: Corpus, event: Event, mentions: Mapping[str, Sequence[PlaceMention]]
) -> str:
    """The claims in two columns: those that assert, and those that deny or doubt."""
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
        + "".join(_claim(corpus, claim, mentions.get(claim.article_id, ())) for claim in group)
        + "</section>"
        for css, heading, group in filled
    )
    return f'<div class="claims columns-{len(filled)}">{body}</div>'


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
            f"{stance_done(claim.stance)}: {title_of(events[claim.event_id])}",
            f"claim-{claim.claim_id}",
        )
        for claim in corpus.events.claims
        if claim.article_id == article.article_id
    ]
    marks = _place_marks(corpus, mentions) + marks
    body = highlight(article.text, 0, len(article.text), marks)
    direction = "rtl" if article.lang == "ar" else "auto"
    lang = escape_attribute(article.lang)
    return f'<article class="arabic" dir="{direction}" lang="{lang}">{body}</article>'


def _claim(corpus: Corpus, claim: Claim, mentions: Sequence[PlaceMention]) -> str:
    article = corpus.articles[claim.article_id]
    start, end = _sentence(article.text, claim)
    mark = Mark(claim.start, claim.end, f"quote {claim.stance.value}")
    sentence = highlight(article.text, start, end, [*_place_marks(corpus, mentions), mark])
    cut_start = "… " if start > 0 and end - start >= _MAX_SENTENCE else ""
    figure = estimates_html(corpus, claim)
    note = f'<div class="note">{english(claim.note)}</div>' if claim.note else ""
    arabic = article.lang == "ar"
    attributes = 'class="arabic" dir="rtl" lang="ar"' if arabic else 'class="row" dir="auto"'
    return (
        f'<div class="claim {claim.stance.value}"><div class="who">'
        f'<span class="stance">{stance_done(claim.stance)}</span> {chain_html(corpus, claim)} '
        f"{_published(article)}</div>"
        f"<blockquote {attributes}>{cut_start}{sentence}</blockquote>"
        f"{_gloss(claim)}{figure}{note}{_origin(article, claim)}</div>"
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


def _place_marks(corpus: Corpus, mentions: Iterable[PlaceMention]) -> list[Mark]:
    marks = []
    for mention in mentions:
        if mention.place_id is None or mention.use is not MentionUse.LOCATION:
            continue
        place = corpus.gazetteer.places[mention.place_id]
        title = f"{name_of(place)}: {translate(mention.reason)}"
        marks.append(Mark(mention.start, mention.end, "place", title))
    return marks


def _places(corpus: Corpus, event: Event) -> str:
    parts = []
    for row in corpus.events.places:
        if row.event_id == event.event_id:
            place = corpus.gazetteer.places[row.place_id]
            doubt = _("within {number} km").format(number=number(place.uncertainty_m / 1000))
            note = translate(row.note or "")
            title = " · ".join(text for text in (place.sources, place.doubt, note) if text)
            parts.append(
                f'<li title="{escape_attribute(title)}"><em>{label(row.role)}</em> '
                f"<bdi>{escape(name_of(place))}</bdi> <bdi>{escape(other_name_of(place))}</bdi> "
                f'<span class="muted">{words.comma([label(place.precision), doubt])}</span></li>'
            )
    return f"<ul>{''.join(parts)}</ul>" if parts else _("not located")


def _actors(corpus: Corpus, event: Event) -> str:
    rows = [row for row in corpus.events.actors if row.event_id == event.event_id]
    # The initiator before its target; `sorted` leaves the actors of a role in their order.
    parts = [
        f"<li><em>{label(row.role)}</em> "
        f"<bdi>{escape(name_of(corpus.lexicon.actors[row.actor_id]))}</bdi></li>"
        for row in sorted(rows, key=lambda row: list(ActorRole).index(row.role))
    ]
    return f"<ul>{''.join(parts)}</ul>" if parts else ""


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
    if linked:
        headline = f'<a href="{article_href(article.article_id)}">{headline}</a>'
    return (
        f'<header class="article-head"><h2 class="arabic" dir="auto">{headline}</h2>'
        f"<p><strong><bdi>{escape(name_of(outlet))}</bdi></strong> "
        f"<bdi>{escape(other_name_of(outlet))}</bdi> · "
        f"{words.published_words(article)}<br>"
        f'<span class="muted">{english(article.published_reason)}<br>'
        f'<span dir="ltr">{escape(article.file)} · SHA-256 {escape(article.sha256)}</span>'
        "</span></p></header>"
    )
