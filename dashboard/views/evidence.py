"""The evidence for one event as HTML: who asserts it, who denies it, in which sentence."""

from collections.abc import Iterable, Mapping, Sequence

from dashboard.gazetteer.context import MentionUse
from dashboard.gazetteer.resolve import PlaceMention
from dashboard.model import words
from dashboard.model.article import Article
from dashboard.model.corpus import Corpus
from dashboard.model.event import Attestation, Claim, Event, EventGroup, Stance
from dashboard.text.sentences import sentence_at
from dashboard.views import palette
from dashboard.views.escape import escape, escape_attribute
from dashboard.views.highlight import Mark, highlight

# A sentence longer than this is cut around the quote; the whole article is one click away.
_MAX_SENTENCE = 1200
_MARGIN = 300

_STANCES: Mapping[Stance, str] = {
    Stance.ASSERTS: "Asserted",
    Stance.DENIES: "Denied",
    Stance.DOUBTS: "Doubted",
}


def event_header_html(corpus: Corpus, event: Event, attestation: Attestation) -> str:
    """What the event is: title in both languages, date and its reason, places, actors."""
    kind = corpus.lexicon.kinds[event.kind]
    colour = palette.GROUPS[EventGroup(kind.group)]
    facts = [
        ("When", f"{escape(words.when(event.when))} — {escape(event.date_reason)}"),
        ("Where", _places(corpus, event)),
        ("Who", _actors(corpus, event)),
    ]
    rows = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts if value)
    return (
        f'<div class="event-head" style="border-color:{colour}">'
        f'<div class="chips"><span class="chip">{escape(kind.name_en)}</span>'
        f'<span class="chip {attestation.value}">'
        f"{palette.ATTESTATION_LABELS[attestation]}: {palette.ATTESTATION_MEANINGS[attestation]}"
        f"</span></div><h3>{escape(event.title_en)}</h3>"
        f'<div class="arabic title" dir="rtl" lang="ar">{escape(event.title_ar)}</div>'
        f"<p>{escape(event.summary_en)}</p><dl>{rows}</dl></div>"
    )


def claims_html(
    corpus: Corpus, event: Event, mentions: Mapping[str, Sequence[PlaceMention]]
) -> str:
    """The claims side by side: those that assert, those that deny or doubt."""
    claims = [claim for claim in corpus.events.claims if claim.event_id == event.event_id]
    asserting = [claim for claim in claims if claim.stance is Stance.ASSERTS]
    against = [claim for claim in claims if claim.stance is not Stance.ASSERTS]
    columns = [
        ("asserting", "Asserted by", asserting),
        ("against", "Denied or doubted by", against),
    ]
    filled = [column for column in columns if column[2]]
    body = "".join(
        f'<section class="{css}"><h4>{heading}</h4>'
        + "".join(_claim(corpus, claim, mentions[claim.article_id]) for claim in group)
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
            f"quote {claim.stance.value}" + (" chosen" if claim.claim_id == claim_id else ""),
            f"{_STANCES[claim.stance]}: {events[claim.event_id].title_en}",
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


def published_words(article: Article) -> str:
    """When the article appeared, in words that mark an inference as one."""
    if article.published:
        return f"published {words.day(article.published.date())}"
    earliest, latest = article.published_earliest, article.published_latest
    if earliest and latest:
        return f"undated; inferred between {words.day(earliest)} and {words.day(latest)}"
    if earliest:
        return f"undated; inferred not before {words.day(earliest)}"
    if latest:
        return f"undated; inferred not after {words.day(latest)}"
    return "undated"


def _claim(corpus: Corpus, claim: Claim, mentions: Sequence[PlaceMention]) -> str:
    article = corpus.articles[claim.article_id]
    outlet = corpus.lexicon.outlets[article.outlet_id]
    start, end = _sentence(article.text, claim)
    mark = Mark(claim.start, claim.end, f"quote {claim.stance.value}")
    sentence = highlight(article.text, start, end, [*_place_marks(corpus, mentions), mark])
    cut_start = "… " if start > 0 and end - start >= _MAX_SENTENCE else ""
    figure = ""
    if claim.figure_value is not None:
        figure = (
            f'<div class="figure">{claim.figure_value:,g} {escape(claim.figure_unit or "")}</div>'
        )
    note = f'<div class="note">{escape(claim.note)}</div>' if claim.note else ""
    link = (
        f"article?id={escape_attribute(article.article_id)}"
        f"&amp;claim={escape_attribute(claim.claim_id)}#claim-{escape_attribute(claim.claim_id)}"
    )
    return (
        f'<div class="claim {claim.stance.value}"><div class="who">'
        f'<span class="stance">{_STANCES[claim.stance]}</span> {_chain(corpus, claim)}'
        f"<strong>{escape(outlet.name_en)}</strong> "
        f'<span class="published" title="{escape_attribute(article.published_reason)}">'
        f"{published_words(article)}</span></div>"
        f'<blockquote class="arabic" dir="rtl" lang="ar">{cut_start}{sentence}</blockquote>'
        f'<div class="gloss">{escape(claim.gloss_en)}</div>{figure}{note}'
        f'<a href="{link}" target="_blank" rel="noopener">Whole article, highlighted</a></div>'
    )


def _chain(corpus: Corpus, claim: Claim) -> str:
    """Whom the outlet cites, nearest first the origin: "Omar Rahmoun via Sputnik, in "."""
    speakers = corpus.lexicon.speakers
    named = [
        f"<bdi>{escape(speakers[speaker_id].name_en)}</bdi>"
        for speaker_id in (claim.speaker_id, claim.via_id)
        if speaker_id
    ]
    return f"{' via '.join(named)}, in " if named else ""


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
        title = f"{place.name_en}: {mention.reason}"
        marks.append(Mark(mention.start, mention.end, "place", title))
    return marks


def _places(corpus: Corpus, event: Event) -> str:
    parts = []
    for row in corpus.events.places:
        if row.event_id == event.event_id:
            place = corpus.gazetteer.places[row.place_id]
            doubt = f"within {place.uncertainty_m / 1000:g} km"
            title = " · ".join(text for text in (place.sources, place.doubt, row.note) if text)
            parts.append(
                f'<li title="{escape_attribute(title)}"><em>{row.role.value}</em> '
                f"<bdi>{escape(place.name_en)}</bdi> <bdi lang='ar'>{escape(place.name_ar)}</bdi> "
                f'<span class="muted">{place.precision.value}, {doubt}</span></li>'
            )
    return f"<ul>{''.join(parts)}</ul>" if parts else "not located"


def _actors(corpus: Corpus, event: Event) -> str:
    parts = [
        f"<li><em>{row.role.value}</em> "
        f"<bdi>{escape(corpus.lexicon.actors[row.actor_id].name_en)}</bdi></li>"
        for row in corpus.events.actors
        if row.event_id == event.event_id
    ]
    return f"<ul>{''.join(parts)}</ul>" if parts else ""


def article_line_html(corpus: Corpus, article: Article) -> str:
    """One line on an article, its headline leading to it: for where another matter is at the centre."""
    outlet = corpus.lexicon.outlets[article.outlet_id]
    return (
        '<p class="article-line">'
        f'<a href="article?id={escape_attribute(article.article_id)}">'
        f'<bdi lang="{escape_attribute(article.lang)}">{escape(article.headline)}</bdi></a> · '
        f"{escape(outlet.name_en)} · {published_words(article)}</p>"
    )


def article_head_html(corpus: Corpus, article: Article, *, linked: bool) -> str:
    """An article's headline, outlet and date; `linked` makes the headline lead to the article."""
    outlet = corpus.lexicon.outlets[article.outlet_id]
    headline = escape(article.headline)
    if linked:
        headline = f'<a href="article?id={escape_attribute(article.article_id)}">{headline}</a>'
    return (
        f'<header class="article-head"><h2 class="arabic" dir="auto">{headline}</h2>'
        f"<p><strong>{escape(outlet.name_en)}</strong> <bdi>{escape(outlet.name_ar)}</bdi> · "
        f"{published_words(article)}<br>"
        f'<span class="muted">{escape(article.published_reason)}<br>'
        f"{escape(article.file)} · SHA-256 {escape(article.sha256)}</span></p></header>"
    )
