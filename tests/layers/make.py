"""Small files of shapes of each kind."""

import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import geopandas as gpd
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from dashboard.datasets.files.input_file import FileOptions, InputFile
from dashboard.layers.check import describe
from dashboard.layers.folder import Layer, LayerFolder, LayerTexts

# Around Ain Issa.
AREA = Polygon([(38.0, 36.0), (39.0, 36.0), (39.0, 37.0), (38.0, 37.0)])
LINE = LineString([(38.2, 36.4), (39.4, 36.6)])
CAMP = Point(38.86, 36.41)
HTML = "<img src=x onerror=alert(1)>"
ROWS: Mapping[str, Sequence[object]] = {
    "name": [f"Area {HTML}", "Front line", "Camp"],
    "from": ["2021-01", "2021-02-01", ""],
    "to": ["2021-01-20", "", ""],
}
TEXTS = LayerTexts("Areas of control", "A Mapping Group", "CC BY 4.0")


def frame(
    rows: Mapping[str, Sequence[object]] = ROWS,
    shapes: Sequence[BaseGeometry | None] = (AREA, LINE, CAMP),
) -> gpd.GeoDataFrame:
    """An area, a line and a point with days."""
    return gpd.GeoDataFrame(dict(rows), geometry=list(shapes), crs="EPSG:4326")


def geojson(path: Path, **options: object) -> Path:
    """Shapes as GeoJSON."""
    frame(**options).to_file(path, driver="GeoJSON")  # type: ignore[arg-type]
    return path


def shapefile(path: Path, *, prj: bool = True, crs: str = "EPSG:32637", folder: str = "") -> Path:
    """The area in a zipped shapefile, in metres of UTM zone 37N."""
    parts = path.parent / f"{path.stem}_parts"
    parts.mkdir()
    frame().iloc[:1].to_crs(crs).to_file(parts / "areas.shp")
    with zipfile.ZipFile(path, "w") as archive:
        for part in sorted(parts.iterdir()):
            if prj or part.suffix != ".prj":
                archive.write(part, f"{folder}{part.name}")
    return path


def geopackage(path: Path, layers: Sequence[str] = ("areas",)) -> Path:
    """The area in each of these layers."""
    for layer in layers:
        frame().iloc[:1].to_file(path, layer=layer, driver="GPKG")
    return path


def collection(*features: Mapping[str, object], **members: object) -> bytes:
    """A feature collection with these features."""
    return json.dumps({"type": "FeatureCollection", "features": list(features), **members}).encode()


def feature(geometry: object, **properties: object) -> dict[str, object]:
    """A feature of GeoJSON."""
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def added(folder: LayerFolder, path: Path, texts: LayerTexts = TEXTS) -> Layer:
    """The file as a layer, with the columns that are proposed."""
    file = InputFile(path, path.name)
    columns = describe(file, FileOptions()).proposed
    return folder.add(file, FileOptions(), columns, texts)
