"""Alerts: who is notified of new events of which saved view, and up to which entry of the log.

As drafts they are no record, and have a file of their own beside the workspace: what somebody has seen
is no change of the data.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from dashboard.model.alert import Alert, OutgoingMail
from dashboard.store.codec import read_time
from dashboard.store.connection import connected, transaction

# Each costs a question to the engine when something is new.
MOST_ALERTS = 50
_TABLES = """
CREATE TABLE IF NOT EXISTS alert (
    owner TEXT NOT NULL, view_id TEXT NOT NULL, seen INTEGER NOT NULL,
    mail_to TEXT NOT NULL, mailed INTEGER NOT NULL, mailed_at TEXT, language TEXT NOT NULL,
    PRIMARY KEY (owner, view_id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS mail (
    message_id TEXT PRIMARY KEY, mail_to TEXT NOT NULL, content BLOB NOT NULL
);
"""
_COLUMNS = "owner, view_id, seen, mail_to, mailed, mailed_at, language"


class Alerts:
    """The alerts in one file; every method raises WorkspaceError for a file that cannot be used."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def of(self, owner: str) -> list[Alert]:
        """The alerts of a person."""
        return self._read("WHERE owner = ?", owner)

    def mailed(self) -> list[Alert]:
        """All alerts that are mailed, those of one person and address one after another."""
        return self._read("WHERE mail_to <> '' ORDER BY owner, mail_to, view_id")

    def set(
        self, owner: str, view_id: str, version: int, mail_to: str = "", language: str = "en"
    ) -> None:
        """Notify a person of what comes after the entry `version`.

        If they have that alert already, only address and language change; what comes after that entry is
        mailed if nothing was mailed before.
        """
        with self._open() as connection:
            connection.execute(
                f"INSERT INTO alert ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, NULL, ?) "  # noqa: S608
                "ON CONFLICT (owner, view_id) DO UPDATE SET "
                "mailed = CASE WHEN mail_to = '' THEN excluded.mailed ELSE mailed END, "
                "mail_to = excluded.mail_to, language = excluded.language",
                (owner, view_id, version, mail_to, version, language),
            )

    def remove(self, owner: str, view_id: str) -> None:
        """Tell a person no more."""
        with self._open() as connection:
            connection.execute(
                "DELETE FROM alert WHERE owner = ? AND view_id = ?", (owner, view_id)
            )

    def see(self, owner: str, view_id: str, version: int) -> None:
        """Note that a person has seen what came up to the entry `version`."""
        with self._open() as connection:
            connection.execute(
                "UPDATE alert SET seen = max(seen, ?) WHERE owner = ? AND view_id = ?",
                (version, owner, view_id),
            )

    def store_mail(
        self, owner: str, versions: Mapping[str, int], mail: OutgoingMail, at: datetime
    ) -> None:
        """Store a mail that tells a person of views, by id, up to these entries of the log."""
        rows = [
            (version, at.isoformat(timespec="milliseconds"), owner, view_id)
            for view_id, version in versions.items()
        ]
        with self._open() as connection:
            connection.execute(
                "INSERT INTO mail VALUES (?, ?, ?)", (mail.message_id, mail.mail_to, mail.content)
            )
            connection.executemany(
                "UPDATE alert SET mailed = ?, mailed_at = ? WHERE owner = ? AND view_id = ?", rows
            )

    def stored_mails(self) -> list[OutgoingMail]:
        """The mails that are not known to have been sent."""
        if not self.path.exists():
            return []
        with self._open() as connection:
            rows = connection.execute("SELECT message_id, mail_to, content FROM mail").fetchall()
        return [OutgoingMail(*row) for row in rows]

    def remove_mail(self, message_id: str) -> None:
        """Remove a mail, since it was sent or refused for good."""
        with self._open() as connection:
            connection.execute("DELETE FROM mail WHERE message_id = ?", (message_id,))

    def _read(self, rest: str, *values: str) -> list[Alert]:
        if not self.path.exists():
            return []
        with self._open() as connection:
            rows = connection.execute(
                f"SELECT {_COLUMNS} FROM alert {rest}",  # noqa: S608
                values,
            ).fetchall()
        return [_alert(row) for row in rows]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with connected(self.path, "rwc") as connection:
            connection.executescript(_TABLES)
            with transaction(connection):
                yield connection


def _alert(row: tuple[str, str, int, str, int, str | None, str]) -> Alert:
    owner, view_id, seen, mail_to, mailed, at, language = row
    return Alert(owner, view_id, seen, mail_to, mailed, read_time(at) if at else None, language)
