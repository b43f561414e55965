"""How exact the points of a custom table are: by its column, its names of places, and its degrees."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.datasets.formats.column_mapping import ColumnMapping
from dashboard.datasets.formats.event_rows import precision_columns
from dashboard.datasets.formats.notices import NoticeKind
from dashboard.datasets.formats.place_levels import level_precisions
from dashboard.datasets.formats.points import Points, column_of_points
from dashboard.datasets.formats.precision_values import UNKNOWN_PRECISION, precision_of
from dashboard.datasets.formats.rounded_points import rounding_m
from dashboard.datasets.formats.sheet import Sheet
from dashboard.gazetteer.place_names import PlaceNames
from dashboard.gazetteer.precision import radius_m
from dashboard.model.place import PlacePrecision


def point_precisions(
    sheet: Sheet, mapping: ColumnMapping, points: Points, names: PlaceNames | None
) -> tuple[dict[str, pd.Series], npt.NDArray[np.bool_]]:
    """Precision and radius of each row, and a mask of those too wide for a place, as a country.

    They are of the table, by the column of precisions or the smallest area that a row names, else of
    the mapping and at least what the degrees are rounded to. They are never less than the extent of the
    geometry.
    """
    column = mapping.columns.get("precision", "")
    texts = sheet.text(column)
    values = texts.map({text: precision_of(text, column) for text in texts.unique()})
    given = (texts != "").to_numpy()
    rounding = np.where(given, 0, rounding_m(sheet, mapping.columns, points))
    extents = rounding if points.extent is None else np.maximum(points.extent, rounding)
    unknown = given & values.isna().to_numpy()
    sheet.note(unknown, column, NoticeKind.UNKNOWN_PRECISION)
    too_wide = given & (values == "").to_numpy()
    sheet.note(too_wide, column, NoticeKind.TOO_WIDE)
    if not given.all():
        # Also where the cell of the column is blank.
        levels = level_precisions(sheet, mapping, names, points).where(~given, None)
        values = values.where(given, levels)
        given = given | levels.notna().to_numpy()
        wide = (levels == "").to_numpy()
        named = next((role for role in ("country", "place") if role in mapping.columns), "")
        sheet.note(wide, mapping.columns.get(named, ""), NoticeKind.TOO_WIDE)
        too_wide = too_wide | wide
    precisions = values.where(given, mapping.precision.value).fillna(UNKNOWN_PRECISION.value)
    radius = precision_columns(precisions)["uncertainty_m"]
    rounded = (rounding > radius.to_numpy()) & ~too_wide
    sheet.note(rounded, column_of_points(mapping.columns), NoticeKind.ROUNDED_COORDINATES)
    wider = [
        precision if extent <= metres or not precision else _coarser(precision, extent)
        for precision, extent, metres in zip(precisions, extents, radius, strict=True)
    ]
    columns = {
        "place_precision": pd.Series(wider, index=precisions.index, dtype=object),
        "uncertainty_m": radius.where((extents <= radius) | (precisions == ""), extents),
    }
    return columns, too_wide


def _coarser(precision: str, extent: int) -> str:
    """The finest precision, not finer than `precision`, whose radius is at least `extent` metres."""
    coarser = list(PlacePrecision)[list(PlacePrecision).index(PlacePrecision(precision)) :]
    fitting = (item for item in coarser if radius_m(item) >= extent)
    return next(fitting, PlacePrecision.REGION).value
