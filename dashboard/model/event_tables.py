"""The columnar tables of the engine: which columns events have there, whoever wrote them.

`event` is the key of an event: the number of its dataset in the upper 32 bits, the number of its row in
the lower. The columns that most filters and all maps use are copied into each table with rows of events
(denormalised), so that no query joins a million rows. Days are counted from 1970-01-01; an open end is
`OPEN_START` or `OPEN_END`; an undated event has both, and `dated` is false. `first_…` is true in the
first row of an event with that value: counting those rows counts events. `lat` and `lon` are degrees in
EPSG:4326, `x` and `y` tile units: see `model/grid.py`.
"""

from collections.abc import Mapping
from datetime import date

import pyarrow as pa

from dashboard.model.when import When

# The dataset of the events that analysts keep in the workspace.
CURATED = "curated"
OPEN_START, OPEN_END = -1_000_000, 1_000_000
_EPOCH = date(1970, 1, 1)
# The version of this layout of columns; datasets with an older one are rewritten when they are opened.
LAYOUT = 2
# The columns of an event that marks on the map, the histogram and the counts of filters use.
_DENORMALISED = [
    pa.field("kind", pa.string()),
    pa.field("group", pa.string()),
    pa.field("attestation", pa.string()),
    pa.field("dataset", pa.string()),
    pa.field("reviewed", pa.bool_()),
    pa.field("dated", pa.bool_()),
    pa.field("first_day", pa.int32()),
    pa.field("last_day", pa.int32()),
]
SCHEMAS: Mapping[str, pa.Schema] = {
    "events": pa.schema(
        [
            pa.field("event", pa.int64()),
            pa.field("event_id", pa.string()),
            *_DENORMALISED,
            pa.field("date_start", pa.date32()),
            pa.field("date_end", pa.date32()),
            pa.field("date_precision", pa.string()),
            pa.field("located", pa.bool_()),
            pa.field("title_en", pa.string()),
            pa.field("title_ar", pa.string()),
            pa.field("notes", pa.string()),
            pa.field("url", pa.string()),
            pa.field("search", pa.string()),
            pa.field("row_hash", pa.int64()),
        ]
    ),
    "event_places": pa.schema(
        [
            pa.field("event", pa.int64()),
            pa.field("place_id", pa.string()),
            pa.field("role", pa.string()),
            pa.field("site", pa.string()),
            pa.field("first_site", pa.bool_()),
            pa.field("first_place", pa.bool_()),
            pa.field("sharp", pa.bool_()),
            pa.field("lat", pa.float64()),
            pa.field("lon", pa.float64()),
            pa.field("x", pa.int32()),
            pa.field("y", pa.int32()),
            *_DENORMALISED,
            pa.field("geometry", pa.binary()),
        ]
    ),
    "event_actors": pa.schema(
        [
            pa.field("event", pa.int64()),
            pa.field("actor", pa.string()),
            pa.field("role", pa.string()),
            pa.field("first_actor", pa.bool_()),
            pa.field("first_role", pa.bool_()),
            *_DENORMALISED,
        ]
    ),
    "claims": pa.schema(
        [
            pa.field("event", pa.int64()),
            pa.field("claim_id", pa.string()),
            pa.field("article_id", pa.string()),
            pa.field("outlet", pa.string()),
            pa.field("speaker", pa.string()),
            pa.field("origin", pa.string()),
            pa.field("stance", pa.string()),
            pa.field("first_outlet", pa.bool_()),
            pa.field("first_speaker", pa.bool_()),
            *_DENORMALISED,
        ]
    ),
    "containment": pa.schema(
        [pa.field("event", pa.int64()), pa.field("place", pa.string()), *_DENORMALISED]
    ),
    "places": pa.schema(
        [
            pa.field("place_id", pa.string()),
            pa.field("name_en", pa.string()),
            pa.field("name_ar", pa.string()),
            pa.field("feature_class", pa.string()),
            pa.field("within", pa.string()),
            pa.field("lat", pa.float64()),
            pa.field("lon", pa.float64()),
            pa.field("uncertainty_m", pa.int32()),
            pa.field("precision", pa.string()),
            pa.field("source", pa.string()),
        ]
    ),
}


# Columns of `events` that are copied into DENORMALISED_TABLES when a dataset is written.
DENORMALISED = tuple(field.name for field in _DENORMALISED)
DENORMALISED_TABLES = frozenset({"event_places", "event_actors", "claims", "containment"})
# The columns of each table before the denormalised ones are added.
BASE_SCHEMAS: Mapping[str, pa.Schema] = {
    name: pa.schema([field for field in schema if field.name not in DENORMALISED])
    if name in DENORMALISED_TABLES
    else schema
    for name, schema in SCHEMAS.items()
}


def day_number(day: date) -> int:
    """Days from 1970-01-01."""
    return (day - _EPOCH).days


def day_numbers(when: When) -> tuple[int, int]:
    """`first_day` and `last_day` of an interval; an open end is OPEN_START or OPEN_END."""
    first = OPEN_START if when.start is None else day_number(when.start)
    last = OPEN_END if when.end is None else day_number(when.end)
    return first, last


def day_of(number: int) -> date:
    """The date that is `number` days after 1970-01-01."""
    return date.fromordinal(_EPOCH.toordinal() + int(number))
