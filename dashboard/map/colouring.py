"""The values that have a colour of their own on the map: the most frequent ones of all events.

They are those of all events, not of the selection: a filter changes no colour.
"""

from dataclasses import dataclass

from dashboard.project.catalog import Catalog
from dashboard.query.colouring import LIMITED, MOST_COLOURED, Colouring, most_frequent
from dashboard.query.query import Query

# More values are not counted: they are one class anyway.
_MOST = 1_000


@dataclass(frozen=True, slots=True)
class MapColours:
    """How the marks of a catalog are coloured; `others` is the number of values without a colour."""

    colouring: Colouring
    others: int = 0


def map_colours(catalog: Catalog, query: Query) -> MapColours:
    """The colouring of the query's column."""
    column = query.colour
    if column not in LIMITED:
        return MapColours(Colouring(column))

    def load() -> MapColours:
        every = Query(unreviewed=catalog.unreviewed)
        rows = catalog.engine.ask(most_frequent, every, column=column, most=_MOST)
        values = tuple(map(str, rows["value"]))
        first = values[:MOST_COLOURED]
        return MapColours(Colouring(column, first), len(values) - len(first))

    colours: MapColours = catalog.answers.get(("map colours", column), load)
    return colours
