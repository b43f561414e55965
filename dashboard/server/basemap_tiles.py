"""The routes of the basemaps that analysts brought, e.g. /basemap-tiles/syria.mbtiles/9/305/200.

Pictures are answered tile by tile, so that a map needs Leaflet alone. Vector tiles are read by the map's
script from the whole file, a range of bytes at a time.
"""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from dashboard.tiles.folder import Basemap, BasemapFolder, is_picture
from dashboard.tiles.pmtiles_file import TileFileError

PATH = "/basemap-tiles"
# The end of the address of a whole file, by which scripts know the format.
FILE = "file.pmtiles"
# The address of a tile names the version of its file; caches of others may not keep what can be removed.
_FOREVER = {"Cache-Control": "private, immutable, max-age=31536000"}
_ASK = {"Cache-Control": "private, no-cache"}


def basemap_routes(folder: BasemapFolder, base_path: str) -> list[Route]:
    """The routes; `base_path` is "" or begins with a slash."""

    # Not async: reading a tile would stop all other answers.
    def tile(request: Request) -> Response:
        basemap = folder.basemaps().get(request.path_params["name"])
        if basemap is None or not is_picture(basemap):
            return _sentence(404)
        return _tile(basemap, request)

    def file(request: Request) -> Response:
        basemap = folder.basemaps().get(request.path_params["name"])
        if basemap is None:
            return _sentence(404)
        return FileResponse(basemap.path, media_type="application/octet-stream", headers=_ASK)

    at = f"{base_path}{PATH}/{{name}}"
    return [
        _route(f"{at}/{FILE}", file),
        _route(f"{at}/{{z:int}}/{{x:int}}/{{y:int}}", tile),
    ]


def _route(path: str, answer: Callable[[Request], Response]) -> Route:
    return Route(path, answer, methods=["GET", "HEAD"])


def _tile(basemap: Basemap, request: Request) -> Response:
    z, x, y = (request.path_params[name] for name in "zxy")
    try:
        content = basemap.tile(z, x, y)
        current = request.query_params.get("v") == basemap.version
    except (OSError, TileFileError):
        return _sentence(404)
    cache = _FOREVER if current else _ASK
    if content is None:
        # Beyond what the file has: not an error of the map.
        return Response(status_code=204, headers=cache)
    return Response(content, headers=cache, media_type=basemap.file.media_type)


def _sentence(status: int) -> Response:
    return PlainTextResponse("Not found.\n", status, _ASK)
