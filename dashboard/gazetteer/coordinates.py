"""Coordinates as people write them, e.g. "36°23'N 38°51'E", "36.38, 38.86", "37SDA7662327029".

Latitude before longitude, as on maps and phones, unless letters say otherwise; EPSG:4326.
"""

import math
import re
from dataclasses import dataclass

import mgrs
from lat_lon_parser import parse

from dashboard.model.message import Message, message

_MGRS = re.compile(r"\d{1,2}[C-HJ-NP-X][A-HJ-NP-Z]{2}(?:\d{2}){0,5}", re.IGNORECASE)
_HEMISPHERE = re.compile(r"[NSEW]", re.IGNORECASE)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫،؛", "01234567890123456789.,;")
_DEGREE_M = 111_200


@dataclass(frozen=True, slots=True)
class Coordinates:
    """A point; `uncertainty_m` is half of the unit of the last digit, in metres."""

    lat: float
    lon: float
    uncertainty_m: int
    form: Message


class CoordinatesError(ValueError):
    """A text without coordinates; `reason` says what was expected and what was found."""

    def __init__(self, reason: Message) -> None:
        super().__init__(str(reason))
        self.reason = reason


def parse_coordinates(text: str) -> Coordinates:
    """Parse coordinates: decimal degrees, degrees with minutes and seconds, or MGRS.

    Raises CoordinatesError if there are none, or if they are out of range.
    """
    normalised = text.translate(_DIGITS).strip()
    packed = re.sub(r"\s+", "", normalised)
    if _MGRS.fullmatch(packed):
        return _from_mgrs(packed.upper())
    first, second = _pair(normalised)
    if re.search("[EWew]", first) or re.search("[NSns]", second):
        first, second = second, first
    lat = _angle(first, 90, message("latitude"))
    lon = _angle(second, 180, message("longitude"))
    resolution = max(_resolution(first), _resolution(second))
    decimal = bool(re.fullmatch(r"[-+]?\d+(?:\.\d+)?\s*°?", first.strip(" NSEWnsew")))
    form = message("decimal degrees") if decimal else message("degrees and minutes")
    return Coordinates(lat, lon, max(1, round(resolution * _DEGREE_M / 2)), form)


def _from_mgrs(code: str) -> Coordinates:
    digits = len(re.sub(r"^\d{1,2}[A-Z]{3}", "", code)) // 2
    metres = 10 ** (5 - digits)
    try:
        lat, lon = mgrs.MGRS().toLatLon(code)
        if digits:
            # A grid reference names the south-west corner of its square; the point is its centre.
            middle = f"{code[: len(code) - 2 * digits]}{_middle(code, digits)}"
            lat, lon = mgrs.MGRS().toLatLon(middle)
    except (mgrs.core.MGRSError, ValueError) as error:
        raise CoordinatesError(
            message("a square of the military grid, found “{text}”", text=code)
        ) from error
    return Coordinates(lat, lon, max(1, metres // 2), message("MGRS"))


def _middle(code: str, digits: int) -> str:
    east, north = code[-2 * digits : -digits], code[-digits:]
    if digits == 5:
        return east + north
    fill = "5" + "0" * (4 - digits)
    return east + fill + north + fill


def _pair(text: str) -> tuple[str, str]:
    """Split at a comma, semicolon or slash, after a letter (N, S, E, W), or at the only space."""
    for separator in (";", ", ", ",", "/"):
        parts = [part.strip() for part in text.split(separator)]
        if len(parts) == 2 and all(parts):
            return parts[0], parts[1]
    letters = list(_HEMISPHERE.finditer(text))
    if len(letters) == 2:
        at = letters[0].end() if letters[0].start() else letters[1].start()
        return text[:at].strip(), text[at:].strip()
    parts = text.split()
    if len(parts) == 2:
        return parts[0], parts[1]
    raise CoordinatesError(
        message(
            "two numbers as 36.384, 38.863, degrees as 36°23′N 38°51′E, or MGRS, found “{text}”",
            text=text,
        )
    )


def _angle(text: str, limit: int, name: Message) -> float:
    try:
        value = float(parse(text))
    except (ValueError, TypeError, IndexError, ZeroDivisionError):
        value = math.nan
    if not -limit <= value <= limit:
        reason = message(
            "{name} from −{limit} to {limit} degrees, found “{text}”",
            name=name,
            limit=limit,
            text=text,
        )
        raise CoordinatesError(reason)
    return value


def _resolution(text: str) -> float:
    """The unit of the last digit, in degrees."""
    numbers = re.findall(r"\d+(?:\.\d+)?", text)
    if not numbers:
        return 1.0
    unit = (1.0, 1 / 60, 1 / 3600)[min(len(numbers), 3) - 1]
    decimals = len(numbers[-1].partition(".")[2])
    # A float cannot hold more digits.
    return float(unit / 10 ** min(decimals, 300))
