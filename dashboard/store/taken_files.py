"""The log of files that people took: who, what selection, in which format, how many events, when.

It is beside the log of changes, since no record changes; nothing is ever deleted from it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from dashboard.model.permissions import Permission
from dashboard.model.viewer import require, viewer
from dashboard.store.codec import read_time
from dashboard.store.database import reading, writing
from dashboard.store.workspace import MOST_ENTRIES, Workspace

# As the limit of a list.
EVERY = -1


@dataclass(frozen=True, slots=True)
class TakenFile:
    """A file, a figure or a page of features that somebody took.

    `account` is the id of the account and `who` its name then; `link` is the part of the page's link
    after the question mark, or what the file is of. `events` is `None` where they are not counted.
    """

    at: datetime
    account: str
    who: str
    format: str
    link: str
    events: int | None


def log_taken(workspace: Workspace, format_: str, link: str, events: int | None) -> None:
    """Log that the viewer takes a file; without accounts nothing is logged.

    To be called before the file is handed out. Raises NotPermittedError for somebody whose session has
    ended, and WorkspaceError if it cannot be logged.
    """
    require(Permission.LOOK)
    someone = viewer()
    if not someone.account:
        return
    row = (_now(), someone.account, someone.author or "", format_, link, events)
    with writing(workspace.source) as connection:
        connection.execute(
            "INSERT INTO taken_file (number, at, account, who, format, link, events) "
            "VALUES ((SELECT coalesce(max(number), 0) + 1 FROM taken_file), ?, ?, ?, ?, ?, ?)",
            row,
        )


def taken_files(workspace: Workspace, *, limit: int = EVERY) -> list[TakenFile]:
    """The last files, newest first; for administrators."""
    require(Permission.ADMINISTER)
    with reading(workspace.source) as connection:
        rows = connection.execute(
            "SELECT at, account, who, format, link, events FROM taken_file "
            "ORDER BY number DESC LIMIT ?",
            (limit if limit >= 0 else MOST_ENTRIES,),
        ).fetchall()
    return [TakenFile(read_time(row[0]), *row[1:]) for row in rows]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
