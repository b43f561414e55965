"""The ways in which people write days and degrees in tables, for random tables."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

_ARABIC_DIGITS = str.maketrans("0123456789.", "٠١٢٣٤٥٦٧٨٩٫")
# The names of months in the Levant, in Egypt and the Maghreb's French.
LEVANT = (
    "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران",
    "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول",
)  # fmt: skip
EGYPT = (
    "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو",
    "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
)  # fmt: skip
FRENCH = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
ENGLISH = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class DateForm:
    """A way to write a day; it is `clear` if no other day can be meant by it.

    `unit` is what is written: a "day", a "month" or a "year".
    """

    write: Callable[[date], str]
    clear: bool
    unit: str = "day"


def arabic(text: str) -> str:
    """The text with Arabic digits and decimal separator."""
    return text.translate(_ARABIC_DIGITS)


def _seconds(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp())


DATE_FORMS: Mapping[str, DateForm] = {
    "iso": DateForm(date.isoformat, clear=True),
    "iso with clock": DateForm(lambda d: f"{d} 23:30:00", clear=True),
    "iso with zone": DateForm(lambda d: f"{d}T01:30:00+03:00", clear=True),
    "iso with points": DateForm(lambda d: f"{d.year}.{d.month}.{d.day}", clear=True),
    "compact": DateForm(lambda d: f"{d:%Y%m%d}", clear=True),
    "day first": DateForm(lambda d: f"{d.day}/{d.month}/{d.year}", clear=False),
    "day first, two digits": DateForm(lambda d: f"{d:%d.%m.%y}", clear=False),
    "month first": DateForm(lambda d: f"{d.month}/{d.day}/{d.year}", clear=False),
    "month first with clock": DateForm(lambda d: f"{d:%m/%d/%Y} 4:05 PM", clear=False),
    "month first, two digits": DateForm(lambda d: f"{d:%m-%d-%y}", clear=False),
    "year first, two digits": DateForm(lambda d: f"{d:%y-%m-%d}", clear=False),
    "arabic digits": DateForm(lambda d: arabic(f"{d.day}/{d.month}/{d.year}"), clear=False),
    "arabic iso": DateForm(lambda d: arabic(d.isoformat()), clear=True),
    "levant": DateForm(lambda d: f"{d.day} {LEVANT[d.month - 1]} {d.year}", clear=True),
    "levant, arabic digits": DateForm(
        lambda d: arabic(f"{d.day} {LEVANT[d.month - 1]} {d.year}"), clear=True
    ),
    "egypt": DateForm(lambda d: f"{d.day} {EGYPT[d.month - 1]}، {d.year}", clear=False),
    "english": DateForm(lambda d: f"{d.day} {ENGLISH[d.month - 1]} {d.year}", clear=True),
    "american": DateForm(lambda d: f"{ENGLISH[d.month - 1]} {d.day}, {d.year}", clear=True),
    "short": DateForm(lambda d: f"{d.day:02}-{ENGLISH[d.month - 1][:3]}-{d:%y}", clear=True),
    "year before name": DateForm(
        lambda d: f"{d.year}-{ENGLISH[d.month - 1][:3]}-{d.day:02}", clear=False
    ),
    "weekday": DateForm(lambda d: f"{d:%A}, {d.day} {ENGLISH[d.month - 1]} {d.year}", clear=True),
    "french": DateForm(lambda d: f"{d.day} {FRENCH[d.month - 1]} {d.year}", clear=True),
    "excel": DateForm(lambda d: str((d - date(1899, 12, 30)).days), clear=False),
    "excel with part": DateForm(lambda d: f"{(d - date(1899, 12, 30)).days}.75", clear=False),
    "excel 1904": DateForm(lambda d: str((d - date(1904, 1, 1)).days), clear=False),
    "seconds": DateForm(lambda d: str(_seconds(d)), clear=False),
    "milliseconds": DateForm(lambda d: str(_seconds(d) * 1000), clear=False),
    "month": DateForm(lambda d: f"{d:%Y-%m}", clear=True, unit="month"),
    "month last": DateForm(lambda d: f"{d:%m/%Y}", clear=True, unit="month"),
    "month by name": DateForm(
        lambda d: f"{ENGLISH[d.month - 1]} {d.year}", clear=True, unit="month"
    ),
    "levant month": DateForm(lambda d: f"{LEVANT[d.month - 1]} {d.year}", clear=True, unit="month"),
    "year": DateForm(lambda d: str(d.year), clear=True, unit="year"),
}  # fmt: skip


def _minutes(value: float, letters: str) -> str:
    """Degrees and minutes with four decimals; `letters` are those of both directions."""
    whole, part = divmod(round(abs(value) * 600_000), 600_000)
    return f"{whole}°{part / 10_000:.4f}'{letters[value < 0]}"


def _comma(value: float) -> str:
    return f"{value:.4f}".replace(".", ",")


def _plain(value: float, _letters: str = "") -> str:
    return f"{value:.4f}"


# Ways to write a latitude or longitude; the second argument are the letters of its directions.
NUMBER_FORMS: Mapping[str, Callable[[float, str], str]] = {
    "decimal point": _plain,
    "short": lambda value, _: str(value),
    "decimal comma": lambda value, _: _comma(value),
    "true minus": lambda value, _: _plain(value).replace("-", "−"),
    "true minus and comma": lambda value, _: _comma(value).replace("-", "−"),
    "arabic digits": lambda value, _: arabic(_plain(value)),
    "arabic digits and comma": lambda value, _: arabic(_comma(value)),
    "arabic digits, true minus": lambda value, _: arabic(_plain(value)).replace("-", "−"),
    "letter": lambda value, letters: f"{abs(value):.4f}{letters[value < 0]}",
    "letter first": lambda value, letters: f"{letters[value < 0]} {abs(value):.4f}",
    "degree sign": lambda value, _: f"{value:.4f}°",
    "minutes": _minutes,
}
# Ways to write both in one cell.
PAIR_FORMS: Mapping[str, Callable[[float, float], str]] = {
    "comma": lambda lat, lon: f"{lat:.4f}, {lon:.4f}",
    "space": lambda lat, lon: f"{lat:.4f} {lon:.4f}",
    "brackets": lambda lat, lon: f"({lat:.4f},{lon:.4f})",
    "decimal commas": lambda lat, lon: f"{_comma(lat)}; {_comma(lon)}",
    "arabic": lambda lat, lon: arabic(f"{lat:.4f}") + "، " + arabic(f"{lon:.4f}"),
    "letters": lambda lat, lon: f"{_minutes(lat, 'NS')} {_minutes(lon, 'EW')}",
    "longitude first": lambda lat, lon: f"{_minutes(lon, 'EW')} {_minutes(lat, 'NS')}",
    "wkt": lambda lat, lon: f"POINT ({lon:.4f} {lat:.4f})",
    "ewkt": lambda lat, lon: f"SRID=4326;POINT({lon:.4f} {lat:.4f})",
}
