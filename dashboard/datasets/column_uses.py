"""What each column of a table is taken for, with sample values, e.g. "Date of incident" for the date."""

from collections import defaultdict

import msgspec
import pandas as pd

from dashboard.datasets.files.chunks import EXTENT
from dashboard.datasets.formats.column_mapping import ColumnMapping
from dashboard.datasets.formats.registry import FORMATS

_SAMPLES = 3
_MOST_SHOWN = 60


class ColumnUse(msgspec.Struct, frozen=True):
    """A column, the fields that it is taken for, and its first distinct values that are not blank.

    Without a field the column is not used: its cells are shown with the event as they are.
    """

    column: str
    roles: tuple[str, ...]
    samples: tuple[str, ...]


def column_uses(
    frame: pd.DataFrame, format_: str, mapping: ColumnMapping | None
) -> tuple[ColumnUse, ...]:
    """The use of each column of the first rows (`frame`), by the mapping or by the format."""
    roles: dict[str, list[str]] = defaultdict(list)
    if mapping is not None:
        for role, column in mapping.columns.items():
            roles[column].append(role)
    elif format_ in FORMATS:
        for column, role in FORMATS[format_].roles.items():
            roles[column].append(role)
    return tuple(
        ColumnUse(str(column), tuple(roles[str(column)]), _samples(frame[column]))
        for column in frame
        if column != EXTENT
    )


def _samples(cells: pd.Series) -> tuple[str, ...]:
    texts = dict.fromkeys(text for cell in cells if (text := str(cell).strip()))
    return tuple(text[:_MOST_SHOWN] for text in list(texts)[:_SAMPLES])
