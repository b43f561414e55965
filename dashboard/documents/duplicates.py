"""Texts that were seen before, whole or nearly, e.g. an agency's report that two outlets carry.

Nearness is that of the simhash of all runs of three words (Charikar 2002; Manku, Jain and Das
Sarma 2007 found 3 of 64 bits right for web pages).
"""

from collections import defaultdict
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice

import numpy as np

from dashboard.text.normalise import fold

_BITS, _NEAR, _RUN = 64, 3, 3
# With one band more than bits may differ, near hashes share at least one band whole.
_BANDS = _NEAR + 1
_BAND_BITS = _BITS // _BANDS
_MIN_WORDS = 20


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The text `key` is the same, or nearly: `similarity` is the share of equal bits."""

    key: str
    exact: bool
    similarity: float


class Seen:
    """The texts seen so far."""

    def __init__(self) -> None:
        self._exact: dict[bytes, str] = {}
        self._bands: dict[tuple[int, int], list[tuple[int, str]]] = defaultdict(list)

    def add(self, key: str, text: str) -> Duplicate | None:
        """The earlier text that this one repeats; otherwise `None`, and it is kept under `key`."""
        words = fold(text).split()
        digest = blake2b(" ".join(words).encode(), digest_size=16).digest()
        if digest in self._exact:
            return Duplicate(self._exact[digest], exact=True, similarity=1.0)
        # A few words in common make short texts look alike.
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
                apart = (code ^ other).bit_count()
                if apart <= _NEAR:
                    return Duplicate(key, exact=False, similarity=1 - apart / _BITS)
        return None


def simhash(words: list[str]) -> int:
    """64 bits, of which near texts share nearly all."""
    runs = zip(*(islice(words, at, None) for at in range(_RUN)), strict=False)
    digests = b"".join(blake2b(" ".join(run).encode(), digest_size=8).digest() for run in runs)
    bits = np.unpackbits(np.frombuffer(digests, dtype=np.uint8).reshape(-1, 8), axis=1)
    majority = bits.sum(axis=0) * 2 > len(bits)
    return int.from_bytes(np.packbits(majority).tobytes(), "big")


def _bands(code: int) -> list[tuple[int, int]]:
    mask = (1 << _BAND_BITS) - 1
    return [(number, (code >> (number * _BAND_BITS)) & mask) for number in range(_BANDS)]
