"""ACLED exports with the columns of 2023 and later; interaction codes are numbers or words.

Source: ACLED Codebook (2023 and later). The origin of every row is ACLED: it read the outlets of the
column `source`, and two of them do not make an event corroborated.
"""

from datetime import date

import numpy as np
import pandas as pd

from dashboard.datasets.build.codes import factorize_rows
from dashboard.datasets.build.rows import SEPARATOR
from dashboard.datasets.formats.crosswalk import Crosswalk
from dashboard.datasets.formats.date_cells import read_days
from dashboard.datasets.formats.date_precisions import around
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
from dashboard.datasets.formats.notices import NoticeKind
from dashboard.datasets.formats.partial_dates import Interval
from dashboard.datasets.formats.points import read_number_points
from dashboard.datasets.formats.sheet import Sheet, join_columns, map_distinct
from dashboard.datasets.formats.source_columns import source_columns
from dashboard.dates.precision import acled_time_codes
from dashboard.model.estimate import Measure
from dashboard.model.event import PartyRoles
from dashboard.model.message import message
from dashboard.model.when import DatePrecision

# Columns of which the event rows have the cells as they are.
_UNCHANGED = (
    "event_id_cnty", "notes", "latitude", "longitude", "location", "country", "admin1", "admin2",
    "admin3",
)  # fmt: skip
# What the columns are taken for; see `registry.Format`.
_PRECISION = message("1, 2 or 3")
_ACTOR_TYPE = message("an actor type of ACLED, as number or in words")
ROLES = {
    "event_id_cnty": "event_id", "event_date": "date", "time_precision": "date_precision",
    "event_type": "kind", "sub_event_type": "kind", "actor1": "party", "assoc_actor_1": "party",
    "actor2": "party", "assoc_actor_2": "party", "country": "country", "admin1": "admin1",
    "admin2": "admin2", "admin3": "admin3", "location": "place", "latitude": "lat",
    "longitude": "lon", "geo_precision": "precision", "source": "outlet", "notes": "notes",
    "fatalities": "killed",
}  # fmt: skip
REQUIRED = ("event_id_cnty", "event_date", "event_type", "sub_event_type", "latitude", "longitude")

# Source: ACLED Codebook, "Fatalities": all people reported killed in the event.
_FATALITIES = (EstimateColumns(Measure.KILLED, "fatalities"),)


def acled(sheet: Sheet, codes: Crosswalk) -> pd.DataFrame:
    """The event rows of a chunk of an export."""
    types = join_columns(
        sheet.text("event_type"), sheet.text("sub_event_type"), separator=SEPARATOR
    )
    by_sub_type = _kinds_of_sub_types(codes)
    read = {
        pair: codes.kind_of(*_pair(pair)) or by_sub_type.get(_pair(pair)[1])
        for pair in types.unique()
    }
    kind = kinds(sheet, "sub_event_type", types.map(read), codes)
    precision = place_precision(sheet, "geo_precision", codes, _PRECISION)
    known = {code.lower() for code in codes.civilians}
    for column in ("inter1", "inter2"):
        texts = sheet.text(column)
        unknown = (texts != "") & ~texts.str.lower().isin(known)
        sheet.unread(unknown.to_numpy(), column, _ACTOR_TYPE)
    points = read_number_points(sheet, "latitude", "longitude")
    return to_event_rows(
        sheet,
        {
            "event_id": "acled:" + row_ids(sheet, "event_id_cnty"),
            "kind": kind,
            "title": _title(sheet),
            "notes": sheet.text("notes"),
            **_dates(sheet),
            "lat": points.lat,
            "lon": points.lon,
            "place": sheet.text("location"),
            **precision_columns(precision),
            **{name: sheet.text(name) for name in ("country", "admin1", "admin2", "admin3")},
            **_actors(sheet, codes),
            "outlets": sheet.map_or_blank("source", split_names),
            "estimates": estimate_cells(sheet, present(sheet, _FATALITIES)),
            **source_columns(sheet, _UNCHANGED),
        },
    )


def _pair(types: str) -> tuple[str, str]:
    first, _, second = types.partition(SEPARATOR)
    return first, second


def _kinds_of_sub_types(codes: Crosswalk) -> dict[str, str]:
    """The kind of each sub-type: of 2018 and before are exports with other names of types."""
    kinds_of: dict[str, set[str]] = {}
    for (_type, sub_type), kind in codes.kinds.items():
        kinds_of.setdefault(sub_type, set()).add(kind)
    return {name: next(iter(found)) for name, found in kinds_of.items() if len(found) == 1}


def _title(sheet: Sheet) -> pd.Series:
    actors = join_columns(sheet.text("actor1"), sheet.text("actor2"), separator=" / ")
    return join_columns(sheet.text("sub_event_type"), actors, separator=": ")


def _dates(sheet: Sheet) -> dict[str, pd.Series]:
    """The day, or the interval around an imprecise date.

    Source: ACLED Codebook, "Time precision": 2 is the middle of a week, 3 that of a month.
    """
    given = read_days(sheet, "event_date")
    precisions = {str(code): precision for precision, code in acled_time_codes().items()}
    if "time_precision" not in sheet.frame:
        every = np.ones(len(sheet.frame), dtype=bool)
        sheet.note(every, "event_date", NoticeKind.NO_DATE_PRECISION_COLUMN)
    precision = sheet.decode("time_precision", precisions, _PRECISION)
    # A code that is not known, or lacks in its column, may be the widest.
    unknown = DatePrecision.MONTH if "time_precision" in sheet.frame else DatePrecision.DAY
    precision = precision.fillna(unknown)
    # Rows with the same text in the column have the same day.
    cells, _ = sheet.distinct("event_date")
    codes, first = factorize_rows(pd.DataFrame({"cell": cells, "precision": precision}))
    pairs = zip((given[at] for at in first.tolist()), precision.iloc[first], strict=True)
    intervals = pd.DataFrame([_interval(*pair) for pair in pairs], columns=[0, 1], dtype=object)
    columns = date_columns(intervals[0], intervals[1])
    return {name: cells.take(codes).set_axis(sheet.frame.index) for name, cells in columns.items()}


def _interval(given: Interval | None, precision: DatePrecision) -> tuple[date | None, date | None]:
    return (None, None) if given is None else around(given, precision)


def _actors(sheet: Sheet, codes: Crosswalk) -> dict[str, pd.Series]:
    """Civilians are targets where ACLED says so; all others are parties.

    Source: ACLED Codebook, "Actors": the order of actor 1 and actor 2 does not say who began; "Civilian
    targeting": civilians were the main or only target. So they are in "Violence against civilians".
    """
    first = join_columns(
        sheet.text("actor1"), sheet.map_or_blank("assoc_actor_1", split_names), separator=SEPARATOR
    )
    second = join_columns(
        sheet.text("actor2"), sheet.map_or_blank("assoc_actor_2", split_names), separator=SEPARATOR
    )
    targeted = map_distinct(sheet.text("event_type"), codes.parties_of) == PartyRoles.ONE_SIDED
    targeted |= sheet.text("civilian_targeting") != ""
    civilians = [code.lower() for code, of_civilians in codes.civilians.items() if of_civilians]
    first_targeted, second_targeted = (
        targeted & sheet.text(column).str.lower().isin(civilians) for column in ("inter1", "inter2")
    )
    return {
        "targets": join_columns(
            first.where(first_targeted, ""), second.where(second_targeted, ""), separator=SEPARATOR
        ),
        "parties": join_columns(
            first.where(~first_targeted, ""),
            second.where(~second_targeted, ""),
            separator=SEPARATOR,
        ),
    }
