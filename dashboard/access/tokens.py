"""Tokens, with which other programs read data of the server as the account that made them."""

import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dashboard.access.accounts import AccountError, Scope, Token
from dashboard.access.database import read_time, time_text, writing
from dashboard.access.own import expect_own, hashed
from dashboard.model.message import message
from dashboard.model.permissions import Permission
from dashboard.model.viewer import require, viewer
from dashboard.store.connection import connected

# The first letters of every token, by which scanners for secrets recognise one.
TOKEN_BEGIN = "eventmap_"  # noqa: S105 no secret
LONGEST_TOKEN_DAYS = 366
MOST_TOKENS = 20


class Tokens:
    """The tokens of one server, in the file of its accounts."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def new(self, name: str, scope: Scope, days: int) -> str:
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
        if len(self.of(account)) >= MOST_TOKENS:
            raise AccountError(message("an account has at most {most} tokens", most=MOST_TOKENS))
        secret, now = TOKEN_BEGIN + secrets.token_urlsafe(32), datetime.now(UTC)
        with writing(self._path) as connection:
            connection.execute(
                "INSERT INTO token VALUES (?, ?, ?, ?, ?, ?, NULL)",
                (hashed(secret), account, name.strip()[:60], scope.value, time_text(now),
                 time_text(now + timedelta(days=days))),
            )  # fmt: skip
        return secret

    def of(self, account: str) -> list[Token]:
        """The tokens of an account that have not ended, the last first."""
        expect_own(account)
        query = "SELECT * FROM token WHERE account = ? AND ends_at > ? ORDER BY begun_at DESC"
        with connected(self._path) as connection:
            rows = connection.execute(query, (account, time_text(datetime.now(UTC)))).fetchall()
        return [_token(row) for row in rows]

    def revoke(self, token_id: str) -> None:
        """End a token of this viewer; an administrator ends those of others too."""
        with writing(self._path) as connection:
            row = connection.execute(
                "SELECT account FROM token WHERE token_id = ?", (token_id,)
            ).fetchone()
            if row is not None:
                expect_own(row[0])
                connection.execute("DELETE FROM token WHERE token_id = ?", (token_id,))


def _token(row: tuple[str, str, str, str, str, str, str | None]) -> Token:
    token_id, account, name, scope, begun, ends, used = row
    last_used = None if used is None else read_time(used)
    return Token(
        token_id, account, name, Scope(scope), read_time(begun), read_time(ends), last_used
    )
