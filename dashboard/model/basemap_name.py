"""What the name of a basemap may be: in the link, and of a file in the folder of basemaps."""

import re

# The basemap of OpenStreetMap's tile server.
ONLINE = "online"
ENDINGS = (".pmtiles", ".mbtiles")
_NAME = re.compile(r"\w[\w .()-]{0,99}")


def is_file_name(text: str) -> bool:
    """Whether a text can be the name of a file of tiles, e.g. "syria.mbtiles"."""
    return bool(_NAME.fullmatch(text)) and text.lower().endswith(ENDINGS)
