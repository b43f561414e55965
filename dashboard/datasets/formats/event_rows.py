"""Helpers of all importers, which build event rows."""

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from dashboard.datasets.build.codes import factorize_rows
from dashboard.datasets.build.rows import ROW_COLUMNS, SEPARATOR
from dashboard.datasets.formats.crosswalk import Crosswalk
from dashboard.datasets.formats.notices import NoticeKind
from dashboard.datasets.formats.sheet import Sheet
from dashboard.dates.precision import interval_precision
from dashboard.gazetteer.precision import precision_meanings
from dashboard.model.place import PlacePrecision


def to_event_rows(sheet: Sheet, columns: Mapping[str, object]) -> pd.DataFrame:
    """The valid rows with every column of `ROW_COLUMNS`; columns that are not given are "".

    `lat` and `lon` must be given; a row that lacks one of them gets NaN for both.
    """
    frame = pd.DataFrame(
        {name: columns.get(name, "") for name in ROW_COLUMNS}, index=sheet.frame.index
    )
    unlocated = frame["lat"].isna() | frame["lon"].isna()
    for name in ("lat", "lon"):
        frame[name] = frame[name].where(~unlocated, np.nan)
    return frame if sheet.valid.all() else frame[sheet.valid].reset_index(drop=True)


def split_names(cell: object) -> str:
    """Split names at semicolons, and join the distinct ones by `SEPARATOR`; "" if not a text."""
    if not isinstance(cell, str):
        return ""
    names = (name.strip() for name in cell.split(";"))
    return SEPARATOR.join(dict.fromkeys(name for name in names if name))


def place_precision(sheet: Sheet, column: str, codes: Crosswalk, expected: str) -> pd.Series:
    """The precision of each place by its code; without the column all are as wide as the widest."""
    if column in sheet.frame:
        return sheet.decode(column, codes.precisions, expected)
    sheet.note(sheet.valid.copy(), column, NoticeKind.NO_PRECISION_COLUMN)
    order = [precision.value for precision in PlacePrecision]
    widest = max(filter(None, codes.precisions.values()), key=order.index)
    return pd.Series(widest, index=sheet.frame.index, dtype=object)


def precision_columns(precisions: "pd.Series[str]") -> dict[str, pd.Series]:
    """The columns `place_precision` and `uncertainty_m`; a blank precision has radius 0."""
    codes, distinct = pd.factorize(precisions.fillna(""))
    radii = {precision.value: row.radius_m for precision, row in precision_meanings().items()}
    columns: dict[str, pd.Series] = {
        "place_precision": pd.Series(list(map(str, distinct)), dtype="str"),
        "uncertainty_m": pd.Series([radii.get(str(name), 0) for name in distinct], dtype="int64"),
    }
    return {name: cells.take(codes).set_axis(precisions.index) for name, cells in columns.items()}


def date_columns(start: pd.Series, end: pd.Series) -> dict[str, pd.Series]:
    """The columns of an interval and its precision; `None` is an open end, two are no date at all."""
    codes, first = factorize_rows(pd.DataFrame({"start": start, "end": end}))
    pairs = [
        tuple(day if isinstance(day, date) else None for day in pair)
        for pair in zip(start.iloc[first], end.iloc[first], strict=True)
    ]
    precisions = [interval_precision(*pair).value if any(pair) else "" for pair in pairs]
    columns: dict[str, pd.Series] = {
        "date_start": pd.to_datetime(pd.Series([pair[0] for pair in pairs])),
        "date_end": pd.to_datetime(pd.Series([pair[1] for pair in pairs])),
        "date_precision": pd.Series(precisions, dtype="str"),
    }
    return {name: cells.take(codes).set_axis(start.index) for name, cells in columns.items()}
