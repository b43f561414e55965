"""The options of an import: what the analyst chose, and what the first rows of the file determine."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from dashboard.datasets.files.errors import TableError, UnclearError
from dashboard.datasets.files.input_file import FileOptions
from dashboard.datasets.formats.answers import NO_ANSWERS, Answers
from dashboard.datasets.formats.cell_forms import resolve_date_order, resolve_decimal_comma
from dashboard.datasets.formats.column_mapping import REQUIRED, ROLES, ColumnMapping, has_points
from dashboard.datasets.formats.days import DateOrder
from dashboard.datasets.formats.ids import are_rounded
from dashboard.datasets.formats.named_places import names_places
from dashboard.datasets.formats.registry import FORMATS
from dashboard.datasets.formats.sheet import CellOptions
from dashboard.model.message import message


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """Options that the analyst chose for an import; a field that is `None` is detected.

    `name` is that of the dataset, `file_name` the name to show for the file. `date_order` and
    `decimal_comma` are for known formats; a mapping has its own values. `licence` and `credit` are for
    custom tables; known formats have fixed ones. `answers` are about the values of cells.
    """

    name: str | None = None
    format: str | None = None
    file: FileOptions = field(default_factory=FileOptions)
    mapping: ColumnMapping | None = None
    date_order: DateOrder | None = None
    decimal_comma: bool | None = None
    licence: str | None = None
    credit: str | None = None
    file_name: str | None = None
    answers: Answers = NO_ANSWERS


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a file as text, its format, and for a custom table the proposed mapping."""

    format: str
    frame: pd.DataFrame
    mapping: ColumnMapping | None


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """The column mapping of a custom table, and how the cells of any table are read.

    `columns` are those of the first rows of a custom table, by which it was mapped.
    """

    mapping: ColumnMapping | None
    cells: CellOptions = field(default_factory=CellOptions)
    columns: tuple[str, ...] = ()


def has_places(mapping: ColumnMapping) -> bool:
    """Whether a table has columns for coordinates, or for the names of places."""
    return has_points(mapping.columns) or names_places(mapping)


def missing_columns(mapping: ColumnMapping) -> str:
    """The fields whose column is not known but needed: for a half of the coordinates its other half.

    Else one of coordinates, places and dates is enough. "" if nothing is missing.
    """
    given = [role for role in REQUIRED if role in mapping.columns]
    if len(given) == 1 and not has_points(mapping.columns):
        return next(role for role in REQUIRED if role not in given)
    dated = any(role in mapping.columns for role in ("date", "date_end", "year"))
    return "" if dated or has_places(mapping) else "coordinates, places or dates"


def read_options(
    file: str, preview: Preview, options: ImportOptions, *, ask: bool = False
) -> ReadOptions:
    """The options that the analyst chose, completed by those that the first rows determine.

    Raises UnclearError if columns are missing in the mapping, and if the rows allow several date orders
    and it is to `ask` for it; else dates that need one are not understood. Raises TableError for a
    mapping with unknown roles or columns. `file` is the name for messages.
    """
    known = FORMATS.get(preview.format)
    if known is not None:
        order = _date_order(preview.frame, known.dates, options.date_order, ask=ask)
        comma = resolve_decimal_comma(preview.frame, known.numbers, chosen=options.decimal_comma)
        rounded = _rounded_ids(preview.frame, known.id_column)
        return ReadOptions(None, CellOptions(order, comma, options.answers, rounded))
    mapping = preview.mapping or ColumnMapping(name="", columns={})
    columns = tuple(map(str, preview.frame.columns))
    for role, column in mapping.columns.items():
        if role not in ROLES:
            raise TableError(
                message(
                    "{file}: expected one of {roles}, found {role}",
                    file=file,
                    roles=", ".join(ROLES),
                    role=f"{role!r}",
                )
            )
        if column not in columns:
            found = ", ".join(columns)
            raise TableError(
                message(
                    "{file}: expected a column {column} for {role}, found {found}",
                    file=file,
                    column=f"{column!r}",
                    role=role,
                    found=found,
                )
            )
    if missing := missing_columns(mapping):
        why = message(
            "{file}: it is not clear which column contains {missing}", file=file, missing=missing
        )
        raise UnclearError("columns", columns, why)
    dates, numbers = (
        [mapping.columns[role] for role in roles if role in mapping.columns]
        for roles in (("date", "date_end"), REQUIRED)
    )
    order = _date_order(preview.frame, dates, mapping.date_order, ask=ask)
    comma = resolve_decimal_comma(preview.frame, numbers, chosen=mapping.decimal_comma)
    answers = mapping.answers if options.answers == NO_ANSWERS else options.answers
    rounded = _rounded_ids(preview.frame, mapping.columns.get("event_id", ""))
    return ReadOptions(mapping, CellOptions(order, comma, answers, rounded), columns)


def _rounded_ids(frame: pd.DataFrame, column: str) -> bool:
    return column in frame and are_rounded(frame[column])


def _date_order(
    sample: pd.DataFrame, columns: Sequence[str], chosen: DateOrder | None, *, ask: bool
) -> DateOrder | None:
    try:
        return resolve_date_order(sample, columns, chosen)
    except UnclearError:
        if ask:
            raise
        return None
