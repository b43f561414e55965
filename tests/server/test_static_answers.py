"""Files that do not change: scripts of Streamlit are compressed, those of ours are kept by version."""

import asyncio
import gzip
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.types import Message, Scope

from dashboard.server.static_answers import StaticAnswers
from dashboard.static_files import version
from tests.server.asgi import Inner, answer_headers, call, scope

SCRIPT = b"const a = 1;\n" * 500
ZIP = (("host", "127.0.0.1:8501"), ("accept-encoding", "gzip, deflate, br"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "static" / "js").mkdir(parents=True)
    (tmp_path / "static" / "js" / "index.abc.js").write_bytes(SCRIPT)
    (tmp_path / "index.html").write_text("page", encoding="utf-8")
    (tmp_path / "secret.js").write_text("outside of static", encoding="utf-8")
    return tmp_path


def answered(app: StaticAnswers, asked: Scope) -> list[Message]:
    """What the middleware sends, with an event loop of its own."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(app(asked, receive, send))).result()
    return sent


def test_a_browser_that_takes_gzip_gets_a_script_compressed(folder: Path):
    inner = Inner()
    files = StaticAnswers(inner, "/map", folder)
    sent = answered(files, scope(ZIP, path="/map/static/js/index.abc.js"))
    headers = answer_headers(sent)
    assert gzip.decompress(sent[-1]["body"]) == SCRIPT
    assert headers["content-type"].startswith("text/javascript")
    assert "immutable" in headers["cache-control"]
    assert headers["vary"] == "Accept-Encoding"
    assert not inner.scopes
    call(files, scope(path="/map/static/js/index.abc.js"))
    assert len(inner.scopes) == 1


@pytest.mark.parametrize(
    "path",
    [
        "/map/secret.js",
        "/map/static/../secret.js",
        "/map/index.html",
        "/map/",
        "/static/js/index.abc.js",
        "/mapstatic/js/index.abc.js",
    ],
)
def test_other_paths_are_passed_on(folder: Path, path: str):
    inner = Inner()
    call(StaticAnswers(inner, "/map", folder), scope(ZIP, path=path))
    assert [reached["path"] for reached in inner.scopes] == [path]


def test_a_file_of_ours_is_kept_by_its_version_and_else_asked_for_again(folder: Path):
    files = StaticAnswers(Inner(), "", folder)
    path = "/app/static/map/event_map.js"
    kept = call(files, scope(path=path, query_string=f"v={version()}".encode()))
    assert answer_headers(kept)["cache-control"] == "public, immutable, max-age=31536000"
    for query in (b"", b"v=another", f"v={version()}&v=another".encode()):
        asked = call(files, scope(path=path, query_string=query))
        assert answer_headers(asked)["cache-control"] == "public, no-cache"
    assert "cache-control" not in answer_headers(call(files, scope(path="/")))


@pytest.mark.parametrize("codings", ["gzip;q=0", "br, gzip;q=0", "deflate", "xgzip"])
def test_a_script_is_not_compressed_for_others(folder: Path, codings: str):
    inner = Inner()
    headers = (("host", "127.0.0.1:8501"), ("accept-encoding", codings))
    call(StaticAnswers(inner, "", folder), scope(headers, path="/static/js/index.abc.js"))
    assert len(inner.scopes) == 1


def test_another_method_is_passed_on(folder: Path):
    inner = Inner()
    files = StaticAnswers(inner, "", folder)
    call(files, scope(ZIP, path="/static/js/index.abc.js", method="POST"))
    assert len(inner.scopes) == 1
