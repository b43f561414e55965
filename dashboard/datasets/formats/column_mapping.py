"""A table of one's own: which column says what is guessed, shown, and kept as a profile."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

import msgspec
import numpy as np
import pandas as pd

from dashboard.datasets.build.rows import BETWEEN, stable_hash
from dashboard.datasets.files.parts import EXTENT, UnclearError
from dashboard.datasets.formats.days import DateOrder, day, numeric, orders
from dashboard.datasets.formats.event_rows import RADIUS_M, dated, placed, rows_of
from dashboard.datasets.formats.sheet import Sheet, joined, told
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
# What stands for a last day that is not known; source: EDTF (ISO 8601-2).
OPEN = ".."
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
    # Of columns that differ in capitals and the like the first: "id" before an "iD" of some later row.
    plain = {_plain(column): column for column in reversed(columns)}
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
    dates, numbers = (
        [profile.columns[role] for role in roles if role in profile.columns]
        for roles in (("date", "date_end"), NEEDED)
    )
    order = order_of(sample, dates, profile.date_order)
    comma = has_comma(sample, numbers, asked=profile.decimal_comma)
    return msgspec.structs.replace(profile, date_order=order, decimal_comma=comma)


def order_of(
    sample: pd.DataFrame, columns: Sequence[str], asked: DateOrder | None
) -> DateOrder | None:
    """The order of dates in numbers: as asked, as the values prove it, or `None` if there are none.

    Raises UnclearError for what they leave open.
    """
    dates = _texts(sample, columns)
    if asked is not None or not numeric(dates):
        return asked
    left = orders(dates)
    if len(left) == 1:
        return left.pop()
    why = f"{' and '.join(columns)}: whether day or month comes first cannot be told"
    raise UnclearError(
        "date_order", [item.value for item in DateOrder if item in left or not left], why
    )


def has_comma(sample: pd.DataFrame, columns: Sequence[str], *, asked: bool | None) -> bool:
    """Whether numbers have a decimal comma: as asked, or as the values show it."""
    if asked is not None:
        return asked
    return any(re.fullmatch(r"-?\d+,\d+", text) for text in _texts(sample, columns))


def _texts(sample: pd.DataFrame, columns: Sequence[str]) -> list[str]:
    held = [sample[column].head(_SAMPLE).tolist() for column in columns if column in sample]
    return [text for cells in held for cell in cells if (text := told(cell))]


def own(sheet: Sheet, profile: Profile, kinds: Mapping[str, str]) -> pd.DataFrame:
    """The rows of a part of the table; `kinds` are ids by folded name."""
    columns = profile.columns

    def text(role: str) -> pd.Series:
        return sheet.text(columns.get(role, ""))

    def several(role: str) -> pd.Series:
        return text(role).str.replace(r"\s*[;؛]\s*", BETWEEN, regex=True)

    named = text("kind")
    kind = named.map(lambda name: kinds.get(fold(name), _OTHER))
    title = text("title")
    title = title.where(title != "", joined(named, text("place"), between=", "))
    return rows_of(
        sheet,
        {
            "event_id": _ids(sheet, columns),
            "kind": kind,
            "title": title.where(title != "", "Event"),
            "notes": text("notes"),
            **_days(sheet, columns),
            "lat": sheet.number(columns["lat"], -90, 90),
            "lon": sheet.number(columns["lon"], -180, 180),
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
    given = sheet.text(columns.get("event_id", ""))
    if (given != "").all():
        return given
    cells = [sheet.text(name) for name in sheet.frame.columns]
    hashed = [stable_hash(BETWEEN.join(row)) for row in zip(*cells, strict=True)]
    return given.where(given != "", pd.Series(hashed, index=given.index, dtype=object))


def _days(sheet: Sheet, columns: Mapping[str, str]) -> dict[str, pd.Series]:
    """First and last day; a blank last day is the first, `OPEN` is none that is known."""
    first, last = (columns.get(role, "") for role in ("date", "date_end"))
    starts, ends = _read_days(sheet, first), _read_days(sheet, last)
    open_ = (sheet.text(last) == OPEN).tolist()
    pairs = [
        (start, end if end or unknown else start)
        for start, end, unknown in zip(starts, ends, open_, strict=True)
    ]
    wrong = [bool(start and end and end < start) for start, end in pairs]
    sheet.fault(np.array(wrong, dtype=bool), last or first, "a day not before the first")
    start, end = (
        pd.Series([pair[at] for pair in pairs], index=sheet.frame.index, dtype=object)
        for at in (0, 1)
    )
    return dated(start, end)


def _read_days(sheet: Sheet, column: str) -> list[date | None]:
    if column not in sheet.frame:
        return [None] * len(sheet.frame)
    found = sheet.mapped(column, lambda cell: _day(told(cell), sheet.order))
    texts = sheet.text(column)
    missing = found.isna() & (texts != "") & (texts != OPEN)
    sheet.fault(missing.to_numpy(dtype=bool), column, "a day, as 2021-01-18")
    return [day if isinstance(day, date) else None for day in found]


def _day(text: str, order: DateOrder | None) -> date | None:
    try:
        return day(text, order)
    except ValueError:
        return None


def _precision(sheet: Sheet, profile: Profile) -> dict[str, pd.Series]:
    """What the table says, or else the profile; an outline is as uncertain as it is large."""
    known = [precision.value for precision in PlacePrecision]
    column = profile.columns.get("precision", "")
    texts = sheet.text(column).str.lower()
    unknown = (texts != "") & ~texts.isin(known)
    sheet.fault(unknown.to_numpy(dtype=bool), column, f"one of {', '.join(known)}")
    found = texts.where((texts != "") & ~unknown, profile.precision.value)
    radius = placed(found)["uncertainty_m"]
    if EXTENT not in sheet.frame:
        return {"place_precision": found, "uncertainty_m": radius}
    extent = sheet.frame[EXTENT].astype("int64")
    wider = [
        precision if reach <= metres else _coarse(precision, reach)
        for precision, reach, metres in zip(found, extent, radius, strict=True)
    ]
    return {
        "place_precision": pd.Series(wider, index=found.index, dtype=object),
        "uncertainty_m": radius.where(extent <= radius, extent),
    }


def _coarse(told: str, reach: int) -> str:
    """The finest precision that takes in an outline of that reach, and is no finer than told."""
    coarser = list(PlacePrecision)[list(PlacePrecision).index(PlacePrecision(told)) :]
    fitting = (precision for precision in coarser if RADIUS_M[precision] >= reach)
    return next(fitting, PlacePrecision.REGION).value
