"""Coordinates as people write them, e.g. "36°23'N 38°51'E", "36.38, 38.86", "37SDA7662327029".

Latitude before longitude, as on maps and phones, unless letters or words say otherwise; EPSG:4326.
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
# Words before each coordinate, as "Lat: 36.38, Lon: 38.86".
_LABEL = re.compile(r"\b(lat|lon|lng)[a-z]*[\s:=]*", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_NUMBER = r"(-?\d{1,3}\.\d+)"
# Addresses of a point, latitude first, the most exact first. Sources: RFC 5870 (geo:); links of Google
# Maps (q, query, ll, !3d and !4d, @), OpenStreetMap (mlat and mlon, #map) and Apple Maps (ll).
_ADDRESS = re.compile(r"(?:https?://|geo:)\S+", re.IGNORECASE)
_POINTS = tuple(
    re.compile(pattern.replace("NUMBER", _NUMBER), re.IGNORECASE)
    for pattern in (
        r"^geo:NUMBER,NUMBER",
        r"!3dNUMBER!4dNUMBER",
        r"[?&]mlat=NUMBER&mlon=NUMBER",
        r"[?&](?:q|query|ll|daddr|destination)=(?:loc:)?NUMBER(?:,|%2C)\+?(?:%20)?NUMBER",
        r"/@NUMBER,NUMBER",
        r"#map=\d+/NUMBER/NUMBER",
    )
)


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
    first, second = _from_address(normalised) or _labelled(normalised) or _pair(normalised)
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


def _from_address(text: str) -> tuple[str, str] | None:
    """Latitude and longitude in the address of a map; `None` for any other text.

    Raises CoordinatesError for an address without a point.
    """
    if not _ADDRESS.fullmatch(text):
        return None
    for pattern in _POINTS:
        if match := pattern.search(text):
            return match[1], match[2]
    raise CoordinatesError(_no_pair(text))


def _labelled(text: str) -> tuple[str, str] | None:
    """Latitude and longitude of a text in which each has its name before it; else `None`."""
    labels = list(_LABEL.finditer(text))
    is_lat = [label[1].lower() == "lat" for label in labels]
    if len(labels) != 2 or is_lat[0] == is_lat[1]:
        return None
    first, second = labels
    if text[: first.start()].strip(" ([{"):
        return None
    texts = text[first.end() : second.start()], text[second.end() :]
    one, two = (item.strip(" ,;/)]}") for item in texts)
    return (one, two) if is_lat[0] else (two, one)


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
    raise CoordinatesError(_no_pair(text))


def _no_pair(text: str) -> Message:
    return message(
        "two numbers as 36.384, 38.863, degrees as 36°23′N 38°51′E, or MGRS, found “{text}”",
        text=text,
    )


def _angle(text: str, limit: int, name: Message) -> float:
    try:
        value = math.nan if _has_words(text) else float(parse(text))
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


def _has_words(text: str) -> bool:
    """Whether there are letters other than one of a direction; `parse` takes "q=" for east."""
    letters = _LETTER.findall(text)
    return len(letters) > 1 or any(not _HEMISPHERE.match(letter) for letter in letters)


def _resolution(text: str) -> float:
    """The unit of the last digit, in degrees."""
    numbers = re.findall(r"\d+(?:\.\d+)?", text)
    if not numbers:
        return 1.0
    unit = (1.0, 1 / 60, 1 / 3600)[min(len(numbers), 3) - 1]
    decimals = len(numbers[-1].partition(".")[2])
    # A float cannot hold more digits.
    return float(unit / 10 ** min(decimals, 300))
