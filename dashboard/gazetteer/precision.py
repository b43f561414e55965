"""What each precision of a place means in metres, and in ACLED's and UCDP's codes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dashboard.model.place import PlacePrecision
from dashboard.model.rows import load_complete
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
    return load_complete(_FILE, PrecisionMeaning, "precision", PlacePrecision)


def radius_m(precision: PlacePrecision) -> int:
    """The radius of uncertainty in metres."""
    return precision_meanings()[precision].radius_m
