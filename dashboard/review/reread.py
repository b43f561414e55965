"""Reading an article again after what it rests on changed, e.g. its date was told or a place placed."""

from dataclasses import replace
from datetime import date, datetime

from dashboard.extraction.reader import Reader
from dashboard.model.article import Article
from dashboard.model.corpus import Corpus
from dashboard.model.records import (
    ArticleRecord,
    Held,
    SuggestionRecord,
    Table,
    UnknownPlaceRecord,
    UnknownStatus,
)
from dashboard.model.suggestion import Suggestion, SuggestionStatus
from dashboard.review.alike import HeldEvents
from dashboard.store.workspace import Change, Workspace


def set_published(
    workspace: Workspace, article: Article, day: date | None, *, who: str, why: str
) -> None:
    """Give an article the publication date that an analyst knows; `None` takes it away."""
    held = workspace.get(Table.ARTICLE, article.article_id)
    before = held.value if held and isinstance(held.value, ArticleRecord) else None
    base = before or ArticleRecord(replace(article, text=""), article.file)
    dated = replace(
        base.article,
        published=datetime.combine(day, datetime.min.time()) if day else None,
        published_earliest=None,
        published_latest=None,
        published_reason=f"told by {who}: {why}",
    )
    workspace.commit(
        [Change(Table.ARTICLE, article.article_id, replace(base, article=dated), _at(held), base)],
        who=who,
        what=f"dated {article.article_id} {day or 'unknown'}",
        why=why,
        # A seed's text is kept too, so that the workspace can stand for it.
        texts=[(article.sha256, article.text)],
    )


def reread(
    workspace: Workspace, corpus: Corpus, reader: Reader, article: Article, *, who: str, why: str
) -> int:
    """Read an article again: pending suggestions are replaced, what was decided stays.

    Gives the number of suggestions that now wait.
    """
    day = article.published.date() if article.published else None
    reading = reader.read(article.text, day)
    held = workspace.of_article(Table.SUGGESTION, article.article_id)
    decided = [
        item.value.suggestion
        for item in held.values()
        if isinstance(item.value, SuggestionRecord)
        and item.value.status is not SuggestionStatus.PENDING
    ]
    changes = [
        Change(Table.SUGGESTION, key, None, item.version)
        for key, item in held.items()
        if isinstance(item.value, SuggestionRecord)
        and item.value.status is SuggestionStatus.PENDING
    ]
    alike = HeldEvents(corpus)
    turn = workspace.version() + 1
    new = [s for s in reading.suggestions if not any(_overlap(s, other) for other in decided)]
    for number, suggestion in enumerate(new, start=1):
        suggestion_id = f"{article.article_id}_r{turn}_s{number:03}"
        record = SuggestionRecord(
            suggestion_id,
            article.article_id,
            suggestion,
            SuggestionStatus.PENDING,
            alike.like(suggestion),
            None,
            "",
        )
        changes.append(Change(Table.SUGGESTION, suggestion_id, record))
    unknown = workspace.of_article(Table.UNKNOWN_PLACE, article.article_id)
    for place in reading.unknown:
        key = f"{article.article_id}:{place.start}"
        if key in unknown:
            continue
        sentence = article.text[place.sentence[0] : place.sentence[1]]
        queued = UnknownPlaceRecord(
            article_id=article.article_id,
            name=place.surface,
            kind_word=place.kind_word,
            classes=tuple(found.value for found in place.classes),
            near=place.near,
            start=place.start,
            end=place.end,
            sentence=sentence,
            status=UnknownStatus.QUEUED,
            place_id=None,
        )
        changes.append(Change(Table.UNKNOWN_PLACE, key, queued))
    if changes:
        workspace.commit(changes, who=who, what=f"read {article.article_id} again", why=why)
    return len(new)


def _overlap(one: Suggestion, other: Suggestion) -> bool:
    """Whether two suggestions of one kind rest on the same words."""
    return one.kind == other.kind and any(
        a.start < b.end and b.start < a.end for a in one.claims for b in other.claims
    )


def _at(held: Held[object] | None) -> int:
    return held.version if held else 0
