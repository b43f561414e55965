"""Text with marked spans as safe HTML, e.g. the quote and the place names inside a sentence."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dashboard.language.messages import plural
from dashboard.text.escape import escape, escape_attribute

# The most marks over the same words; more could not be distinguished, and each is repeated for every
# piece of text. A note gives the number of the others.
MOST_NESTED = 16


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text to mark; `css` names the style, `title` is shown on hover.

    `mention` is the key by which a script identifies the clicked mark.
    """

    start: int
    end: int
    css: str
    title: str = ""
    anchor: str = ""
    mention: str = ""


def highlight(text: str, start: int, end: int, marks: Iterable[Mark]) -> str:
    """text[start:end] as HTML with marks, which may overlap and are cut at the ends.

    Of more than `MOST_NESTED` marks over the same words the first ones are drawn, the others counted.
    """
    inside = [mark for mark in marks if mark.start < end and mark.end > start]
    seen: set[str] = set()
    return "".join(
        _piece(a, text[a:b], [*over, *_more(a, b, further)], seen)
        for a, b, over, further in _pieces(start, end, inside)
    )


def _pieces(
    start: int, end: int, marks: Sequence[Mark]
) -> Iterator[tuple[int, int, list[Mark], int]]:
    """Start and end of the pieces of text between the ends of marks.

    Each with the first `MOST_NESTED` marks over it, in order, and the number of further ones.
    """
    edges = {start, end}
    opens: dict[int, list[int]] = defaultdict(list)
    closes: dict[int, list[int]] = defaultdict(list)
    for number, mark in enumerate(marks):
        first, last = max(mark.start, start), min(mark.end, end)
        edges |= {first, last}
        if first < last:
            opens[first].append(number)
            closes[last].append(number)
    over: list[int] = []
    for a, b in pairwise(sorted(edges)):
        for number in closes[a]:
            del over[bisect_left(over, number)]
        for number in opens[a]:
            insort(over, number)
        drawn = [marks[number] for number in over[:MOST_NESTED]]
        yield a, b, drawn, len(over) - len(drawn)


def _more(start: int, end: int, further: int) -> Iterator[Mark]:
    """A mark with the number of further marks over text[start:end], if there are any."""
    if further:
        note = plural("{n} more mark on these words", "{n} more marks on these words", further)
        yield Mark(start, end, "quote", note)


def _piece(start: int, text: str, marks: Sequence[Mark], seen: set[str]) -> str:
    safe = escape(text).replace("\r\n", "\n").replace("\n", "<br>")
    # The offset of the piece, with which a script computes the offsets of a selection.
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
