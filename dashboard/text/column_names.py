"""The names that columns of tables have, e.g. lat: "latitude", "lat", "y"; rows of data/lexicon/."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dashboard.model.errors import DataError, Fault
from dashboard.model.rows import load_records
from dashboard.settings import DATA


@dataclass(frozen=True, slots=True)
class ColumnName:
    """One name of the column for a field, in a language by its code of ISO 639-1."""

    field: str
    name: str
    language: str
    source: str


@cache
def load_column_names(file: str, fields: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """The names of each of `fields` in a file of data/lexicon/, the preferred first.

    Raises DataError for a faulty row, an unknown field, or a field without a name.
    """
    rows = load_records(DATA / "lexicon" / file, ColumnName, "name", field=fields)
    names = {field: tuple(row.name for row in rows if row.field == field) for field in fields}
    if missing := [field for field in fields if not names[field]]:
        raise DataError((Fault(file, 0, "field", "a row each", f"none of {', '.join(missing)}"),))
    return names
