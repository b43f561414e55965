"""Geometries in cells: well-known text, its binary form in hexadecimal digits, and GeoJSON.

Examples are "POINT(38.86 36.38)", "SRID=4326;POINT(38.86 36.38)", "0101000020E6100000…" as PostGIS
exports it, and {"type": "Point", "coordinates": [38.86, 36.38]}. Longitude is first in all of them.
"""

import re

import numpy as np
import numpy.typing as npt
import shapely

_SRID = re.compile(r"(?:srid=(?:4326|0);)?\s*", re.IGNORECASE)
_WKT = re.compile(r"(?:srid=\d+;)?\s*(?:multi)?(?:point|linestring|polygon|geometrycollection)\b")
# Byte order, and type with the marks for Z, M and SRID. Source: OGC 06-103r4, 8.2; PostGIS, EWKB.
_WKB = re.compile(r"(?:01[0-9a-f]{6}[0-9a-f]{2}|00[0-9a-f]{8})[0-9a-f]{16,}", re.IGNORECASE)
_GEOJSON = re.compile(
    r'\s*\{.*"type"\s*:\s*"(?:Multi)?(?:Point|LineString|Polygon)".*\}\s*', re.DOTALL
)
_DEGREES = (0, 4326)


def is_geometry(text: str) -> bool:
    """Whether a cell looks like a geometry in one of the three forms."""
    return bool(
        _WKT.match(text.strip().lower()) or _WKB.fullmatch(text.strip()) or _GEOJSON.fullmatch(text)
    )


def geometries(texts: list[str | None]) -> npt.NDArray[np.object_]:
    """The geometries of cells; `None` for one that is none, or is in another system than degrees."""
    shapes: npt.NDArray[np.object_] = shapely.from_wkt(
        np.array([_plain_wkt(text or "") for text in texts], dtype=object), on_invalid="ignore"
    )
    for at, text in enumerate(texts):
        if shapes[at] is None and text:
            shapes[at] = _other_form(text.strip())
    return shapes


def _plain_wkt(text: str) -> str | None:
    """Well-known text without the number of its system of degrees; `None` for other texts."""
    # Of a long number the library would warn.
    return _SRID.sub("", text.strip(), count=1) if _WKT.match(text.strip().lower()) else None


def _other_form(text: str) -> shapely.Geometry | None:
    if _WKB.fullmatch(text) and len(text) % 2 == 0:
        shape = shapely.from_wkb(bytes.fromhex(text), on_invalid="ignore")
        return shape if shape is not None and shapely.get_srid(shape) in _DEGREES else None
    if _GEOJSON.fullmatch(text):
        return shapely.from_geojson(text, on_invalid="ignore")
    return None
