"""Accounts and their sessions, in one SQLite file beside the workspace.

Browsers have random secrets of 256 bits; the file has their SHA-256, so that who reads the
file cannot sign in with it. Whether a session is good is asked at each request and each run of a page.
"""

import json
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dashboard.access.accounts import Account, AccountError, Identity, Scope, Session
from dashboard.access.database import open_file, read_time, time_text, writing
from dashboard.access.identities import groups_text, take_identity
from dashboard.access.own import expect_own, hashed
from dashboard.access.sign_in_file import SignIn
from dashboard.access.tokens import Tokens
from dashboard.model.message import message
from dashboard.model.permissions import Permission, permissions_of
from dashboard.model.viewer import Viewer, require, viewer
from dashboard.store.connection import connected

# A token rests once its person has not signed in for so long.
TOKEN_SIGN_IN_DAYS = 30


class AccountStore:
    """The accounts of one server; every method raises WorkspaceError for a file that cannot be used."""

    def __init__(self, path: Path, settings: SignIn) -> None:
        self.path = path
        self._settings = settings
        open_file(path)
        self.tokens = Tokens(path)

    def sign_in(self, identity: Identity) -> str:
        """Begin a session; returns the secret for the browser.

        Raises AccountError for an account that is disabled, or that another person had.
        """
        now = datetime.now(UTC)
        secret = secrets.token_urlsafe(32)
        ends = now + timedelta(hours=self._settings.session_hours)
        with writing(self.path) as connection:
            take_identity(connection, identity, now)
            connection.execute(
                "INSERT INTO session VALUES (?, ?, ?, ?)",
                (hashed(secret), identity.account, time_text(now), time_text(ends)),
            )
            connection.execute("DELETE FROM session WHERE ends_at < ?", (time_text(now),))
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
        recent = time_text(datetime.now(UTC) - timedelta(days=TOKEN_SIGN_IN_DAYS))
        condition = "token_id = ? AND scope = ? AND account.signed_in_at > ?"
        found = self._viewer("token", condition, token_id, scope.value, recent)
        if found is None:
            return None
        with writing(self.path) as connection:
            now = time_text(datetime.now(UTC))
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
        said = (identity.issuer, identity.subject, identity.name, groups_text(identity.groups))
        # A page sends a hundred requests: what is known already is written again once a day.
        if (
            known is None
            or tuple(known[:4]) != said
            or now - read_time(known[4]) > timedelta(days=1)
        ):
            with writing(self.path) as connection:
                take_identity(connection, identity, now)
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

    def reviewers(self) -> list[str]:
        """The names, as in the log, of those who may review; for others who may."""
        require(Permission.REVIEW)
        known = (
            self._known(each.account, each.name, each.groups)
            for each in self._accounts()
            if not each.disabled
        )
        return [each.author or "" for each in known if each.may(Permission.REVIEW)]

    def disable(self, account: str, *, disabled: bool) -> None:
        """Let an account sign in no more, and end its sessions and tokens; or let it again.

        For administrators.
        """
        require(Permission.ADMINISTER)
        if account == viewer().account:
            raise AccountError(message("nobody can disable their own account"))
        with writing(self.path) as connection:
            connection.execute(
                "UPDATE account SET disabled = ? WHERE account = ?", (int(disabled), account)
            )
            if disabled:
                connection.execute("DELETE FROM session WHERE account = ?", (account,))
                connection.execute("DELETE FROM token WHERE account = ?", (account,))

    def sessions(self, account: str) -> list[Session]:
        """The sessions of an account that have not ended, the last first."""
        expect_own(account)
        query = "SELECT * FROM session WHERE account = ? AND ends_at > ? ORDER BY begun_at DESC"
        with connected(self.path) as connection:
            rows = connection.execute(query, (account, time_text(datetime.now(UTC)))).fetchall()
        return [Session(row[0], row[1], read_time(row[2]), read_time(row[3])) for row in rows]

    def end_session(self, session_id: str) -> None:
        """End one session of this viewer."""
        with writing(self.path) as connection:
            connection.execute(
                "DELETE FROM session WHERE session_id = ? AND account = ?",
                (session_id, viewer().account),
            )

    def forget_session(self, session_id: str) -> None:
        """Delete a session that nobody uses any more, e.g. that of a page that was closed."""
        with writing(self.path) as connection:
            connection.execute("DELETE FROM session WHERE session_id = ?", (session_id,))

    def viewer_now(self, account: str) -> Viewer | None:
        """What an account may do now, e.g. while a job of it goes on; `None` if it is disabled."""
        known = self.account(account)
        if known is None or known.disabled:
            return None
        return self._known(known.account, known.name, known.groups)

    def end_sessions(self, account: str) -> None:
        """End all sessions of an account: sign out everywhere."""
        expect_own(account)
        with writing(self.path) as connection:
            connection.execute("DELETE FROM session WHERE account = ?", (account,))

    def _viewer(self, table: str, condition: str, *values: str) -> Viewer | None:
        query = (
            f"SELECT account.account, account.name, account.groups FROM {table} JOIN account "  # noqa: S608
            f"USING (account) WHERE {condition} AND {table}.ends_at > ? AND NOT account.disabled"
        )
        with connected(self.path) as connection:
            row = connection.execute(query, (*values, time_text(datetime.now(UTC)))).fetchone()
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
            Account(row[0], row[1], frozenset(json.loads(row[2])), read_time(row[3]), bool(row[4]))
            for row in rows
        ]
