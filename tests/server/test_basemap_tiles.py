"""The routes of basemaps' tiles: pictures one by one, vector files by ranges of bytes."""

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import unquote

import pytest
from starlette.applications import Starlette
from starlette.types import Message

from dashboard.server.basemap_tiles import basemap_routes
from dashboard.tiles.folder import BasemapFolder
from tests.server.asgi import answer_headers, scope, status
from tests.tiles import make

# Asks for a path below the prefix; the status, the headers and the body.
Ask = Callable[..., tuple[int | None, dict[str, str], bytes]]
_CONNECTED_S = 60


@pytest.fixture
def folder(tmp_path: Path) -> BasemapFolder:
    make.raster_mbtiles(tmp_path / "satellite.mbtiles", "JPEG", "jpg")
    make.vector(tmp_path / "extract.pmtiles", make.PROTOMAPS)
    (tmp_path / "bad.pmtiles").write_bytes(b"<script>")
    folder = BasemapFolder(tmp_path)
    folder.check_new()
    return folder


@pytest.fixture
def ask(folder: BasemapFolder) -> Ask:
    app = Starlette(routes=basemap_routes(folder, "/maps"))

    def ask(
        path: str, query: str = "", headers: Iterable[tuple[str, str]] = ()
    ) -> tuple[int | None, dict[str, str], bytes]:
        sent: list[Message] = []

        async def receive() -> Message:
            # An answer with a file listens for the end of the connection; an end that came at once,
            # again and again, would leave no time for the answer.
            await asyncio.sleep(_CONNECTED_S)
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            sent.append(message)

        asked = scope(
            headers, path=unquote(f"/maps/basemap-tiles/{path}"), query_string=query.encode()
        )
        # In a thread of its own: that of a browser test may have a loop.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(lambda: asyncio.run(app(asked, receive, send))).result()
        body = b"".join(message.get("body", b"") for message in sent)
        return status(sent), answer_headers(sent), body

    return ask


def test_a_picture_is_answered_with_its_type(ask: Ask, folder: BasemapFolder):
    version = folder.basemaps()["satellite.mbtiles"].version
    code, headers, body = ask("satellite.mbtiles/8/155/100", f"v={version}")
    assert (code, headers["content-type"]) == (200, "image/jpeg")
    assert body == make.picture((80, 90, 60), "JPEG")
    assert "immutable" in headers["cache-control"]
    assert ask("satellite.mbtiles/8/155/100")[1]["cache-control"] == "private, no-cache"
    for beyond in ("8/0/0", "99/0/0", f"8/{1 << 70}/0"):
        assert ask(f"satellite.mbtiles/{beyond}")[0] == 204


def test_a_file_is_answered_by_ranges(ask: Ask, folder: BasemapFolder):
    address = "extract.pmtiles/file.pmtiles"
    code, headers, body = ask(address, headers=[("range", "bytes=0-6")])
    assert (code, body) == (206, b"PMTiles")
    assert headers["etag"]
    whole = folder.basemaps()["extract.pmtiles"].path.read_bytes()
    assert headers["content-range"] == f"bytes 0-6/{len(whole)}"
    assert ask(address)[2] == whole


@pytest.mark.parametrize("path", [
    "bad.pmtiles/file.pmtiles",
    "bad.pmtiles/8/155/100",
    "missing.pmtiles/file.pmtiles",
    "..%2Fsecret.pmtiles/file.pmtiles",
    "checked/file.pmtiles",
    "extract.pmtiles/8/155/100",
])  # fmt: skip
def test_nothing_else_is_answered(ask: Ask, path: str):
    assert ask(path)[0] == 404


def test_a_file_that_was_damaged_since_is_not_an_error(ask: Ask, folder: BasemapFolder):
    path = folder.basemaps()["satellite.mbtiles"].path
    path.write_bytes(path.read_bytes()[:60])
    assert ask("satellite.mbtiles/8/155/99")[0] == 404
