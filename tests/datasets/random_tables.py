"""Random tables of events for Hypothesis: the bytes of a file, and what each row says.

Columns have names in three languages, in any order and case, beside columns of no field.
"""

import calendar
import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from tests.datasets.random_cells import DATE_FORMS, FRENCH, LEVANT, NUMBER_FORMS, PAIR_FORMS

# Names of columns; those of "other" say nothing that an event has, but their cells look as if.
NAMES: Mapping[str, Sequence[str]] = {
    "event_id": ("id", "Event ID", "incident id", "uid", "معرف", "رقم الحادثة", "identifiant", "N°"),
    "date": ("date", "Event Date", "Date of incident", "when", "تاريخ الحدث", "التاريخ", "تاريخ",
             "date de l'événement", "Attack date"),
    "date_end": ("end date", "Date end", "until", "تاريخ النهاية", "date de fin"),
    "year": ("year", "السنة", "année"),
    "month": ("month", "الشهر", "mois"),
    "day": ("day", "Day", "اليوم", "jour"),
    "lat": ("lat", "Latitude", "y", "خط العرض", "latitude"),
    "lon": ("lon", "lng", "Longitude", "x", "خط الطول", "longitude"),
    "pair": ("coordinates", "GPS", "lat/long", "الإحداثيات", "coordonnées", "Point"),
    "kind": ("type", "Event type", "kind", "category", "نوع الحدث", "النوع", "type d'incident"),
    "actor": ("actor", "perpetrator", "الفاعل", "الطرف", "acteur"),
    "killed": ("fatalities", "killed", "عدد القتلى", "القتلى", "morts"),
    "notes": ("notes", "Description", "ملاحظات", "الوصف", "remarques"),
    "source": ("source", "المصدر", "Sources"),
    "other": ("Report date", "Updated", "تاريخ التقرير", "Entry", "Score", "Ward", "Unit", "الوزن",
              "Distance", "Phone", "Population", "Row", "Note 2", "Population 2010", "رقم الهاتف",
              "Elevation", "Verified", "Severity", "Time", "Grid"),
}  # fmt: skip
# Kinds as tables write them, and ours; `None` is not known.
KINDS: Mapping[str, str | None] = {
    "Armed clash": "clash", "اشتباك": "clash", "Shelling": "shelling", "قصف مدفعي": "shelling",
    "air_strike": "air_strike", "AIRSTRIKE": "air_strike", "Protest": "protest",
    "Zzgwibble": None, "": None, "17": None, "4": None,
}  # fmt: skip
_OTHER_CELLS = (
    lambda at: f"{at % 7},{at % 10}",
    lambda at: f"{at % 28 + 1}/{at % 12 + 1}",
    lambda at: f"{at % 28 + 1}/{at % 12 + 1}/2019",
    lambda at: f"2017-03-{at % 28 + 1:02}",
    lambda at: str(1_500_000_000 + at),
    lambda at: str(43_000 + at),
    lambda at: f"{at % 30}.25",
    lambda at: f"{at % 12 + 1} {at % 30}",
    lambda at: f"+963 {at % 90} {at % 1000:03}",
    lambda at: f"{at % 12 + 1}SYR{at % 90 + 10}",
    lambda at: "No" if at % 2 else "Yes",
    lambda at: f"{at % 24:02}:{at % 60:02}",
    lambda at: f"{at % 10};{at % 7}",
    lambda at: f'Line one, {at}\nline two | "quoted"',
)
REFERENCE = "Made-up reference"


@dataclass(frozen=True)
class Truth:
    """What a row says; `None` or "" for what its cells leave open, and for an open first day."""

    token: str
    event_id: str
    days: tuple[date | None, date] | None
    point: tuple[float, float] | None
    kind: str | None
    killed: int | None


@dataclass(frozen=True)
class RandomTable:
    """A file, and what its rows say; `forms` says how it was written, for messages."""

    content: bytes
    ending: str
    rows: Sequence[Truth]
    columns: Mapping[str, str]
    forms: Mapping[str, object]


_DAYS = st.one_of(
    st.dates(date(1990, 1, 1), date(2025, 12, 31)),
    # Days that are months too, and those near the end of a year.
    st.builds(date, st.integers(2001, 2024), st.integers(1, 12), st.integers(1, 12)),
)


def _near_degrees(limit: int) -> st.SearchStrategy[float]:
    number = st.integers(-limit * 10_000, limit * 10_000).filter(lambda n: abs(n) > 20)
    return number.map(lambda n: n / 10_000)


@st.composite
def random_tables(draw: st.DrawFn) -> RandomTable:
    """A table of 1 to 12 events."""
    size = draw(st.integers(1, 12))
    dates, points = (
        draw(st.sampled_from(("one", "one", "two", "parts"))),
        draw(st.sampled_from(("two", "two", "pair", "none"))),
    )
    roles = _roles(draw, dates, points)
    columns = _names(draw, roles)
    forms = {
        "date": draw(st.sampled_from(sorted(DATE_FORMS))),
        "number": draw(st.sampled_from(sorted(NUMBER_FORMS))),
        "pair": draw(st.sampled_from(sorted(PAIR_FORMS))),
        "parts": draw(st.sampled_from(("numbers", "levant", "french", "no day"))),
        "ids": draw(st.sampled_from(("numbers", "long", "zeros", "texts"))),
        "dates": dates,
        "points": points,
        "others": {
            role: draw(st.sampled_from(_OTHER_CELLS)) for role in roles if role.startswith("other")
        },
    }
    blank = draw(st.sampled_from((0, 0, 3)))
    truths, lines = [], []
    for at in range(size):
        truth, cells = _row(draw, at, roles, forms, blank)
        truths.append(truth)
        lines.append({columns[role]: cell for role, cell in cells.items()})
    order = draw(st.permutations(list(columns.values())))
    content, ending, written = _file(draw, order, lines)
    return RandomTable(content, ending, truths, columns, {**forms, **written})


def _roles(draw: st.DrawFn, dates: str, points: str) -> list[str]:
    roles = ["token"]
    roles += {"one": ["date"], "two": ["date", "date_end"], "parts": ["year", "month", "day"]}[
        dates
    ]
    roles += {"two": ["lat", "lon"], "pair": ["pair"], "none": []}[points]
    some = ("event_id", "kind", "actor", "killed", "notes", "source")
    roles += [role for role in some if draw(st.booleans())]
    return roles + [f"other {at}" for at in range(draw(st.integers(0, 4)))]


def _names(draw: st.DrawFn, roles: Sequence[str]) -> dict[str, str]:
    """A name for each role; no two are alike."""
    names = {"token": REFERENCE}
    used = {"madeupreference"}
    for role in roles[1:]:
        of_role = NAMES["other" if role.startswith("other") else role]
        name = draw(st.sampled_from(of_role).filter(lambda n: _plain(n) not in used))
        used.add(_plain(name))
        change = draw(
            st.sampled_from((str, str.upper, str.lower, str.title, _underscored, _spaced))
        )
        names[role] = change(name)
    return names


def _plain(name: str) -> str:
    return "".join(filter(str.isalnum, name.lower()))


def _underscored(name: str) -> str:
    return name.replace(" ", "_")


def _spaced(name: str) -> str:
    return f"  {name} "


def _row(
    draw: st.DrawFn, at: int, roles: Sequence[str], forms: Mapping[str, str], blank: int
) -> tuple[Truth, dict[str, str]]:
    """A row: what it says, and its cells by role. With `blank`, one cell of so many is blank."""
    cells = {"token": f"token-{at}"}
    day = draw(_DAYS)
    last = day + timedelta(days=draw(st.integers(0, 9)))
    cells |= _day_cells(day, last, forms)
    lat, lon = draw(_near_degrees(89)), draw(_near_degrees(179))
    cells |= {
        "lat": NUMBER_FORMS[forms["number"]](lat, "NS"),
        "lon": NUMBER_FORMS[forms["number"]](lon, "EW"),
        "pair": PAIR_FORMS[forms["pair"]](lat, lon),
    }
    kind, killed = draw(st.sampled_from(sorted(KINDS))), draw(st.integers(0, 400))
    cells |= {"kind": kind, "killed": str(killed), "event_id": _id(at, forms["ids"])}
    cells |= {"actor": "Made-up Brigade", "notes": f"Made up, no. {at}.", "source": "Made-up News"}
    cells |= {role: write(at * 5 + 3) for role, write in forms["others"].items()}
    written = {role: cells[role] for role in roles}
    for role in roles[1:]:
        if blank and draw(st.integers(1, blank)) == 1:
            written[role] = draw(st.sampled_from(("", "-", "n/a", "غير معروف")))
    return _truth(written, cells, (day, last), (lat, lon), forms), written


def _id(at: int, form: str) -> str:
    return {"numbers": str(at + 1), "long": str(182891173641581479 + at),
            "zeros": f"{at + 1:05}", "texts": f"SYR-{at + 1}"}[form]  # fmt: skip


def _day_cells(day: date, last: date, forms: Mapping[str, str]) -> dict[str, str]:
    write = DATE_FORMS[forms["date"]].write
    month = {"levant": LEVANT, "french": FRENCH}.get(forms["parts"])
    return {
        "date": write(day),
        "date_end": write(last),
        "year": str(day.year),
        "month": month[day.month - 1] if month else str(day.month),
        "day": "" if forms["parts"] == "no day" else str(day.day),
    }


def _truth(
    written: Mapping[str, str],
    cells: Mapping[str, str],
    days: tuple[date, date],
    point: tuple[float, float],
    forms: Mapping[str, str],
) -> Truth:
    """What the cells that are left say."""
    given = {role for role in written if written[role] == cells[role]}
    return Truth(
        written["token"],
        written["event_id"] if "event_id" in given else "",
        _true_days(given, days, forms),
        point if {"lat", "lon"} <= given or "pair" in given else None,
        KINDS[written["kind"]] if "kind" in given else None,
        int(written["killed"]) if "killed" in given else None,
    )


def _true_days(
    given: set[str], days: tuple[date, date], forms: Mapping[str, str]
) -> tuple[date | None, date] | None:
    if forms["dates"] == "parts":
        if "year" not in given:
            return None
        unit = "year" if "month" not in given else "month"
        if "month" in given and "day" in given and forms["parts"] != "no day":
            unit = "day"
        return whole(days[0], unit)
    unit = DATE_FORMS[forms["date"]].unit
    first, last = (whole(day, unit) for day in days)
    if "date" not in given:
        return (None, last[1]) if "date_end" in given else None
    return (first[0], last[1]) if "date_end" in given else first


def whole(day: date, unit: str) -> tuple[date, date]:
    """The first and last day of the day, its month or its year."""
    if unit == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    if unit == "month":
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day, day


def _file(
    draw: st.DrawFn, order: Sequence[str], lines: Sequence[Mapping[str, str]]
) -> tuple[bytes, str, dict[str, object]]:
    """The bytes of a file, the ending of its name, and how it is written."""
    written = {
        "delimiter": draw(st.sampled_from(",;\t|")),
        "quoting": draw(st.sampled_from((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))),
        "line end": draw(st.sampled_from(("\n", "\r\n", "\r"))),
        "encoding": draw(
            st.sampled_from((*["utf-8", "utf-8-sig", "utf-16"] * 2, "utf-16-le", "cp1256"))
        ),
    }
    text = io.StringIO(newline="")
    writer = csv.writer(
        text, delimiter=written["delimiter"], quoting=written["quoting"],
        lineterminator=written["line end"],
    )  # fmt: skip
    writer.writerow(order)
    writer.writerows([line[name] for name in order] for line in lines)
    table = text.getvalue()
    try:
        content = table.encode(written["encoding"])
    except UnicodeEncodeError:
        written["encoding"] = "utf-8"
        content = table.encode()
    return content, ".csv", written
