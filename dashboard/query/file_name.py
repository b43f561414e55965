"""File names derived from a query, e.g. events_arrest_russian_forces_2021-01-18_2021-02-21."""

import re

from dashboard.query.facets import FACETS
from dashboard.query.query import Query

# Some file systems cut longer names.
_MOST = 80
# The selected places that are named; a mark of a whole region may have hundreds.
_MOST_PLACES = 3
_OTHER = re.compile(r"[^a-z0-9-]+")


def file_name(query: Query) -> str:
    """The name without an ending; made of ids, so the same in every language and safe on any disk."""
    parts = ["events"]
    parts += [value for facet in FACETS for value in getattr(query, facet.field)]
    if query.place_ids:
        parts += ["at", *query.place_ids[:_MOST_PLACES]]
    parts += [day.isoformat() for day in (query.start, query.end) if day]
    if query.areas:
        parts.append("area")
    if query.text:
        parts.append("search")
    return _OTHER.sub("_", "_".join(parts).lower())[:_MOST].strip("_")
