"""Reading again the articles that have a name which was just learned, some articles per log entry."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dashboard.model.corpus import Corpus
from dashboard.model.message import message
from dashboard.model.records import SuggestionRecord, Table
from dashboard.review.edit_session import EditSession
from dashboard.review.learned_names import Proposal
from dashboard.review.rereading import rereading
from dashboard.store.codec import encode
from dashboard.store.workspace import Change, ConflictError, Workspace

# Articles of one log entry: what somebody decides meanwhile is a conflict with few of them, which are
# then read once more.
TOGETHER = 50


@dataclass(frozen=True, slots=True)
class Renewal:
    """What reading articles again changes: how many were read, and the changes of those that differ."""

    read: int
    changed: int
    changes: tuple[Change, ...]


def articles_with(
    workspace: Workspace, corpus: Corpus, proposal: Proposal, wording: str
) -> tuple[str, ...]:
    """The articles in which a name was corrected, then others that have its words; not the seeds'.

    Events of seed articles were curated by hand, and have no suggestions: each act of them would be
    suggested a second time.
    """
    having = (each.article_id for each in corpus.articles.values() if wording in each.text)
    read_here = workspace.all(Table.ARTICLE)
    wanted = dict.fromkeys((*proposal.article_ids, *having))
    return tuple(key for key in wanted if key in read_here and key in corpus.articles)


def renewal(session: EditSession, article_ids: Iterable[str]) -> Renewal:
    """Read articles again: pending suggestions are renewed, decided ones stay. Writes nothing."""
    changes: list[Change] = []
    read = changed = 0
    for article_id in article_ids:
        again = tuple(rereading(session, [article_id]))
        read += 1
        if _differs(session, article_id, again):
            changed += 1
            changes += again
    return Renewal(read, changed, tuple(changes))


def renew(session: EditSession, found: Renewal, *, wording: str) -> None:
    """Write what reading again changed."""
    what = message("read articles again with “{wording}”", wording=wording)
    session.commit(found.changes, what, message("learned “{wording}”", wording=wording))


def renew_all(
    session: EditSession, article_ids: Sequence[str], *, wording: str
) -> Iterator[tuple[int, int]]:
    """Read articles again and write what changed; yields how many were read and changed so far."""
    read = changed = 0
    for start in range(0, len(article_ids), TOGETHER):
        part = article_ids[start : start + TOGETHER]
        try:
            found = _renew(session, part, wording)
        except ConflictError:
            # Somebody decided one of their suggestions while they were read.
            found = _renew(session, part, wording)
        read, changed = read + found.read, changed + found.changed
        yield read, changed


def _renew(session: EditSession, article_ids: Iterable[str], wording: str) -> Renewal:
    found = renewal(session, article_ids)
    if found.changes:
        renew(session, found, wording=wording)
    return found


def _differs(session: EditSession, article_id: str, changes: tuple[Change, ...]) -> bool:
    """Whether other suggestions or unknown names were read than those that wait."""
    if any(change.kind is not Table.SUGGESTION for change in changes):
        return True
    stored = session.workspace.of_article(Table.SUGGESTION, article_id)
    replaced = {change.record_id for change in changes if change.after is None}
    before = [_content(stored[key].value) for key in replaced]
    after = [_content(change.after) for change in changes if change.after is not None]
    return sorted(before) != sorted(after)


def _content(record: object) -> str:
    """A suggestion without its id, which differs with each reading."""
    return encode(record.suggestion) if isinstance(record, SuggestionRecord) else ""
