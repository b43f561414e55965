"""Text with marked spans as safe HTML, e.g. the quote and the place names inside a sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dashboard.views.escape import escape, escape_attribute


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text to mark; `css` names the style, `title` is shown on hover.

    `mention` is the key by which a script tells which mark was clicked.
    """

    start: int
    end: int
    css: str
    title: str = ""
    anchor: str = ""
    mention: str = ""


def highlight(text: str, start: int, end: int, marks: Iterable[Mark]) -> str:
    """text[start:end] as HTML with its marks; marks may overlap and are cut at the edges."""
    inside = [mark for mark in marks if mark.start < end and mark.end > start]
    edges = {start, end}
    for mark in inside:
        edges |= {max(mark.start, start), min(mark.end, end)}
    cuts = sorted(edges)
    seen: set[str] = set()
    return "".join(
        _piece(a, text[a:b], [m for m in inside if m.start <= a and m.end >= b], seen)
        for a, b in pairwise(cuts)
    )


def _piece(start: int, text: str, marks: Sequence[Mark], seen: set[str]) -> str:
    safe = escape(text).replace("\r\n", "\n").replace("\n", "<br>")
    # Where the piece begins in the text, for a script that turns a selection into offsets.
    safe = f'<span data-start="{start}">{safe}</span>'
    for mark in marks:
        title = f' title="{escape_attribute(mark.title)}"' if mark.title else ""
        anchor = ""
        if mark.anchor and mark.anchor not in seen:
            seen.add(mark.anchor)
            anchor = f' id="{escape_attribute(mark.anchor)}"'
        key = f' data-mention="{escape_attribute(mark.mention)}"' if mark.mention else ""
        safe = f'<mark class="{mark.css}"{title}{anchor}{key}>{safe}</mark>'
    return safe
