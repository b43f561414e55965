"""Points whose latitude and longitude are swapped, by the places of the gazetteer that their rows name.

E.g. 38.86, 36.38 for Ain Issa lies in Turkey, and 36.38, 38.86 in the town.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.datasets.build.codes import factorize_rows
from dashboard.datasets.formats.notices import NoticeKind
from dashboard.datasets.formats.points import Points
from dashboard.datasets.formats.sheet import Sheet
from dashboard.gazetteer.named_cells import NamedCells, Outcome, find_place
from dashboard.gazetteer.place_names import NamedPlace, PlaceNames

# Distinct places of a chunk that are looked up to see whether its points are swapped.
_SAMPLE = 200
# Degrees from the place: a town is nearer than the first, and another place farther than the second.
_NEAR, _FAR = 0.3, 1.0


def without_swapped(
    sheet: Sheet, columns: Mapping[str, str], points: Points, names: PlaceNames | None
) -> Points:
    """The points without those that are far from the place of their row, and near to it if swapped.

    They are looked for if most of the places in a sample of the rows are such, and noted.
    """
    located = (points.lat.notna() & points.lon.notna()).to_numpy()
    if names is None or "place" not in columns or not located.any():
        return points
    cells = pd.DataFrame({role: sheet.text(columns.get(role, "")) for role in NamedCells._fields})[
        located
    ]
    codes, first = factorize_rows(cells)
    known: dict[int, NamedPlace] = {}
    for code in range(len(first)):
        if code == _SAMPLE and not _most_swapped(points, located, codes, known):
            return points
        found = find_place(NamedCells(*cells.iloc[first[code]]), names)
        if found.outcome is Outcome.PLACED and found.place is not None:
            known[code] = found.place
    if not _most_swapped(points, located, codes, known):
        return points
    swapped = np.zeros(len(located), dtype=bool)
    swapped[located] = _are_swapped(points, located, codes, known)
    column = next(columns[role] for role in ("lat", "latlon", "lonlat", "wkt") if role in columns)
    texts = pd.Series("", sheet.frame.index[swapped], dtype=object)
    sheet.note_texts(column, NoticeKind.SWAPPED_COORDINATES, texts)
    for role in ("lat", "lon"):
        sheet.keep(swapped, columns.get(role, ""))
    return replace(points, lat=points.lat.where(~swapped), lon=points.lon.where(~swapped))


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
