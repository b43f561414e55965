"""Accounts, sessions and tokens in one SQLite file beside the workspace.

Browsers and programs have random secrets of 256 bits; the file has their SHA-256, so that who reads the
file cannot sign in with it. Whether a session is good is asked at each request and each run of a page.
"""

import hashlib
import json
import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dashboard.access.accounts import Account, AccountError, Identity, Scope, Session, Token
from dashboard.access.sign_in_file import SignIn
from dashboard.model.message import message
from dashboard.model.permissions import Permission, permissions_of
from dashboard.model.viewer import Viewer, require, viewer
from dashboard.store.connection import connected, transaction

# The first letters of every token, by which scanners for secrets recognise one.
TOKEN_BEGIN = "eventmap_"  # noqa: S105 no secret
LONGEST_TOKEN_DAYS = 366
TOKEN_SIGN_IN_DAYS = 30
MOST_TOKENS = 20
_TABLES = """
CREATE TABLE IF NOT EXISTS account (
    account TEXT PRIMARY KEY, issuer TEXT NOT NULL, subject TEXT NOT NULL, name TEXT NOT NULL,
    groups TEXT NOT NULL, signed_in_at TEXT NOT NULL, disabled INTEGER NOT NULL DEFAULT 0,
    UNIQUE (issuer, subject)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS session (
    session_id TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account,
    begun_at TEXT NOT NULL, ends_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS token (
    token_id TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account, name TEXT NOT NULL,
    scope TEXT NOT NULL, begun_at TEXT NOT NULL, ends_at TEXT NOT NULL, used_at TEXT
) WITHOUT ROWID;
"""


class AccountStore:
    """The accounts of one server; every method raises WorkspaceError for a file that cannot be used."""

    def __init__(self, path: Path, settings: SignIn) -> None:
        self.path = path
        self._settings = settings
        path.parent.mkdir(parents=True, exist_ok=True)
        # Only this user of the machine reads who has accounts here.
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        with connected(path) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(_TABLES)

    def sign_in(self, identity: Identity) -> str:
        """Begin a session; returns the secret for the browser.

        Raises AccountError for an account that is disabled, or that another person had.
        """
        now = datetime.now(UTC)
        secret = secrets.token_urlsafe(32)
        ends = now + timedelta(hours=self._settings.session_hours)
        with self._writing() as connection:
            _take_identity(connection, identity, now)
            connection.execute(
                "INSERT INTO session VALUES (?, ?, ?, ?)",
                (hashed(secret), identity.account, _time(now), _time(ends)),
            )
            connection.execute("DELETE FROM session WHERE ends_at < ?", (_time(now),))
        return secret

    def viewer_of_session(self, session_id: str) -> Viewer | None:
        """Who has this session, by the hash of its secret; `None` if it has ended."""
        return self._viewer("session", "session_id = ?", session_id)

    def viewer_of_token(self, secret: str, scope: Scope) -> Viewer | None:
        """Who has this token; `None` if it has ended, is unknown, or is for something else.

        A program with a token may look, and an administrator's for monitoring see figures of the server;
        it never changes anything. It rests if its person has not signed in for `TOKEN_SIGN_IN_DAYS`: the
        provider may know that person no more.
        """
        token_id = hashed(secret)
        recent = _time(datetime.now(UTC) - timedelta(days=TOKEN_SIGN_IN_DAYS))
        condition = "token_id = ? AND scope = ? AND account.signed_in_at > ?"
        found = self._viewer("token", condition, token_id, scope.value, recent)
        if found is None:
            return None
        with self._writing() as connection:
            now = _time(datetime.now(UTC))
            connection.execute("UPDATE token SET used_at = ? WHERE token_id = ?", (now, token_id))
        allowed = {Permission.LOOK} if scope is Scope.READ else {Permission.ADMINISTER}
        return Viewer(found.account, found.author, found.permissions & allowed, found.groups)

    def viewer_of(self, identity: Identity) -> Viewer | None:
        """Who a proxy says that this is; `None` if the account is disabled. Raises AccountError."""
        with connected(self.path) as connection:
            known = connection.execute(
                "SELECT issuer, subject, name, groups, signed_in_at, disabled FROM account "
                "WHERE account = ?",
                (identity.account,),
            ).fetchone()
        now = datetime.now(UTC)
        said = (identity.issuer, identity.subject, identity.name, _groups(identity.groups))
        # A page sends a hundred requests: what is known already is written again once a day.
        if known is None or tuple(known[:4]) != said or now - _read(known[4]) > timedelta(days=1):
            with self._writing() as connection:
                _take_identity(connection, identity, now)
        elif known[5]:
            return None
        return self._known(identity.account, identity.name, identity.groups)

    def account(self, account: str) -> Account | None:
        """One account, `None` if it never signed in."""
        return next(iter(self._accounts("WHERE account = ?", account)), None)

    def accounts(self) -> list[Account]:
        """All accounts, by name; for administrators."""
        require(Permission.ADMINISTER)
        return self._accounts()

    def disable(self, account: str, *, disabled: bool) -> None:
        """Let an account sign in no more, and end its sessions and tokens; or let it again.

        For administrators.
        """
        require(Permission.ADMINISTER)
        if account == viewer().account:
            raise AccountError(message("nobody can disable their own account"))
        with self._writing() as connection:
            connection.execute(
                "UPDATE account SET disabled = ? WHERE account = ?", (int(disabled), account)
            )
            if disabled:
                connection.execute("DELETE FROM session WHERE account = ?", (account,))
                connection.execute("DELETE FROM token WHERE account = ?", (account,))

    def sessions(self, account: str) -> list[Session]:
        """The sessions of an account that have not ended, the last first."""
        _expect_own(account)
        query = "SELECT * FROM session WHERE account = ? AND ends_at > ? ORDER BY begun_at DESC"
        with connected(self.path) as connection:
            rows = connection.execute(query, (account, _time(datetime.now(UTC)))).fetchall()
        return [Session(row[0], row[1], _read(row[2]), _read(row[3])) for row in rows]

    def end_session(self, session_id: str) -> None:
        """End one session of this viewer."""
        with self._writing() as connection:
            connection.execute(
                "DELETE FROM session WHERE session_id = ? AND account = ?",
                (session_id, viewer().account),
            )

    def forget_session(self, session_id: str) -> None:
        """Delete a session that nobody uses any more, e.g. that of a page that was closed."""
        with self._writing() as connection:
            connection.execute("DELETE FROM session WHERE session_id = ?", (session_id,))

    def viewer_now(self, account: str) -> Viewer | None:
        """What an account may do now, e.g. while a job of it goes on; `None` if it is disabled."""
        known = self.account(account)
        if known is None or known.disabled:
            return None
        return self._known(known.account, known.name, known.groups)

    def end_sessions(self, account: str) -> None:
        """End all sessions of an account: sign out everywhere."""
        _expect_own(account)
        with self._writing() as connection:
            connection.execute("DELETE FROM session WHERE account = ?", (account,))

    def new_token(self, name: str, scope: Scope, days: int) -> str:
        """Make a token of this viewer's account; returns its secret, which is not stored.

        Raises AccountError for a name or number of days that cannot be, or too many tokens.
        """
        require(Permission.ADMINISTER if scope is Scope.MONITOR else Permission.LOOK)
        account = viewer().account
        if not name.strip() or not 1 <= days <= LONGEST_TOKEN_DAYS:
            raise AccountError(
                message(
                    "a token needs a name, and ends after 1 to {most} days", most=LONGEST_TOKEN_DAYS
                )
            )
        if len(self.tokens(account)) >= MOST_TOKENS:
            raise AccountError(message("an account has at most {most} tokens", most=MOST_TOKENS))
        secret, now = TOKEN_BEGIN + secrets.token_urlsafe(32), datetime.now(UTC)
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO token VALUES (?, ?, ?, ?, ?, ?, NULL)",
                (hashed(secret), account, name.strip()[:60], scope.value, _time(now),
                 _time(now + timedelta(days=days))),
            )  # fmt: skip
        return secret

    def tokens(self, account: str) -> list[Token]:
        """The tokens of an account that have not ended, the last first."""
        _expect_own(account)
        query = "SELECT * FROM token WHERE account = ? AND ends_at > ? ORDER BY begun_at DESC"
        with connected(self.path) as connection:
            rows = connection.execute(query, (account, _time(datetime.now(UTC)))).fetchall()
        return [_token(row) for row in rows]

    def revoke_token(self, token_id: str) -> None:
        """End a token of this viewer; an administrator ends those of others too."""
        with self._writing() as connection:
            row = connection.execute(
                "SELECT account FROM token WHERE token_id = ?", (token_id,)
            ).fetchone()
            if row is not None:
                _expect_own(row[0])
                connection.execute("DELETE FROM token WHERE token_id = ?", (token_id,))

    def _viewer(self, table: str, condition: str, *values: str) -> Viewer | None:
        query = (
            f"SELECT account.account, account.name, account.groups FROM {table} JOIN account "  # noqa: S608
            f"USING (account) WHERE {condition} AND {table}.ends_at > ? AND NOT account.disabled"
        )
        with connected(self.path) as connection:
            row = connection.execute(query, (*values, _time(datetime.now(UTC)))).fetchone()
        return None if row is None else self._known(row[0], row[1], frozenset(json.loads(row[2])))

    def _known(self, account: str, name: str, groups: frozenset[str]) -> Viewer:
        role = self._settings.role_of(account, groups)
        author = f"{name} ({account})" if name and name != account else account
        return Viewer(account, author, permissions_of(role), groups)

    def _accounts(self, where: str = "", *values: str) -> list[Account]:
        query = (
            f"SELECT account, name, groups, signed_in_at, disabled FROM account {where} "  # noqa: S608
            "ORDER BY account"
        )
        with connected(self.path) as connection:
            rows = connection.execute(query, values).fetchall()
        return [
            Account(row[0], row[1], frozenset(json.loads(row[2])), _read(row[3]), bool(row[4]))
            for row in rows
        ]

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with connected(self.path) as connection, transaction(connection):
            yield connection


def hashed(secret: str) -> str:
    """The SHA-256 of a secret, by which it is found again; no salt, since it is random itself."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _take_identity(connection: sqlite3.Connection, identity: Identity, now: datetime) -> None:
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
         _groups(identity.groups), _time(now)),
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


def _expect_own(account: str) -> None:
    """Raise NotPermittedError unless it is the account of this viewer, or an administrator asks."""
    if account != viewer().account:
        require(Permission.ADMINISTER)


def _groups(groups: frozenset[str]) -> str:
    return json.dumps(sorted(groups))


def _token(row: tuple[str, str, str, str, str, str, str | None]) -> Token:
    token_id, account, name, scope, begun, ends, used = row
    last_used = None if used is None else _read(used)
    return Token(token_id, account, name, Scope(scope), _read(begun), _read(ends), last_used)


def _time(at: datetime) -> str:
    """In UTC, of one length, so that texts compare as times do."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def _read(text: str) -> datetime:
    return datetime.fromisoformat(text)
