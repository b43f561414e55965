"""Points in metres of UTM, e.g. "37N 488000 4026000", as degrees (EPSG:4326).

The zone is in the cell, in a column of zones, or in the names of the columns, as "X (UTM 37N)". A letter
behind it is a band of latitude (MGRS), or N and S for the half of the earth.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from pyproj import Transformer

from dashboard.datasets.formats.sheet import Sheet, cell_text
from dashboard.datasets.formats.unknown_words import is_unknown
from dashboard.model.message import message
from dashboard.text.normalise import fold

_EASTING, _NORTHING = (100_000.0, 900_000.0), (0.0, 10_000_000.0)
_EXPECTED = message("metres of UTM with a zone as 37N")
_LETTER_EXPECTED = message("a zone of UTM with a letter, as 37N or 37 S, for its half of the earth")
# Bands of 8 degrees from 80 degrees south on; the last is wider. Source: NGA, military grid reference.
_BANDS = "cdefghjklmnpqrstuvwx"
_LETTER = rf"[{_BANDS}]"
_ZONE = re.compile(rf"(?:utm|zone|wgs ?84|[/ ,_-])*0?(\d{{1,2}})[ _-]?({_LETTER}|north|south)?")
_EPSG = re.compile(r"(?:epsg[: ]*)?32([67])(\d\d)")
_IN_NAME = re.compile(
    rf"(?:utm|zone)[ _/:-]*(?:zone[ _:-]*)?(\d{{1,2}})[ _-]?({_LETTER}|north|south)?(?![a-z\d])"
    rf"|[( _](\d{{2}})({_LETTER})\)?$"
)
_CELL = re.compile(
    rf"(?:utm )?(?:zone )?(\d{{1,2}}) ?({_LETTER})[ ,;:]+(.+)"
    rf"|(.+?)[ ,;:]+(?:utm )?(?:zone )?(\d{{1,2}}) ?({_LETTER})"
)
_METRES = re.compile(r"(?:[en] ?[:=]? ?)?(\d{6,7}(?:[.,]\d+)?) ?(?:m ?)?[en]?")
_THOUSANDS = re.compile(r"\d{1,3}(?:[, \u00a0]\d{3})+(?:\.\d+)?")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
# Land between 50 and 58 degrees south, where northings are those of the band S in the north too.
_SOUTHERN_LAND = frozenset((18, 19, 20, 21, 24, 42, 57))
_BAND_S = (3_540_000.0, 4_440_000.0)


class Zone(NamedTuple):
    """A zone of UTM and the letter behind it, "" if its half of the earth is not known."""

    number: int
    letter: str


def zone_of(text: str) -> Zone | None:
    """The zone in a cell of a column of zones, or `None`."""
    plain = fold(text).strip(" ()")
    if match := _EPSG.fullmatch(plain):
        return _zone(match[2], "north" if match[1] == "6" else "south")
    match = _ZONE.fullmatch(plain)
    return _zone(match[1], match[2]) if match else None


def zone_in_name(column: str) -> Zone | None:
    """The zone in the name of a column, as "X (UTM 37N)" or "EPSG:32637 easting"; `None` if none is."""
    plain = fold(column)
    if match := _EPSG.search(plain):
        return _zone(match[2], "north" if match[1] == "6" else "south")
    match = _IN_NAME.search(plain)
    return _zone(match[1] or match[3], match[2] or match[4]) if match else None


def _zone(number: str, letter: str | None) -> Zone | None:
    return Zone(int(number), letter or "") if 1 <= int(number) <= 60 else None


def in_utm(columns: Mapping[str, str]) -> bool:
    """Whether the columns of coordinates are in metres of UTM, since there is a zone."""
    return "zone" in columns or any(zone_in_name(columns[role]) for role in ("lat", "lon"))


def read_utm(
    sheet: Sheet, columns: Mapping[str, str]
) -> tuple["pd.Series[float]", "pd.Series[float]"]:
    """Latitude and longitude by northing (the role `lat`), easting (`lon`) and zone.

    A row that is not understood, as one without a letter behind its zone, is reported.
    """
    named = next(filter(None, (zone_in_name(columns[role]) for role in ("lat", "lon"))), None)
    texts = [sheet.text(columns.get(role, "")) for role in ("lon", "lat", "zone")]
    rows = list(zip(*texts, strict=True))
    read = {row: _read(row, named) for row in set(rows)}
    points = [read[row] for row in rows]
    given = np.array([not (is_unknown(row[0]) and is_unknown(row[1])) for row in rows], dtype=bool)
    wrong = given & np.array([point is None for point in points], dtype=bool)
    lacks = np.array([_lacks_letter(row[2], named) for row in rows], dtype=bool)
    for role in ("lat", "lon"):
        sheet.unread(wrong & ~lacks, columns[role], _EXPECTED)
        sheet.keep(wrong & lacks, columns[role])
    sheet.unread(wrong & lacks, columns.get("zone", columns["lat"]), _LETTER_EXPECTED)
    lat, lon = (
        pd.Series([np.nan if point is None else point[at] for point in points], dtype=float)
        for at in (0, 1)
    )
    return lat, lon


def _lacks_letter(zone: str, named: Zone | None) -> bool:
    """Whether the zone of a row does not say on which half of the earth it is."""
    where = zone_of(zone) if zone else named
    return where is not None and not where.letter


def _read(row: tuple[str, ...], named: Zone | None) -> tuple[float, float] | None:
    easting, northing, zone = row
    where = zone_of(zone) if zone else named
    east, north = _metres(easting), _metres(northing)
    if where is None or east is None or north is None:
        return None
    return degrees(east, north, where)


def _metres(text: str) -> float | None:
    plain = fold(cell_text(text)).strip(" men")
    if _THOUSANDS.fullmatch(plain):
        return float(re.sub(r"[, \u00a0]", "", plain))
    return float(plain.replace(",", ".")) if _NUMBER.fullmatch(plain) else None


def utm_pair(text: str) -> tuple[float, float] | None:
    """Latitude and longitude of a cell with zone, easting and northing; `None` if it has none."""
    match = _CELL.fullmatch(" ".join(fold(text).split()))
    if match is None:
        return None
    number, letter, rest = match[1] or match[5], match[2] or match[6], match[3] or match[4]
    numbers = _METRES.findall(rest)
    left = _METRES.sub("", rest).strip(" ,;:/")
    zone = _zone(number, letter)
    if zone is None or left or len(numbers) != 2:
        return None
    # Labels may say that the northing is the first.
    first, second = numbers[::-1] if re.match(r"n", rest) else numbers
    return degrees(float(first.replace(",", ".")), float(second.replace(",", ".")), zone)


def degrees(easting: float, northing: float, zone: Zone) -> tuple[float, float] | None:
    """Latitude and longitude; `None` for no metres of the zone, or an unknown half of the earth."""
    south = _is_south(northing, zone)
    inside = _EASTING[0] <= easting <= _EASTING[1] and _NORTHING[0] <= northing <= _NORTHING[1]
    if south is None or not inside:
        return None
    lon, lat = _transformer(32_700 + zone.number if south else 32_600 + zone.number).transform(
        easting, northing
    )
    half = zone.letter in ("north", "south", "n", "s")
    return (lat, lon) if half or _in_band(lat, zone.letter) else None


def _is_south(northing: float, zone: Zone) -> bool | None:
    """Whether a point is in the southern half; `None` if that is not clear."""
    if zone.letter in ("", "north", "south"):
        return None if not zone.letter else zone.letter == "south"
    if zone.letter != "s":
        return zone.letter < "n"
    # A band of the north, or the south: there these northings are seas but for a few zones.
    if not _BAND_S[0] <= northing <= _BAND_S[1]:
        return True
    return None if zone.number in _SOUTHERN_LAND else False


def _in_band(lat: float, letter: str) -> bool:
    low = -80 + 8 * _BANDS.index(letter)
    return low - 0.1 <= lat <= low + (12 if letter == _BANDS[-1] else 8) + 0.1


@cache
def _transformer(epsg: int) -> Transformer:
    return Transformer.from_crs(epsg, 4326, always_xy=True)
