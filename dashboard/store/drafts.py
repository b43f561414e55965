"""Half-typed forms by browser and author, e.g. a pasted text, and what a browser's person chose.

They are no record: they have a file of their own beside the workspace, are in no log and in no backup,
and are removed when the form is saved or discarded, or after `KEPT_DAYS`.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from dashboard.model.errors import DashboardError
from dashboard.store.codec import StoredValueError, read_time
from dashboard.store.connection import connected, transaction
from dashboard.store.draft_values import DraftValueError, Fields, decode_fields, encode_fields

KEPT_DAYS = 30
# A form with the longest article (500,000 characters, two bytes each in Arabic) fits.
MAX_BYTES = 1_500_000
MAX_DRAFTS = 50
# Of the whole file; beyond them the oldest drafts go.
_MOST_OF_ALL = 2_000
_TABLES = """
CREATE TABLE IF NOT EXISTS draft (
    browser TEXT NOT NULL, author TEXT NOT NULL, form TEXT NOT NULL, title TEXT NOT NULL,
    link TEXT NOT NULL, saved_at TEXT NOT NULL, fields TEXT NOT NULL,
    PRIMARY KEY (browser, author, form)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS browser (
    browser TEXT PRIMARY KEY, author TEXT NOT NULL, seen_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS preference (
    browser TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, seen_at TEXT NOT NULL,
    PRIMARY KEY (browser, name)
) WITHOUT ROWID;
"""


class DraftTooLargeError(DashboardError):
    """A form with more text than a draft may have; it is not saved."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose draft it is: a browser, by the fingerprint of its token, and the author's name there."""

    browser: str
    author: str


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A half-typed form: its id, a title for the list, page and parameters that open it, and its fields.

    `saved_at` is in UTC.
    """

    form: str
    title: str
    link: Mapping[str, str]
    saved_at: datetime
    fields: Fields


class Drafts:
    """The drafts in one file; every method raises WorkspaceError for a file that cannot be used."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def get(self, owner: Owner, form: str) -> StoredDraft | None:
        """The draft of a form, or `None`."""
        return next(iter(self._read(owner, "AND form = ?", form)), None)

    def all(self, owner: Owner) -> list[StoredDraft]:
        """All drafts of an owner, the last one first."""
        return self._read(owner)

    def save(
        self, owner: Owner, form: str, title: str, link: Mapping[str, str], fields: Fields
    ) -> StoredDraft:
        """Keep the fields of a form in place of those before. Raises DraftTooLargeError."""
        encoded = encode_fields(fields)
        if len(encoded.encode()) > MAX_BYTES:
            raise DraftTooLargeError(f"{form} has more than {MAX_BYTES} bytes")
        now = datetime.now(UTC)
        row = (owner.browser, owner.author, form, title, _json(link), _time(now), encoded)
        with self._open() as connection, transaction(connection):
            connection.execute("INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?, ?, ?, ?)", row)
            _prune(connection, owner.browser, now)
        return StoredDraft(form, title, link, now, fields)

    def remove(self, owner: Owner, form: str) -> None:
        """Remove the draft of a form, if there is one."""
        if self.path.exists():
            with self._open() as connection:
                connection.execute(
                    "DELETE FROM draft WHERE browser = ? AND author = ? AND form = ?",
                    (owner.browser, owner.author, form),
                )

    def give(self, owner: Owner, author: str) -> None:
        """Give all drafts of an owner to another author of that browser, e.g. once there is a name."""
        if self.path.exists():
            with self._open() as connection:
                connection.execute(
                    "UPDATE OR REPLACE draft SET author = ? WHERE browser = ? AND author = ?",
                    (author, owner.browser, owner.author),
                )

    def author(self, browser: str) -> str:
        """The name that was last entered in that browser; "" if none was."""
        if not self.path.exists():
            return ""
        with self._open() as connection:
            query = "SELECT author FROM browser WHERE browser = ?"
            row = connection.execute(query, (browser,)).fetchone()
        return str(row[0]) if row else ""

    def set_author(self, browser: str, author: str) -> None:
        """Remember the name that was entered in that browser."""
        with self._open() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO browser VALUES (?, ?, ?)",
                (browser, author, _time(datetime.now(UTC))),
            )

    def preference(self, browser: str, name: str) -> str:
        """What was chosen last in that browser, e.g. the language; "" if nothing was."""
        if not self.path.exists():
            return ""
        with self._open() as connection:
            query = "SELECT value FROM preference WHERE browser = ? AND name = ?"
            row = connection.execute(query, (browser, name)).fetchone()
        return str(row[0]) if row else ""

    def set_preference(self, browser: str, name: str, value: str) -> None:
        """Remember what was chosen in that browser."""
        with self._open() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO preference VALUES (?, ?, ?, ?)",
                (browser, name, value, _time(datetime.now(UTC))),
            )

    def _read(self, owner: Owner, condition: str = "", *values: str) -> list[StoredDraft]:
        if not self.path.exists():
            return []
        oldest = _time(datetime.now(UTC) - timedelta(days=KEPT_DAYS))
        query = (
            "SELECT form, title, link, saved_at, fields FROM draft WHERE browser = ? AND author = ? "  # noqa: S608
            f"AND saved_at >= ? {condition} ORDER BY saved_at DESC, form"
        )
        with self._open() as connection:
            rows = connection.execute(
                query, (owner.browser, owner.author, oldest, *values)
            ).fetchall()
        return [draft for row in rows if (draft := _draft(row)) is not None]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with connected(self.path, "rwc") as connection:
            connection.executescript(_TABLES)
            yield connection


def _prune(connection: sqlite3.Connection, browser: str, now: datetime) -> None:
    """Remove drafts that are too old or too many, and what is known of browsers that stay away."""
    oldest = _time(now - timedelta(days=KEPT_DAYS))
    connection.execute("DELETE FROM draft WHERE saved_at < ?", (oldest,))
    beyond = (
        "DELETE FROM draft WHERE (browser, author, form) IN (SELECT browser, author, form "
        "FROM draft {where} ORDER BY saved_at DESC LIMIT -1 OFFSET ?)"
    )
    connection.execute(beyond.format(where="WHERE browser = ?"), (browser, MAX_DRAFTS))
    connection.execute(beyond.format(where=""), (_MOST_OF_ALL,))
    year = _time(now - timedelta(days=400))
    connection.execute("DELETE FROM browser WHERE seen_at < ?", (year,))
    connection.execute("DELETE FROM preference WHERE seen_at < ?", (year,))


def _draft(row: tuple[str, str, str, str, str]) -> StoredDraft | None:
    """The draft of a row; `None` for a damaged one, which is no record and can be typed again."""
    form, title, link, saved_at, fields = row
    try:
        parameters = msgspec.json.decode(link, type=dict[str, str])
        return StoredDraft(form, title, parameters, read_time(saved_at), decode_fields(fields))
    except (msgspec.MsgspecError, DraftValueError, StoredValueError):
        return None


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
