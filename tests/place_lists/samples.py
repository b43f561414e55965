"""Small made-up files of each format, with the exact headers of the publishers."""

import json
import sqlite3
import struct
import zipfile
from contextlib import closing
from pathlib import Path

import shapely
import xlsxwriter


def geonames_row(  # noqa: PLR0913 columns of the format
    number: int,
    name: str,
    others: str = "",
    *,
    lat: object = 35.71,
    lon: object = 36.55,
    code: str = "PPL",
    country: str = "SY",
    admin: tuple[str, str] = ("12", ""),
) -> str:
    """A line of 19 columns of GeoNames' dump."""
    kind = "A" if code.startswith("ADM") else "P"
    cells = [
        number, name, name, others, lat, lon, kind, code, country, "", *admin, "", "", 600, "", 600,
        "Asia/Damascus", "2020-01-01",
    ]  # fmt: skip
    return "\t".join(map(str, cells)) + "\n"


def geonames_zip(path: Path, *rows: str, member: str = "SY.txt") -> Path:
    """An archive as GeoNames has them, with its description beside the rows."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "Readme for GeoNames Gazetteer extract files\n")
        archive.writestr(member, "".join(rows))
    return path


def names_row(number: int, place: int, language: str, name: str, *, historic: str = "") -> str:
    """A line of 10 columns of alternateNamesV2."""
    cells = (number, place, language, name, "1", "", "", historic, "", "")
    return "\t".join(map(str, cells)) + "\n"


WOF_HEADER = "wof_id,level,lat,lon,name,names_ar,names_en,admin1,admin2,geonames_id,population\n"


def wof_csv(path: Path, *rows: str) -> Path:
    """A CSV of Who's On First."""
    path.write_text(WOF_HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def feature(properties: dict[str, object], lon: float, lat: float) -> dict[str, object]:
    """A feature with a point."""
    point = {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "properties": properties, "geometry": point}


def geojson(path: Path, *features: dict[str, object]) -> Path:
    """A collection of features."""
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")
    return path


def workbook(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    """A workbook with the rows of each sheet."""
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def geopackage(path: Path, rows: list[tuple[str, str, str, str, float, float]]) -> Path:
    """A layer "points" as GDAL writes an extract: osm_id, name, place, other_tags, lon, lat."""
    with closing(sqlite3.connect(path)) as db:
        db.executescript(_GEOPACKAGE)
        for *cells, lon, lat in rows:
            blob = struct.pack("<2sBBi", b"GP", 0, 1, 4326) + shapely.to_wkb(
                shapely.Point(lon, lat)
            )
            db.execute("INSERT INTO points VALUES (NULL, ?, ?, ?, ?, ?)", (blob, *cells))
        db.commit()
    return path


_GEOPACKAGE = """
PRAGMA application_id = 0x47504B47;
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT,
    organization_coordsys_id INTEGER, definition TEXT, description TEXT);
INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', 4326, 'EPSG', 4326, '', '');
CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT,
    description TEXT, last_change TEXT, min_x REAL, min_y REAL, max_x REAL, max_y REAL, srs_id INTEGER);
INSERT INTO gpkg_contents VALUES ('points', 'features', 'points', '', '2026-01-01T00:00:00Z',
    35, 32, 43, 38, 4326);
CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT,
    srs_id INTEGER, z INTEGER, m INTEGER);
INSERT INTO gpkg_geometry_columns VALUES ('points', 'geom', 'POINT', 4326, 0, 0);
CREATE TABLE points (fid INTEGER PRIMARY KEY, geom BLOB, osm_id TEXT, name TEXT, place TEXT,
    other_tags TEXT);
"""
