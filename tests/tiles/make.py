"""Small files of map tiles of each kind."""

import gzip
import io
import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import pyogrio
from PIL import Image
from pmtiles.reader import MemorySource, all_tiles
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import write
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

# Around Ain Issa: zoom, column, and row from the north.
TILES = ((6, 38, 25), (7, 77, 50), (8, 155, 100))
BOUNDS = (38.0, 36.0, 39.5, 37.0)
CREDIT = '<a href="https://example.org">Example & Co</a>'


def picture(colour: tuple[int, int, int], kind: str = "PNG") -> bytes:
    """A tile of one colour, 256 pixels wide and high."""
    stream = io.BytesIO()
    Image.new("RGB", (256, 256), colour).save(stream, kind)
    return stream.getvalue()


def raster_mbtiles(
    path: Path, kind: str = "PNG", ending: str = "png", metadata: Mapping[str, str] | None = None
) -> Path:
    """Pictures in an MBTiles file."""
    rows = {
        "name": "Satellite",
        "format": ending,
        "attribution": CREDIT,
        "bounds": ",".join(map(str, BOUNDS)),
    } | dict(metadata or {})
    return _mbtiles(path, rows, {at: picture((at[0] * 10, 90, 60), kind) for at in TILES})


def raster_pmtiles(path: Path, colour: tuple[int, int, int] = (200, 40, 40)) -> Path:
    """Pictures in a PMTiles file."""
    metadata = {"name": "Scanned map", "attribution": CREDIT}
    tiles = dict.fromkeys(TILES, picture(colour))
    return _pmtiles(path, metadata, tiles, (TileType.PNG, Compression.NONE))


# Layers and attributes of the two usual schemas, as far as the tests need them.
PROTOMAPS = {
    "earth": ({"kind": "earth"}, Polygon([(37.5, 35.5), (40, 35.5), (40, 37.5), (37.5, 37.5)])),
    "water": ({"kind": "lake"}, Polygon([(38.0, 36.0), (38.3, 36.0), (38.3, 36.3), (38.0, 36.3)])),
    "roads": ({"kind": "highway"}, LineString([(37.9, 36.38), (38.86, 36.38), (39.6, 36.6)])),
    "places": (
        {"kind": "locality", "name": "Rural Centre", "name:ar": "مركز ريفي", "population_rank": 9,
         "min_zoom": 4, "sort_key": 1},
        Point(38.9, 36.5),
    ),
}  # fmt: skip
OPENMAPTILES = {
    "water": ({"class": "lake"}, Polygon([(38.0, 36.0), (38.3, 36.0), (38.3, 36.3), (38.0, 36.3)])),
    "landuse": ({"class": "residential"}, Polygon([(38.8, 36.3), (38.9, 36.3), (38.9, 36.4)])),
    "transportation": ({"class": "motorway"}, LineString([(37.9, 36.38), (38.86, 36.38), (39.6, 36.6)])),
    "place": (
        {"class": "town", "name": "Rural Centre", "name:ar": "مركز ريفي", "name:en": "Rural Centre",
         "rank": 3},
        Point(38.9, 36.5),
    ),
}  # fmt: skip


def vector(path: Path, layers: Mapping[str, tuple[Mapping[str, object], BaseGeometry]]) -> Path:
    """Vector tiles of these layers, each written by GDAL, in the format of the file's ending.

    GDAL writes one layer a call; tiles of several layers are those of each, one after the other.
    """
    tiles: dict[tuple[int, int, int], bytes] = {}
    for name, (attributes, geometry) in layers.items():
        frame = gpd.GeoDataFrame([attributes], geometry=[geometry], crs="EPSG:4326")
        single = path.with_name(f"{path.stem}_{name}_single.pmtiles")
        options = {"MINZOOM": "4", "MAXZOOM": "9"}
        pyogrio.write_dataframe(
            frame, single, layer=name, driver="PMTiles", dataset_options=options
        )
        for at, content in all_tiles(MemorySource(single.read_bytes())):
            tiles[at] = tiles.get(at, b"") + gzip.decompress(content)
        single.unlink()
    packed = {at: gzip.compress(content, mtime=0) for at, content in sorted(tiles.items())}
    metadata = {"name": "Extract", "attribution": "© OpenStreetMap"}
    described = {
        "vector_layers": [
            {"id": name, "fields": {key: _field_type(value) for key, value in attributes.items()}}
            for name, (attributes, _geometry) in layers.items()
        ]
    }
    if path.suffix == ".mbtiles":
        bounds = ",".join(map(str, BOUNDS))
        rows = metadata | {"format": "pbf", "bounds": bounds, "json": json.dumps(described)}
        return _mbtiles(path, rows, packed)
    return _pmtiles(path, metadata | described, packed, (TileType.MVT, Compression.GZIP))


def _field_type(value: object) -> str:
    return "String" if isinstance(value, str) else "Number"


def _mbtiles(
    path: Path, metadata: Mapping[str, str], tiles: Mapping[tuple[int, int, int], bytes]
) -> Path:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE metadata (name text, value text)")
        database.execute(
            "CREATE TABLE tiles"
            " (zoom_level integer, tile_column integer, tile_row integer, tile_data blob)"
        )
        database.executemany("INSERT INTO metadata VALUES (?, ?)", metadata.items())
        rows = [(z, x, (1 << z) - 1 - y, content) for (z, x, y), content in tiles.items()]
        database.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", rows)
    return path


def _pmtiles(
    path: Path,
    metadata: Mapping[str, object],
    tiles: Mapping[tuple[int, int, int], bytes],
    kind: tuple[TileType, Compression],
) -> Path:
    west, south, east, north = (int(each * 1e7) for each in BOUNDS)
    header = {
        "tile_type": kind[0],
        "tile_compression": kind[1],
        "min_lon_e7": west, "min_lat_e7": south, "max_lon_e7": east, "max_lat_e7": north,
        "center_zoom": 7, "center_lon_e7": west, "center_lat_e7": south,
    }  # fmt: skip
    with write(str(path)) as writer:
        for tile_id, content in sorted((zxy_to_tileid(*at), each) for at, each in tiles.items()):
            writer.write_tile(tile_id, content)
        writer.finalize(header, dict(metadata))
    return path
