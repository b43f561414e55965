"""Parameters of a request for features, e.g. `bbox=38,36,39,37&datetime=2020-12-01/..&kind=arrest`.

Part 1 of the standard defines `bbox`, `datetime` and `limit`; the filters are those of the page's link.
What is not understood is refused, since a layer that ignores a filter shows too much in silence.
"""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from math import isfinite
from typing import NamedTuple

from dashboard.query.facets import FACETS
from dashboard.query.link import from_params
from dashboard.query.query import Query
from dashboard.server.parameters import Params, RequestError, one

DEFAULT_LIMIT, MOST = 100, 1_000
FORMATS = ("json", "csv")
# Parameters of the page's link that filter; those of its view have no meaning here.
FILTERS = (
    *(facet.key for facet in FACETS),
    *("q", "from", "to", "certain", "estimate", "area", "unreviewed"),
)
_OWN = ("bbox", "bbox-crs", "datetime", "limit", "next", "f")
# Longitude before latitude, the standard's default (Part 1, 7.15.3).
_CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_CURSOR = re.compile(r"(\d{1,18})\.(\d{1,9})")
_OPEN_ENDS = ("", "..")


class Bounds(NamedTuple):
    """A part of the world in degrees; `west` is more than `east` if it crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float

    def contains(self, lon: float, lat: float) -> bool:
        """Whether a point lies in the bounds or on their edge."""
        if not self.south <= lat <= self.north:
            return False
        if self.west <= self.east:
            return self.west <= lon <= self.east
        return lon >= self.west or lon <= self.east


class Cursor(NamedTuple):
    """Where a page begins: the number of an event, and how many of its features come before."""

    event: int = 0
    skipped: int = 0

    def __str__(self) -> str:
        return f"{self.event}.{self.skipped}"


@dataclass(frozen=True, slots=True)
class FeatureRequest:
    """What a client asked for; `params` are the parameters that the link to the next page repeats."""

    query: Query
    bounds: Bounds | None
    limit: int
    cursor: Cursor
    format: str
    params: Params


def feature_request(params: Params, known: Mapping[str, Container[str]]) -> FeatureRequest:
    """Read the parameters; `known` has the valid values of the filters. Raises RequestError."""
    if unknown := [name for name in params if name not in (*FILTERS, *_OWN)]:
        raise RequestError(f"expected {', '.join((*_OWN, *FILTERS))}; found {', '.join(unknown)}")
    query, notices = from_params({k: v for k, v in params.items() if k in FILTERS}, known)
    if notices:
        raise RequestError(" ".join(notices))
    if interval := one(params, "datetime"):
        if query.start or query.end:
            raise RequestError("expected datetime, or from and to; found both")
        start, end = _interval(interval)
        query = replace(query, start=start, end=end)
    crs = one(params, "bbox-crs") or _CRS84
    if crs != _CRS84:
        raise RequestError(f"bbox-crs: expected {_CRS84}, found {crs}")
    box = one(params, "bbox")
    cursor = one(params, "next")
    format_ = one(params, "f") or FORMATS[0]
    if format_ not in FORMATS:
        raise RequestError(f"f: expected {' or '.join(FORMATS)}, found {format_}")
    return FeatureRequest(
        query,
        _bounds(box) if box else None,
        _limit(one(params, "limit")),
        _cursor(cursor) if cursor else Cursor(),
        format_,
        {name: values for name, values in params.items() if name != "next"},
    )


def _limit(text: str) -> int:
    """The number of features of a page; more than `MOST` is `MOST`, as the standard wants."""
    if not text:
        return DEFAULT_LIMIT
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) > 0):
        raise RequestError(f"limit: expected a number from 1 on, found {text}")
    return min(int(text), MOST)


def _cursor(text: str) -> Cursor:
    match = _CURSOR.fullmatch(text)
    if match is None:
        raise RequestError(f"next: expected the address of a next link, found {text}")
    return Cursor(int(match[1]), int(match[2]))


def _bounds(text: str) -> Bounds:
    """Four numbers (west, south, east, north) or six, of which heights are ignored: no event has one."""
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) == 6:
        numbers = [*numbers[:2], *numbers[3:5]]
    if len(numbers) != 4 or not all(map(isfinite, numbers)) or numbers[1] > numbers[3]:
        raise RequestError(f"bbox: expected west,south,east,north in degrees, found {text}")
    return Bounds(*numbers)


def _interval(text: str) -> tuple[date | None, date | None]:
    """A day or an interval (RFC 3339), of which one end may be open; the time of day is left out."""
    first, slash, last = text.partition("/")
    start = _day(first)
    end = _day(last) if slash else start
    if (start is None and end is None) or (start and end and start > end):
        raise RequestError(f"datetime: expected 2020-12-01/2020-12-31, found {text}")
    return start, end


def _day(text: str) -> date | None:
    if text in _OPEN_ENDS:
        return None
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        message = f"datetime: expected a day such as 2020-12-01, found {text}"
        raise RequestError(message) from None
