"""Restricting a dataset or an article to some people, and lifting that; for administrators."""

from dashboard.model.message import message
from dashboard.model.records import Table
from dashboard.model.restriction import Restriction, RestrictionError, read_seen_by
from dashboard.review.edit_session import EditSession
from dashboard.store.workspace import Workspace


def restrictions_in(workspace: Workspace) -> tuple[Restriction, ...]:
    """The restrictions, in the order of their keys."""
    stored = workspace.all(Table.RESTRICTION).values()
    return tuple(item.value for item in stored if isinstance(item.value, Restriction))


def restrict(session: EditSession, wanted: Restriction) -> None:
    """Let only those of `seen_by` see it; everybody, if it names none.

    Raises RestrictionError for names that are not understood, or if nothing would change, and
    NotPermittedError.
    """
    seen_by = read_seen_by(",".join(wanted.seen_by))
    stored = session.workspace.get(Table.RESTRICTION, wanted.key)
    before = stored.value if stored and isinstance(stored.value, Restriction) else None
    if seen_by == (before.seen_by if before else ()):
        raise RestrictionError(message("this is who sees it already"))
    name = before.name if before else wanted.name
    after = Restriction(wanted.kind, wanted.thing_id, name, seen_by) if seen_by else None
    what = message("let everybody see {name}", name=name)
    if seen_by:
        what = message("let only {people} see {name}", people=", ".join(seen_by), name=name)
    session.commit([session.change(Table.RESTRICTION, wanted.key, after)], what, "")
