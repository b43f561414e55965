"""Read the directories and tiles of a PMTiles file, within limits.

The format: github.com/protomaps/PMTiles, specification of version 3. Directories are read with the
package `pmtiles`; what they say of lengths is checked before anything is read or unpacked.
"""

import json
import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

from pmtiles.tile import (
    Compression,
    Entry,
    deserialize_directory,
    deserialize_header,
    find_tile,
    zxy_to_tileid,
)

from dashboard.model.errors import DashboardError
from dashboard.model.message import message

MAGIC = b"PMTiles\x03"
_HEADER = 127
# Unpacked. The specification allows 16 KB for header and root together; writers make leaves of some
# thousand entries, of a few bytes each. The server has up to `_CACHED` of them in memory.
_MOST_DIRECTORY = 1 << 20
_CACHED = 128
_MOST_METADATA = 4 << 20
# Vector tiles are usually below 500 KB, and pictures smaller.
MOST_TILE = 8 << 20
# An extract of a country to zoom 15 has one to two million tiles.
MOST_TILES = 50_000_000
# The specification: "no more than 3 levels" of directories.
_MOST_DEPTH = 3
_GZIP_WINDOW = 31

Header = dict[str, Any]


class TileFileError(DashboardError):
    """A file of tiles that cannot be used: what was expected and what was found."""


def read_header(stream: BinaryIO, size: int) -> Header:
    """The header. Raises TileFileError if it is none of version 3."""
    start = stream.read(_HEADER)
    if not start.startswith(MAGIC) or len(start) < _HEADER:
        raise TileFileError(message("expected a PMTiles file of version 3"))
    try:
        header: Header = dict(deserialize_header(start))
    except ValueError as error:
        raise TileFileError(
            message("expected a PMTiles header, found damage ({error})", error=str(error))
        ) from error
    if header["internal_compression"] not in {Compression.NONE, Compression.GZIP}:
        found = header["internal_compression"].name.lower()
        raise TileFileError(
            message("expected directories packed by gzip or not at all, found {found}", found=found)
        )
    for part in ("root", "metadata", "leaf_directory", "tile_data"):
        if header[f"{part}_offset"] + header[f"{part}_length"] > size:
            raise TileFileError(message("expected a complete file, found one that was cut off"))
    return header


def read_metadata(stream: BinaryIO, header: Header) -> dict[str, Any]:
    """The metadata; empty if the file has none that can be read."""
    if not 0 < header["metadata_length"] <= _MOST_METADATA:
        return {}
    packed = _bytes(stream, header["metadata_offset"], header["metadata_length"])
    try:
        metadata = json.loads(_unpacked(packed, header, _MOST_METADATA))
    except (ValueError, RecursionError):
        return {}
    return metadata if isinstance(metadata, dict) else {}


def iter_entries(stream: BinaryIO, header: Header) -> Iterator[Entry]:
    """The entries of all tiles, each checked to lie within the file. Raises TileFileError."""
    leaves = [(0, header["root_offset"], header["root_length"])]
    read: set[int] = set()
    while leaves:
        depth, offset, length = leaves.pop()
        if offset in read or depth > _MOST_DEPTH:
            raise TileFileError(message("expected each directory once, found one that leads back"))
        read.add(offset)
        for entry in _directory(stream, header, offset, length):
            if entry.run_length == 0:
                _check_inside(entry, header["leaf_directory_length"])
                at = header["leaf_directory_offset"] + entry.offset
                leaves.append((depth + 1, at, entry.length))
            else:
                _check_inside(entry, header["tile_data_length"])
                if entry.length > MOST_TILE:
                    raise TileFileError(
                        message("expected tiles of at most {most} MB", most=MOST_TILE >> 20)
                    )
                yield entry


def tile_at(path: Path, stamp: tuple[int, int], z: int, x: int, y: int) -> bytes | None:
    """The bytes of a tile of a checked file, as stored; `None` if the file has none there.

    `stamp` is size and modification time of the file when it was checked.
    """
    if not (0 <= z <= 30 and 0 <= x < 1 << z and 0 <= y < 1 << z):
        return None
    header = _header(path, stamp)
    offset, length = header["root_offset"], header["root_length"]
    for _depth in range(_MOST_DEPTH + 1):
        entry = find_tile(_stored_directory(path, stamp, offset, length), zxy_to_tileid(z, x, y))
        if entry is None:
            return None
        if entry.run_length:
            with path.open("rb") as stream:
                return _bytes(stream, header["tile_data_offset"] + entry.offset, entry.length)
        offset, length = header["leaf_directory_offset"] + entry.offset, entry.length
    return None


@lru_cache(maxsize=32)
def _header(path: Path, stamp: tuple[int, int]) -> Header:
    with path.open("rb") as stream:
        return read_header(stream, stamp[0])


@lru_cache(maxsize=_CACHED)
def _stored_directory(path: Path, stamp: tuple[int, int], offset: int, length: int) -> list[Entry]:
    with path.open("rb") as stream:
        return _directory(stream, _header(path, stamp), offset, length)


def _directory(stream: BinaryIO, header: Header, offset: int, length: int) -> list[Entry]:
    if length > _MOST_DIRECTORY:
        raise TileFileError(message("expected a smaller directory"))
    packed = _bytes(stream, offset, length)
    unpacked = _unpacked(packed, header, _MOST_DIRECTORY)
    try:
        # The package unpacks by itself: gzip's header and trailer are short beside the limit.
        entries: list[Entry] = deserialize_directory(zlib.compress(unpacked, 0, _GZIP_WINDOW))
    except (EOFError, ValueError, IndexError, MemoryError) as error:
        raise TileFileError(
            message("expected a directory, found damage ({error})", error=str(error))
        ) from error
    return entries


def _unpacked(packed: bytes, header: Header, most: int) -> bytes:
    if header["internal_compression"] is Compression.NONE:
        return packed
    inflate = zlib.decompressobj(_GZIP_WINDOW)
    try:
        content = inflate.decompress(packed, most)
    except zlib.error as error:
        raise TileFileError(
            message("expected data packed by gzip, found damage ({error})", error=str(error))
        ) from error
    if inflate.unconsumed_tail:
        raise TileFileError(
            message("expected at most {most} MB when unpacked, found more", most=most >> 20)
        )
    return content


def _check_inside(entry: Entry, length: int) -> None:
    if entry.offset + entry.length > length:
        raise TileFileError(message("expected tiles inside the file, found one beyond its end"))


def _bytes(stream: BinaryIO, offset: int, length: int) -> bytes:
    stream.seek(offset)
    content = stream.read(length)
    if len(content) < length:
        raise TileFileError(message("expected a complete file, found one that was cut off"))
    return content
