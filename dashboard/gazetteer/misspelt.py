"""Names with one wrong letter, e.g. "عي عيسى" -> "عين عيسى"."""

import re
from collections.abc import Iterator, Sequence

from dashboard.gazetteer.index import PlaceIndex
from dashboard.text.phrases import Match
from dashboard.text.prepared import PreparedText
from dashboard.text.words import Word

_WORD = re.compile(r"[^\W_]+")


def misspelt(text: PreparedText, index: PlaceIndex, known: Sequence[Match]) -> Iterator[Match]:
    """Names of two words whose first word is one edit away and whose second is exact.

    `known` are the matches of correctly spelt names.
    """
    folded = text.folded.text
    words = text.words if "_" not in folded else _without_underscores(folded)
    ends = index.by_last_word
    lasts = [at for at, word in enumerate(words) if word.text in ends and at]
    mask = _mask(known, len(folded)) if lasts else b""
    for (first, start, _), (second, _, end) in [(words[at - 1], words[at]) for at in lasts]:
        if first in index.context.not_misspelt or mask.find(1, start, end) >= 0:
            continue
        for name in ends[second]:
            if _one_edit(first, name.split()[0]):
                yield Match(name, start, end, "")
                break


def _without_underscores(folded: str) -> Sequence[Word]:
    return [Word(match[0], match.start(), match.end()) for match in _WORD.finditer(folded)]


def _mask(known: Sequence[Match], length: int) -> bytearray:
    """One byte for each character, 1 within a known name."""
    mask = bytearray(length)
    for match in known:
        mask[match.start : match.end] = b"\x01" * (match.end - match.start)
    return mask


def _one_edit(one: str, other: str) -> bool:
    """Whether the edit distance is 1; a letter of a word of two may not be substituted."""
    if one == other or abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 2:
        return False
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        return len(short) > 2 and sum(a != b for a, b in zip(short, long, strict=True)) == 1
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
