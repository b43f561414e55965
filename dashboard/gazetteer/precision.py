"""What each precision of a place means in metres, and in ACLED's and UCDP's codes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dashboard.model.errors import DataError
from dashboard.model.place import PlacePrecision
from dashboard.model.rows import Row, build_records, columns_of, read_table, unique_rows
from dashboard.settings import DATA

_FILE = DATA / "lexicon" / "place_precision.csv"


@dataclass(frozen=True, slots=True)
class PrecisionMeaning:
    """One precision: its radius of uncertainty in metres where a source gives none, and its codes."""

    precision: PlacePrecision
    radius_m: int
    acled_geo_precision: int
    ucdp_where_prec: int
    source: str


@cache
def precision_meanings() -> Mapping[PlacePrecision, PrecisionMeaning]:
    """The meaning of each precision; raises DataError if the table is faulty or lacks one."""
    table = unique_rows(read_table(_FILE, columns_of(PrecisionMeaning)), "precision")
    meanings = {row.precision: row for row in build_records(table, _meaning)}
    if table.faults or meanings.keys() != set(PlacePrecision):
        raise DataError(tuple(table.faults))
    return meanings


def _meaning(row: Row) -> PrecisionMeaning | None:
    precision = row.one_of("precision", PlacePrecision, "one of " + ", ".join(PlacePrecision))
    numbers = {
        name: row.one_of(name, int, "a whole number")
        for name in ("radius_m", "acled_geo_precision", "ucdp_where_prec")
    }
    if precision is None or None in numbers.values():
        return None
    return row.record(PrecisionMeaning, precision=precision, **numbers)


def radius_m(precision: PlacePrecision) -> int:
    """The radius of uncertainty in metres."""
    return precision_meanings()[precision].radius_m
