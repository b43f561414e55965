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
from dashboard.model.message import Message
from dashboard.model.place import PlacePrecision
from dashboard.text.normalise import fold


def to_event_rows(sheet: Sheet, columns: Mapping[str, object]) -> pd.DataFrame:
    """The rows with every column of `ROW_COLUMNS`; columns that are not given are "".

    `lat` and `lon` must be given; a row that lacks one of them gets NaN for both.
    """
    frame = pd.DataFrame(
        {name: columns.get(name, "") for name in ROW_COLUMNS}, index=sheet.frame.index
    )
    unlocated = frame["lat"].isna() | frame["lon"].isna()
    for name in ("lat", "lon"):
        frame[name] = frame[name].where(~unlocated, np.nan)
    return frame


def split_names(cell: object) -> str:
    """Split names at semicolons, and join the distinct ones by `SEPARATOR`; "" if not a text."""
    if not isinstance(cell, str):
        return ""
    names = (name.strip() for name in cell.split(";"))
    return SEPARATOR.join(dict.fromkeys(name for name in names if name))


def kinds(sheet: Sheet, column: str, read: pd.Series, codes: Crosswalk) -> pd.Series:
    """The kind of each row: the analyst's answer for the cell of `column`, else that of `read`.

    A cell without either is of the unknown kind, with a notice.
    """
    texts = sheet.text(column)
    answers = {fold(name): kind for name, kind in sheet.cells.answers.kinds.items()}
    answered = texts.map(lambda text: answers.get(fold(text))) if answers else None
    kind = read if answered is None else answered.where(answered.notna(), read)
    missing, blank = kind.isna().to_numpy(), (texts == "").to_numpy()
    sheet.note(~missing, column, NoticeKind.KIND, kind)
    sheet.note(missing & blank, column, NoticeKind.NO_KIND)
    sheet.note(missing & ~blank, column, NoticeKind.UNKNOWN_KIND)
    return kind.fillna(codes.unknown_kind)


def place_precision(sheet: Sheet, column: str, codes: Crosswalk, expected: Message) -> pd.Series:
    """The precision of each place by its code; without a known one it is as wide as the widest."""
    order = [precision.value for precision in PlacePrecision]
    widest = max(filter(None, codes.precisions.values()), key=order.index)
    if column not in sheet.frame:
        every = np.ones(len(sheet.frame), dtype=bool)
        sheet.note(every, column, NoticeKind.NO_PRECISION_COLUMN)
    return sheet.decode(column, codes.precisions, expected).fillna(widest)


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
