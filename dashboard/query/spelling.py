"""Words that somebody may have meant, e.g. "qamshli" -> "qamishli", "ainissa" -> "ain issa"."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

# Letters of the shortest word that is corrected, and of one of which two letters may be wrong.
_SHORTEST, _LONG = 3, 6
# A word has one bit for each letter that it has, of so many bits.
_BITS = 61


class Spelling:
    """Words, to find those that are like a misspelt one: a hundred thousand are searched in 20 ms."""

    def __init__(self, words: Iterable[str]) -> None:
        # The number of times that each word occurs.
        self._times: dict[str, int] = {}
        for word in words:
            self._times[word] = self._times.get(word, 0) + 1
        by_length: dict[int, list[str]] = {}
        for word in self._times:
            by_length.setdefault(len(word), []).append(word)
        self._by_length = {
            length: (np.array([_letters(word) for word in words], dtype=np.uint64), words)
            for length, words in by_length.items()
        }

    def near(self, word: str, most: int) -> Sequence[str]:
        """The words that differ from it by one letter, or by two if it is long; the nearest first."""
        if len(word) < _SHORTEST:
            return ()
        allowed = 2 if len(word) >= _LONG else 1
        found = [
            (distance, -self._times[each], each)
            for length in range(len(word) - allowed, len(word) + allowed + 1)
            for each in self._alike(word, length, allowed)
            if 0 < (distance := edits(word, each)) <= allowed
        ]
        return [each for _distance, _times, each in sorted(found)[:most]]

    def _alike(self, word: str, length: int, allowed: int) -> Iterator[str]:
        """The words of a length that have almost the same letters, in any order."""
        if length not in self._by_length:
            return
        letters, words = self._by_length[length]
        # One wrong letter changes two bits at most.
        differing = np.bitwise_count(letters ^ np.uint64(_letters(word)))
        yield from (words[at] for at in np.flatnonzero(differing <= 2 * allowed))


def edits(one: str, other: str) -> int:
    """How many letters are added, left out, replaced, or exchanged with the next one (OSA distance)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        below = [i]
        for j, b in enumerate(other, 1):
            best = min(row[j] + 1, below[j - 1] + 1, row[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, before[j - 2] + 1)
            below.append(best)
        before, row = row, below
    return row[-1]


def _letters(word: str) -> int:
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) % _BITS)
    return bits
