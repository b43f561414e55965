"""ACLED exports, with the columns of 2023 and later; interaction codes as numbers or in words.

Sources: ACLED Codebook (2023 and later). Its origin is ACLED for every row: the outlets of `source`
are whom ACLED read, and no two of them make a row corroborated.
"""

from collections.abc import Mapping
from datetime import date, timedelta

import pandas as pd

from dashboard.datasets.build.rows import BETWEEN
from dashboard.datasets.formats.event_rows import Kinds, dated, placed, rows_of, several
from dashboard.datasets.formats.sheet import Sheet, joined
from dashboard.model.place import PlacePrecision

NEEDED = ("event_id_cnty", "event_date", "event_type", "sub_event_type", "latitude", "longitude")
# ACLED puts 2 for "part of region" near a town, and 3 for a larger region.
_PRECISION: Mapping[str, str] = {
    "1": PlacePrecision.SETTLEMENT.value,
    "2": PlacePrecision.VICINITY.value,
    "3": PlacePrecision.GOVERNORATE.value,
}
_CIVILIANS = frozenset({"7", "Civilians"})
# In these, actor 1 acts and actor 2 is acted upon; in all others they stand side by side.
_ONE_SIDED = frozenset({"Explosions/Remote violence", "Violence against civilians"})
_CROWDS = frozenset({"Protests", "Riots"})
# Codes of the actor types, before and after ACLED put them into words.
_INTER: Mapping[str, str] = {
    **{str(number): str(number) for number in range(9)},
    **{
        name: name
        for name in (
            "State forces", "Rebel group", "Rebel groups", "Political militia",
            "Political militias", "Identity militia", "Identity militias", "Rioters",
            "Protesters", "Civilians", "External/Other forces", "Other forces",
        )
    },
}  # fmt: skip


def acled(sheet: Sheet, kinds: Kinds) -> pd.DataFrame:
    """The rows of a part of an export."""
    types = joined(sheet.needed("event_type"), sheet.needed("sub_event_type"), between=BETWEEN)
    sheet.frame["sub_event_type "] = types
    kind = sheet.mapped("sub_event_type ", lambda told: kinds.of(*_pair(str(told))))
    sheet.fault(kind.isna().to_numpy(), "sub_event_type", "a sub-event type of ACLED")
    precision = sheet.codes("geo_precision", _PRECISION, "1, 2 or 3")
    for column in ("inter1", "inter2"):
        unknown = (sheet.text(column) != "") & sheet.text(column).map(_INTER).isna()
        sheet.fault(unknown.to_numpy(), column, "an actor type of ACLED, as number or in words")
    return rows_of(
        sheet,
        {
            "event_id": "acled:" + sheet.needed("event_id_cnty"),
            "kind": kind,
            "title": _title(sheet),
            "notes": sheet.text("notes"),
            **_dates(sheet),
            "lat": sheet.number("latitude", -90, 90),
            "lon": sheet.number("longitude", -180, 180),
            "place": sheet.text("location"),
            **placed(precision),
            **{name: sheet.text(name) for name in ("country", "admin1", "admin2", "admin3")},
            **_actors(sheet),
            "outlets": sheet.mapped_or_blank("source", several),
        },
    )


def _pair(types: str) -> tuple[str, str]:
    first, _, second = types.partition(BETWEEN)
    return first, second


def _title(sheet: Sheet) -> pd.Series:
    actors = joined(sheet.text("actor1"), sheet.text("actor2"), between=" / ")
    return joined(sheet.text("sub_event_type"), actors, between=": ")


def _dates(sheet: Sheet) -> dict[str, pd.Series]:
    """The day, or the interval that an imprecise date stands in the middle of.

    Source: ACLED Codebook, "Time precision": 2 is the middle of a week, 3 that of a month.
    """
    days = sheet.day("event_date")
    told = sheet.codes("time_precision", {"1": 1, "2": 2, "3": 3}, "1, 2 or 3")
    pairs = list(zip(days, told, strict=True))
    intervals = {pair: _interval(*pair) for pair in set(pairs)}
    start, end = (
        pd.Series([intervals[pair][at] for pair in pairs], index=days.index, dtype=object)
        for at in (0, 1)
    )
    return dated(start, end)


def _interval(found: date | None, told: float | None) -> tuple[date | None, date | None]:
    if found is None or told == 1:
        return found, found
    if told == 2:
        return found - timedelta(days=3), found + timedelta(days=3)
    first = found.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    return first, following - timedelta(days=1)


def _actors(sheet: Sheet) -> dict[str, pd.Series]:
    first = joined(
        sheet.text("actor1"), sheet.mapped_or_blank("assoc_actor_1", several), between=BETWEEN
    )
    second = joined(
        sheet.text("actor2"), sheet.mapped_or_blank("assoc_actor_2", several), between=BETWEEN
    )
    types = sheet.text("event_type")
    one_sided = types.isin(_ONE_SIDED) | sheet.text("inter2").isin(_CIVILIANS)
    acting = one_sided | types.isin(_CROWDS)
    beside = joined(first.where(~acting, ""), second.where(~one_sided, ""), between=BETWEEN)
    return {
        "initiators": first.where(acting, ""),
        "targets": second.where(one_sided, ""),
        "parties": beside,
    }
