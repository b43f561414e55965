"""UCDP's Georeferenced Event Dataset, with the column names of 25.1 and of older versions.

Source: UCDP GED Codebook, version 25.1. An event of where_prec 6 (a country) or 7 (waters, airspace)
gets no place: a country is never an event's place.
"""

import pandas as pd

from dashboard.datasets.build.rows import SEPARATOR
from dashboard.datasets.formats.crosswalk import Crosswalk
from dashboard.datasets.formats.estimate_cells import EstimateColumns, estimate_cells, present
from dashboard.datasets.formats.event_rows import (
    date_columns,
    place_precision,
    precision_columns,
    split_names,
    to_event_rows,
)
from dashboard.datasets.formats.ids import required_ids
from dashboard.datasets.formats.sheet import Sheet, join_columns
from dashboard.datasets.formats.source_columns import source_columns
from dashboard.model.estimate import Counted, Measure
from dashboard.model.event import PartyRoles

# Columns of which the event rows have the cells as they are.
_UNCHANGED = ("id", "latitude", "longitude", "country", "adm_1", "adm_2")
# Source: UCDP GED Codebook 25.1, "Fatalities": `best` is the sum of the four `deaths_` columns; versions
# before 18.1 have names with `_est`.
_DEATHS = (
    EstimateColumns(Measure.KILLED, "best", "low", "high"),
    EstimateColumns(Measure.KILLED, "best_est", "low_est", "high_est"),
    EstimateColumns(Measure.KILLED, "deaths_a", counted=Counted.COMBATANTS, side="side_a"),
    EstimateColumns(Measure.KILLED, "deaths_b", counted=Counted.COMBATANTS, side="side_b"),
    EstimateColumns(Measure.KILLED, "deaths_civilians", counted=Counted.CIVILIANS),
    EstimateColumns(Measure.KILLED, "deaths_unknown", counted=Counted.UNKNOWN),
)
REQUIRED = (
    "type_of_violence", "date_start", "date_end", "side_a", "latitude", "longitude",
)  # fmt: skip


def ucdp(sheet: Sheet, codes: Crosswalk) -> pd.DataFrame:
    """The event rows of a chunk of the dataset; rows with faults are left out."""
    types = sheet.required("type_of_violence")
    kind = sheet.parse("type_of_violence", codes.kind_of, "1, 2 or 3")
    precision = place_precision(sheet, "where_prec", codes, "a number from 1 to 7")
    unmarked = precision == ""
    side_a, side_b = sheet.text("side_a"), sheet.text("side_b")
    one_sided = types.map(codes.parties_of) == PartyRoles.ONE_SIDED
    names = {number: type_.name for number, type_ in codes.types.items()}
    start, end = sheet.day("date_start"), sheet.day("date_end")
    both = start.notna() & end.notna()
    sheet.fault(
        (both & (end < start.where(both, end))).to_numpy(),
        "date_end",
        "a day not before date_start",
    )
    return to_event_rows(
        sheet,
        {
            "event_id": "ucdp:" + required_ids(sheet, "id"),
            "kind": kind,
            "title": join_columns(
                types.map(names).fillna(""),
                join_columns(side_a, side_b, separator=" / "),
                separator=": ",
            ),
            "notes": join_columns(
                sheet.text("source_headline"), sheet.text("source_article"), separator=" — "
            ),
            **date_columns(start, end),
            "lat": sheet.number("latitude", -90, 90).where(~unmarked),
            "lon": sheet.number("longitude", -180, 180).where(~unmarked),
            "place": _first_of(sheet, "where_coordinates", "where_description"),
            **precision_columns(precision),
            "country": sheet.text("country"),
            "admin1": sheet.text("adm_1"),
            "admin2": sheet.text("adm_2"),
            "initiators": side_a.where(one_sided, ""),
            "targets": side_b.where(one_sided, ""),
            "parties": join_columns(side_a, side_b, separator=SEPARATOR).where(~one_sided, ""),
            "outlets": sheet.map_or_blank("source_office", split_names),
            "estimates": estimate_cells(sheet, present(sheet, _DEATHS)),
            "source_columns": source_columns(sheet, _UNCHANGED),
        },
    )


def _first_of(sheet: Sheet, first: str, second: str) -> pd.Series:
    cells = sheet.text(first)
    return cells.where(cells != "", sheet.text(second))
