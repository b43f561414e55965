"""Find duplicates and near-duplicates, e.g. an agency's report that two outlets carry.

Near-duplicates have simhashes of word trigrams that differ in at most 3 of 64 bits (Charikar 2002;
the 3 bits: Manku, Jain and Das Sarma 2007, for web pages).
"""

from collections import defaultdict
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice

import numpy as np

from dashboard.text.normalise import fold

_BITS, _MAX_DISTANCE, _NGRAM = 64, 3, 3
# With one band more than bits that may differ, near hashes have at least one equal band.
_BANDS = _MAX_DISTANCE + 1
_BAND_BITS = _BITS // _BANDS
_MIN_WORDS = 20


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The earlier text `key` is equal (`exact`) or similar."""

    key: str
    exact: bool


class DuplicateIndex:
    """The hashes of all texts that were added, by their keys."""

    def __init__(self) -> None:
        self._exact: dict[bytes, str] = {}
        self._bands: dict[tuple[int, int], list[tuple[int, str]]] = defaultdict(list)

    def add(self, key: str, text: str) -> Duplicate | None:
        """The earlier text that this one repeats; if none, add it as `key` and return `None`."""
        words = fold(text).split()
        digest = blake2b(" ".join(words).encode(), digest_size=16).digest()
        if digest in self._exact:
            return Duplicate(self._exact[digest], exact=True)
        # A few common words make short texts similar.
        code = simhash(words) if len(words) >= _MIN_WORDS else None
        near = self._near(code) if code is not None else None
        if near is not None:
            return near
        self._exact[digest] = key
        if code is not None:
            for band in _bands(code):
                self._bands[band].append((code, key))
        return None

    def _near(self, code: int) -> Duplicate | None:
        for band in _bands(code):
            for other, key in self._bands.get(band, ()):
                if (code ^ other).bit_count() <= _MAX_DISTANCE:
                    return Duplicate(key, exact=False)
        return None


def simhash(words: list[str]) -> int:
    """The 64-bit simhash of a text's words: similar texts differ in few bits."""
    ngrams = zip(*(islice(words, at, None) for at in range(_NGRAM)), strict=False)
    digests = b"".join(
        blake2b(" ".join(ngram).encode(), digest_size=8).digest() for ngram in ngrams
    )
    bits = np.unpackbits(np.frombuffer(digests, dtype=np.uint8).reshape(-1, 8), axis=1)
    majority = bits.sum(axis=0) * 2 > len(bits)
    return int.from_bytes(np.packbits(majority).tobytes(), "big")


def _bands(code: int) -> list[tuple[int, int]]:
    mask = (1 << _BAND_BITS) - 1
    return [(number, (code >> (number * _BAND_BITS)) & mask) for number in range(_BANDS)]
