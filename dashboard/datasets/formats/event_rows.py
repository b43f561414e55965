"""What importers share: rows as the engine takes them, and what a precision means in metres."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from dashboard.datasets.build.rows import BETWEEN, ROWS
from dashboard.datasets.formats.days import precision
from dashboard.datasets.formats.sheet import Sheet
from dashboard.model.place import PlacePrecision
from dashboard.model.when import DatePrecision

# A radius for each precision that a dataset tells, in metres: a convention of ours, for a circle that
# says how much is known. UCDP says of its where_prec 2 "within about 25 km"; the others follow the
# usual size of such areas in the Middle East.
RADIUS_M: Mapping[PlacePrecision, int] = {
    PlacePrecision.EXACT: 250,
    PlacePrecision.SETTLEMENT: 1_500,
    PlacePrecision.VICINITY: 25_000,
    PlacePrecision.SUBDISTRICT: 15_000,
    PlacePrecision.DISTRICT: 30_000,
    PlacePrecision.GOVERNORATE: 75_000,
    PlacePrecision.REGION: 150_000,
}
_RADIUS_OF = {precision.value: metres for precision, metres in RADIUS_M.items()}


@dataclass(frozen=True, slots=True)
class Kinds:
    """Kinds of event by what a format calls them, from data/lexicon/imported_kinds.csv."""

    by_type: Mapping[tuple[str, str], str]

    def of(self, type_: str, sub_type: str = "") -> str | None:
        """The kind for a type and sub-type."""
        return self.by_type.get((type_, sub_type))

    def by_prefix(self, code: str) -> str | None:
        """The kind for the longest code that `code` begins with, as CAMEO's codes nest."""
        for length in range(len(code), 1, -1):
            if (found := self.by_type.get((code[:length], ""))) is not None:
                return found
        return None


def rows_of(sheet: Sheet, columns: Mapping[str, object]) -> pd.DataFrame:
    """The good rows of a sheet with every column of `ROWS`; what is not given is ""."""
    frame = pd.DataFrame({name: columns.get(name, "") for name in ROWS}, index=sheet.frame.index)
    unlocated = frame["lat"].isna() | frame["lon"].isna()
    for name in ("lat", "lon"):
        frame[name] = frame[name].where(~unlocated, np.nan)
    return frame[sheet.good].reset_index(drop=True)


def several(cell: object) -> str:
    """Names between semicolons, each once, as a cell of `ROWS` holds them."""
    if not isinstance(cell, str):
        return ""
    names = (name.strip() for name in cell.split(";"))
    return BETWEEN.join(dict.fromkeys(name for name in names if name))


def placed(precisions: "pd.Series[str]") -> dict[str, pd.Series]:
    """Precision and radius as columns; a blank precision is a place too large to mark."""
    told = precisions.fillna("").astype(str)
    return {
        "place_precision": told,
        "uncertainty_m": told.map(dict(_RADIUS_OF)).fillna(0).astype("int64"),
    }


def dated(start: pd.Series, end: pd.Series) -> dict[str, pd.Series]:
    """Interval and its precision as columns, from dates; `None` is open, or twice undated."""
    pairs = [
        tuple(day if isinstance(day, date) else None for day in pair)
        for pair in zip(start, end, strict=True)
    ]
    known = {pair: _precision(*pair) for pair in set(pairs)}
    told = [known[pair] for pair in pairs]
    return {
        "date_start": pd.to_datetime(pd.Series([pair[0] for pair in pairs], index=start.index)),
        "date_end": pd.to_datetime(pd.Series([pair[1] for pair in pairs], index=start.index)),
        "date_precision": pd.Series(told, index=start.index, dtype=object),
    }


def _precision(start: object, end: object) -> str:
    known = [isinstance(day, date) for day in (start, end)]
    if isinstance(start, date) and isinstance(end, date):
        return precision(start, end).value
    return DatePrecision.OPEN.value if any(known) else ""
