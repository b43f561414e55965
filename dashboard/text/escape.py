"""Escape article text for HTML, Markdown and spreadsheets, e.g. "<script>" -> "&lt;script&gt;"."""

import html
import re

# Controls that reorder or hide text: their code is shown instead, so that they cannot mislead.
_BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_EMBEDDINGS = re.compile("[\u202a-\u202e]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~:$@&])")
# First characters of a cell that a spreadsheet takes for a formula; source: OWASP, "CSV Injection".
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# Common and harmless in Arabic text: they only set the direction of neutral characters next to them.
_DIRECTION_MARKS = frozenset("\u061c\u200e\u200f")


def escape(text: str) -> str:
    """`text` as HTML text; bidi controls become visible codes, direction marks are dropped."""
    return _BIDI_CONTROLS.sub(_visible_code, _entities(text))


def escape_message(text: str) -> str:
    """A message of the interface as HTML text.

    Its isolates and direction marks, which keep names and dates in order, stay; else as `escape`.
    """
    return _EMBEDDINGS.sub(_visible_code, _entities(text))


def escape_attribute(text: str) -> str:
    """`text` as the value of an HTML attribute in double quotes."""
    return _entities(_BIDI_CONTROLS.sub("", text))


def _entities(text: str) -> str:
    safe = html.escape(_CONTROLS.sub("\ufffd", text), quote=True)
    return safe.replace("`", "&#96;").replace("$", "&#36;").replace("\\", "&#92;")


def without_controls(text: str) -> str:
    """`text` with U+FFFD for each control character: XML does not allow them."""
    return _CONTROLS.sub("\ufffd", text)


def _visible_code(match: re.Match[str]) -> str:
    character = match.group()
    if character in _DIRECTION_MARKS:
        return ""
    return f'<span class="control">[U+{ord(character):04X}]</span>'


def escape_markdown(text: str) -> str:
    """`text` as literal Markdown, e.g. for the label of a Streamlit button."""
    stripped = _BIDI_CONTROLS.sub("", _CONTROLS.sub("\ufffd", text))
    return _MARKDOWN.sub(r"\\\1", stripped).replace("\n", " ")


def escape_markdown_message(text: str) -> str:
    """A message of the interface as literal Markdown; its isolates stay, which keep values in order."""
    stripped = _EMBEDDINGS.sub("", _CONTROLS.sub("\ufffd", text))
    return _MARKDOWN.sub(r"\\\1", stripped).replace("\n", " ")


def defuse(text: str) -> str:
    """`text` for a cell of a spreadsheet; an apostrophe comes before what begins like a formula.

    Apostrophes before such a beginning get one more, so that `undefuse` gives the text back.
    """
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_STARTS) else text


def undefuse(cell: str) -> str:
    """The text of a cell that `defuse` wrote: `undefuse(defuse(text)) == text` for any text."""
    defused = cell.startswith("'") and cell.lstrip("'").startswith(FORMULA_STARTS)
    return cell[1:] if defused else cell
