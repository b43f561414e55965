"""An analyst's note as an article, e.g. "Seen on a video", so that an event by hand has its sentence.

The outlet of all notes is the same, so that several notes are one origin and corroborate nothing.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from dashboard.documents.decode import arabic_share
from dashboard.model.article import Article, Outlet
from dashboard.model.event import Stance
from dashboard.model.message import message
from dashboard.model.records import ArticleRecord, Table
from dashboard.review.claims import ClaimDraft, ClaimError
from dashboard.review.edit_session import EditSession
from dashboard.store.workspace import Change

OUTLET = Outlet(
    "analysts_notes", "Analysts' notes", "ملاحظات المحللين", "note", "written in this program"
)
_HEADLINE = 80
_HASH = 12


@dataclass(frozen=True, slots=True)
class Note:
    """A note that is not written yet, and what writes it with the event or claim that quotes it.

    The corpus of `session` has the note's article already; `claim` quotes all of it.
    """

    session: EditSession
    article: Article
    claim: ClaimDraft
    changes: tuple[Change, ...]
    texts: tuple[tuple[str, str], ...]


def note_of(session: EditSession, text: str) -> Note:
    """An analyst's note as an article of today. Raises ClaimError for a note without words."""
    text = text.strip()
    if not text:
        raise ClaimError(message("expected a note with words, found none"))
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    article = Article(
        article_id=f"note_{sha256[:_HASH]}",
        file="",
        sha256=sha256,
        outlet_id=OUTLET.outlet_id,
        headline=text.splitlines()[0][:_HEADLINE],
        lang="ar" if arabic_share(text) > 0.5 else "en",
        # In local time without a zone, as the days that articles state.
        published=datetime.now().astimezone().replace(microsecond=0, tzinfo=None),
        published_earliest=None,
        published_latest=None,
        published_reason=message("written by {who} in this program", who=session.who),
        text=text,
    )
    corpus = session.corpus
    article = corpus.articles.get(article.article_id, article)
    changes = []
    if article.article_id not in corpus.articles:
        record = ArticleRecord(replace(article, text=""), "")
        changes.append(session.change(Table.ARTICLE, article.article_id, record))
    if OUTLET.outlet_id not in corpus.lexicon.outlets:
        changes.append(session.change(Table.OUTLET, OUTLET.outlet_id, OUTLET))
    with_note = replace(
        corpus,
        articles={**corpus.articles, article.article_id: article},
        lexicon=replace(
            corpus.lexicon, outlets={**corpus.lexicon.outlets, OUTLET.outlet_id: OUTLET}
        ),
    )
    return Note(
        replace(session, corpus=with_note),
        article,
        ClaimDraft(article.article_id, 0, len(article.text), Stance.ASSERTS),
        tuple(changes),
        ((sha256, text),),
    )
