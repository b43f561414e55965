"""The formats that are known: recognised by their columns, with who is behind them and on what terms."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from dashboard.datasets.formats import acled, gdelt, ucdp
from dashboard.datasets.formats.event_rows import Kinds
from dashboard.datasets.formats.sheet import Sheet

OWN = "own"


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the columns that tell it, what reads it, and how its data are to be credited.

    `dates` and `numbers` are the columns whose way of writing may be another's than its own.
    """

    name: str
    needed: tuple[str, ...]
    dates: tuple[str, ...]
    numbers: tuple[str, ...]
    read: Callable[[Sheet, Kinds], pd.DataFrame]
    licence: str
    credit: str


FORMATS: Mapping[str, Format] = {
    # Source: acleddata.com, terms of use and attribution policy.
    "acled": Format(
        "ACLED",
        acled.NEEDED,
        ("event_date",),
        ("latitude", "longitude"),
        acled.acled,
        "ACLED terms of use: no redistribution of its rows",
        "Armed Conflict Location & Event Data (ACLED), acleddata.com",
    ),
    # Source: ucdp.uu.se, downloads.
    "ucdp": Format(
        "UCDP GED",
        ucdp.NEEDED,
        ("date_start", "date_end"),
        ("latitude", "longitude"),
        ucdp.ucdp,
        "CC BY 4.0",
        "Uppsala Conflict Data Program (UCDP), Georeferenced Event Dataset, ucdp.uu.se",
    ),
    # Source: gdeltproject.org, terms of use.
    "gdelt": Format(
        "GDELT",
        gdelt.NEEDED,
        ("SQLDATE",),
        ("ActionGeo_Lat", "ActionGeo_Long"),
        gdelt.gdelt,
        "Open, with citation",
        "The GDELT Project, gdeltproject.org",
    ),
}


def recognised(columns: list[str]) -> str:
    """The format whose columns these are; `OWN` if none."""
    held = frozenset(columns)
    return next((key for key, known in FORMATS.items() if held.issuperset(known.needed)), OWN)
