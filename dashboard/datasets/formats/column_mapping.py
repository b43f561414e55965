"""Column mappings of custom tables: guessed from the names of the columns, completed by the values."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

import msgspec
import numpy as np
import pandas as pd

from dashboard.datasets.build.rows import SEPARATOR, stable_hash
from dashboard.datasets.files.chunks import EXTENT, UnclearError
from dashboard.datasets.formats.crosswalk import Crosswalk
from dashboard.datasets.formats.days import DateOrder, day, numeric, orders
from dashboard.datasets.formats.estimate_cells import EstimateColumns, estimate_cells
from dashboard.datasets.formats.event_rows import date_columns, precision_columns, to_event_rows
from dashboard.datasets.formats.sheet import Sheet, cell_text, join_columns
from dashboard.datasets.formats.source_columns import source_columns
from dashboard.gazetteer.precision import radius_m
from dashboard.model.estimate import Counted, Measure
from dashboard.model.place import PlacePrecision
from dashboard.text.column_names import load_column_names
from dashboard.text.normalise import fold

# What a column of a custom table can give; the names of such columns are in data/lexicon/.
ROLES = (
    "event_id", "date", "date_end", "lat", "lon", "place", "kind", "title", "notes", "initiator",
    "target", "outlet", "country", "admin1", "admin2", "admin3", "precision", "url",
    "killed", "killed_low", "killed_high", "killed_civilians", "wounded", "wounded_low",
    "wounded_high", "detained", "displaced", "vehicles", "troops",
)  # fmt: skip
REQUIRED = ("lat", "lon")
# The type of a crosswalk for names of kinds that it does not list.
OTHER_KIND = "*"
# The default precision of points: a town, between its exact site and a wider area.
DEFAULT_PRECISION = PlacePrecision.SETTLEMENT
# A last day that is unknown; source: EDTF (ISO 8601-2).
UNKNOWN_END = ".."
_SAMPLE = 5_000
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


def guess_columns(columns: Sequence[str]) -> dict[str, str]:
    """Map roles to the columns with a name of that role; each column has one role.

    Names are compared folded, without spaces and punctuation.
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
    return mapping


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
    kind = kind_names.map(lambda name: codes.kind_of(fold(name)) or codes.kind_of(OTHER_KIND))
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
            "lat": sheet.number(columns["lat"], -90, 90),
            "lon": sheet.number(columns["lon"], -180, 180),
            "place": text("place"),
            **_precision(sheet, mapping),
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
    """First and last day; a blank last day is the first, `UNKNOWN_END` an open end."""
    first, last = (columns.get(role, "") for role in ("date", "date_end"))
    starts, ends = _read_days(sheet, first), _read_days(sheet, last)
    open_ = (sheet.text(last) == UNKNOWN_END).tolist()
    pairs = [
        (start, end if end or unknown else start)
        for start, end, unknown in zip(starts, ends, open_, strict=True)
    ]
    wrong = [bool(start and end and end < start) for start, end in pairs]
    sheet.fault(np.array(wrong, dtype=bool), last or first, "a day not before the first")
    start, end = (
        pd.Series([pair[at] for pair in pairs], index=sheet.frame.index, dtype=object)
        for at in (0, 1)
    )
    return date_columns(start, end)


def _read_days(sheet: Sheet, column: str) -> list[date | None]:
    if column not in sheet.frame:
        return [None] * len(sheet.frame)
    days = sheet.map(column, lambda cell: _day(cell_text(cell), sheet.date_order))
    texts = sheet.text(column)
    missing = days.isna() & (texts != "") & (texts != UNKNOWN_END)
    sheet.fault(missing.to_numpy(dtype=bool), column, "a day, as 2021-01-18")
    return [day if isinstance(day, date) else None for day in days]


def _day(text: str, order: DateOrder | None) -> date | None:
    try:
        return day(text, order)
    except ValueError:
        return None


def _precision(sheet: Sheet, mapping: ColumnMapping) -> dict[str, pd.Series]:
    """Precision and radius: from the table, else from the mapping; at least the geometry's extent."""
    valid = [precision.value for precision in PlacePrecision]
    column = mapping.columns.get("precision", "")
    texts = sheet.text(column).str.lower()
    unknown = (texts != "") & ~texts.isin(valid)
    sheet.fault(unknown.to_numpy(dtype=bool), column, f"one of {', '.join(valid)}")
    precisions = texts.where((texts != "") & ~unknown, mapping.precision.value)
    radius = precision_columns(precisions)["uncertainty_m"]
    if EXTENT not in sheet.frame:
        return {"place_precision": precisions, "uncertainty_m": radius}
    extents = sheet.frame[EXTENT].astype("int64")
    wider = [
        precision if extent <= metres else _coarser(precision, extent)
        for precision, extent, metres in zip(precisions, extents, radius, strict=True)
    ]
    return {
        "place_precision": pd.Series(wider, index=precisions.index, dtype=object),
        "uncertainty_m": radius.where(extents <= radius, extents),
    }


def _coarser(precision: str, extent: int) -> str:
    """The finest precision, not finer than `precision`, whose radius is at least `extent` metres."""
    coarser = list(PlacePrecision)[list(PlacePrecision).index(PlacePrecision(precision)) :]
    fitting = (item for item in coarser if radius_m(item) >= extent)
    return next(fitting, PlacePrecision.REGION).value
