"""A cross table: events by the categories of two columns."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dashboard.project.catalog import Catalog
from dashboard.query.query import Query
from dashboard.query.splits import OTHERS
from dashboard.trends.from_engine import crossed, largest
from dashboard.trends.labels import category_name

# Rows and columns with a name; further categories are one row and one column.
MOST = (25, 10)


@dataclass(frozen=True, slots=True)
class Category:
    """A row or a column."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class CrossTable:
    """`events` has a row for each of `rows` and a column for each of `columns`."""

    rows: Sequence[Category]
    columns: Sequence[Category]
    events: npt.NDArray[np.int64]


def cross_table(catalog: Catalog, query: Query) -> CrossTable:
    """The cross table of a query; categories without an event in it are left out."""
    found = crossed(catalog, query, MOST)
    rows = _present(largest(catalog, query, query.trend.split, MOST[0]), set(found["row"]))
    columns = _present(largest(catalog, query, query.trend.cross, MOST[1]), set(found["column"]))
    table = found.pivot_table(index="row", columns="column", values="events", fill_value=0)
    table = table.reindex(index=rows, columns=columns, fill_value=0)
    catalog.places.fetch([value for value in (*rows, *columns) if value])
    return CrossTable(
        [Category(key, category_name(catalog.names, query.trend.split, key)) for key in rows],
        [Category(key, category_name(catalog.names, query.trend.cross, key)) for key in columns],
        table.to_numpy(dtype=np.int64),
    )


def _present(largest_first: Sequence[str], found: set[str]) -> list[str]:
    return [value for value in (*largest_first, OTHERS) if value in found]
