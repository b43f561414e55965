"""Points whose latitude and longitude are swapped, by the places and countries that their rows name.

E.g. 38.86, 36.38 for Ain Issa in Syria lies in Turkey, and 36.38, 38.86 in the town.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from dashboard.datasets.build.codes import factorize_rows
from dashboard.datasets.formats.notices import NoticeKind
from dashboard.datasets.formats.points import Points
from dashboard.datasets.formats.sheet import Sheet
from dashboard.gazetteer.area_names import name_key
from dashboard.gazetteer.country_areas import country_areas
from dashboard.gazetteer.named_cells import NamedCells, Outcome, find_place
from dashboard.gazetteer.place_names import NamedPlace, PlaceNames
from dashboard.model.place import FeatureClass

# Distinct places of a chunk that are looked up to see whether its points are swapped.
_SAMPLE = 200
# Degrees from the place: a town is nearer than the first, and another place farther than the second.
_NEAR, _FAR = 0.3, 1.0
# Degrees beyond a border in which a point is not outside of its country: borders are generalised.
_MARGIN = 0.1


def without_swapped(
    sheet: Sheet, columns: Mapping[str, str], points: Points, names: PlaceNames | None
) -> Points:
    """The points without those that are far from the place of their row, and near to it if swapped.

    They are looked for if most of the places in a sample of the rows are such, and noted.
    """
    located = (points.lat.notna() & points.lon.notna()).to_numpy()
    if names is None or not located.any():
        return points
    by_place = _swapped_by_place(sheet, columns, points, located, names)
    by_country = _swapped_by_country(sheet, columns, points, located, names)
    found = [rows for rows in (by_place, by_country) if rows is not None]
    if not found:
        return points
    swapped = np.logical_or.reduce(found)
    column = next(columns[role] for role in ("lat", "latlon", "lonlat", "wkt") if role in columns)
    texts = pd.Series("", sheet.frame.index[swapped], dtype=object)
    sheet.note_texts(column, NoticeKind.SWAPPED_COORDINATES, texts)
    for role in ("lat", "lon"):
        sheet.keep(swapped, columns.get(role, ""))
    return replace(points, lat=points.lat.where(~swapped), lon=points.lon.where(~swapped))


def _swapped_by_place(
    sheet: Sheet,
    columns: Mapping[str, str],
    points: Points,
    located: npt.NDArray[np.bool_],
    names: PlaceNames,
) -> npt.NDArray[np.bool_] | None:
    """The rows whose points are swapped, by their places; `None` if most are not."""
    if "place" not in columns:
        return None
    cells = pd.DataFrame({role: sheet.text(columns.get(role, "")) for role in NamedCells._fields})[
        located
    ]
    codes, first = factorize_rows(cells)
    known: dict[int, NamedPlace] = {}
    for code in range(len(first)):
        if code == _SAMPLE and not _most_swapped(points, located, codes, known):
            return None
        found = find_place(NamedCells(*cells.iloc[first[code]]), names)
        if found.outcome is Outcome.PLACED and found.place is not None:
            known[code] = found.place
    if not _most_swapped(points, located, codes, known):
        return None
    swapped = np.zeros(len(located), dtype=bool)
    swapped[located] = _are_swapped(points, located, codes, known)
    return swapped


def _swapped_by_country(
    sheet: Sheet,
    columns: Mapping[str, str],
    points: Points,
    located: npt.NDArray[np.bool_],
    names: PlaceNames,
) -> npt.NDArray[np.bool_] | None:
    """The rows whose points lie in their country if swapped; `None` if most do without that too.

    Of countries whose borders are known. A point that lies in its country both ways is swapped if most
    others are.
    """
    if "country" not in columns:
        return None
    texts = sheet.text(columns["country"]).to_numpy(dtype=object)
    known, outside, swapped = (np.zeros(len(located), dtype=bool) for _ in range(3))
    lat, lon = points.lat.to_numpy(), points.lon.to_numpy()
    for text in pd.unique(texts[located]):
        if (area := _area_of(text, names)) is None:
            continue
        rows = located & (texts == text)
        known |= rows
        outside[rows] = ~shapely.contains_xy(area.buffer(_MARGIN), lon[rows], lat[rows])
        swapped[rows] = shapely.contains_xy(area, lat[rows], lon[rows])
    most = known.any() and (outside & swapped)[known].mean() > 0.5
    return swapped if most else None


def _area_of(country: str, names: PlaceNames) -> BaseGeometry | None:
    """The area of a country by a name of the gazetteer; `None` if its borders are not known."""
    known = names.areas.get(FeatureClass.COUNTRY, {})
    ids = set(known.get(name_key(country), ()))
    found = (
        area for name, area in country_areas().items() if ids & set(known.get(name_key(name), ()))
    )
    return next(found, None)


def _most_swapped(
    points: Points,
    located: npt.NDArray[np.bool_],
    codes: npt.NDArray[np.intp],
    known: Mapping[int, NamedPlace],
) -> bool:
    """Whether more than half of the rows of the known places have swapped points."""
    rows = np.isin(codes, list(known))
    return bool(rows.any()) and bool(_are_swapped(points, located, codes, known)[rows].mean() > 0.5)


def _are_swapped(
    points: Points,
    located: npt.NDArray[np.bool_],
    codes: npt.NDArray[np.intp],
    known: Mapping[int, NamedPlace],
) -> npt.NDArray[np.bool_]:
    """For each located row whether its point is swapped; not for a row of no known place."""
    places = np.full((int(codes.max()) + 1, 2), np.nan)
    for code, place in known.items():
        places[code] = place.lat, place.lon
    lat, lon = places[codes].T
    given = points.lat.to_numpy()[located], points.lon.to_numpy()[located]
    far: npt.NDArray[np.bool_] = np.hypot(given[0] - lat, given[1] - lon) > _FAR
    near: npt.NDArray[np.bool_] = np.hypot(given[1] - lat, given[0] - lon) < _NEAR
    return far & near
