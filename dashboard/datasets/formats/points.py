"""Points of custom tables: degrees as numbers or with minutes and letters, "lat, lon", MGRS, and WKT.

A cell without a place ("unknown", 0, 0, or blank) is no fault: its event is imported without a place.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from lat_lon_parser import parse

from dashboard.datasets.files.chunks import EXTENT
from dashboard.datasets.files.geometries import points_within
from dashboard.datasets.formats.answers import ZeroCoordinates
from dashboard.datasets.formats.geometry_cells import geometries, is_geometry
from dashboard.datasets.formats.notices import NoticeKind
from dashboard.datasets.formats.scaled_degrees import scale_of_degrees
from dashboard.datasets.formats.sheet import Sheet, cell_text, number_from
from dashboard.datasets.formats.unknown_words import are_unknown, is_unknown
from dashboard.datasets.formats.utm import in_utm, read_utm, utm_pair
from dashboard.gazetteer.coordinates import CoordinatesError, parse_coordinates
from dashboard.model.message import message
from dashboard.text.normalise import fold

_PAIR = message("latitude, longitude, as 36.38, 38.86")
_GEOMETRY = message("a geometry in degrees as well-known text")
_PLAIN = re.compile(r"[-+]?\d+(?:\.\d*)?|[-+]?\.\d+")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
# A remark behind coordinates, as "36.38, 38.86 (approx.)"; one with numbers may be other coordinates.
_REMARK = re.compile(r"\s*\([^()\d]*\)$")
_TWO_NUMBERS = re.compile(r"([-+]?\d+(?:\.\d+)?)\s*(?:[,;/]|\s)\s*([-+]?\d+(?:\.\d+)?)")
_GEOPOINT = re.compile(r"(-?\d+\.\d+) (-?\d+\.\d+) -?\d+(?:\.\d+)? \d+(?:\.\d+)?")
# A list of two numbers, as in JSON: their order is not clear.
_LIST = re.compile(r"\[\s*([-+]?\d+(?:\.\d+)?)\s*,\s*([-+]?\d+(?:\.\d+)?)\s*\]")
_MINUS = str.maketrans({"−": "-", "–": "-", "\u2010": "-", "\u2011": "-"})
_PRIMES = str.maketrans({"º": "°", "˚": "°", "′": "'", "’": "'", "ʹ": "'", "″": '"', "”": '"'})
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫،؛", "01234567890123456789.,;")
# Letters and words of the four directions, as English letters.
_DIRECTIONS = {
    "north": "N", "south": "S", "east": "E", "west": "W",
    "شمالا": "N", "جنوبا": "S", "شرقا": "E", "غربا": "W",
    "شمال": "N", "جنوب": "S", "شرق": "E", "غرب": "W",
    "ش": "N", "ج": "S", "ق": "E", "غ": "W",
}  # fmt: skip
_DIRECTION = re.compile("|".join(_DIRECTIONS), re.IGNORECASE)
# A column of one of these roles is named in notices.
_ROLES = ("lat", "lon", "latlon", "lonlat", "wkt")
# What two coordinates have, and not a score as "3,5", a part as "12/5" or an id as "12SYR33": numbers of
# two decimals or more, degrees, two letters of directions, or the digits of an MGRS reference.
_PAIR_FORM = re.compile(
    r"\d[.,]\d{2,}\D+\d+[.,]\d{2,}|°|\d *[ns]\b.*\d *[ew]\b|\d *[ew]\b.*\d *[ns]\b"
    r"|^\d{1,2} ?[a-z]{3} ?\d{3,5} ?\d{3,5}$|\d{6}.*\d{6}"
)
_ONE_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Points:
    """Latitude and longitude of each row (NaN: no place), and the extent of its geometry in metres.

    `missing` marks rows without coordinates, except 0, 0; `blank` those of them whose cells for
    coordinates are all blank, or say that they are unknown.
    """

    lat: "pd.Series[float]"
    lon: "pd.Series[float]"
    extent: npt.NDArray[np.int64] | None
    blank: npt.NDArray[np.bool_]
    missing: npt.NDArray[np.bool_]


# Latitude, longitude and extent, as in `Points`.
_Coordinates = tuple["pd.Series[float]", "pd.Series[float]", npt.NDArray[np.int64] | None]


def clean(text: str) -> str:
    """Replace Arabic digits and direction words, other minus signs, and invisible marks."""
    visible = "".join(
        character for character in text if character.isprintable() or character == " "
    )
    plain = visible.replace("\u00a0", " ").translate(_DIGITS).translate(_MINUS).translate(_PRIMES)
    return _DIRECTION.sub(lambda match: _DIRECTIONS[match[0].lower()], plain).strip()


def angle(text: str, letters: str, limit: int) -> float | None:
    """Degrees of one coordinate, e.g. 36°22'48"N for the `letters` "NS"; `None` if it is not one.

    A letter of the other axis, or a number beyond `limit`, is not one.
    """
    plain = clean(text)
    if _PLAIN.fullmatch(plain):
        value = float(plain)
    else:
        if plain.endswith("-") or any(
            letter.upper() not in letters for letter in _ONE_LETTER.findall(plain)
        ):
            return None
        try:
            value = float(parse(plain))
        except (ValueError, TypeError, IndexError, ZeroDivisionError):
            return None
    return value if -limit <= value <= limit else None


def pair(text: str, *, lon_first: bool = False) -> tuple[float, float] | None:
    """Latitude and longitude of a cell with both, or of an MGRS reference; `None` if it has none.

    If `lon_first`, the longitude is the first of two numbers without letters or words.
    """
    plain = _REMARK.sub("", clean(text)).strip("()[] ")
    # Source: ODK, geopoint: latitude, longitude, altitude and accuracy.
    if match := _GEOPOINT.fullmatch(plain):
        plain = f"{match[1]}, {match[2]}"
    if lon_first and (match := _TWO_NUMBERS.fullmatch(plain)):
        plain = f"{match[2]}, {match[1]}"
    try:
        point = parse_coordinates(plain)
    except CoordinatesError:
        return utm_pair(plain) or _point(text)
    return point.lat, point.lon


def _point(text: str) -> tuple[float, float] | None:
    """Latitude and longitude of a point as well-known text or GeoJSON."""
    shape = geometries([text])[0] if is_geometry(text) else None
    if shape is None or shape.is_empty or shape.geom_type != "Point":
        return None
    return (shape.y, shape.x) if abs(shape.y) <= 90 and abs(shape.x) <= 180 else None


def _extents(sheet: Sheet) -> npt.NDArray[np.int64] | None:
    """Metres from each point to the bounds of its geometry; the first rows of a file are text."""
    if EXTENT not in sheet.frame:
        return None
    return pd.to_numeric(sheet.frame[EXTENT]).to_numpy(dtype=np.float64).astype(np.int64)


def read_points(sheet: Sheet, columns: Mapping[str, str]) -> Points:
    """The points of the rows by the columns of the roles `lat` and `lon`, `latlon`, or `wkt`."""
    if "lat" in columns and "lon" in columns:
        coordinates: _Coordinates = (*_axes(sheet, columns), _extents(sheet))
    elif "latlon" in columns or "lonlat" in columns:
        lon_first = "latlon" not in columns
        column = columns["lonlat" if lon_first else "latlon"]
        coordinates = _pairs(sheet, column, lon_first=lon_first)
    elif "wkt" in columns:
        coordinates = _geometries(sheet, columns["wkt"])
    else:
        missing = pd.Series(np.nan, index=sheet.frame.index)
        coordinates = (missing, missing, None)
    return _without_zeros(sheet, coordinates, columns, one_is_zero=True)


def read_number_points(sheet: Sheet, lat: str, lon: str) -> Points:
    """The points of a known format, whose columns `lat` and `lon` are degrees as numbers."""
    columns = {"lat": lat, "lon": lon}
    degrees = sheet.number(lat, -90, 90), sheet.number(lon, -180, 180)
    points = _without_zeros(sheet, (*degrees, None), columns)
    note_missing(sheet, columns, points, np.zeros(len(points.lat), dtype=bool))
    return points


def column_of_points(columns: Mapping[str, str]) -> str:
    """The column that stands for the point of a row in notices; "" if there is none."""
    return next((columns[role] for role in _ROLES if role in columns), "")


def _axes(
    sheet: Sheet, columns: Mapping[str, str]
) -> tuple["pd.Series[float]", "pd.Series[float]"]:
    """Latitude and longitude of two columns: degrees, or metres of UTM."""
    if in_utm(columns):
        return read_utm(sheet, columns)
    scale = scale_of_degrees(sheet, columns)
    lat = _axis(sheet, columns["lat"], "NS", 90 * scale)
    lon = _axis(sheet, columns["lon"], "EW", 180 * scale)
    if scale > 1:
        texts = pd.Series("", lat.index[lat.notna()], dtype=object)
        sheet.note_texts(columns["lat"], NoticeKind.SCALED_DEGREES, texts)
    return lat / scale, lon / scale


def _axis(sheet: Sheet, column: str, letters: str, limit: int) -> "pd.Series[float]":
    if column in sheet.frame and sheet.frame[column].dtype.kind in "fiu":
        return sheet.number(column, -limit, limit)

    def read(cell: object) -> float:
        text = cell_text(cell)
        if is_unknown(text):
            return np.nan
        text = _DECIMAL_COMMA.sub(".", clean(text)) if sheet.cells.decimal_comma else text
        value = angle(text, letters, limit)
        return np.inf if value is None else value

    values = sheet.map(column, read).astype(float)
    sheet.unread(np.isinf(values.to_numpy()), column, number_from(-limit, limit))
    return values.where(np.isfinite(values))


def _pairs(sheet: Sheet, column: str, *, lon_first: bool) -> _Coordinates:
    def read(cell: object) -> tuple[float, float] | None:
        text = cell_text(cell)
        return (np.nan, np.nan) if is_unknown(text) else pair(text, lon_first=lon_first)

    cells = sheet.map(column, read)
    lists = sheet.map(column, lambda cell: bool(_LIST.fullmatch(clean(cell_text(cell)))))
    listed = lists.to_numpy(dtype=bool)
    if lon_first:
        texts = pd.Series("", sheet.frame.index[listed], dtype=object)
        sheet.note_texts(column, NoticeKind.LON_FIRST, texts)
    elif listed.mean() < 0.5:
        # Among other cells with the latitude first, a list as in JSON may have the longitude first.
        cells = cells.where(~listed, None)
    sheet.unread(cells.isna().to_numpy(), column, _PAIR)
    lat, lon = (
        pd.Series([np.nan if cell is None else cell[at] for cell in cells], index=cells.index)
        for at in (0, 1)
    )
    return lat, lon, None


def _geometries(sheet: Sheet, column: str) -> _Coordinates:
    texts = sheet.text(column)
    given = ~are_unknown(texts)
    # No Series: a column of text has NaN for `None`, which shapely refuses.
    shapes = geometries(
        [text if is_given else None for text, is_given in zip(texts, given, strict=True)]
    )
    west, south, east, north = shapely.bounds(shapes).T
    inside = (west >= -180) & (east <= 180) & (south >= -90) & (north <= 90)
    empty = shapely.is_empty(shapes)
    sheet.unread(given & ~inside & ~empty, column, _GEOMETRY)
    shapes[~inside] = None
    lat, lon, extent = points_within(shapes)
    index = texts.index
    return pd.Series(lat, index=index), pd.Series(lon, index=index), extent.astype(np.int64)


def _without_codes(
    sheet: Sheet, coordinates: _Coordinates, columns: Mapping[str, str]
) -> _Coordinates:
    """The coordinates without those as -1, -1 or -9, -9: oceans, and numbers for what is not known."""
    lat, lon, extent = coordinates
    code = ((lat == lon) & (lat < 0) & (lat % 1 == 0)).to_numpy()
    for role in _ROLES:
        if role in columns:
            sheet.unread(code, columns[role], message("coordinates in degrees"))
    return lat.where(~code), lon.where(~code), extent


def _without_zeros(
    sheet: Sheet,
    coordinates: _Coordinates,
    columns: Mapping[str, str],
    *,
    one_is_zero: bool = False,
) -> Points:
    """The points without those at 0, 0, a sea where spreadsheets put what has no coordinates.

    If `one_is_zero`, also without those of which one coordinate is 0 to all digits.
    """
    column = column_of_points(columns)
    lat, lon, extent = _without_codes(sheet, coordinates, columns)
    either, both = (lat == 0) | (lon == 0), (lat == 0) & (lon == 0)
    zero = (either if one_is_zero else both).to_numpy()
    answer = sheet.cells.answers.zero_coordinates
    if answer is None:
        sheet.note(zero, column, NoticeKind.ZERO_COORDINATES)
    if answer is ZeroCoordinates.POINT:
        zero = np.zeros(len(zero), dtype=bool)
    for role in ("lat", "lon"):
        sheet.keep(zero, columns.get(role, ""))
    lat, lon = lat.where(~zero), lon.where(~zero)
    missing = (lat.isna() | lon.isna()).to_numpy() & ~zero
    return Points(lat, lon, extent, missing & _blank(sheet, columns, missing), missing)


def _blank(
    sheet: Sheet, columns: Mapping[str, str], rows: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """Which of the rows have no coordinates in any cell, also no wrong ones."""
    blank = rows.copy()
    for role in _ROLES:
        texts = sheet.text(columns.get(role, ""))[rows]
        blank[rows] &= are_unknown(texts)
    return blank


def note_missing(
    sheet: Sheet, columns: Mapping[str, str], points: Points, named: npt.NDArray[np.bool_]
) -> None:
    """Note the rows without coordinates, but for those in the mask `named`, which name a place."""
    column = column_of_points(columns)
    wrong = np.zeros(len(named), dtype=bool)
    for role in _ROLES:
        wrong |= sheet.not_used.get(columns.get(role, ""), False)
    sheet.note(points.missing & ~named & ~wrong, column, NoticeKind.NO_COORDINATES)


def looks_like_pairs(texts: list[str]) -> bool:
    """Whether more than half of the cells that are not blank have both coordinates.

    One wrong cell, as "95.0, 40.1", does not hide the column: it becomes a fault of its row.
    """
    given = [text for text in texts if not is_unknown(text)]
    pairs = [text for text in given if _PAIR_FORM.search(fold(clean(text))) and pair(text)]
    return 2 * len(pairs) > len(given)


def looks_like_wkt(texts: list[str]) -> bool:
    """Whether all cells that are not blank are geometries."""
    given = [text for text in texts if not is_unknown(text)]
    return bool(given) and all(map(is_geometry, given))


def order_of_lists(texts: list[str]) -> str | None:
    """The order in lists of two coordinates, "latlon" or "lonlat", by numbers beyond 90 degrees.

    It is "" if the numbers allow both, and `None` if most cells are no such lists.
    """
    given = [text for text in texts if not is_unknown(text)]
    lists = [match for text in given if (match := _LIST.fullmatch(clean(text)))]
    if 2 * len(lists) <= len(given):
        return None
    first, second = (any(abs(float(match[at])) > 90 for match in lists) for at in (1, 2))
    return "" if first == second else "lonlat" if first else "latlon"
