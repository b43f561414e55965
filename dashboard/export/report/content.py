"""The content of a report: title, sentence, key figures, pictures, events, sources, and what it is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from dashboard.export.coarsen import filters_to_name
from dashboard.export.report.clean import lines, message_text, plain
from dashboard.export.report.events import EventParts, language_of
from dashboard.export.report.key_figures import key_figures
from dashboard.export.report.options import MOST_EVENTS, MOST_TEXT, MOST_TITLE, ReportOptions
from dashboard.export.report.parts import Paragraph, Picture, Report, Role, Span
from dashboard.export.report.pictures import DrawnPicture, map_picture
from dashboard.export.report.sources import Footnotes, source_words
from dashboard.export.report.words import about_report, described_words
from dashboard.export.single_file.content import Sharing
from dashboard.export.single_file.evidence_parts import corpus_of_each_event
from dashboard.export.single_file.tree import LEFT_OUT, with_names
from dashboard.language.dataset_terms import terms_in_words
from dashboard.language.language import current
from dashboard.language.messages import _, plural
from dashboard.language.names import name_of
from dashboard.language.words import day, isolate
from dashboard.model.basemap_name import ONLINE
from dashboard.model.capture import ClaimProof, Proof
from dashboard.model.event import Claim, Event
from dashboard.model.selected import SelectedEvents
from dashboard.summary.heading import sentence, suggested_title
from dashboard.summary.summary import Source, Summary


@dataclass(frozen=True)
class Reporting:
    """What a report is made of, on what day, and the link of its selection.

    `trend` is the picture of the trend with its words, `None` for none.
    """

    sharing: Sharing
    options: ReportOptions
    proof: Proof
    link: str
    made: datetime
    trend: DrawnPicture | None = None

    @cached_property
    def shared(self) -> SelectedEvents:
        """The records of the file, with places as coarse as was chosen."""
        return self.sharing.shared

    @cached_property
    def events(self) -> Sequence[Event]:
        """The events that are described, by date; undated ones last."""
        chosen = frozenset(self.options.event_ids)
        events = [it for it in self.shared.events if not chosen or it.event_id in chosen]
        return sorted(events, key=_by_date)[:MOST_EVENTS]

    def summary(self, selected: SelectedEvents) -> Summary:
        """The selection as text: of `shared`, or of the records before places were made coarser."""
        sharing = self.sharing
        query = filters_to_name(sharing.query, sharing.level)
        made = self.made.astimezone().date()
        return Summary(selected, query, made, sharing.all_events, tuple(sharing.terms))

    def proof_of(self, claim: Claim) -> ClaimProof:
        """Links and captures of a claim, whatever article it has in the file."""
        original = self._claims[claim.claim_id]
        article = self.sharing.selected.corpus.articles[original.article_id]
        given = self.proof.of_claim(original, article.url)
        stored = self.sharing.selected.corpus.proof.get(claim.claim_id)
        if stored is None:
            return given
        return replace(
            given,
            original=given.original or stored.original,
            archived=given.archived or stored.archived,
        )

    @cached_property
    def _claims(self) -> dict[str, Claim]:
        return {claim.claim_id: claim for claim in self.sharing.selected.corpus.events.claims}

    def masked(self, text: str) -> str:
        """The text without ids: of an article it has the outlet, of what is not in the file "…"."""
        return with_names(text, self._names)

    @cached_property
    def _names(self) -> Mapping[str, str]:
        corpus = self.sharing.selected.corpus
        cited = {claim.article_id for claim in corpus.events.claims}
        articles = (corpus.articles[key] for key in cited)
        outlets = {
            it.article_id: isolate(plain(name_of(corpus.lexicon.outlets[it.outlet_id])))
            for it in articles
        }
        return {**dict.fromkeys(self.sharing.foreign, LEFT_OUT), **outlets}


def report_of(reporting: Reporting) -> Report:
    """The report in the current language."""
    summary = reporting.summary(reporting.shared)
    title = plain(reporting.options.title, MOST_TITLE) or message_text(suggested_title(summary))
    footnotes = Footnotes()
    blocks: list[Paragraph | Picture] = [
        *_head(reporting, summary, title),
        *_pictures(reporting, summary),
        *_events(reporting, footnotes),
        *_sources(reporting),
        *_about(reporting),
    ]
    return Report(plain(title), current(), reporting.made, blocks, footnotes.notes)


def _head(reporting: Reporting, summary: Summary, title: str) -> Iterator[Paragraph]:
    yield _said(Role.TITLE, title)
    yield _said(Role.SMALL, day(summary.created))
    for line in lines(reporting.options.text[:MOST_TEXT], MOST_TEXT):
        yield Paragraph(Role.TEXT, (Span(line),), language_of(line))
    yield _said(Role.LEAD, sentence(summary))
    figures = list(key_figures(summary))
    if figures:
        yield _said(Role.HEADING, _("Key figures"))
    for line in figures:
        yield _said(Role.ITEM, line)


def _pictures(reporting: Reporting, summary: Summary) -> Iterator[Paragraph | Picture]:
    if not reporting.shared.events:
        return
    if reporting.options.pictures:
        drawn = map_picture(summary, reporting.sharing.basemap)
        yield _said(Role.HEADING, _("Map and timeline"))
        yield from _picture(drawn)
    if reporting.trend is not None:
        yield _said(Role.HEADING, _("Trend"))
        yield from _picture(reporting.trend)


def _picture(drawn: DrawnPicture) -> Iterator[Paragraph | Picture]:
    yield Picture(drawn.png, message_text(drawn.caption))
    yield _said(Role.CAPTION, drawn.caption)


def _events(reporting: Reporting, footnotes: Footnotes) -> Iterator[Paragraph]:
    yield _said(Role.HEADING, _("Events"))
    shown, total = len(reporting.events), len(reporting.shared.events)
    if words := described_words(shown, total, picked=bool(reporting.options.event_ids)):
        yield _said(Role.TEXT, words)
    parts = EventParts(
        reporting.shared,
        corpus_of_each_event(reporting.shared.corpus),
        reporting.proof_of,
        reporting.masked,
        footnotes,
    )
    for position, event in enumerate(reporting.events, start=1):
        yield from parts.paragraphs(event, position)


def _sources(reporting: Reporting) -> Iterator[Paragraph]:
    """The articles behind the described events, with their hashes; if they are many, their outlets."""
    selected = reporting.sharing.selected
    described = frozenset(event.event_id for event in reporting.events)
    events = selected.corpus.events
    claims = tuple(claim for claim in events.claims if claim.event_id in described)
    cited = replace(
        selected, corpus=replace(selected.corpus, events=replace(events, claims=claims))
    )
    sources = reporting.summary(cited).sources
    if sources:
        yield _said(Role.HEADING, _("Sources"))
    for source in sources:
        yield _said(Role.ITEM, _source(source))


def _source(source: Source) -> str:
    if source.article is None:
        count = plural("{n} article", "{n} articles", source.articles)
        return f"{isolate(plain(name_of(source.outlet)))}: {count}"
    words = source_words(source.article, source.outlet)
    article = source.article
    if not article.sha256:
        return words
    proof = _("File {file}, SHA-256 {hash}.")
    if article.is_pasted:
        proof = _("Pasted text, SHA-256 {hash}.")
    proof = proof.format(file=isolate(plain(article.file)), hash=isolate(article.sha256))
    return f"{words} {proof}"


def _about(reporting: Reporting) -> Iterator[Paragraph]:
    sharing = reporting.sharing
    yield _said(Role.HEADING, _("About this report"))
    grounds = sharing.query.basemap not in ("", ONLINE) or bool(sharing.query.layers)
    for line in about_report(sharing, reporting.made, reporting.link, grounds=grounds):
        yield _said(Role.SMALL, line)
    for terms in sharing.terms:
        yield _said(Role.SMALL, terms_in_words(terms))


def _said(role: Role, text: str) -> Paragraph:
    """A message of the program as a paragraph."""
    return Paragraph(role, (Span(message_text(text)),), current())


def _by_date(event: Event) -> tuple[bool, date, date, str]:
    first = event.when.start or event.when.end or date.max
    return event.when.undated, first, event.when.end or date.max, event.event_id
