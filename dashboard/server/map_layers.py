"""The route of the layers that analysts brought, e.g. /map-layers/3f2a9c0112345678, as GeoJSON.

The map's script asks for each layer that is shown. The id of a layer is made of its content, and its
version of its labels, so that a browser needs to ask for it only once.
"""

from pathlib import Path

from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from dashboard.layers.folder import LayerFolder

PATH = "/map-layers"
# Caches of others may not keep what can be removed.
_FOREVER = "private, immutable, max-age=31536000"
_MEDIA_TYPE = "application/geo+json"


class _LayerAnswer:
    """ASGI application that answers one layer; compressed, as coordinates shrink to a third."""

    def __init__(self, folder: LayerFolder) -> None:
        self.folder = folder
        self.compressing = GZipMiddleware(self._answer)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.compressing(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._response(Request(scope))(scope, receive, send)

    def _response(self, request: Request) -> Response:
        layer_id = request.path_params["layer_id"]
        layer = self.folder.layer(layer_id)
        if layer is None:
            return PlainTextResponse("Not found.\n", 404, {"Cache-Control": "private, no-cache"})
        tag = f"{layer_id}-{layer.version}"
        headers = {"Cache-Control": _FOREVER, "ETag": f'"{tag}"', "Vary": "Accept-Encoding"}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return _file(layer.path, headers)


def _file(path: Path, headers: dict[str, str]) -> Response:
    return FileResponse(path, media_type=_MEDIA_TYPE, headers=headers)


def map_layer_route(folder: LayerFolder, base_path: str) -> Route:
    """The route; `base_path` is "" or begins with a slash."""
    return Route(f"{base_path}{PATH}/{{layer_id}}", _LayerAnswer(folder), methods=["GET", "HEAD"])
