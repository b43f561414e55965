"""Writing the account of somebody who signs in, whose name may have changed or be another person's."""

import json
import sqlite3
from datetime import datetime

from dashboard.access.accounts import AccountError, Identity
from dashboard.access.database import time_text
from dashboard.model.message import message


def take_identity(connection: sqlite3.Connection, identity: Identity, now: datetime) -> None:
    """Write the account of somebody who signs in. Raises AccountError."""
    _rename(connection, identity)
    known = connection.execute(
        "SELECT issuer, subject, disabled FROM account WHERE account = ?", (identity.account,)
    ).fetchone()
    if known is not None and (known[0], known[1]) != (identity.issuer, identity.subject):
        raise AccountError(
            message("this account name belonged to another person; an administrator has to look")
        )
    if known is not None and known[2]:
        raise AccountError(message("this account is disabled"))
    connection.execute(
        "INSERT INTO account VALUES (?, ?, ?, ?, ?, ?, 0) ON CONFLICT (account) DO UPDATE "
        "SET name = excluded.name, groups = excluded.groups, signed_in_at = excluded.signed_in_at",
        (identity.account, identity.issuer, identity.subject, identity.name,
         groups_text(identity.groups), time_text(now)),
    )  # fmt: skip


def _rename(connection: sqlite3.Connection, identity: Identity) -> None:
    """Give the account of a person the name that it has now, unless another person has it."""
    row = connection.execute(
        "SELECT account FROM account WHERE issuer = ? AND subject = ?",
        (identity.issuer, identity.subject),
    ).fetchone()
    if row is None or row[0] == identity.account:
        return
    taken = connection.execute("SELECT 1 FROM account WHERE account = ?", (identity.account,))
    if taken.fetchone() is None:
        connection.execute("PRAGMA defer_foreign_keys = ON")
        for table in ("account", "session", "token"):
            connection.execute(
                f"UPDATE {table} SET account = ? WHERE account = ?",  # noqa: S608 one of three
                (identity.account, row[0]),
            )


def groups_text(groups: frozenset[str]) -> str:
    """The groups as they are stored: a list in JSON, in order, so that equal groups are equal texts."""
    return json.dumps(sorted(groups))
