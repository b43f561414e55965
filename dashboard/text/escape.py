"""Article text made safe for HTML, e.g. "<script>" -> "&lt;script&gt;", U+202E -> a visible token."""

import html
import re

# Controls that reorder or hide text: shown as what they are, so that nobody is fooled by them.
_BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BUT_ISOLATES = re.compile("[\u202a-\u202e]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# What makes a spreadsheet take a cell for a formula; source: OWASP, "CSV Injection".
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# Harmless in running Arabic and common there: the marks that only nudge neutral characters.
_QUIET = frozenset("\u061c\u200e\u200f")


def escape(text: str) -> str:
    """`text` as HTML text; controls become visible tokens or disappear."""
    return _BIDI_CONTROLS.sub(_token, _entities(text))


def escape_message(text: str) -> str:
    """A message of the interface as HTML text.

    Its isolates and direction marks, which keep names and dates in order, stay; else as `escape`.
    """
    return _BUT_ISOLATES.sub(_token, _entities(text))


def escape_attribute(text: str) -> str:
    """`text` as the value of an HTML attribute in double quotes."""
    return _entities(_BIDI_CONTROLS.sub("", text))


def _entities(text: str) -> str:
    safe = html.escape(_CONTROLS.sub("\ufffd", text), quote=True)
    return safe.replace("`", "&#96;").replace("$", "&#36;").replace("\\", "&#92;")


def without_controls(text: str) -> str:
    """`text` without characters that no XML may hold and no eye can see."""
    return _CONTROLS.sub("\ufffd", text)


def _token(match: re.Match[str]) -> str:
    character = match.group()
    if character in _QUIET:
        return ""
    return f'<span class="control">[U+{ord(character):04X}]</span>'


def escape_markdown(text: str) -> str:
    """`text` as literal words where Streamlit reads Markdown, e.g. in a button's label."""
    quiet = _BIDI_CONTROLS.sub("", _CONTROLS.sub("\ufffd", text))
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~:$@&])", r"\\\1", quiet).replace("\n", " ")


def defuse(text: str) -> str:
    """`text` as a cell that no spreadsheet runs: one that begins like a formula gets an apostrophe."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
