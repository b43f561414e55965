"""UCDP's Georeferenced Event Dataset, with the column names of 25.1 and of older versions.

Source: UCDP GED Codebook, version 25.1. An event of where_prec 6 (a country) or 7 (waters, airspace)
gets no place: a country is never an event's place.
"""

import pandas as pd

from dashboard.datasets.build.rows import SEPARATOR
from dashboard.datasets.formats.crosswalk import Crosswalk
from dashboard.datasets.formats.date_cells import first_before_last, read_days
from dashboard.datasets.formats.estimate_cells import EstimateColumns, estimate_cells, present
from dashboard.datasets.formats.event_rows import (
    date_columns,
    kinds,
    place_precision,
    precision_columns,
    split_names,
    to_event_rows,
)
from dashboard.datasets.formats.ids import row_ids
from dashboard.datasets.formats.points import read_number_points
from dashboard.datasets.formats.sheet import Sheet, join_columns, map_distinct, number_from
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
# What the columns are taken for; see `registry.Format`.
ROLES = {
    "id": "event_id", "date_start": "date", "date_end": "date_end", "type_of_violence": "kind",
    "side_a": "party", "side_b": "party", "latitude": "lat", "longitude": "lon",
    "where_prec": "precision", "where_coordinates": "place", "where_description": "place",
    "country": "country", "adm_1": "admin1", "adm_2": "admin2", "source_office": "outlet",
    "source_headline": "notes", "source_article": "notes", "best": "killed", "low": "killed_low",
    "high": "killed_high", "best_est": "killed", "low_est": "killed_low", "high_est": "killed_high",
    "deaths_a": "killed", "deaths_b": "killed", "deaths_civilians": "killed_civilians",
    "deaths_unknown": "killed",
}  # fmt: skip
REQUIRED = (
    "type_of_violence", "date_start", "date_end", "side_a", "latitude", "longitude",
)  # fmt: skip


def ucdp(sheet: Sheet, codes: Crosswalk) -> pd.DataFrame:
    """The event rows of a chunk of the dataset."""
    types = sheet.text("type_of_violence")
    kind = kinds(sheet, "type_of_violence", map_distinct(types, codes.kind_of), codes)
    precision = place_precision(sheet, "where_prec", codes, number_from(1, 7))
    unmarked = precision == ""
    side_a, side_b = sheet.text("side_a"), sheet.text("side_b")
    one_sided = map_distinct(types, codes.parties_of) == PartyRoles.ONE_SIDED
    names = {number: type_.name for number, type_ in codes.types.items()}
    first, last = read_days(sheet, "date_start"), read_days(sheet, "date_end")
    pairs = first_before_last(
        sheet,
        [(a and a[0], b and b[1]) for a, b in zip(first, last, strict=True)],
        "date_end",
    )
    start, end = (
        pd.Series([pair[at] for pair in pairs], index=sheet.frame.index, dtype=object)
        for at in (0, 1)
    )
    points = read_number_points(sheet, "latitude", "longitude")
    return to_event_rows(
        sheet,
        {
            "event_id": "ucdp:" + row_ids(sheet, "id"),
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
            "lat": points.lat.where(~unmarked),
            "lon": points.lon.where(~unmarked),
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
            **source_columns(sheet, _UNCHANGED),
        },
    )


def _first_of(sheet: Sheet, first: str, second: str) -> pd.Series:
    cells = sheet.text(first)
    return cells.where(cells != "", sheet.text(second))
