"""Events of two datasets linked as one happening, or recorded as two: a log entry each, with its reason.

Nothing is merged: an imported row belongs to its file, which writes it again at the next import. Both
stay, and each dataset counts its own; the link says that they tell of one happening.
"""

from dashboard.model.event_link import EventLink
from dashboard.model.message import Names, message
from dashboard.model.records import Table
from dashboard.review.claims import ClaimError
from dashboard.review.edit_session import EditSession
from dashboard.store.workspace import Workspace


def decide_link(session: EditSession, link: EventLink, titles: tuple[Names, Names]) -> None:
    """Record that two events are one happening, or two, in place of what was recorded of them.

    `titles` are those of both, for the log. Raises ClaimError for events of one dataset.
    """
    if link.first.dataset == link.second.dataset:
        raise ClaimError(message("expected events of two datasets, found one"))
    values = {"title": titles[0], "other": titles[1]}
    what = (
        message("{title} and {other} are one happening", **values)
        if link.same
        else message("{title} and {other} are two events", **values)
    )
    session.commit([session.change(Table.EVENT_LINK, _key(link), link)], what, link.why)


def remove_link(session: EditSession, link: EventLink, titles: tuple[Names, Names]) -> None:
    """Remove what was recorded of two events: they may be offered as a pair again."""
    what = message("removed the link of {title} and {other}", title=titles[0], other=titles[1])
    change = session.change(Table.EVENT_LINK, _key(link), None)
    session.commit([change], what, message("removed by hand"))


def decided_links(workspace: Workspace) -> tuple[EventLink, ...]:
    """What analysts decided of events of two datasets."""
    stored = workspace.all(Table.EVENT_LINK).values()
    return tuple(item.value for item in stored if isinstance(item.value, EventLink))


def _key(link: EventLink) -> str:
    return " ".join(sorted((link.first.key, link.second.key)))
