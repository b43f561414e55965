"""The records of accounts: people, their sessions and their tokens, without any secret."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dashboard.model.errors import DashboardError

# By it a page knows its session; the gate removes it from what browsers and programs send.
SESSION_HEADER = "x-event-map-session"
# By it Streamlit knows whose page it is: see dashboard/.streamlit/config.toml.
ACCOUNT_HEADER = "x-event-map-account"
_LONGEST = 200


class AccountError(DashboardError):
    """A sign-in, session or token that cannot be: the message says why."""


class Scope(StrEnum):
    """What a token is for: data routes (events as OGC API features), or the figures of the server."""

    READ = "read"
    MONITOR = "monitor"


def account_name(text: str) -> str | None:
    """The name of an account in lower case; `None` for one that cannot be.

    A letter that only looks like another (a Kelvin sign like K) would be the name of another person.
    """
    text = text.strip()
    plain = unicodedata.normalize("NFKC", text) == text and text.isprintable()
    return text.lower() if plain and 0 < len(text) <= _LONGEST else None


def shown_name(text: str) -> str:
    """The name of a person without characters that hide or reorder text."""
    plain = "".join(letter for letter in text if unicodedata.category(letter)[0] != "C")
    return " ".join(plain.split())[:100]


@dataclass(frozen=True, slots=True)
class Identity:
    """Who signed in, as a provider or proxy says.

    `subject` is the provider's own id of the person, which never changes hands; `account` is the name
    by which people know the account.
    """

    issuer: str
    subject: str
    account: str
    name: str
    groups: frozenset[str]


@dataclass(frozen=True, slots=True)
class Account:
    """An account that signed in at least once; `groups` are those of the last time."""

    account: str
    name: str
    groups: frozenset[str]
    last_sign_in: datetime
    disabled: bool


@dataclass(frozen=True, slots=True)
class Session:
    """A sign-in that is still good; `session_id` is the hash of what the browser has."""

    session_id: str
    account: str
    begun: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Token:
    """A token for another program that is still good; `token_id` is its hash."""

    token_id: str
    account: str
    name: str
    scope: Scope
    begun: datetime
    ends: datetime
    last_used: datetime | None
