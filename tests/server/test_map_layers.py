"""The route of layers: GeoJSON with a tag, compressed, and nothing else of the folder."""

import asyncio
import gzip
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import unquote

import pytest
from starlette.applications import Starlette
from starlette.types import Message

from dashboard.layers.folder import Layer, LayerFolder
from dashboard.server.map_layers import map_layer_route
from tests.layers import make
from tests.server.asgi import answer_headers, scope, status

Ask = Callable[..., tuple[int | None, dict[str, str], bytes]]


@pytest.fixture
def layer(tmp_path: Path) -> Layer:
    return make.added(LayerFolder(tmp_path / "layers"), make.geojson(tmp_path / "a.geojson"))


@pytest.fixture
def ask(layer: Layer) -> Ask:
    app = Starlette(routes=[map_layer_route(LayerFolder(layer.path.parent), "/maps")])

    def ask(path: str, **headers: str) -> tuple[int | None, dict[str, str], bytes]:
        sent: list[Message] = []

        async def receive() -> Message:
            await asyncio.sleep(60)
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            sent.append(message)

        pairs = [(name.replace("_", "-"), value) for name, value in headers.items()]
        asked = scope(pairs, path=unquote(f"/maps/map-layers/{path}"))
        with ThreadPoolExecutor(1) as thread:
            thread.submit(lambda: asyncio.run(app(asked, receive, send))).result()
        body = b"".join(message.get("body", b"") for message in sent)
        return status(sent), answer_headers(sent), body

    return ask


def test_a_layer_is_answered_as_geojson_and_asked_for_once(ask: Ask, layer: Layer):
    code, headers, body = ask(layer.layer_id)
    assert (code, headers["content-type"]) == (200, "application/geo+json")
    assert body == layer.path.read_bytes()
    assert headers["etag"] == f'"{layer.layer_id}-{layer.version}"'
    assert "private" in headers["cache-control"]
    assert "immutable" in headers["cache-control"]
    assert ask(layer.layer_id, if_none_match=headers["etag"])[0] == 304


def test_it_is_compressed_for_who_takes_that(ask: Ask, layer: Layer):
    _code, headers, body = ask(layer.layer_id, accept_encoding="gzip")
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(body) == layer.path.read_bytes()


@pytest.mark.parametrize("path", ["0" * 16, "..%2Fa.geojson", "a.geojson", "x%00", "uploads"])
def test_nothing_else_is_answered(ask: Ask, path: str):
    assert ask(path)[0] == 404


def test_a_layer_that_was_removed_is_gone(ask: Ask, layer: Layer):
    LayerFolder(layer.path.parent).remove(layer.layer_id)
    assert ask(layer.layer_id)[0] == 404
