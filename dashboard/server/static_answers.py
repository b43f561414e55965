"""The middleware for files that do not change, so that a browser loads each of them once.

Streamlit sends its scripts as they are, 3 MB at the first visit, since it would compress them for each
request anew. Here each is compressed once, and the basemap when it is asked for. Files of ours whose
address names their version (`?v=…`) need no further request; the others are asked for again with
their tag.
"""

import gzip
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.static_files import version

_OURS = "/app/static/"
_BASEMAP = ".geojson"
_TYPES = {".js": "text/javascript", ".css": "text/css"}
_FOREVER = "public, immutable, max-age=31536000"
_ASK = "public, no-cache"


class StaticAnswers:
    """ASGI middleware; `folder` has the files that Streamlit serves."""

    def __init__(self, app: ASGIApp, base_path: str, folder: Path) -> None:
        self.app = app
        self.compressing = GZipMiddleware(app)
        self.base_path = base_path
        self.scripts = _scripts(folder)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for a script, or pass it on and say how long its answer is good for."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            await self.app(scope, receive, send)
            return
        path = _below(scope["path"], self.base_path)
        script = self.scripts.get(path)
        if script is not None and _takes_gzip(scope):
            answer = await run_in_threadpool(_compressed_answer, script)
            await answer(scope, receive, send)
        elif path.startswith(_OURS):
            inner = self.compressing if path.endswith(_BASEMAP) else self.app
            await inner(scope, receive, _with_cache_control(scope, send))
        else:
            await self.app(scope, receive, send)


def _below(path: str, base_path: str) -> str:
    """The path below the prefix; "" if it is not below it."""
    return path.removeprefix(base_path) if path.startswith(f"{base_path}/") else ""


def _takes_gzip(scope: Scope) -> bool:
    codings = Headers(scope=scope).get("accept-encoding", "").replace(" ", "").split(",")
    return any(
        each == "gzip" or (each.startswith("gzip;q=") and each != "gzip;q=0") for each in codings
    )


def _scripts(folder: Path) -> Mapping[str, Path]:
    """The scripts and style sheets below `folder` by path; their names have a hash of their content."""
    files = (path for path in (folder / "static").rglob("*") if path.suffix in _TYPES)
    return {f"/{path.relative_to(folder).as_posix()}": path for path in files}


def _compressed_answer(script: Path) -> Response:
    headers = {"Content-Encoding": "gzip", "Cache-Control": _FOREVER, "Vary": "Accept-Encoding"}
    return Response(_compressed(script), headers=headers, media_type=_TYPES[script.suffix])


@cache
def _compressed(script: Path) -> bytes:
    return gzip.compress(script.read_bytes(), mtime=0)


def _with_cache_control(scope: Scope, send: Send) -> Send:
    # Another version may not be there yet, or not any more: browsers would store the wrong file.
    versioned = parse_qs(scope["query_string"].decode("latin-1")).get("v") == [version()]

    async def send_with_header(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] in {200, 206, 304}:
            MutableHeaders(scope=message)["Cache-Control"] = _FOREVER if versioned else _ASK
        await send(message)

    return send_with_header
