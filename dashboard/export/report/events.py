"""One event of a report: title, facts, and each claim with its sentence and its source."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dashboard.export.report.bidi import reads_from_right
from dashboard.export.report.clean import MOST_LETTERS, lines, message_text, plain
from dashboard.export.report.facts import Fact, facts_of
from dashboard.export.report.parts import Paragraph, Role, Span
from dashboard.export.report.sources import Footnotes
from dashboard.language.figures import estimate_words
from dashboard.language.labels import stance_done
from dashboard.language.language import Code, Language, current
from dashboard.language.messages import _, pgettext
from dashboard.language.names import either, name_of
from dashboard.language.numbers import number
from dashboard.language.stored_text import translate
from dashboard.language.words import isolate
from dashboard.model.article import CODER, Article
from dashboard.model.capture import ClaimProof
from dashboard.model.corpus import Corpus
from dashboard.model.event import Claim, Event, Stance
from dashboard.model.message import StoredText
from dashboard.model.selected import SelectedEvents
from dashboard.text.sentences import sentence_at

# A longer sentence is cut around the quoted words.
_MOST_SENTENCE, _MARGIN = 1_200, 300


@dataclass(frozen=True, slots=True)
class EventParts:
    """What the paragraphs of events are made of.

    `corpora` has the records of each event alone; `proof_of` gives links and captures of a claim, and
    `masked` a text without ids of what is not in the file.
    """

    selected: SelectedEvents
    corpora: dict[str, Corpus]
    proof_of: Callable[[Claim], ClaimProof]
    masked: Callable[[str], str]
    footnotes: Footnotes

    def paragraphs(self, event: Event, position: int) -> Iterator[Paragraph]:
        """All paragraphs of one event, of which `position` is its number in the report."""
        corpus = self.corpora[event.event_id]
        self.footnotes.next_event()
        title = plain(either(event.title_en, event.title_ar))
        heading = f"{number(position)}. {isolate(title)}"
        yield Paragraph(Role.EVENT, (Span(message_text(heading)),), current())
        for fact in facts_of(self.selected, corpus, event, self.masked):
            yield _fact(fact)
        yield from _prose(self.masked, event.summary_en, event.summary_ar)
        claims = sorted(corpus.events.claims, key=lambda it: it.stance is not Stance.ASSERTS)
        for claim in claims:
            yield from self._claim(corpus, claim)

    def _claim(self, corpus: Corpus, claim: Claim) -> Iterator[Paragraph]:
        article = corpus.articles[claim.article_id]
        note = self.footnotes.cite(
            article, corpus.lexicon.outlets[article.outlet_id], self.proof_of(claim)
        )
        stance = stance_done(claim.stance, claim.disputes)
        spans = (
            Span(message_text(f"{stance}: "), bold=True),
            Span(message_text(_chain(corpus, claim))),
            Span("", note=note),
        )
        yield Paragraph(Role.CLAIM, _spaced(spans), current())
        yield _quote(article, claim, self.masked)
        if current().code == "en" and (gloss := plain(claim.gloss_en)):
            yield Paragraph(Role.GLOSS, (Span(self.masked(gloss)),), current())
        for it in claim.estimates:
            words = estimate_words(it, corpus.lexicon.actors.get(it.side or ""))
            said = [Span(message_text(words), bold=True)]
            if it.words:
                said.append(Span(f" — {message_text(isolate(plain(it.words)))}", quiet=True))
            yield Paragraph(Role.GLOSS, tuple(said), current())


def _fact(fact: Fact) -> Paragraph:
    spans = (Span(f"{fact.name}: ", bold=True), Span(message_text(fact.text)))
    return Paragraph(Role.FACT, spans, current())


def _spaced(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The first span ends with a space, which cleaning took."""
    first, *others = spans
    return (Span(f"{first.text} ", bold=first.bold), *others)


def _prose(masked: Callable[[str], str], text_en: StoredText, text_ar: str) -> Iterator[Paragraph]:
    """A curator's text in the report's language, else in the one that it has, a paragraph a line."""
    arabic = bool(text_ar) and (current().code == "ar" or not str(text_en))
    text = text_ar if arabic else translate(text_en)
    for line in lines(text):
        yield Paragraph(Role.TEXT, (Span(masked(line)),), language_of(line))


def language_of(text: str) -> Language:
    """The language of a paragraph, Arabic or English, by the direction in which its text reads."""
    return _language("ar" if reads_from_right(text) else "en")


def _language(code: Code) -> Language:
    chosen = current()
    return chosen if code == chosen.code else Language(code, dates=chosen.dates)


def _chain(corpus: Corpus, claim: Claim) -> str:
    """Speakers and outlet, e.g. "Omar Rahmoun via Sputnik, in Arabi21"."""
    lexicon = corpus.lexicon
    outlet = lexicon.outlets[corpus.articles[claim.article_id].outlet_id]
    published = isolate(plain(name_of(outlet)))
    speakers = [lexicon.speakers[key] for key in (claim.speaker_id, claim.via_id) if key]
    named = [isolate(plain(name_of(speaker))) for speaker in speakers]
    if not named:
        return published
    if claim.speaker_id and speakers[0].type == CODER:
        return _("{outlet}, as coded by {dataset}").format(outlet=published, dataset=named[0])
    cited = pgettext("one speaker through another", " via ").join(named)
    return _("{speaker}, in {outlet}").format(speaker=cited, outlet=published)


def _quote(article: Article, claim: Claim, masked: Callable[[str], str]) -> Paragraph:
    """The sentence with the quoted words in bold."""
    start, end = sentence_at(article.text, claim.start, claim.end)
    cut = end - start > _MOST_SENTENCE
    if cut:
        start, end = max(start, claim.start - _MARGIN), min(end, claim.end + _MARGIN)
    parts = (
        ("… " if cut and start < claim.start else "", article.text[start : claim.start], False),
        ("", article.text[claim.start : claim.end], True),
        ("", article.text[claim.end : end], False),
    )
    spans: list[Span] = []
    for before, text, bold in parts:
        inner = plain(text, MOST_LETTERS)
        # Cleaning takes the spaces at the ends of a part, which divide words of two parts.
        left = " " if text[:1].isspace() and spans else ""
        right = " " if text[-1:].isspace() else ""
        if inner:
            spans.append(Span(f"{before}{left}{masked(inner)}{right}", bold=bold))
    if cut:
        spans.append(Span(" …"))
    whole = "".join(span.text for span in spans)
    arabic = article.lang == "ar" or reads_from_right(whole)
    return Paragraph(Role.QUOTE, tuple(spans), _language("ar" if arabic else "en"))
