"""How a file is to be read: what an analyst asked for, and what its first rows prove."""

from dataclasses import dataclass, field

import pandas as pd

from dashboard.datasets.files.parts import How, TableError, UnclearError
from dashboard.datasets.formats.column_mapping import (
    NAMES,
    NEEDED,
    Profile,
    has_comma,
    order_of,
    settled,
)
from dashboard.datasets.formats.days import DateOrder
from dashboard.datasets.formats.known import FORMATS


@dataclass(frozen=True, slots=True)
class Asked:
    """What an analyst asked for; `None` is to be recognised.

    `file_name` is the name by which the file is shown, `None` its own.

    `date_order` and `decimal_comma` are for known formats, a profile has its own; `licence` and
    `credit` are those of a table of one's own, known formats have theirs.
    """

    name: str | None = None
    format: str | None = None
    how: How = field(default_factory=How)
    profile: Profile | None = None
    date_order: DateOrder | None = None
    decimal_comma: bool | None = None
    licence: str | None = None
    credit: str | None = None
    file_name: str | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a file, and how they would be read."""

    format: str
    frame: pd.DataFrame
    profile: Profile | None


@dataclass(frozen=True, slots=True)
class Way:
    """How the rows are read: a profile for a table of one's own, the order of dates, decimal commas."""

    profile: Profile | None
    order: DateOrder | None
    comma: bool


def way_of(file: str, preview: Preview, asked: Asked) -> Way:
    """How a file is read, by what its first rows prove; raises UnclearError or TableError."""
    known = FORMATS.get(preview.format)
    if known is not None:
        order = order_of(preview.frame, known.dates, asked.date_order)
        comma = has_comma(preview.frame, known.numbers, asked=asked.decimal_comma)
        return Way(None, order, comma)
    profile = preview.profile or Profile(name="", columns={})
    columns = tuple(map(str, preview.frame.columns))
    for role, column in profile.columns.items():
        if role not in NAMES:
            raise TableError(f"{file}: expected one of {', '.join(NAMES)}, found {role!r}")
        if column not in columns:
            found = ", ".join(columns)
            raise TableError(f"{file}: expected a column {column!r} for {role}, found {found}")
    missing = [role for role in NEEDED if role not in profile.columns]
    if missing:
        why = f"{file}: which column holds {' and '.join(missing)} cannot be told"
        raise UnclearError("columns", columns, why)
    profile = settled(profile, preview.frame)
    return Way(profile, profile.date_order, bool(profile.decimal_comma))
