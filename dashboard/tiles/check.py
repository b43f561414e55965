"""Check a stranger's file of tiles in a process with limits, and describe it."""

import html
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from pmtiles.tile import Compression, Entry, TileType

from dashboard.model.message import StoredText, message
from dashboard.sandbox.limits import Limits
from dashboard.sandbox.process import ReaderFailedError, ReaderProcess, ReaderStoppedError
from dashboard.text.escape import without_controls
from dashboard.tiles import mbtiles_file
from dashboard.tiles.pmtiles_file import (
    MAGIC,
    MOST_TILE,
    MOST_TILES,
    Header,
    TileFileError,
    iter_entries,
    read_header,
    read_metadata,
)
from dashboard.tiles.tile_file import TileFile, TileKind, TileSchema

# A country takes some seconds, a continent minutes; a copy of an MBTiles file has up to its size.
_LIMITS = Limits(memory=4 << 30, cpu_s=3_600, silence_s=600.0, written=64 << 30)
_TYPES: dict[TileType, tuple[str, bytes]] = {
    TileType.PNG: ("image/png", b"\x89PNG\r\n\x1a\n"),
    TileType.JPEG: ("image/jpeg", b"\xff\xd8\xff"),
    TileType.WEBP: ("image/webp", b"RIFF"),
}
_VECTOR = "application/vnd.mapbox-vector-tile"
# Layers by which the two usual schemas are known: docs.protomaps.com/basemaps/layers and
# openmaptiles.org/schema.
_LAYERS = {
    TileSchema.PROTOMAPS: frozenset({"earth", "roads", "places"}),
    TileSchema.OPENMAPTILES: frozenset({"transportation", "place", "water"}),
}
_MOST_TITLE, _MOST_CREDIT, _MOST_LAYERS = 120, 300, 100
_TAG = re.compile(r"<[^<>]*>")
_MOST_ZOOM = 24
# So many tiles are looked at for their type.
_SAMPLES = 20
_GZIP_WINDOW = 31


class _Progress(msgspec.Struct, frozen=True, tag=True):
    """How many tiles were converted so far; it shows that the process is alive."""

    tiles: int


class _Refused(msgspec.Struct, frozen=True, tag=True):
    reason: StoredText


_MESSAGES: msgspec.msgpack.Decoder[TileFile | _Progress | _Refused] = msgspec.msgpack.Decoder(
    TileFile | _Progress | _Refused
)


def check(path: Path, converted: Path, title: str) -> TileFile:
    """Check the file at `path`; an MBTiles file is written to `converted` as PMTiles.

    `title` is that of a file whose metadata have none.
    Raises TileFileError with what was expected and found.
    """
    converted.parent.mkdir(parents=True, exist_ok=True)
    try:
        with ReaderProcess(_LIMITS, readable=(path,), writable=(converted.parent,)) as process:
            for answer in process.call(_MESSAGES, check_messages, path, converted, title):
                if isinstance(answer, TileFile):
                    return answer
                if isinstance(answer, _Refused):
                    raise TileFileError(answer.reason)
    except (ReaderStoppedError, ReaderFailedError) as error:
        raise TileFileError(error.message) from error
    raise TileFileError(message("expected a file of tiles"))


def check_messages(
    path: Path, converted: Path, title: str
) -> Iterator[TileFile | _Progress | _Refused]:
    """Progress, then what the file has or why it is refused; runs in the reading process."""
    try:
        with path.open("rb") as stream:
            start = stream.read(len(mbtiles_file.MAGIC))
        if start == mbtiles_file.MAGIC:
            for number in mbtiles_file.convert(path, converted):
                yield _Progress(number)
            yield _described(converted, title)
        elif start.startswith(MAGIC):
            yield _described(path, title)
        else:
            yield _Refused(message("expected a PMTiles file of version 3, or an MBTiles file"))
    except TileFileError as error:
        yield _Refused(error.message)


def _described(path: Path, title: str) -> TileFile:
    size = path.stat().st_size
    with path.open("rb") as stream:
        header = read_header(stream, size)
        metadata = read_metadata(stream, header)
        tiles = 0
        samples: list[Entry] = []
        for entry in iter_entries(stream, header):
            tiles += entry.run_length
            if len(samples) < _SAMPLES:
                samples.append(entry)
            if tiles > MOST_TILES:
                raise TileFileError(
                    message("expected at most {most} tiles, found more", most=MOST_TILES)
                )
        for entry in samples:
            stream.seek(header["tile_data_offset"] + entry.offset)
            _check_type(stream.read(entry.length), header)
    if not samples:
        raise TileFileError(message("expected tiles, found none"))
    return _file(header, metadata, tiles, title)


def _check_type(content: bytes, header: Header) -> None:
    """Raise TileFileError unless a tile is what the header says."""
    if header["tile_type"] is TileType.MVT:
        if header["tile_compression"] is Compression.GZIP:
            _unpack(content)
        return
    if header["tile_type"] not in _TYPES:
        found = header["tile_type"].name.lower()
        raise TileFileError(
            message("expected vector tiles or PNG, JPEG or WebP, found {found}", found=found)
        )
    name, magic = _TYPES[header["tile_type"]]
    if not content.startswith(magic):
        raise TileFileError(message("expected tiles of the type {name}, found another", name=name))


def _unpack(content: bytes) -> None:
    inflate = zlib.decompressobj(_GZIP_WINDOW)
    try:
        inflate.decompress(content, MOST_TILE)
    except zlib.error as error:
        raise TileFileError(
            message("expected tiles packed by gzip, found damage ({error})", error=str(error))
        ) from error
    if inflate.unconsumed_tail:
        raise TileFileError(
            message("expected tiles of at most {most} MB when unpacked", most=MOST_TILE >> 20)
        )


def _file(header: Header, metadata: dict[str, Any], tiles: int, title: str) -> TileFile:
    vector = header["tile_type"] is TileType.MVT
    if vector and header["tile_compression"] not in {Compression.GZIP, Compression.NONE}:
        found = header["tile_compression"].name.lower()
        raise TileFileError(
            message(
                "expected vector tiles packed by gzip or not at all, found {found}", found=found
            )
        )
    layers = _layers(metadata) if vector else ()
    west, south, east, north = (
        header[f"{name}_e7"] / 1e7 for name in ("min_lon", "min_lat", "max_lon", "max_lat")
    )
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        west, south, east, north = -180.0, -85.0, 180.0, 85.0
    return TileFile(
        title=_plain(metadata.get("name"), _MOST_TITLE) or title,
        credit=_plain(metadata.get("attribution"), _MOST_CREDIT),
        kind=TileKind.VECTOR if vector else TileKind.RASTER,
        schema=_schema(layers) if vector else TileSchema.NONE,
        layers=layers,
        media_type=_VECTOR if vector else _TYPES[header["tile_type"]][0],
        min_zoom=min(header["min_zoom"], _MOST_ZOOM),
        max_zoom=min(header["max_zoom"], _MOST_ZOOM),
        bounds=(west, south, east, north),
        tiles=tiles,
    )


def _plain(words: object, most: int) -> str:
    """The words without tags and invisible characters, on one line."""
    text = html.unescape(_TAG.sub("", words)) if isinstance(words, str) else ""
    return " ".join(without_controls(text).split())[:most]


def _layers(metadata: dict[str, Any]) -> tuple[str, ...]:
    """The names of the layers of vector tiles, as the metadata have them."""
    layers = metadata.get("vector_layers")
    layers = layers if isinstance(layers, list) else []
    named = (item.get("id") for item in layers if isinstance(item, dict))
    return tuple(str(name)[:_MOST_TITLE] for name in named)[:_MOST_LAYERS]


def _schema(names: tuple[str, ...]) -> TileSchema:
    """The schema that has these layers."""
    return next((each for each, known in _LAYERS.items() if known <= set(names)), TileSchema.OTHER)
