"""Event rows of a custom table, by its column mapping."""

from collections.abc import Mapping
from typing import Literal

import numpy as np
import pandas as pd

from dashboard.datasets.build.rows import SEPARATOR, KnownIds
from dashboard.datasets.formats.column_mapping import UNKNOWN_END, ColumnMapping
from dashboard.datasets.formats.crosswalk import Crosswalk
from dashboard.datasets.formats.date_cells import first_before_last
from dashboard.datasets.formats.date_precisions import periods, widened
from dashboard.datasets.formats.estimate_cells import EstimateColumns, estimate_cells
from dashboard.datasets.formats.event_rows import (
    date_columns,
    kinds,
    to_event_rows,
)
from dashboard.datasets.formats.generic_names import is_generic
from dashboard.datasets.formats.ids import row_ids
from dashboard.datasets.formats.kind_codes import kinds_of, more_exact, settled_by_parties
from dashboard.datasets.formats.name_cells import names_of_cell
from dashboard.datasets.formats.named_places import name_places
from dashboard.datasets.formats.notices import NoticeKind
from dashboard.datasets.formats.partial_dates import Interval, part_interval
from dashboard.datasets.formats.point_precisions import point_precisions
from dashboard.datasets.formats.points import note_missing, read_points
from dashboard.datasets.formats.sheet import Sheet, join_columns
from dashboard.datasets.formats.source_columns import source_columns
from dashboard.datasets.formats.swapped_points import without_swapped
from dashboard.datasets.formats.unknown_words import are_unknown, is_unknown
from dashboard.datasets.formats.year_columns import of_same_year, read_with_years
from dashboard.gazetteer.place_names import PlaceNames
from dashboard.model.estimate import Counted, Measure
from dashboard.model.message import message
from dashboard.text.normalise import fold

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
    known_ids: KnownIds | None = None,
) -> pd.DataFrame:
    """The event rows of a chunk of a custom table; `codes` has the kinds by folded name.

    Rows without coordinates are placed by `names_of_places`; several parties or outlets in a cell are
    known by `known_ids`.
    """
    columns = mapping.columns

    def text(role: str) -> pd.Series:
        return sheet.text(columns.get(role, ""))

    def names(role: str) -> pd.Series:
        return _names(sheet, columns.get(role, ""), role, known_ids)

    place = text("place").where(~are_unknown(text("place")), "")
    read = {columns[role] for role in _UNCHANGED if role in columns}
    kind_names = text("kind2").where(text("kind2") != "", text("kind"))
    column = columns.get("kind", columns.get("kind2", ""))
    kind = kinds(sheet, column, _kinds(sheet, columns, codes), codes)
    points = without_swapped(sheet, columns, read_points(sheet, columns), names_of_places)
    places, too_wide = point_precisions(sheet, mapping, points, names_of_places)
    located = {
        "lat": points.lat.where(~too_wide),
        "lon": points.lon.where(~too_wide),
        "place": place,
        **places,
    }
    given = text("precision") != ""
    by_name = name_places(sheet, columns, located, given, points.blank & ~too_wide, names_of_places)
    note_missing(sheet, columns, points, by_name.named)
    _note_counts(sheet, columns)
    title = text("title")
    title = title.where(title != "", join_columns(kind_names, place, separator=", "))
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
            **source_columns(sheet, read),
        },
    )


def _kinds(sheet: Sheet, columns: Mapping[str, str], codes: Crosswalk) -> pd.Series:
    """The kind of each row by its type and sub-type; `None` for one that is not known."""
    by_type, by_sub_type = (
        kinds_of(sheet, columns.get(role, ""), codes) for role in ("kind", "kind2")
    )
    general = (
        codes.unknown_kind,
        codes.kind_by_name("Other development"),
        codes.kind_by_name("Unknown"),
    )
    found = more_exact(by_type, by_sub_type, [kind for kind in general if kind])
    parties = [columns[role] for role in ("party", "party2", "initiator") if role in columns]
    return settled_by_parties(sheet, columns.get("kind", ""), found, parties, codes)


def _names(sheet: Sheet, column: str, role: str, known_ids: KnownIds | None) -> pd.Series:
    """The names in each cell, joined by `SEPARATOR`; a cell that may have several more is noted."""
    known: set[str] = set()
    if known_ids is not None:
        actors = known_ids.actors.keys() | known_ids.actor_names
        known.update(known_ids.outlets if role == "outlet" else actors)

    def is_known(name: str) -> bool:
        return fold(name).strip() in known or is_generic(name) or is_unknown(name)

    texts = sheet.text(column)
    read = {text: names_of_cell(text, is_known) for text in texts.unique()}
    unclear = texts.map({text: several for text, (_names, several) in read.items()})
    sheet.note(unclear.to_numpy(dtype=bool), column, NoticeKind.SEVERAL_NAMES)
    return texts.map({text: names for text, (names, _several) in read.items()})


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
        starts = periods(first, read_with_years(sheet, first, columns.get("year", "")))
    ends = read_with_years(sheet, last, columns.get("year", ""), last=True)
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
    if first != columns.get("year"):
        pairs = of_same_year(sheet, first, columns.get("year", ""), pairs)
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
