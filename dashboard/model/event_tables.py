"""The schemas of the engine's tables, the same for all datasets.

`event` is the key of an event: the number of its dataset in the upper 32 bits, the number of its row in
the lower. The columns that most filters and all maps use are copied into each table with rows of events
(denormalised), so that no query joins a million rows. Days are counted from 1970-01-01; an open end is
`OPEN_START` or `OPEN_END`; an undated event has both, and `dated` is false. `first_…` is true in the
first row of an event with that value: counting those rows counts events. `lat` and `lon` are degrees in
EPSG:4326, `x` and `y` tile units: see `model/grid.py`.

`event_estimates` has a row for each event and measure that its claims give; a `high` of null is an open
end. Of an imported event, `estimates` and `source_columns` are JSON (`model/estimate.py`,
`Event.source_columns`), and `record` is the whole event if the program exported it itself; else null.
`source_columns` is null for a row that was imported by a program before layout 3, which dropped figures
and other columns.

`verification` is "unverified" unless an analyst, or the file of this program from which the event was
imported, says otherwise, and "lapsed" if the event was changed since an analyst did.
"""

from collections.abc import Mapping
from datetime import date

import pyarrow as pa

from dashboard.model.when import When

# The id of the dataset of curated events.
CURATED = "curated"
OPEN_START, OPEN_END = -1_000_000, 1_000_000
_EPOCH = date(1970, 1, 1)
# The version of this layout of columns; datasets with an older one are rewritten when they are opened.
LAYOUT = 4
_INT64, _INT32, _FLOAT, _BOOL = pa.int64(), pa.int32(), pa.float64(), pa.bool_()
_TEXT, _DATE, _BYTES = pa.string(), pa.date32(), pa.binary()
# The columns of an event that marks on the map, the histogram and the counts of filters use.
_DENORMALISED = {
    "kind": _TEXT, "group": _TEXT, "attestation": _TEXT, "dataset": _TEXT, "reviewed": _BOOL,
    "dated": _BOOL, "first_day": _INT32, "last_day": _INT32, "verification": _TEXT,
    "place_verification": _TEXT,
}  # fmt: skip
# Who verified an event and its place, when and on what ground; null if nobody did.
VERIFIED: Mapping[str, pa.DataType] = {
    f"{part}_{name}": _TEXT
    for part in ("verification", "place_verification")
    for name in ("by", "at", "ground")
}
SCHEMAS: Mapping[str, pa.Schema] = {
    "events": pa.schema({
        "event": _INT64, "event_id": _TEXT, **_DENORMALISED,
        "date_start": _DATE, "date_end": _DATE, "date_precision": _TEXT, "located": _BOOL,
        "title_en": _TEXT, "title_ar": _TEXT, "notes": _TEXT, "url": _TEXT, "search": _TEXT,
        "row_hash": _INT64, "estimates": _TEXT, "source_columns": _TEXT, "record": _TEXT,
        **VERIFIED,
    }),
    "event_places": pa.schema({
        "event": _INT64, "place_id": _TEXT, "role": _TEXT, "site": _TEXT, "first_site": _BOOL,
        "first_place": _BOOL, "sharp": _BOOL, "lat": _FLOAT, "lon": _FLOAT, "x": _INT32, "y": _INT32,
        **_DENORMALISED, "geometry": _BYTES,
    }),
    "event_actors": pa.schema({
        "event": _INT64, "actor": _TEXT, "role": _TEXT, "first_actor": _BOOL, "first_role": _BOOL,
        **_DENORMALISED,
    }),
    "claims": pa.schema({
        "event": _INT64, "claim_id": _TEXT, "article_id": _TEXT, "outlet": _TEXT, "speaker": _TEXT,
        "origin": _TEXT, "stance": _TEXT, "first_outlet": _BOOL, "first_speaker": _BOOL,
        **_DENORMALISED,
    }),
    "containment": pa.schema({"event": _INT64, "place": _TEXT, **_DENORMALISED}),
    "event_estimates": pa.schema({
        "event": _INT64, "measure": _TEXT, "low": _INT64, "best": _INT64, "high": _INT64,
        **_DENORMALISED,
    }),
    "places": pa.schema({
        "place_id": _TEXT, "name_en": _TEXT, "name_ar": _TEXT, "feature_class": _TEXT,
        "within": _TEXT, "lat": _FLOAT, "lon": _FLOAT, "uncertainty_m": _INT32, "precision": _TEXT,
        "source": _TEXT,
    }),
}  # fmt: skip
# Columns of `events` that are copied into DENORMALISED_TABLES when a dataset is written.
DENORMALISED = tuple(_DENORMALISED)
DENORMALISED_TABLES = frozenset(
    {"event_places", "event_actors", "claims", "containment", "event_estimates"}
)
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
