"""The reading of an article as HTML: places, parties, dates, unknown names and claims in colour."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dashboard.browser.highlight import Mark, highlight
from dashboard.extraction.reader import Reading
from dashboard.gazetteer.context import MentionUse
from dashboard.language import words
from dashboard.language.labels import label
from dashboard.language.messages import N_, _, plural
from dashboard.language.names import both_names, name_of
from dashboard.language.numbers import percent
from dashboard.language.stored_text import translate
from dashboard.model.article import Article
from dashboard.model.corpus import Corpus
from dashboard.model.records import SuggestionRecord, UnknownPlaceRecord
from dashboard.text.escape import escape, escape_attribute

# One row per kind of mark, in the order of the legend: CSS classes, and label.
LEGEND = (
    ("place", N_("place")),
    ("unplaced", N_("place name that is no place of an event, or is not resolved")),
    ("unknown", N_("name that is not in the gazetteer")),
    ("actor", N_("actor")),
    ("actor loaded", N_("actor, in the outlet's loaded term")),
    ("date", N_("date")),
    ("date open", N_("date that needs a publication date")),
    ("quote", N_("clause that reports an event")),
)
# The most sentences with an unknown name that are shown.
_MOST_SENTENCES = 8


@dataclass(frozen=True, slots=True)
class Span:
    """A mention in a text; its key, e.g. "place:120:128", is what a click reports."""

    type: str
    start: int
    end: int

    @property
    def key(self) -> str:
        """The key that `span_of` reads."""
        return f"{self.type}:{self.start}:{self.end}"


def span_of(key: str, length: int) -> Span | None:
    """Parse the key of a span; `None` if it is not valid for a text of this length."""
    kind, _, rest = key.partition(":")
    first, _, last = rest.partition(":")
    if kind not in {"place", "actor", "date", "text"} or not (first + last).isascii():
        return None
    if not (first.isdigit() and last.isdigit()) or len(first) > 9 or len(last) > 9:
        return None
    start, end = int(first), int(last)
    return Span(kind, start, end) if 0 <= start < end <= length else None


def reading_html(
    corpus: Corpus,
    article: Article,
    reading: Reading,
    suggestions: Sequence[SuggestionRecord],
    selected_id: str | None = None,
) -> str:
    """The whole article, right-to-left, with every mention marked and the reason on hover."""
    marks = [*_mentions(corpus, reading), *_clauses(corpus, suggestions, selected_id)]
    body = _left_out(reading) + highlight(article.text, 0, len(article.text), marks)
    lang = escape_attribute(article.lang)
    return f'<article class="arabic reading" dir="rtl" lang="{lang}">{body}</article>'


def sentence_html(
    corpus: Corpus,
    article: Article,
    reading: Reading,
    spans: Iterable[tuple[int, int, str]],
    around: tuple[int, int],
) -> str:
    """The part `around` (start, end) of an article; `spans` are quotes (start, end, stance)."""
    quotes = [Mark(start, end, f"quote {stance}") for start, end, stance in spans]
    body = highlight(article.text, *around, [*_mentions(corpus, reading), *quotes])
    return f'<blockquote class="arabic reading" dir="rtl" lang="ar">{body}</blockquote>'


def legend_html() -> str:
    """The legend of the colours."""
    items = "".join(f'<mark class="{css}">{_(name)}</mark>' for css, name in LEGEND)
    return f'<div class="reading legend">{items}</div>'


def _left_out(reading: Reading) -> str:
    """A note with the number of claims that were found but not suggested; "" if none."""
    if not reading.left_out:
        return ""
    note = plural(
        "{n} more claim of an event is not suggested: the text has too many of one kind",
        "{n} more claims of events are not suggested: the text has too many of one kind",
        reading.left_out,
    )
    return f'<p dir="auto">{escape(note)}</p>'


def _mentions(corpus: Corpus, reading: Reading) -> Iterator[Mark]:
    for place in reading.places:
        known = corpus.gazetteer.places.get(place.place_id or "")
        placed = known is not None and place.use is MentionUse.LOCATION
        name = both_names(known) if known else _("not resolved")
        confidence = _("confidence {share}").format(share=percent(place.confidence))
        title = f"{name} — {translate(place.reason)} ({confidence})"
        css = "place" if placed else "unplaced"
        key = Span("place", place.start, place.end).key
        yield Mark(place.start, place.end, css, title, mention=key)
    for actor in reading.actors:
        party = corpus.lexicon.actors[actor.actor_id]
        title = f"{both_names(party)} — {translate(actor.reason)}"
        css = "actor loaded" if actor.loaded else "actor"
        key = Span("actor", actor.start, actor.end).key
        yield Mark(actor.start, actor.end, css, title, mention=key)
    for mention in reading.dates:
        when = words.when(mention.when) if mention.when else _("not resolved")
        css = "date" if mention.when else "date open"
        key = Span("date", mention.start, mention.end).key
        yield Mark(
            mention.start, mention.end, css, f"{when} — {translate(mention.reason)}", mention=key
        )
    for unknown in reading.unknown:
        title = _("after “{word}”; not in the gazetteer").format(word=unknown.kind_word)
        key = Span("place", unknown.start, unknown.end).key
        yield Mark(unknown.start, unknown.end, "unknown", title, mention=key)


def _clauses(
    corpus: Corpus, suggestions: Sequence[SuggestionRecord], selected_id: str | None
) -> Iterator[Mark]:
    for record in suggestions:
        suggestion = record.suggestion
        kind = name_of(corpus.lexicon.kinds[suggestion.kind])
        for claim in suggestion.claims:
            css = f"quote {claim.stance.value}"
            if record.suggestion_id == selected_id:
                css += " selected"
            yield Mark(claim.start, claim.end, css, f"{kind}: {label(record.status)}")


def sentences_html(corpus: Corpus, records: Iterable[UnknownPlaceRecord]) -> str:
    """The first eight sentences, right-to-left, with the name marked."""
    shown = list(records)
    rows = "".join(_sentence_row(corpus, record) for record in shown[:_MOST_SENTENCES])
    left = len(shown) - _MOST_SENTENCES
    message = plural("and {n} more", "and {n} more", left)
    more = f"<li>{message}</li>" if left > 0 else ""
    return f'<ul class="unknown-sentences">{rows}{more}</ul>'


def _sentence_row(corpus: Corpus, record: UnknownPlaceRecord) -> str:
    name = escape(record.name)
    sentence = escape(record.sentence).replace(name, f'<mark class="unknown">{name}</mark>')
    article = corpus.articles.get(record.article_id)
    outlet = name_of(corpus.lexicon.outlets[article.outlet_id]) if article else ""
    return (
        f'<li><blockquote class="arabic reading" dir="rtl" lang="ar">{sentence}</blockquote>'
        f'<span class="muted"><bdi>{escape(outlet)}</bdi></span></li>'
    )
