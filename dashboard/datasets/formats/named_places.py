"""Places of rows without coordinates, by their names, e.g. "عين عيسى", "الرقة" -> 36.38373, 38.86292."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.datasets.build.codes import factorize_rows
from dashboard.datasets.formats.column_mapping import ColumnMapping
from dashboard.datasets.formats.notices import NoticeKind
from dashboard.datasets.formats.points import Points
from dashboard.datasets.formats.sheet import Sheet
from dashboard.datasets.formats.unknown_words import is_unknown
from dashboard.gazetteer.named_cells import CellPlace, NamedCells, Outcome, find_place
from dashboard.gazetteer.place_names import PlaceNames
from dashboard.model.place import PlacePrecision, place_id_by_name, source_by_name

# The roles of columns with names of places, from the smallest place to the largest.
PLACE_ROLES = NamedCells._fields
# From the finest to the widest.
_ORDER = list(PlacePrecision)
_SHARPEST = _ORDER[0]
_NOTICES = {
    Outcome.SEVERAL: NoticeKind.SEVERAL_PLACES,
    Outcome.UNKNOWN: NoticeKind.UNKNOWN_PLACE,
    Outcome.ELSEWHERE: NoticeKind.PLACE_ELSEWHERE,
    Outcome.COUNTRY: NoticeKind.TOO_WIDE,
}


@dataclass(frozen=True, slots=True)
class PlaceColumns:
    """Columns of event rows about the place, and a mask of the rows for which a name was looked up."""

    columns: Mapping[str, pd.Series]
    named: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Lookup:
    """The rows that name a place (`named`, a mask), and for each of them (`codes`) its cells and place.

    `cells` and `found` are by code: each distinct combination of cells is looked up once.
    """

    named: npt.NDArray[np.bool_]
    codes: npt.NDArray[np.intp]
    cells: Sequence[NamedCells]
    found: Sequence[CellPlace]


def names_places(mapping: ColumnMapping | None) -> bool:
    """Whether a table has a column with names of places or areas."""
    return mapping is not None and any(role in mapping.columns for role in PLACE_ROLES)


def name_places(
    sheet: Sheet,
    columns: Mapping[str, str],
    places: Mapping[str, pd.Series],
    given: "pd.Series[bool]",
    missing: npt.NDArray[np.bool_],
    names: PlaceNames | None,
) -> PlaceColumns:
    """The columns `places` with the gazetteer's place in the rows `missing`, where its name is given.

    `columns` maps roles to columns.
    `places` are lat, lon, place, place_precision and uncertainty_m; the result has also place_source.
    A place is never more precise than the gazetteer says, nor than the row, where the precision is
    `given`. What is not placed is noted with its key.
    """
    blank = pd.Series("", index=sheet.frame.index, dtype=object)
    result = {name: column.copy() for name, column in places.items()} | {"place_source": blank}
    cells = pd.DataFrame({role: _names(sheet, columns.get(role, "")) for role in PLACE_ROLES})
    named = missing & (cells != "").to_numpy().any(axis=1)
    if names is None or not named.any():
        return PlaceColumns(result, np.zeros(len(named), dtype=bool))
    lookup = _look_up(cells, named, names)
    _note(sheet, columns, lookup)
    _fill(result, lookup, given.to_numpy(dtype=bool))
    return PlaceColumns(result, named)


def named_points(
    sheet: Sheet, columns: Mapping[str, str], points: Points, names: PlaceNames
) -> tuple["pd.Series[float]", "pd.Series[float]"]:
    """Latitude and longitude of each row: its own, else those of the place that it names."""
    anywhere = pd.Series(_SHARPEST.value, index=sheet.frame.index, dtype=object)
    places: dict[str, pd.Series] = {
        "lat": points.lat,
        "lon": points.lon,
        "place": anywhere,
        "place_precision": anywhere,
        "uncertainty_m": pd.Series(0, index=sheet.frame.index),
    }
    never = pd.Series(data=False, index=sheet.frame.index)
    filled = name_places(sheet, columns, places, never, points.blank, names).columns
    return filled["lat"], filled["lon"]


def areas_by_source(sources: pd.Series, names: PlaceNames | None) -> dict[str, list[str]]:
    """The ids of the areas of each distinct source of a place by name, the largest first.

    The place itself is the last: an event there is found by its id too.
    """
    if names is None:
        return {}
    placed = {source: place_id_by_name(source) for source in sources.unique() if source}
    return {
        source: [*names.areas_of(place_id), place_id]
        for source, place_id in placed.items()
        if place_id in names.places
    }


def _names(sheet: Sheet, column: str) -> pd.Series:
    """The names in a column; "" also for words such as "unknown"."""
    texts = sheet.text(column)
    unknown = {text for text in texts.unique() if is_unknown(text)}
    return texts.where(~texts.isin(unknown), "")


def _look_up(cells: pd.DataFrame, named: npt.NDArray[np.bool_], names: PlaceNames) -> _Lookup:
    rows = cells[named]
    codes, first = factorize_rows(rows)
    distinct = [NamedCells(*row) for row in rows.iloc[first].itertuples(index=False, name=None)]
    found = [find_place(row, names) for row in distinct]
    return _Lookup(named, codes, distinct, found)


def _fill(columns: Mapping[str, pd.Series], lookup: _Lookup, given: npt.NDArray[np.bool_]) -> None:
    """Write the places that were found into the columns; `given` marks rows with a precision."""
    placed = np.array([item.place is not None for item in lookup.found], dtype=bool)[lookup.codes]
    rows = np.flatnonzero(lookup.named)[placed]
    if not len(rows):  # pandas takes no empty list for a column of numbers
        return
    limits = columns["place_precision"].where(given, _SHARPEST.value).to_numpy(dtype=object)[rows]
    radii = columns["uncertainty_m"].where(given, 0).to_numpy()[rows]
    codes = lookup.codes[placed].tolist()
    places = [place for code in codes if (place := lookup.found[code].place) is not None]
    values: dict[str, list[object]] = {
        "lat": [place.lat for place in places],
        "lon": [place.lon for place in places],
        "place": [next(filter(None, lookup.cells[code])) for code in codes],
        "place_precision": [
            max(place.precision, PlacePrecision(limit), key=_ORDER.index).value
            for place, limit in zip(places, limits, strict=True)
        ],
        "uncertainty_m": [
            max(place.uncertainty_m, int(metres))
            for place, metres in zip(places, radii, strict=True)
        ],
        "place_source": [source_by_name(place.place_id) for place in places],
    }
    for name, cells in values.items():
        columns[name].iloc[rows] = cells


def _note(sheet: Sheet, columns: Mapping[str, str], lookup: _Lookup) -> None:
    """Note what is placed and what is not, and areas that the gazetteer does not have."""
    column = next(columns[role] for role in PLACE_ROLES if role in columns)
    index = sheet.frame.index[lookup.named]
    keys = np.array([cells.key for cells in lookup.cells], dtype=object)[lookup.codes]
    outcomes = np.array([item.outcome for item in lookup.found], dtype=object)[lookup.codes]
    candidates = np.array([" ".join(item.candidates) for item in lookup.found], dtype=object)
    candidates = candidates[lookup.codes]
    placed = index[outcomes == Outcome.PLACED]
    # One notice for all of them: a table of 2,000 places would have as many.
    sheet.note_texts(column, NoticeKind.PLACED_BY_NAME, pd.Series("", placed, dtype=object))
    for outcome, kind in _NOTICES.items():
        of_kind = outcomes == outcome
        texts = pd.Series(keys, index, dtype=object)[of_kind]
        # The places to choose from.
        ids = pd.Series(candidates, index, dtype=object)[of_kind]
        several = ids if outcome is Outcome.SEVERAL else None
        sheet.note_texts(column, kind, texts, several)
    for role in PLACE_ROLES[1:]:
        unknown = np.array([role in item.unknown_areas for item in lookup.found], dtype=bool)
        rows = lookup.named.copy()
        rows[lookup.named] = unknown[lookup.codes]
        sheet.note(rows, columns.get(role, ""), NoticeKind.UNKNOWN_AREA)
