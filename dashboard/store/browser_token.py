"""The token by which a browser is known again, in a cookie; it opens its drafts, nothing else.

The server's middleware sets the cookie. What is stored of a token is its SHA-256: who reads the file of
drafts cannot pass for a browser.
"""

import hashlib
import re
import secrets

COOKIE = "event_map_browser"
_BYTES = 32
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def new_token() -> str:
    """A token that nobody can guess, 43 letters, digits, hyphens and underscores."""
    return secrets.token_urlsafe(_BYTES)


def is_token(text: str) -> bool:
    """Whether a text, e.g. the value of a cookie, has the form of a token."""
    return _TOKEN.fullmatch(text) is not None


def fingerprint(token: str) -> str:
    """The name under which drafts of that browser are stored; "" for what is no token."""
    return hashlib.sha256(token.encode()).hexdigest() if is_token(token) else ""
