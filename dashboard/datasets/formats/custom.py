"""Event rows of a custom table, by its column mapping."""

import re
from collections.abc import Mapping
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.datasets.build.rows import SEPARATOR
from dashboard.datasets.formats.column_mapping import UNKNOWN_END, ColumnMapping
from dashboard.datasets.formats.crosswalk import Crosswalk
from dashboard.datasets.formats.date_cells import first_before_last, read_days
from dashboard.datasets.formats.date_precisions import periods, widened
from dashboard.datasets.formats.estimate_cells import EstimateColumns, estimate_cells
from dashboard.datasets.formats.event_rows import (
    date_columns,
    kinds,
    precision_columns,
    to_event_rows,
)
from dashboard.datasets.formats.ids import row_ids
from dashboard.datasets.formats.kind_codes import kinds_of, more_exact
from dashboard.datasets.formats.named_places import name_places
from dashboard.datasets.formats.notices import NoticeKind
from dashboard.datasets.formats.partial_dates import Interval, part_interval
from dashboard.datasets.formats.place_levels import level_precisions
from dashboard.datasets.formats.points import note_missing, read_points
from dashboard.datasets.formats.precision_values import UNKNOWN_PRECISION, precision_of
from dashboard.datasets.formats.sheet import Sheet, join_columns
from dashboard.datasets.formats.source_columns import source_columns
from dashboard.datasets.formats.swapped_points import without_swapped
from dashboard.datasets.formats.unknown_words import are_unknown, is_unknown
from dashboard.gazetteer.place_names import PlaceNames
from dashboard.gazetteer.precision import radius_m
from dashboard.model.estimate import Counted, Measure
from dashboard.model.message import message
from dashboard.model.place import PlacePrecision

_DATE_PARTS = message("year, month and day, as 2021, 1, 18")
_AT_MOST_ONE = frozenset(("0", "1", "0.0", "1.0"))
# Fields of which the event rows have the cells as they are.
_UNCHANGED = (
    "event_id", "lat", "lon", "place", "title", "notes", "country", "admin1", "admin2", "admin3", "url",
)  # fmt: skip


def custom_rows(
    sheet: Sheet,
    mapping: ColumnMapping,
    codes: Crosswalk,
    names_of_places: PlaceNames | None = None,
) -> pd.DataFrame:
    """The event rows of a chunk of a custom table; `codes` has the kinds by folded name.

    Rows without coordinates are placed by `names_of_places`.
    """
    columns = mapping.columns

    def text(role: str) -> pd.Series:
        return sheet.text(columns.get(role, ""))

    def names(role: str) -> pd.Series:
        texts = text(role)
        return texts.map({cell: _known_names(cell) for cell in texts.unique()})

    read = {columns[role] for role in _UNCHANGED if role in columns}
    kind_names = text("kind2").where(text("kind2") != "", text("kind"))
    column = columns.get("kind", columns.get("kind2", ""))
    kind = kinds(sheet, column, _kinds(sheet, columns, codes), codes)
    points = without_swapped(sheet, columns, read_points(sheet, columns), names_of_places)
    places, too_wide = _precision(sheet, mapping, points.extent, names_of_places)
    located = {
        "lat": points.lat.where(~too_wide),
        "lon": points.lon.where(~too_wide),
        "place": text("place"),
        **places,
    }
    given = text("precision") != ""
    by_name = name_places(sheet, columns, located, given, points.blank & ~too_wide, names_of_places)
    note_missing(sheet, columns, points, by_name.named)
    _note_counts(sheet, columns)
    title = text("title")
    title = title.where(title != "", join_columns(kind_names, text("place"), separator=", "))
    return to_event_rows(
        sheet,
        {
            "event_id": row_ids(sheet, columns.get("event_id", "")),
            "kind": kind,
            "title": title.where(title != "", "Event"),
            "notes": text("notes"),
            **_days(sheet, columns),
            **by_name.columns,
            **{name: text(name) for name in ("country", "admin1", "admin2", "admin3")},
            "initiators": names("initiator"),
            "targets": names("target"),
            "parties": join_columns(names("party"), names("party2"), separator=SEPARATOR),
            "outlets": names("outlet"),
            "url": text("url"),
            "estimates": estimate_cells(sheet, _estimate_columns(columns)),
            "source_columns": source_columns(sheet, read),
        },
    )


def _kinds(sheet: Sheet, columns: Mapping[str, str], codes: Crosswalk) -> pd.Series:
    """The kind of each row by its type and sub-type; `None` for one that is not known."""
    by_type, by_sub_type = (
        kinds_of(sheet, columns.get(role, ""), codes) for role in ("kind", "kind2")
    )
    general = (codes.unknown_kind, codes.kind_by_name("Other"), codes.kind_by_name("Unknown"))
    return more_exact(by_type, by_sub_type, [kind for kind in general if kind])


def _known_names(cell: str) -> str:
    """The names of a cell, between semicolons, joined by `SEPARATOR`; "unknown" is none."""
    names = re.split(r"\s*[;؛]\s*", cell)
    return SEPARATOR.join(name for name in names if not is_unknown(name))


def _note_counts(sheet: Sheet, columns: Mapping[str, str]) -> None:
    """Note the rows that stand for several events, as in tables of counts by month."""
    column = columns.get("events", "")
    one = {
        text: text in ("", "0", "1", "1.0") or is_unknown(text)
        for text in sheet.text(column).unique()
    }
    sheet.note(~sheet.text(column).map(one).to_numpy(dtype=bool), column, NoticeKind.SEVERAL_EVENTS)


def _estimate_columns(columns: Mapping[str, str]) -> list[EstimateColumns]:
    """The columns of each measure; figures of civilians are a part of those killed."""
    parts = [
        EstimateColumns(
            measure,
            columns.get(measure.value, ""),
            columns.get(f"{measure.value}_low", ""),
            columns.get(f"{measure.value}_high", ""),
        )
        for measure in Measure
    ]
    civilians = columns.get("killed_civilians", "")
    parts.append(EstimateColumns(Measure.KILLED, civilians, counted=Counted.CIVILIANS))
    return [part for part in parts if part.columns]


def _days(sheet: Sheet, columns: Mapping[str, str]) -> dict[str, pd.Series]:
    """First and last day; a blank last day is that of the first, one that is not read an open end."""
    first, last = (columns.get(role, "") for role in ("date", "date_end"))
    if not first and "year" in columns:
        first = columns["year"]
        starts = _read_parts(sheet, columns)
    else:
        starts = periods(first, read_days(sheet, first))
    ends = read_days(sheet, last, last=True)
    # Also a last day that is given but not understood is unknown, not that of the first day.
    texts = sheet.text(last)
    open_ = (texts == UNKNOWN_END).to_numpy() | ~are_unknown(texts)
    pairs = first_before_last(
        sheet,
        [
            (start and start[0], end[1] if end else None if unknown else start and start[1])
            for start, end, unknown in zip(starts, ends, open_, strict=True)
        ],
        last or first,
    )
    pairs = widened(sheet, columns.get("date_precision", ""), pairs)
    undated = np.array([not any(pair) for pair in pairs], dtype=bool)
    blank = are_unknown(sheet.text(first))
    sheet.note(undated & blank, first, NoticeKind.UNDATED)
    start, end = (
        pd.Series([pair[at] for pair in pairs], index=sheet.frame.index, dtype=object)
        for at in (0, 1)
    )
    return date_columns(start, end)


def _read_parts(sheet: Sheet, columns: Mapping[str, str]) -> list[Interval | None]:
    """The interval of each row by its cells for year, month and day."""
    cells = [sheet.text(columns.get(role, "")) for role in ("year", "month", "day")]
    read = [_parts(*row) for row in zip(*cells, strict=True)]
    wrong = np.array([item is False for item in read], dtype=bool)
    sheet.unread(wrong, columns["year"], _DATE_PARTS)
    return [item or None for item in read]


def _parts(year: str, month: str, number: str) -> Interval | Literal[False] | None:
    try:
        return part_interval(year, month, number)
    except ValueError:
        return False


def _precision(
    sheet: Sheet,
    mapping: ColumnMapping,
    extents: npt.NDArray[np.int64] | None,
    names: PlaceNames | None,
) -> tuple[dict[str, pd.Series], npt.NDArray[np.bool_]]:
    """Precision and radius of each row, and a mask of those too wide for a place, as a country.

    They are of the table, else of the mapping, and at least the extent of the geometry.
    """
    column = mapping.columns.get("precision", "")
    texts = sheet.text(column)
    values = texts.map({text: precision_of(text, column) for text in texts.unique()})
    given = (texts != "").to_numpy()
    unknown = given & values.isna().to_numpy()
    sheet.note(unknown, column, NoticeKind.UNKNOWN_PRECISION)
    too_wide = given & (values == "").to_numpy()
    sheet.note(too_wide, column, NoticeKind.TOO_WIDE)
    if not column:
        levels = level_precisions(sheet, mapping, names)
        given, values = levels.notna().to_numpy(), levels
        too_wide = (levels == "").to_numpy()
        named = next((role for role in ("country", "place") if role in mapping.columns), "")
        sheet.note(too_wide, mapping.columns.get(named, ""), NoticeKind.TOO_WIDE)
    precisions = values.where(given, mapping.precision.value).fillna(UNKNOWN_PRECISION.value)
    radius = precision_columns(precisions)["uncertainty_m"]
    if extents is None:
        return {"place_precision": precisions, "uncertainty_m": radius}, too_wide
    wider = [
        precision if extent <= metres or not precision else _coarser(precision, extent)
        for precision, extent, metres in zip(precisions, extents, radius, strict=True)
    ]
    columns = {
        "place_precision": pd.Series(wider, index=precisions.index, dtype=object),
        "uncertainty_m": radius.where(extents <= radius, extents),
    }
    return columns, too_wide


def _coarser(precision: str, extent: int) -> str:
    """The finest precision, not finer than `precision`, whose radius is at least `extent` metres."""
    coarser = list(PlacePrecision)[list(PlacePrecision).index(PlacePrecision(precision)) :]
    fitting = (item for item in coarser if radius_m(item) >= extent)
    return next(fitting, PlacePrecision.REGION).value
