"""Column mappings of custom tables: guessed from the names of the columns, completed by the values."""

import re
from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec
import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.datasets.build.rows import SEPARATOR, stable_hash
from dashboard.datasets.files.chunks import UnclearError
from dashboard.datasets.formats.crosswalk import Crosswalk
from dashboard.datasets.formats.days import DateOrder, numeric, orders
from dashboard.datasets.formats.estimate_cells import EstimateColumns, estimate_cells
from dashboard.datasets.formats.event_rows import date_columns, precision_columns, to_event_rows
from dashboard.datasets.formats.notices import NoticeKind
from dashboard.datasets.formats.partial_dates import Interval, interval, part_interval
from dashboard.datasets.formats.points import looks_like_pairs, looks_like_wkt, read_points
from dashboard.datasets.formats.precision_values import UNKNOWN_PRECISION, precision_of
from dashboard.datasets.formats.sheet import Sheet, cell_text, join_columns
from dashboard.datasets.formats.source_columns import source_columns
from dashboard.datasets.formats.unknown_words import is_unknown
from dashboard.gazetteer.precision import radius_m
from dashboard.model.estimate import Counted, Measure
from dashboard.model.place import PlacePrecision
from dashboard.text.column_names import load_column_names
from dashboard.text.normalise import fold

# What a column of a custom table can give; the names of such columns are in data/lexicon/.
ROLES = (
    "event_id", "date", "date_end", "year", "month", "day", "lat",
    "lon", "latlon", "wkt", "place", "kind", "title", "notes", "initiator",
    "target", "outlet", "country", "admin1", "admin2", "admin3", "precision", "url",
    "killed", "killed_low", "killed_high", "killed_civilians", "wounded", "wounded_low",
    "wounded_high", "detained", "displaced", "vehicles", "troops",
)  # fmt: skip
REQUIRED = ("lat", "lon")
# Each of these has the roles that a table needs for its points.
POINT_ROLES = (REQUIRED, ("latlon",), ("wkt",))
# The type of a crosswalk for names of kinds that it does not list.
OTHER_KIND = "*"
# The default precision of points: a town, between its exact site and a wider area.
DEFAULT_PRECISION = PlacePrecision.SETTLEMENT
# A last day that is unknown; source: EDTF (ISO 8601-2).
UNKNOWN_END = ".."
_SAMPLE = 5_000
_SAMPLE_OF_POINTS = 200
# Words of the names of columns that do not say which field it is; Arabic ones without article, folded.
_EVENT_WORDS = frozenset({"incident", "event", "of", "the", "حادثه", "حادث", "حدث", "واقعه", "اسم"})
# Fields of which the event rows have the cells as they are.
_UNCHANGED = (
    "event_id", "lat", "lon", "place", "title", "notes", "country", "admin1", "admin2", "admin3", "url",
)  # fmt: skip


class ColumnMapping(msgspec.Struct, frozen=True, kw_only=True):
    """How a custom table is read; saved as JSON under these names.

    `columns` maps `ROLES` to columns. `precision` is that of points without a
    value in the column for it. A `date_order` or `decimal_comma` of `None` is found by the values.
    """

    name: str
    columns: Mapping[str, str]
    precision: PlacePrecision = DEFAULT_PRECISION
    date_order: DateOrder | None = None
    decimal_comma: bool | None = None


def has_points(columns: Mapping[str, str]) -> bool:
    """Whether the roles of `columns` are enough for points."""
    return any(all(role in columns for role in roles) for roles in POINT_ROLES)


def guess_columns(columns: Sequence[str], sample: pd.DataFrame | None = None) -> dict[str, str]:
    """Map roles to the columns with a name of that role; each column has one role.

    Names are compared folded, without spaces and punctuation; then also without words as "incident"
    and the Arabic article. A column with both coordinates may be known by the values of `sample`.
    """
    # Of columns that differ only in case or punctuation the first counts: "id" before a later "iD".
    plain = {_plain(column): column for column in reversed(columns)}
    mapping: dict[str, str] = {}
    for role, names in load_column_names("column_names.csv", ROLES).items():
        for name in names:
            column = plain.get(_plain(name))
            if column is not None and column not in mapping.values():
                mapping[role] = column
                break
    _guess_by_reduced_names(mapping, columns)
    _choose_date_columns(mapping)
    if sample is not None and not ("lat" in mapping and "lon" in mapping):
        _guess_points_by_values(mapping, sample)
    return mapping


def _guess_by_reduced_names(mapping: dict[str, str], columns: Sequence[str]) -> None:
    """Add the columns as "Date of incident", by what is left without the words for an event."""
    reduced: dict[str, str] = {}
    for column in columns:
        if column not in mapping.values():
            reduced.setdefault(_reduced(column), column)
    for role, names in load_column_names("column_names.csv", ROLES).items():
        if role in mapping:
            continue
        match = next((reduced[key] for name in names if (key := _reduced(name)) in reduced), None)
        if match is not None and match not in mapping.values():
            mapping[role] = match


def _choose_date_columns(mapping: dict[str, str]) -> None:
    """Keep the columns for year, month and day only without one for the date; "day" is of these."""
    if "year" in mapping and "month" in mapping and _plain(mapping.get("date", "")) == "day":
        mapping["day"] = mapping.pop("date")
    if "date" in mapping:
        for role in ("year", "month", "day"):
            mapping.pop(role, None)


def _reduced(name: str) -> str:
    """A folded name without words for an event and Arabic articles; unlike any name if none is left."""
    words = re.sub(r"[\W_]+", " ", fold(name)).split()
    kept = [re.sub(r"^ال(?=\w{2})", "", word) for word in words]
    return "".join(word for word in kept if word not in _EVENT_WORDS) or name


def _guess_points_by_values(mapping: dict[str, str], sample: pd.DataFrame) -> None:
    """Take the first column of geometries or pairs of coordinates, if there is one."""
    mapping_of = {column: role for role, column in mapping.items()}
    for column in map(str, sample.columns):
        texts = [cell_text(cell) for cell in sample[column].head(_SAMPLE_OF_POINTS)]
        role = "wkt" if looks_like_wkt(texts) else "latlon" if looks_like_pairs(texts) else None
        named = mapping_of.get(column)
        if role is None or named not in (None, "place", "latlon", "wkt"):
            continue
        if named:
            del mapping[named]
        mapping[role] = column
        return


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", fold(name))


def resolve_mapping(mapping: ColumnMapping, sample: pd.DataFrame) -> ColumnMapping:
    """Fill in the date order and decimal separator that the sample's values determine.

    Raises UnclearError if they allow more than one date order.
    """
    dates, numbers = (
        [mapping.columns[role] for role in roles if role in mapping.columns]
        for roles in (("date", "date_end"), REQUIRED)
    )
    order = resolve_date_order(sample, dates, mapping.date_order)
    comma = resolve_decimal_comma(sample, numbers, chosen=mapping.decimal_comma)
    return msgspec.structs.replace(mapping, date_order=order, decimal_comma=comma)


def resolve_date_order(
    sample: pd.DataFrame, columns: Sequence[str], chosen: DateOrder | None
) -> DateOrder | None:
    """The chosen date order, or the only one that the values allow; `None` if no date needs an order.

    Raises UnclearError if the values allow several, or none.
    """
    dates = _texts(sample, columns)
    if chosen is not None or not numeric(dates):
        return chosen
    possible = orders(dates)
    if len(possible) == 1:
        return possible.pop()
    why = f"{' and '.join(columns)}: it is not clear whether day or month comes first"
    raise UnclearError(
        "date_order", [item.value for item in DateOrder if item in possible or not possible], why
    )


def resolve_decimal_comma(
    sample: pd.DataFrame, columns: Sequence[str], *, chosen: bool | None
) -> bool:
    """Whether numbers have a decimal comma: the chosen answer, or true if any value has one."""
    if chosen is not None:
        return chosen
    return any(re.fullmatch(r"-?\d+,\d+", text) for text in _texts(sample, columns))


def _texts(sample: pd.DataFrame, columns: Sequence[str]) -> list[str]:
    cells = [sample[column].head(_SAMPLE).tolist() for column in columns if column in sample]
    return [text for column in cells for cell in column if (text := cell_text(cell))]


def custom_rows(sheet: Sheet, mapping: ColumnMapping, codes: Crosswalk) -> pd.DataFrame:
    """The event rows of a chunk of a custom table; `codes` has the kinds by folded name."""
    columns = mapping.columns

    def text(role: str) -> pd.Series:
        return sheet.text(columns.get(role, ""))

    def names(role: str) -> pd.Series:
        return text(role).str.replace(r"\s*[;؛]\s*", SEPARATOR, regex=True)

    read = {columns[role] for role in _UNCHANGED if role in columns}
    kind_names = text("kind")
    kind = kind_names.map(codes.kind_by_name)
    sheet.note(kind.isna().to_numpy(), columns.get("kind", ""), NoticeKind.UNKNOWN_KIND)
    kind = kind.fillna(codes.kind_of(OTHER_KIND))
    points = read_points(sheet, columns)
    places, too_wide = _precision(sheet, mapping, points.extent)
    title = text("title")
    title = title.where(title != "", join_columns(kind_names, text("place"), separator=", "))
    return to_event_rows(
        sheet,
        {
            "event_id": _ids(sheet, columns),
            "kind": kind,
            "title": title.where(title != "", "Event"),
            "notes": text("notes"),
            **_days(sheet, columns),
            "lat": points.lat.where(~too_wide),
            "lon": points.lon.where(~too_wide),
            "place": text("place"),
            **places,
            **{name: text(name) for name in ("country", "admin1", "admin2", "admin3")},
            "initiators": names("initiator"),
            "targets": names("target"),
            "outlets": names("outlet"),
            "url": text("url"),
            "estimates": estimate_cells(sheet, _estimate_columns(columns)),
            "source_columns": source_columns(sheet, read),
        },
    )


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


def _ids(sheet: Sheet, columns: Mapping[str, str]) -> pd.Series:
    """The ids of the table; for a blank one a hash of the row: equal rows are the same event."""
    ids = sheet.text(columns.get("event_id", ""))
    if (ids != "").all():
        return ids
    cells = [sheet.text(name) for name in sheet.frame.columns]
    hashed = [stable_hash(SEPARATOR.join(row)) for row in zip(*cells, strict=True)]
    return ids.where(ids != "", pd.Series(hashed, index=ids.index, dtype=object))


def _days(sheet: Sheet, columns: Mapping[str, str]) -> dict[str, pd.Series]:
    """First and last day; a blank last day is that of the first, `UNKNOWN_END` an open end."""
    first, last = (columns.get(role, "") for role in ("date", "date_end"))
    if not first and "year" in columns:
        first = columns["year"]
        starts = _read_parts(sheet, columns)
    else:
        starts = _read_days(sheet, first)
    ends = _read_days(sheet, last)
    open_ = (sheet.text(last) == UNKNOWN_END).tolist()
    pairs = [
        (start and start[0], end[1] if end else None if unknown else start and start[1])
        for start, end, unknown in zip(starts, ends, open_, strict=True)
    ]
    wrong = [bool(start and end and end < start) for start, end in pairs]
    sheet.fault(np.array(wrong, dtype=bool), last or first, "a day not before the first")
    undated = [not any(pair) for pair in pairs]
    sheet.note(np.array(undated, dtype=bool), first, NoticeKind.UNDATED)
    start, end = (
        pd.Series([pair[at] for pair in pairs], index=sheet.frame.index, dtype=object)
        for at in (0, 1)
    )
    return date_columns(start, end)


def _read_days(sheet: Sheet, column: str) -> list[Interval | None]:
    """The interval of each cell; `None` for a blank or unknown date, others are faults."""
    if column not in sheet.frame:
        return [None] * len(sheet.frame)
    days = sheet.map(column, lambda cell: _interval(cell_text(cell), sheet.date_order))
    texts = sheet.text(column)
    missing = days.isna() & ~texts.map(is_unknown).astype(bool) & (texts != UNKNOWN_END)
    sheet.fault(missing.to_numpy(dtype=bool), column, "a day, as 2021-01-18")
    return [item if isinstance(item, tuple) else None for item in days]


def _read_parts(sheet: Sheet, columns: Mapping[str, str]) -> list[Interval | None]:
    """The interval of each row by its cells for year, month and day."""
    cells = [sheet.text(columns.get(role, "")) for role in ("year", "month", "day")]
    read = [_parts(*row) for row in zip(*cells, strict=True)]
    wrong = np.array([item is False for item in read], dtype=bool)
    sheet.fault(wrong, columns["year"], "year, month and day, as 2021, 1, 18")
    return [item or None for item in read]


def _parts(year: str, month: str, number: str) -> Interval | Literal[False] | None:
    try:
        return part_interval(year, month, number)
    except ValueError:
        return False


def _interval(text: str, order: DateOrder | None) -> Interval | None:
    try:
        return interval(text, order)
    except ValueError:
        return None


def _precision(
    sheet: Sheet, mapping: ColumnMapping, extents: npt.NDArray[np.int64] | None
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
