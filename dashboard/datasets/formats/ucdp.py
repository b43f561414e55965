"""UCDP's Georeferenced Event Dataset, with the column names of 25.1 and of older versions.

Source: UCDP GED Codebook, version 25.1. An event of where_prec 6 (a country) or 7 (waters, airspace)
has no place here: a country is never an event's place.
"""

from collections.abc import Mapping

import pandas as pd

from dashboard.datasets.build.rows import BETWEEN
from dashboard.datasets.formats.event_rows import Kinds, dated, placed, rows_of, several
from dashboard.datasets.formats.sheet import Sheet, joined
from dashboard.model.place import PlacePrecision

NEEDED = (
    "type_of_violence", "date_start", "date_end", "where_prec", "side_a", "latitude", "longitude",
)  # fmt: skip
_PRECISION: Mapping[str, str] = {
    "1": PlacePrecision.SETTLEMENT.value,
    "2": PlacePrecision.VICINITY.value,
    "3": PlacePrecision.DISTRICT.value,
    "4": PlacePrecision.GOVERNORATE.value,
    "5": PlacePrecision.REGION.value,
    "6": "",
    "7": "",
}
_ONE_SIDED = "3"
_TYPES = {"1": "State-based violence", "2": "Non-state violence", "3": "One-sided violence"}


def ucdp(sheet: Sheet, kinds: Kinds) -> pd.DataFrame:
    """The rows of a part of the dataset."""
    types = sheet.needed("type_of_violence")
    kind = sheet.codes("type_of_violence", _by_type(kinds), "1, 2 or 3")
    precision = sheet.codes("where_prec", _PRECISION, "a number from 1 to 7")
    unmarked = precision == ""
    side_a, side_b = sheet.text("side_a"), sheet.text("side_b")
    one_sided = types == _ONE_SIDED
    start, end = sheet.day("date_start"), sheet.day("date_end")
    both = start.notna() & end.notna()
    sheet.fault(
        (both & (end < start.where(both, end))).to_numpy(),
        "date_end",
        "a day not before date_start",
    )
    first, second = ("lat", "latitude"), ("lon", "longitude")
    limits = {"latitude": 90, "longitude": 180}
    return rows_of(
        sheet,
        {
            "event_id": "ucdp:" + sheet.needed("id"),
            "kind": kind,
            "title": joined(
                types.map(_TYPES).fillna(""), joined(side_a, side_b, between=" / "), between=": "
            ),
            "notes": joined(
                sheet.text("source_headline"), sheet.text("source_article"), between=" — "
            ),
            **dated(start, end),
            **{
                ours: sheet.number(name, -limits[name], limits[name]).where(~unmarked)
                for ours, name in (first, second)
            },
            "place": _first_of(sheet, "where_coordinates", "where_description"),
            **placed(precision),
            "country": sheet.text("country"),
            "admin1": sheet.text("adm_1"),
            "admin2": sheet.text("adm_2"),
            "initiators": side_a.where(one_sided, ""),
            "targets": side_b.where(one_sided, ""),
            "parties": joined(side_a, side_b, between=BETWEEN).where(~one_sided, ""),
            "outlets": sheet.mapped_or_blank("source_office", several),
        },
    )


def _by_type(kinds: Kinds) -> dict[str, str]:
    return {number: kind for number in _TYPES if (kind := kinds.of(number)) is not None}


def _first_of(sheet: Sheet, first: str, second: str) -> pd.Series:
    told = sheet.text(first)
    return told.where(told != "", sheet.text(second))
