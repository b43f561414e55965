"""Texts of strangers without what could act, hide or reorder in a document.

A document is XML or PDF: control characters, halves of surrogate pairs and noncharacters have no place
in it. Marks that set a direction go, except for the isolates of our own messages.
"""

import re

from dashboard.text.escape import without_controls

# Of one text, a title or a sentence; the rest is "…".
MOST_LETTERS = 1_500
_MOST_URL = 500
_LEFT_OUT = "…"
_FORBIDDEN = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]|[\U0001fffe-\U0001ffff]")
# Invisible, or in the way of a line: byte order mark, zero-width space, word joiner, soft hyphen, …
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_ISOLATES = "\u2066\u2067\u2068\u2069"
_SPACE = re.compile(r"\s+")
# A line of so many signs without a letter or digit is drawn by nobody on purpose.
_MOST_SIGNS = 60
_SIGNS = re.compile(rf"[\W_]{{{_MOST_SIGNS},}}")


def plain(text: str, most: int = MOST_LETTERS) -> str:
    """A stranger's text on one line: no controls, no marks of direction, at most `most` letters."""
    return _shortened(_INVISIBLE.sub("", _visible(text)), most)


def message_text(text: str) -> str:
    """A message of the program with values in it: its isolates stay, else as `plain`."""
    seen = _INVISIBLE.sub(lambda it: it.group() if it.group() in _ISOLATES else "", _visible(text))
    return _shortened(seen, MOST_LETTERS * 4)


def lines(text: str, most: int = MOST_LETTERS) -> list[str]:
    """The lines of a text that are not empty, each as `plain` text of at most `most` letters."""
    return [line for part in text.splitlines() if (line := plain(part, most))]


def web_address(url: str | None) -> str:
    """An address of the web (http or https) with nothing in it but what an address has, else ""."""
    address = (url or "").strip()
    odd = any(not it.isprintable() or it.isspace() or it in '"<>\\^`{|}' for it in address)
    if odd or len(address) > _MOST_URL or not address.lower().startswith(("http://", "https://")):
        return ""
    return address if plain(address) == address else ""


def _visible(text: str) -> str:
    return _SPACE.sub(" ", _FORBIDDEN.sub("\ufffd", without_controls(text))).strip()


def _shortened(text: str, most: int) -> str:
    text = _SIGNS.sub(lambda it: it.group()[: _MOST_SIGNS // 2] + _LEFT_OUT, text)
    return text if len(text) <= most else text[: most - 1].rstrip() + _LEFT_OUT
