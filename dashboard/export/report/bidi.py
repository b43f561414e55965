"""The directions of mixed text by the Unicode bidirectional algorithm, of which fpdf2 has the rules.

A level is even where text runs from left to right, and odd where it runs from right to left.
"""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from fpdf.bidi import BidiParagraph
from fpdf.enums import TextDirection

from dashboard.export.report.parts import Direction

ISOLATES = frozenset("\u2066\u2067\u2068\u2069")
_FIRST_RIGHT_TO_LEFT = "\u0590"


@lru_cache(maxsize=4_096)
def levels(text: str, direction: Direction) -> tuple[int, ...]:
    """The level of each character of a paragraph whose lines run in this direction."""
    if direction == "ltr" and (not text or max(text) < _FIRST_RIGHT_TO_LEFT):
        return (0,) * len(text)
    base = TextDirection.RTL if direction == "rtl" else TextDirection.LTR
    found = [int(direction == "rtl")] * len(text)
    for each in BidiParagraph(text=text, base_direction=base).characters:
        found[each.character_index] = each.embedding_level
    return tuple(found)


def reads_from_right(text: str) -> bool:
    """Whether the first letter that has a direction runs from right to left."""
    strong = (unicodedata.bidirectional(it) for it in text)
    return next((it != "L" for it in strong if it in {"L", "R", "AL"}), False)


def visual_order(line: Sequence[int]) -> list[int]:
    """The positions of a line's characters from left to right, from their levels (rule L2)."""
    order = list(range(len(line)))
    odd = [level for level in line if level % 2]
    for level in range(max(line, default=0), min(odd, default=1) - 1, -1):
        start = 0
        for above, run in groupby(order, key=lambda at: line[at] >= level):
            size = len(list(run))
            if above:
                order[start : start + size] = order[start : start + size][::-1]
            start += size
    return order
