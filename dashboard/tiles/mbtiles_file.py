"""Write the tiles of an MBTiles file as PMTiles, so that the server has one kind of file.

The format: github.com/mapbox/mbtiles-spec, version 1.3, a SQLite database.
"""

import gzip
import json
import math
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, BinaryIO

from pmtiles.tile import Compression, TileType, tileid_to_zxy, zxy_to_tileid
from pmtiles.writer import Writer

from dashboard.model.message import message
from dashboard.tiles.pmtiles_file import MOST_TILE, MOST_TILES, TileFileError

MAGIC = b"SQLite format 3\x00"
_TYPES = {
    "pbf": TileType.MVT,
    "mvt": TileType.MVT,
    "png": TileType.PNG,
    "jpg": TileType.JPEG,
    "jpeg": TileType.JPEG,
    "webp": TileType.WEBP,
}
_MOST_ZOOM = 24
_GZIP = b"\x1f\x8b"
_WORLD = (-180.0, -85.0511, 180.0, 85.0511)
# Tiles between two reports of progress.
_STEP = 5_000


def convert(source: Path, target: Path) -> Iterator[int]:
    """Write the tiles of `source` to `target`; yields how many are written. Raises TileFileError."""
    # SQLite's URI: read alone, without the journal of another program.
    uri = f"{source.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as database, target.open("wb") as stream:
            writer = _writer(stream, target.parent)
            # The package closes its temporary file only at a good end.
            with closing(writer.tile_f):
                yield from _write(database, writer)
    except (sqlite3.Error, UnicodeError) as error:
        raise TileFileError(
            message("expected an MBTiles database, found damage ({error})", error=str(error))
        ) from error


def _writer(stream: BinaryIO, folder: Path) -> Writer:
    """A writer whose temporary file is in `folder`, the only one where the process may write."""
    usual = tempfile.tempdir
    tempfile.tempdir = str(folder)
    try:
        return Writer(stream)
    finally:
        tempfile.tempdir = usual


def _write(database: sqlite3.Connection, writer: Writer) -> Iterator[int]:
    metadata = {str(name): str(value) for name, value in _rows(database, "metadata", "name, value")}
    tile_type = _TYPES.get(metadata.get("format", "").lower())
    if tile_type is None:
        found = metadata.get("format", "none")
        raise TileFileError(
            message("expected the format pbf, png, jpg or webp, found {found}", found=found)
        )
    ids = _tile_ids(database)
    packed = tile_type is TileType.MVT
    for number, tile_id in enumerate(ids, start=1):
        writer.write_tile(tile_id, _content(database, tile_id, packed=packed))
        if number % _STEP == 0:
            yield number
    writer.finalize(_header(metadata, tile_type), _json(metadata))
    yield len(ids)


def _tile_ids(database: sqlite3.Connection) -> list[int]:
    ids = set()
    for zoom, column, row in _rows(database, "tiles", "zoom_level, tile_column, tile_row"):
        if not (isinstance(zoom, int) and 0 <= zoom <= _MOST_ZOOM):
            raise TileFileError(
                message(
                    "expected zooms 0 to {most}, found {found}",
                    most=_MOST_ZOOM,
                    found=f"{zoom!r:.40}",
                )
            )
        last = (1 << zoom) - 1
        if not all(isinstance(at, int) and 0 <= at <= last for at in (column, row)):
            raise TileFileError(
                message(
                    "expected tiles of zoom {zoom}, found column {column}, row {row}",
                    zoom=zoom,
                    column=f"{column!r:.40}",
                    row=f"{row!r:.40}",
                )
            )
        # Rows are counted from the south (TMS).
        ids.add(zxy_to_tileid(zoom, column, last - row))
        if len(ids) > MOST_TILES:
            raise TileFileError(
                message("expected at most {most} tiles, found more", most=MOST_TILES)
            )
    if not ids:
        raise TileFileError(message("expected tiles, found none"))
    return sorted(ids)


def _content(database: sqlite3.Connection, tile_id: int, *, packed: bool) -> bytes:
    zoom, column, row = tileid_to_zxy(tile_id)
    (content,) = database.execute(
        "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?",
        (zoom, column, (1 << zoom) - 1 - row),
    ).fetchone()
    if not isinstance(content, bytes) or len(content) > MOST_TILE:
        raise TileFileError(message("expected tiles of at most {most} MB", most=MOST_TILE >> 20))
    return gzip.compress(content, mtime=0) if packed and not content.startswith(_GZIP) else content


def _rows(database: sqlite3.Connection, table: str, columns: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a table; both names are ours, as SQL takes no parameters for names."""
    yield from database.execute(f"SELECT {columns} FROM {table}")  # noqa: S608


def _header(metadata: dict[str, str], tile_type: TileType) -> dict[str, object]:
    west, south, east, north = _bounds(metadata.get("bounds", ""))
    packed = Compression.GZIP if tile_type is TileType.MVT else Compression.NONE
    return {
        "tile_type": tile_type,
        "tile_compression": packed,
        "min_lon_e7": int(west * 1e7),
        "min_lat_e7": int(south * 1e7),
        "max_lon_e7": int(east * 1e7),
        "max_lat_e7": int(north * 1e7),
        "center_zoom": 0,
        "center_lon_e7": int((west + east) / 2 * 1e7),
        "center_lat_e7": int((south + north) / 2 * 1e7),
    }


def _bounds(text: str) -> tuple[float, float, float, float]:
    """West, south, east, north; those of the world if the file states none that can be."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        return _WORLD
    possible = -180 <= west < east <= 180 and -90 <= south < north <= 90
    return (west, south, east, north) if possible and math.isfinite(west) else _WORLD


def _json(metadata: dict[str, str]) -> dict[str, object]:
    """The metadata as PMTiles has it: MBTiles has that of vector layers as JSON within a text."""
    try:
        layers = json.loads(metadata.get("json") or "{}")
    except (ValueError, RecursionError):
        layers = {}
    return {**metadata, **(layers if isinstance(layers, dict) else {})}
