"""What each precision of a date means in days, and in ACLED's and UCDP's codes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from dashboard.model.rows import load_complete
from dashboard.model.when import DatePrecision
from dashboard.settings import DATA

_FILE = DATA / "lexicon" / "date_precision.csv"


@dataclass(frozen=True, slots=True)
class DatePrecisionMeaning:
    """One precision: the days that its interval has at most (`None`: no bound), and its codes."""

    precision: DatePrecision
    most_days: int | None
    acled_time_precision: int | None
    ucdp_date_prec: tuple[str, ...]
    source: str


@cache
def date_precisions() -> Mapping[DatePrecision, DatePrecisionMeaning]:
    """The meaning of each precision, the finest first; raises DataError if the table is faulty."""
    return load_complete(_FILE, DatePrecisionMeaning, "precision", DatePrecision)


def acled_time_codes() -> Mapping[DatePrecision, int]:
    """ACLED's `time_precision` of each precision that has one."""
    rows = date_precisions().items()
    return {key: row.acled_time_precision for key, row in rows if row.acled_time_precision}


# The chunks of a file have most intervals in common.
@lru_cache(maxsize=20_000)
def interval_precision(start: date | None, end: date | None) -> DatePrecision:
    """The precision of an interval by its number of days; an unknown end makes it open."""
    if start is None or end is None:
        return DatePrecision.OPEN
    days = (end - start).days + 1
    bounds = ((row.precision, row.most_days) for row in date_precisions().values())
    return next((key for key, most in bounds if most and days <= most), DatePrecision.OPEN)
