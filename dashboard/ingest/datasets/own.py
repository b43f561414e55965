"""A table of one's own: which column says what is guessed, shown, and kept as a profile."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import pandas as pd

from dashboard.columnar.told import BETWEEN, stable_hash
from dashboard.ingest.datasets.common import dated, placed, rows_of
from dashboard.ingest.datasets.days import DateOrder, day, numeric, orders
from dashboard.ingest.datasets.parts import UnclearError
from dashboard.ingest.datasets.sheet import Sheet, joined
from dashboard.model.place import PlacePrecision
from dashboard.text.normalise import fold

# What a column may be called; the first name is ours. Folded, and without what is not a letter.
NAMES: Mapping[str, tuple[str, ...]] = {
    "event_id": ("event id", "id", "event_id_cnty", "globaleventid", "uid", "fid", "رقم", "معرف"),
    "date": (
        "date",
        "event date",
        "date start",
        "start date",
        "day",
        "when",
        "datetime",
        "timestamp",
        "تاريخ",
        "التاريخ",
    ),
    "date_end": ("date end", "end date", "until", "end", "حتى", "تاريخ النهاية"),
    "lat": ("latitude", "lat", "y", "خط العرض", "العرض"),
    "lon": ("longitude", "lon", "lng", "long", "x", "خط الطول", "الطول"),
    "place": (
        "place",
        "location",
        "place name",
        "town",
        "city",
        "site",
        "المكان",
        "الموقع",
        "البلدة",
    ),
    "kind": ("kind", "event type", "type", "category", "sub_event_type", "النوع", "نوع الحدث"),
    "title": ("title", "name", "event", "headline", "العنوان", "الحدث"),
    "notes": ("notes", "description", "text", "summary", "details", "الوصف", "ملاحظات", "النص"),
    "initiator": ("actor", "actor1", "initiator", "perpetrator", "party", "الفاعل", "الطرف"),
    "target": ("actor2", "target", "victim", "الهدف", "المستهدف"),
    "outlet": ("source", "outlet", "sources", "media", "المصدر", "المصادر"),
    "country": ("country", "الدولة", "البلد"),
    "admin1": ("admin1", "governorate", "province", "state", "adm_1", "المحافظة"),
    "admin2": ("admin2", "district", "adm_2", "المنطقة"),
    "admin3": ("admin3", "subdistrict", "الناحية"),
    "precision": ("precision", "place precision", "الدقة"),
    "url": ("url", "link", "source url", "الرابط"),
}
NEEDED = ("lat", "lon")
_OTHER = "development"
# What a point stands for where nobody says: a town, which is neither its exact site nor a wider area.
USUAL_PRECISION = PlacePrecision.SETTLEMENT
_SAMPLE = 5_000


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """How a table of one's own is read: the column for each role, and what its values do not tell.

    `precision` is that of points for which no column tells any.
    """

    name: str
    columns: Mapping[str, str]
    precision: PlacePrecision = USUAL_PRECISION
    date_order: DateOrder | None = None
    decimal_comma: bool | None = None


def guess(columns: Sequence[str]) -> dict[str, str]:
    """The column for each role that its name gives away; each column is taken once."""
    plain = {_plain(column): column for column in columns}
    taken: dict[str, str] = {}
    for role, names in NAMES.items():
        for name in names:
            column = plain.get(_plain(name))
            if column is not None and column not in taken.values():
                taken[role] = column
                break
    return taken


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", fold(name))


def settled(profile: Profile, sample: pd.DataFrame) -> Profile:
    """The profile with what the values prove; raises UnclearError for what they leave open."""
    order, comma = profile.date_order, profile.decimal_comma
    dates = [str(value) for role in ("date", "date_end") for value in _cells(profile, sample, role)]
    if order is None and numeric(dates):
        left = orders(dates)
        if len(left) != 1:
            why = f"{profile.columns['date']}: whether day or month comes first cannot be told"
            choices = [item.value for item in DateOrder if item in left or not left]
            raise UnclearError("date_order", choices, why)
        order = left.pop()
    if comma is None:
        numbers = [str(value) for role in NEEDED for value in _cells(profile, sample, role)]
        comma = any(re.fullmatch(r"\s*-?\d+,\d+\s*", value) for value in numbers)
    return msgspec.structs.replace(profile, date_order=order, decimal_comma=comma)


def _cells(profile: Profile, sample: pd.DataFrame, role: str) -> list[Any]:
    column = profile.columns.get(role)
    if column is None or column not in sample:
        return []
    found: list[Any] = sample[column].dropna().head(_SAMPLE).tolist()
    return found


def own(sheet: Sheet, profile: Profile, kinds: Mapping[str, str]) -> pd.DataFrame:
    """The rows of a part of the table; `kinds` are ids by folded name."""
    columns = profile.columns

    def text(role: str) -> pd.Series:
        return sheet.text(columns.get(role, ""))

    def several(role: str) -> pd.Series:
        return text(role).str.replace(r"\s*[;؛]\s*", BETWEEN, regex=True)

    comma = bool(profile.decimal_comma)
    told = text("kind")
    kind = told.map(lambda name: kinds.get(fold(name), _OTHER))
    title = text("title")
    title = title.where(title != "", joined(told, text("place"), between=", "))
    return rows_of(
        sheet,
        {
            "event_id": _ids(sheet, columns),
            "kind": kind,
            "title": title.where(title != "", "Event"),
            "notes": text("notes"),
            **_days(sheet, profile),
            "lat": sheet.number(columns["lat"], -90, 90, comma=comma),
            "lon": sheet.number(columns["lon"], -180, 180, comma=comma),
            "place": text("place"),
            **_precision(sheet, profile),
            **{name: text(name) for name in ("country", "admin1", "admin2", "admin3")},
            "initiators": several("initiator"),
            "targets": several("target"),
            "outlets": several("outlet"),
            "url": text("url"),
        },
    )


def _ids(sheet: Sheet, columns: Mapping[str, str]) -> pd.Series:
    """The ids of the table, or else a hash of the row: the same row is the same event."""
    if "event_id" in columns:
        return sheet.needed(columns["event_id"])
    told = sheet.frame.astype(str).agg(BETWEEN.join, axis=1)
    return told.map(stable_hash)


def _days(sheet: Sheet, profile: Profile) -> dict[str, pd.Series]:
    def read(role: str) -> pd.Series:
        column = profile.columns.get(role, "")
        told = sheet.text(column)
        if not column or column not in sheet.frame:
            return pd.Series(None, index=sheet.frame.index, dtype=object)
        found = sheet.mapped(column, lambda value: _day(value, profile.date_order))
        sheet.fault((found.isna() & (told != "")).to_numpy(), column, "a day, as 2021-01-18")
        return found

    start = read("date")
    end = read("date_end") if "date_end" in profile.columns else start
    end = end.where(end.notna(), start)
    wrong = [
        first is not None and last is not None and last < first
        for first, last in zip(start, end, strict=True)
    ]
    column = profile.columns.get("date_end", profile.columns.get("date", ""))
    sheet.fault(pd.Series(wrong, dtype=bool).to_numpy(), column, "a day not before the first")
    return dated(start, end)


def _day(value: object, order: DateOrder | None) -> object:
    try:
        return day(str(value), order)
    except ValueError:
        return None


def _precision(sheet: Sheet, profile: Profile) -> dict[str, pd.Series]:
    """What the table says, or else the profile; an outline is as uncertain as it is large."""
    known = [precision.value for precision in PlacePrecision]
    column = profile.columns.get("precision", "")
    told = sheet.text(column).str.lower()
    unknown = (told != "") & ~told.isin(known)
    sheet.fault(unknown.to_numpy(dtype=bool), column, f"one of {', '.join(known)}")
    found = told.where(told != "", profile.precision.value).where(~unknown, profile.precision.value)
    radius = placed(found)["uncertainty_m"]
    if "extent_m" in sheet.frame:
        extent = sheet.frame["extent_m"].astype("int64")
        found = found.where(extent <= radius, PlacePrecision.VICINITY.value)
        radius = radius.where(extent <= radius, extent)
    return {
        "place_precision": found,
        "uncertainty_m": radius,
    }
