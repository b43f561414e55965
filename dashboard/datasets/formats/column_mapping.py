"""Column mappings of custom tables: what each column gives, e.g. the role "lat" by the column "Y"."""

from collections.abc import Mapping

import msgspec

from dashboard.datasets.formats.answers import NO_ANSWERS, Answers
from dashboard.datasets.formats.days import DateOrder
from dashboard.model.place import PlacePrecision

# What a column of a custom table can give; the names of such columns are in data/lexicon/.
ROLES = (
    "event_id", "date", "date_end", "date_precision", "year", "month", "day", "lat",
    "lon", "latlon", "lonlat", "wkt", "place", "kind", "kind2", "title", "notes", "initiator",
    "target", "party", "party2", "outlet", "country", "admin1", "admin2", "admin3", "precision", "url",
    "killed", "killed_low", "killed_high", "killed_civilians", "wounded", "wounded_low",
    "wounded_high", "detained", "displaced", "vehicles", "troops", "events", "zone",
)  # fmt: skip
REQUIRED = ("lat", "lon")
# Each of these has the roles that a table needs for its points.
POINT_ROLES = (REQUIRED, ("latlon",), ("lonlat",), ("wkt",))
# The default precision of points: a town, between its exact site and a wider area.
DEFAULT_PRECISION = PlacePrecision.SETTLEMENT
# A last day that is unknown; source: EDTF (ISO 8601-2).
UNKNOWN_END = ".."


class ColumnMapping(msgspec.Struct, frozen=True, kw_only=True):
    """How a custom table is read; saved as JSON under these names.

    `columns` maps `ROLES` to columns. `precision` is that of points without a
    value in the column for it. A `date_order` or `decimal_comma` of `None` is found by the values.
    `answers` are about the values of files with these columns.
    """

    name: str
    columns: Mapping[str, str]
    precision: PlacePrecision = DEFAULT_PRECISION
    date_order: DateOrder | None = None
    decimal_comma: bool | None = None
    answers: Answers = NO_ANSWERS


def has_points(columns: Mapping[str, str]) -> bool:
    """Whether the roles of `columns` are enough for points."""
    return any(all(role in columns for role in roles) for roles in POINT_ROLES)
