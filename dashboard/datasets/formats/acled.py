"""ACLED exports with the columns of 2023 and later; interaction codes are numbers or words.

Source: ACLED Codebook (2023 and later). The origin of every row is ACLED: it read the outlets of the
column `source`, and two of them do not make an event corroborated.
"""

from datetime import date, timedelta

import pandas as pd

from dashboard.datasets.build.codes import factorize_rows
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
from dashboard.datasets.formats.notices import NoticeKind
from dashboard.datasets.formats.sheet import Sheet, join_columns
from dashboard.datasets.formats.source_columns import source_columns
from dashboard.dates.precision import acled_time_codes
from dashboard.model.estimate import Measure
from dashboard.model.event import PartyRoles
from dashboard.model.when import DatePrecision

# Columns of which the event rows have the cells as they are.
_UNCHANGED = (
    "event_id_cnty", "notes", "latitude", "longitude", "location", "country", "admin1", "admin2",
    "admin3",
)  # fmt: skip
REQUIRED = ("event_id_cnty", "event_date", "event_type", "sub_event_type", "latitude", "longitude")

# Source: ACLED Codebook, "Fatalities": all people reported killed in the event.
_FATALITIES = (EstimateColumns(Measure.KILLED, "fatalities"),)


def acled(sheet: Sheet, codes: Crosswalk) -> pd.DataFrame:
    """The event rows of a chunk of an export; rows with faults are left out."""
    others = source_columns(sheet, _UNCHANGED)
    types = join_columns(
        sheet.required("event_type"), sheet.required("sub_event_type"), separator=SEPARATOR
    )
    sheet.set_column("sub_event_type ", types)
    kind = sheet.map("sub_event_type ", lambda cell: codes.kind_of(*_pair(str(cell))))
    sheet.fault(kind.isna().to_numpy(), "sub_event_type", "a sub-event type of ACLED")
    precision = place_precision(sheet, "geo_precision", codes, "1, 2 or 3")
    for column in ("inter1", "inter2"):
        unknown = (sheet.text(column) != "") & ~sheet.text(column).isin(codes.civilians)
        sheet.fault(unknown.to_numpy(), column, "an actor type of ACLED, as number or in words")
    return to_event_rows(
        sheet,
        {
            "event_id": "acled:" + required_ids(sheet, "event_id_cnty"),
            "kind": kind,
            "title": _title(sheet),
            "notes": sheet.text("notes"),
            **_dates(sheet),
            "lat": sheet.number("latitude", -90, 90),
            "lon": sheet.number("longitude", -180, 180),
            "place": sheet.text("location"),
            **precision_columns(precision),
            **{name: sheet.text(name) for name in ("country", "admin1", "admin2", "admin3")},
            **_actors(sheet, codes),
            "outlets": sheet.map_or_blank("source", split_names),
            "estimates": estimate_cells(sheet, present(sheet, _FATALITIES)),
            "source_columns": others,
        },
    )


def _pair(types: str) -> tuple[str, str]:
    first, _, second = types.partition(SEPARATOR)
    return first, second


def _title(sheet: Sheet) -> pd.Series:
    actors = join_columns(sheet.text("actor1"), sheet.text("actor2"), separator=" / ")
    return join_columns(sheet.text("sub_event_type"), actors, separator=": ")


def _dates(sheet: Sheet) -> dict[str, pd.Series]:
    """The day, or the interval around an imprecise date.

    Source: ACLED Codebook, "Time precision": 2 is the middle of a week, 3 that of a month.
    """
    days = sheet.day("event_date")
    precisions = {str(code): precision for precision, code in acled_time_codes().items()}
    if "time_precision" in sheet.frame:
        precision = sheet.decode("time_precision", precisions, "1, 2 or 3")
    else:
        precision = pd.Series(DatePrecision.DAY, index=days.index, dtype=object)
        sheet.note(sheet.valid.copy(), "event_date", NoticeKind.NO_DATE_PRECISION_COLUMN)
    codes, first = factorize_rows(pd.DataFrame({"day": days, "precision": precision}))
    pairs = zip(days.iloc[first], precision.iloc[first], strict=True)
    intervals = pd.DataFrame([_interval(*pair) for pair in pairs], columns=[0, 1], dtype=object)
    start, end = (intervals[at].take(codes).set_axis(days.index) for at in (0, 1))
    return date_columns(start, end)


def _interval(day: date | None, precision: DatePrecision | None) -> tuple[date | None, date | None]:
    if day is None or precision is DatePrecision.DAY:
        return day, day
    if precision is DatePrecision.WEEK:
        return day - timedelta(days=3), day + timedelta(days=3)
    first = day.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    return first, following - timedelta(days=1)


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
    targeted = sheet.text("event_type").map(codes.parties_of) == PartyRoles.ONE_SIDED
    targeted |= sheet.text("civilian_targeting") != ""
    civilians = [code for code, means_civilians in codes.civilians.items() if means_civilians]
    first_targeted, second_targeted = (
        targeted & sheet.text(column).isin(civilians) for column in ("inter1", "inter2")
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
