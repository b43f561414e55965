"""Degrees as whole numbers of ten millionths, e.g. 363800000, as phones and maps store them (E7).

Source: Google, Location History, `latitudeE7`; OpenStreetMap, database format.
"""

import re
from collections.abc import Mapping

import numpy as np

from dashboard.datasets.formats.sheet import Sheet
from dashboard.text.normalise import fold

_NAMED = re.compile(r"e([5-7])$")
_E7, _E6 = 10**7, 10**6
_LIMITS = {"lat": 90, "lon": 180}
_WHOLE = re.compile(r"[-+]?\d+(?:\.0+)?")


def scale_of_degrees(sheet: Sheet, columns: Mapping[str, str]) -> int:
    """How many of the numbers in the columns `lat` and `lon` are a degree: 1, or 10,000,000.

    The names of the columns say it, or all numbers: whole, in range only so. 36380000 may be 36.38 in
    millionths too, and is read as neither.
    """
    endings = [_NAMED.search(fold(columns[role]).strip(" _)")) for role in _LIMITS]
    if endings[0] and endings[1] and endings[0][1] == endings[1][1]:
        return int(10 ** int(endings[0][1]))
    greatest = {}
    for role in _LIMITS:
        texts = [text for text in sheet.text(columns[role]).unique() if text]
        if not texts or not all(map(_WHOLE.fullmatch, texts)):
            return 1
        greatest[role] = float(np.max(np.abs(np.array(texts, dtype=float))))
    in_range = [
        scale
        for scale in (1, _E6, _E7)
        if all(greatest[role] <= limit * scale for role, limit in _LIMITS.items())
    ]
    return _E7 if in_range == [_E7] else 1
