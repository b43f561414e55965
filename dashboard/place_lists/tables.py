"""Cells of tables by column name, which publishers write in several ways, e.g. "ADM1_EN", "adm1_en"."""

from collections.abc import Iterator, Mapping
from typing import Protocol

import msgspec
import pandas as pd

from dashboard.model.place_list import ListedPlace
from dashboard.place_lists.rows import Rows, clean_text

# A row of a table: its cells by the name of the column in lower case.
Cells = Mapping[str, object]


class TableFormat(Protocol):
    """A format of tables with a row per place."""

    def read(self, cells: Cells, rows: Rows) -> Iterator[ListedPlace]:
        """The places of a row: none, one, or also the areas that contain it."""


def rows_of(frame: pd.DataFrame) -> Iterator[Cells]:
    """The rows of a chunk."""
    names = [str(name).strip().lower() for name in frame.columns]
    columns = [frame[name].tolist() for name in frame.columns]
    for cells in zip(*columns, strict=True):
        yield dict(zip(names, cells, strict=True))


def first_of(cells: Cells, *names: str) -> object:
    """The first filled cell of these columns, `None` if there is none."""
    return next((cells[name] for name in names if clean_text(cells.get(name))), None)


def text_of(cells: Cells, *names: str) -> str:
    """The same as text."""
    return clean_text(first_of(cells, *names))


def as_list(value: object) -> list[object]:
    """The items of a cell that has a list as JSON, else the cell itself as the only one."""
    if isinstance(value, str) and value.startswith("["):
        try:
            items = msgspec.json.decode(value)
        except (msgspec.DecodeError, RecursionError):
            return [value]
        return items if isinstance(items, list) else [value]
    return [] if value is None else [value]
