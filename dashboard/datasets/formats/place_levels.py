"""The precision of a row that names no place but an area, e.g. a governorate alone.

Tables such as those of ICEWS and the Aid Worker Security Database give a row the centroid of the
smallest area that they know, without a column that says so.
"""

import pandas as pd

from dashboard.datasets.formats.column_mapping import DEFAULT_PRECISION, ColumnMapping
from dashboard.datasets.formats.sheet import Sheet
from dashboard.datasets.formats.unknown_words import are_unknown
from dashboard.model.place import PlacePrecision

# From the widest: a country is no place ("").
_LEVELS = (
    ("country", ""),
    ("admin1", PlacePrecision.GOVERNORATE.value),
    ("admin2", PlacePrecision.DISTRICT.value),
    ("admin3", PlacePrecision.SUBDISTRICT.value),
    ("place", None),
)


def level_precisions(sheet: Sheet, mapping: ColumnMapping) -> pd.Series:
    """The precision of each row by the smallest area that it names; `None` if it names a place or none.

    It is `None` for all rows of a table without columns for places and areas within a country, or if the
    analyst chose the precision of points.
    """
    columns = mapping.columns
    precisions = pd.Series(None, index=sheet.frame.index, dtype=object)
    areas = any(role in columns for role in ("admin1", "admin2", "admin3"))
    if "place" not in columns or not areas or mapping.precision != DEFAULT_PRECISION:
        return precisions
    for role, precision in _LEVELS:
        if role in columns:
            named = ~are_unknown(sheet.text(columns[role]))
            precisions = precisions.mask(named, precision)
    return precisions
