"""What the map's scripts need to draw the basemap of a file (frontend/map/tile_basemap.js)."""

from pathlib import Path
from urllib.parse import quote

import msgspec

from dashboard.language.language import current
from dashboard.language.messages import _
from dashboard.legend import palette
from dashboard.static_files import TILE_SCRIPT, version
from dashboard.text.escape import escape
from dashboard.tiles.folder import Basemap, is_picture

# Relative to the address of the frame that shows the map, as in event_map.py.
_TILES, _STATIC = "../../basemap-tiles", "../../app/static"
_COLOURS = {
    "land": "syria",
    "water": "water",
    "border": "border",
    "road": "road",
    "road_fill": "road-fill",
    "green": "tile-green",
    "built": "tile-built",
    "building": "tile-building",
    "label": "ink",
    "halo": "tile-halo",
}


def tile_options(basemap: Basemap, static: Path) -> dict[str, object]:
    """The options of a basemap in the reader's language; `static` is the folder of the static files.

    Raises OSError if its file is gone.
    """
    file = msgspec.to_builtins(basemap.file)
    fields = ("kind", "schema", "min_zoom", "max_zoom", "bounds", "layers")
    script = TILE_SCRIPT if (static / TILE_SCRIPT).is_file() else ""
    return {
        **{name: file[name] for name in fields},
        "credit": escape(basemap.file.credit),
        "address": f"{_TILES}/{quote(basemap.name, safe='')}",
        "version": basemap.version,
        "script": f"{_STATIC}/{script}?v={version()}" if script else "",
        "language": current().code,
        "colours": {name: palette.colour(colour) for name, colour in _COLOURS.items()},
        "missing": _("The basemap could not be drawn.") if is_picture(basemap) else _no_script(),
    }


def _no_script() -> str:
    return _(
        "Vector tiles need protomaps-leaflet, which is not installed: install Node.js with npm, "
        "then run “make assets” again."
    )
