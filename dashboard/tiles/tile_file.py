"""What a file of map tiles has, as its check found it."""

from enum import StrEnum

import msgspec


class TileKind(StrEnum):
    """What the tiles are: pictures, or shapes that are drawn in the browser."""

    RASTER = "raster"
    VECTOR = "vector"


class TileSchema(StrEnum):
    """The names of the layers of vector tiles; pictures have no layers."""

    PROTOMAPS = "protomaps"
    OPENMAPTILES = "openmaptiles"
    OTHER = "other"
    NONE = "none"


class TileFile(msgspec.Struct, frozen=True, tag=True):
    """A file that passed the check.

    `title` and `credit` are the words of its metadata, as plain text; `layers` are the names of the
    layers of vector tiles, `media_type` is that of a tile, `bounds` are west, south, east and north in
    degrees (EPSG:4326).
    """

    title: str
    credit: str
    kind: TileKind
    schema: TileSchema
    layers: tuple[str, ...]
    media_type: str
    min_zoom: int
    max_zoom: int
    bounds: tuple[float, float, float, float]
    tiles: int
