"""Rereading an article after its input changed, e.g. its date was entered or a place was added.

Pending suggestions are replaced, decided ones stay. Each action is one log entry.
"""

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from dashboard.extraction.reader import Reader, Reading
from dashboard.gazetteer.unknown import UnknownPlace
from dashboard.model.article import Article, Outlet
from dashboard.model.corpus import Corpus
from dashboard.model.message import Message, StoredText, message
from dashboard.model.records import (
    ArticleRecord,
    Correction,
    SuggestionRecord,
    Table,
    UnknownPlaceRecord,
    UnknownStatus,
)
from dashboard.model.suggestion import Suggestion, SuggestionStatus
from dashboard.review.edit_session import EditSession
from dashboard.store.workspace import Change, Workspace

# The gazetteer, actors and names of the last reader, and the reader.
_LAST_READER: list[Any] = []
_READER_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class ArticleSource:
    """Who published an article, under which headline and when; `None`: the day is not known."""

    outlet: Outlet
    headline: str
    published: date | None


def source_of(corpus: Corpus, article: Article) -> ArticleSource:
    """The source of an article as it is now, to be corrected."""
    day = article.published.date() if article.published else None
    return ArticleSource(corpus.lexicon.outlets[article.outlet_id], article.headline, day)


def set_published(session: EditSession, article: Article, day: date, *, why: str) -> None:
    """Set an article's publication date, and reread the article, as `set_source` does."""
    set_source(
        session, article, replace(source_of(session.corpus, article), published=day), why=why
    )


def set_source(
    session: EditSession,
    article: Article,
    source: ArticleSource,
    *,
    why: str,
    outlet_words: Correction | None = None,
) -> None:
    """Correct the outlet, the headline and the day of an article; with another day it is reread.

    An outlet that the lexicon lacks is added. `outlet_words` are the words of the article that name it.
    A seed article is not reread: its events are curated.
    """
    before = source_of(session.corpus, article)
    stored = session.workspace.get(Table.ARTICLE, article.article_id)
    known = stored.value if stored and isinstance(stored.value, ArticleRecord) else None
    base = known or ArticleRecord(replace(article, text=""), article.file)
    named = replace(base.article, outlet_id=source.outlet.outlet_id, headline=source.headline)
    redated = source.published != before.published
    corrected = _published(session, named, source.published, why) if redated else named
    version = stored.version if stored else 0
    changes = [
        Change(Table.ARTICLE, article.article_id, replace(base, article=corrected), version, base)
    ]
    outlets = session.corpus.lexicon.outlets
    if source.outlet.outlet_id not in outlets:
        changes.append(session.change(Table.OUTLET, source.outlet.outlet_id, source.outlet))
    if outlet_words is not None:
        changes.append(correction_change(session, outlet_words))
    if stored and redated:
        articles = {
            **session.corpus.articles,
            article.article_id: replace(corrected, text=article.text),
        }
        updated = replace(session, corpus=replace(session.corpus, articles=articles))
        changes += rereading(updated, [article.article_id])
    # A seed's text is stored too, so that the workspace is complete without the seed files.
    texts = [(article.sha256, article.text)]
    session.commit(changes, _corrected(article, before, source), why, texts)


def _published(session: EditSession, article: Article, day: date | None, why: str) -> Article:
    """The article with another day of publication, stated by this analyst."""
    return replace(
        article,
        published=datetime.combine(day, datetime.min.time()) if day else None,
        published_earliest=None,
        published_latest=None,
        published_reason=message("stated by {who}: {why}", who=session.who, why=why),
    )


def _corrected(article: Article, before: ArticleSource, after: ArticleSource) -> Message:
    """What was done, for the log."""
    if after.published and after == replace(before, published=after.published):
        return message("dated {article} {date}", article=article.article_id, date=after.published)
    return message("corrected the source of {article}", article=article.article_id)


def correct_mention(
    session: EditSession, correction: Correction, *, surface: str, why: str
) -> None:
    """Store an analyst's correction of a span; reread the article with it, unless it is a seed."""
    change = correction_change(session, correction)
    read_here = session.version(Table.ARTICLE, correction.article_id) > 0
    again = rereading(session, [correction.article_id], [correction]) if read_here else ()
    names = {"words": surface, "article": correction.article_id}
    if correction.value:
        what = message(
            "corrected “{words}” in {article} to {value}", value=correction.value, **names
        )
    else:
        what = message("corrected “{words}” in {article} to nothing", **names)
    session.commit([change, *again], what, why)


def correction_change(session: EditSession, correction: Correction) -> Change:
    """The change that stores a correction, in place of one of the same words."""
    key = f"{correction.article_id}:{correction.type}:{correction.start}:{correction.end}"
    return session.change(Table.CORRECTION, key, correction)


def reread(session: EditSession, article_id: str, *, why: StoredText) -> None:
    """Read an article again with the current gazetteer, lexicon and corrections."""
    changes = list(rereading(session, [article_id]))
    if changes:
        session.commit(changes, message("read {article} again", article=article_id), why)


def corrections_of(workspace: Workspace, article_id: str) -> tuple[Correction, ...]:
    """The corrections that analysts made in an article."""
    stored = workspace.of_article(Table.CORRECTION, article_id).values()
    return tuple(item.value for item in stored if isinstance(item.value, Correction))


def reader_of(corpus: Corpus) -> Reader:
    """A reader with the gazetteer and lexicon of the corpus; takes some tenths of a second.

    It is the last one again if these are the same, as they are after most decisions of an analyst.
    """
    lexicon = corpus.lexicon
    parts = (corpus.gazetteer, lexicon.actors, lexicon.actor_names, lexicon.learned)
    with _READER_LOCK:
        if not _LAST_READER or _LAST_READER[0] != parts:
            _LAST_READER[:] = [parts, Reader(*parts)]
        reader: Reader = _LAST_READER[1]
        return reader


def read_article(corpus: Corpus, workspace: Workspace, article_id: str) -> Reading:
    """Read an article of the corpus with the corrections of analysts."""
    return reader_of(corpus).read(*to_read(corpus, workspace, article_id))


def to_read(
    corpus: Corpus, workspace: Workspace, article_id: str
) -> tuple[str, date | None, tuple[Correction, ...]]:
    """What a reading depends on beside the reader: the text, its day and the corrections of analysts."""
    article = corpus.articles[article_id]
    day = article.published.date() if article.published else None
    return article.text, day, corrections_of(workspace, article_id)


def rereading(
    session: EditSession, article_ids: Iterable[str], further: Iterable[Correction] = ()
) -> Iterator[Change]:
    """The changes from rereading articles; `further` corrections are not in the workspace yet."""
    reader = reader_of(session.corpus)
    for article_id in article_ids:
        article = session.corpus.articles.get(article_id)
        if article is None:
            continue
        day = article.published.date() if article.published else None
        corrections = (*corrections_of(session.workspace, article_id), *further)
        reading = reader.read(article.text, day, corrections)
        yield from _suggestions(session, article, reading)
        yield from _unknown(session, article, reading)


def _suggestions(session: EditSession, article: Article, reading: Reading) -> Iterator[Change]:
    decided: list[Suggestion] = []
    for key, stored in session.workspace.of_article(Table.SUGGESTION, article.article_id).items():
        if not isinstance(stored.value, SuggestionRecord):
            continue
        if stored.value.status is SuggestionStatus.PENDING:
            yield Change(Table.SUGGESTION, key, None, stored.version)
        else:
            decided.append(stored.value.suggestion)
    entry = session.workspace.version() + 1
    new = [s for s in reading.suggestions if not any(_overlap(s, other) for other in decided)]
    for number, suggestion in enumerate(new, start=1):
        suggestion_id = f"{article.article_id}_r{entry}_s{number:03}"
        yield Change(
            Table.SUGGESTION,
            suggestion_id,
            pending_suggestion(suggestion_id, article.article_id, suggestion),
        )


def _unknown(session: EditSession, article: Article, reading: Reading) -> Iterator[Change]:
    stored = session.workspace.of_article(Table.UNKNOWN_PLACE, article.article_id)
    for key, record in unknown_place_records(reading.unknown, article.article_id, article.text):
        if key not in stored:
            yield Change(Table.UNKNOWN_PLACE, key, record)


def _overlap(one: Suggestion, other: Suggestion) -> bool:
    """Whether two suggestions are of one kind and quote overlapping text."""
    return one.kind == other.kind and any(
        a.start < b.end and b.start < a.end for a in one.claims for b in other.claims
    )


def pending_suggestion(
    suggestion_id: str, article_id: str, suggestion: Suggestion
) -> SuggestionRecord:
    """The record of a suggestion that nobody has reviewed yet."""
    return SuggestionRecord(
        suggestion_id, article_id, suggestion, SuggestionStatus.PENDING, event_id=None, why=""
    )


def unknown_place_records(
    names: Iterable[UnknownPlace], article_id: str, text: str
) -> Iterator[tuple[str, UnknownPlaceRecord]]:
    """The ids and records of the unknown names in an article's text."""
    for name in names:
        record = UnknownPlaceRecord(
            article_id=article_id,
            name=name.surface,
            kind_word=name.kind_word,
            classes=tuple(each.value for each in name.classes),
            near=name.near,
            start=name.start,
            end=name.end,
            sentence=text[name.sentence[0] : name.sentence[1]],
            status=UnknownStatus.QUEUED,
            place_id=None,
        )
        yield f"{article_id}:{name.start}", record
