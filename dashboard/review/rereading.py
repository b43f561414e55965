"""Reading an article again after what it rests on changed, e.g. its date was told or a place placed.

Pending suggestions are replaced; what was decided stays. Each action is one log entry.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime

from dashboard.extraction.reader import Reader, Reading
from dashboard.model.article import Article
from dashboard.model.corpus import Corpus
from dashboard.model.records import (
    ArticleRecord,
    Correction,
    SuggestionRecord,
    Table,
)
from dashboard.model.suggestion import Suggestion, SuggestionStatus
from dashboard.review.desk import Desk
from dashboard.review.waiting import pending, queued
from dashboard.store.workspace import Change, Workspace


def set_published(desk: Desk, article: Article, day: date, *, why: str) -> None:
    """Give an article the publication date that an analyst knows, and read it again.

    A seed is dated and not read again: its events are curated.
    """
    held = desk.workspace.get(Table.ARTICLE, article.article_id)
    before = held.value if held and isinstance(held.value, ArticleRecord) else None
    base = before or ArticleRecord(replace(article, text=""), article.file)
    dated = replace(
        base.article,
        published=datetime.combine(day, datetime.min.time()),
        published_earliest=None,
        published_latest=None,
        published_reason=f"told by {desk.who}: {why}",
    )
    change = Change(
        Table.ARTICLE,
        article.article_id,
        replace(base, article=dated),
        held.version if held else 0,
        base,
    )
    articles = {**desk.corpus.articles, article.article_id: replace(dated, text=article.text)}
    knowing = replace(desk, corpus=replace(desk.corpus, articles=articles))
    desk.workspace.commit(
        [change, *(rereading(knowing, [article.article_id]) if held else ())],
        who=desk.who,
        what=f"dated {article.article_id} {day}",
        why=why,
        # A seed's text is kept too, so that the workspace can stand for it.
        texts=[(article.sha256, article.text)],
    )


def correct_mention(desk: Desk, correction: Correction, *, surface: str, why: str) -> None:
    """Keep an analyst's reading of a span, and read the article again with it, if it is no seed."""
    key = f"{correction.article_id}:{correction.type}:{correction.start}:{correction.end}"
    change = Change(Table.CORRECTION, key, correction, desk.version(Table.CORRECTION, key))
    read_here = desk.version(Table.ARTICLE, correction.article_id) > 0
    again = rereading(desk, [correction.article_id], [correction]) if read_here else ()
    desk.workspace.commit(
        [change, *again],
        who=desk.who,
        what=f"corrected “{surface}” in {correction.article_id} to {correction.value or 'nothing'}",
        why=why,
    )


def reread(desk: Desk, article_id: str, *, why: str) -> None:
    """Read an article again with what is known now."""
    changes = list(rereading(desk, [article_id]))
    if changes:
        desk.workspace.commit(changes, who=desk.who, what=f"read {article_id} again", why=why)


def corrections_of(workspace: Workspace, article_id: str) -> tuple[Correction, ...]:
    """What analysts corrected in an article."""
    held = workspace.of_article(Table.CORRECTION, article_id).values()
    return tuple(item.value for item in held if isinstance(item.value, Correction))


def reader_of(corpus: Corpus) -> Reader:
    """A reader that knows what the corpus knows; some tenths of a second to make."""
    return Reader(corpus.gazetteer, corpus.lexicon.actors, corpus.lexicon.actor_names)


def rereading(
    desk: Desk, article_ids: Iterable[str], further: Iterable[Correction] = ()
) -> Iterator[Change]:
    """What reading the articles again changes; `further` corrections are not in the workspace yet."""
    reader = reader_of(desk.corpus)
    for article_id in article_ids:
        article = desk.corpus.articles.get(article_id)
        if article is None:
            continue
        day = article.published.date() if article.published else None
        corrections = (*corrections_of(desk.workspace, article_id), *further)
        reading = reader.read(article.text, day, corrections)
        yield from _suggestions(desk, article, reading)
        yield from _unknown(desk, article, reading)


def _suggestions(desk: Desk, article: Article, reading: Reading) -> Iterator[Change]:
    decided: list[Suggestion] = []
    for key, held in desk.workspace.of_article(Table.SUGGESTION, article.article_id).items():
        if not isinstance(held.value, SuggestionRecord):
            continue
        if held.value.status is SuggestionStatus.PENDING:
            yield Change(Table.SUGGESTION, key, None, held.version)
        else:
            decided.append(held.value.suggestion)
    turn = desk.workspace.version() + 1
    new = [s for s in reading.suggestions if not any(_overlap(s, other) for other in decided)]
    for number, suggestion in enumerate(new, start=1):
        suggestion_id = f"{article.article_id}_r{turn}_s{number:03}"
        yield Change(
            Table.SUGGESTION, suggestion_id, pending(suggestion_id, article.article_id, suggestion)
        )


def _unknown(desk: Desk, article: Article, reading: Reading) -> Iterator[Change]:
    held = desk.workspace.of_article(Table.UNKNOWN_PLACE, article.article_id)
    for key, record in queued(reading.unknown, article.article_id, article.text):
        if key not in held:
            yield Change(Table.UNKNOWN_PLACE, key, record)


def _overlap(one: Suggestion, other: Suggestion) -> bool:
    """Whether two suggestions of one kind rest on the same words."""
    return one.kind == other.kind and any(
        a.start < b.end and b.start < a.end for a in one.claims for b in other.claims
    )
