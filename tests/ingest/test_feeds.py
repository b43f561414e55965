"""Feeds that are asked: what is fetched, and what is refused; the server is on this machine."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dashboard.ingest import feeds
from dashboard.ingest.__main__ import watch_feeds
from dashboard.ingest.feeds import FeedError, FeedWatch, feed_addresses, fetch_feed
from dashboard.ingest.watch import last_of
from dashboard.ingest.workspace_writer import Report
from dashboard.model.corpus import Corpus
from dashboard.model.records import ArticleRecord, Table
from dashboard.settings import Settings, read_settings
from dashboard.store.merge import with_workspace
from dashboard.store.workspace import Workspace
from tests.documents.test_feed import OTHER, RSS, TEXT

ADDRESS = "https://enab.example/feed?key=secret"


class _Handler(BaseHTTPRequestHandler):
    """Answers by the path: redirections, an error, much, and a feed for all others."""

    def do_GET(self) -> None:
        port = self.server.server_address[1]
        places = {
            "/moved": f"http://127.0.0.1:{port}/feed",
            "/away": f"http://localhost:{port}/feed",
            "/round": "/round",
            "/file": "file:///etc/passwd",
            "/broken": "http://[::1/feed",
        }
        found = self.path in places
        self.send_response(302 if found else 404 if self.path == "/none" else 200)
        if found:
            self.send_header("Location", places[self.path])
        self.end_headers()
        self.wfile.write(b"" if found else b"x" * 100 if self.path == "/much" else RSS.encode())

    def log_message(self, *_arguments: object) -> None:
        """Print nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace.sqlite")


def allowed(*addresses: str, network: str = "on") -> Settings:
    return replace(read_settings({}), feeds=addresses, outgoing_network=network)


def look(watch: FeedWatch) -> Report | None:
    return last_of(watch.look())


def test_nothing_is_fetched_unless_the_network_is_switched_on():
    assert read_settings({"EVENT_MAP_FEEDS": ADDRESS}).outgoing_network == "off"
    for network in ("off", "", "yes"):
        with pytest.raises(FeedError, match="EVENT_MAP_OUTGOING_NETWORK"):
            feed_addresses(allowed(ADDRESS, network=network))
    assert feed_addresses(allowed(ADDRESS)) == (ADDRESS,)


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "enab.example", "https://u:secret@a.example/", "http://[::1/"]
)
def test_an_address_that_is_none_is_refused_and_not_shown(address: str):
    with pytest.raises(FeedError) as caught:
        feed_addresses(allowed(address))
    assert "secret" not in str(caught.value)
    with pytest.raises(FeedError, match="found none"):
        feed_addresses(allowed())


def test_the_command_ends_at_once_without_the_switch(monkeypatch, capsys):
    monkeypatch.setenv("EVENT_MAP_FEEDS", ADDRESS)
    assert watch_feeds("feeds", 900, threading.Event()) == 2
    error = capsys.readouterr().err
    assert "EVENT_MAP_OUTGOING_NETWORK" in error
    assert "secret" not in error


def test_a_feed_is_fetched_also_where_its_host_moved_it(address: str):
    assert fetch_feed(f"{address}/feed") == RSS.encode()
    assert fetch_feed(f"{address}/moved") == RSS.encode()


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/away", "another host"),
        ("/file", "another host"),
        ("/round", "more than 3 times"),
        ("/none", "the answer 404"),
        ("/broken", "cannot be fetched"),
    ],
)
def test_what_is_no_answer_of_the_host_is_refused(address: str, path: str, why: str):
    with pytest.raises(FeedError, match=why):
        fetch_feed(f"{address}{path}")


def test_too_much_and_nobody_there_are_refused(address: str, monkeypatch):
    monkeypatch.setattr(feeds, "MAX_ARTICLE_BYTES", 10)
    with pytest.raises(FeedError, match="more than"):
        fetch_feed(f"{address}/much")
    with pytest.raises(FeedError, match="cannot be fetched") as caught:
        fetch_feed("http://127.0.0.1:1/feed?key=secret")
    assert "secret" not in str(caught.value)


def test_new_entries_are_read_once_with_the_feed_as_their_original(workspace, corpus):
    contents = [RSS, RSS, RSS.replace(OTHER, f"{OTHER} وقتل ثلاثة مدنيين في القصف.")]

    def load(times: list[int]) -> tuple[Workspace, Corpus]:
        times.append(1)
        return workspace, with_workspace(corpus, workspace)

    times: list[int] = []
    watch = FeedWatch([ADDRESS], "feeds", partial(load, times), lambda _: contents.pop(0).encode())
    report = look(watch)
    assert report is not None
    assert report.articles == 2
    articles = [item.value for item in workspace.all(Table.ARTICLE).values()]
    assert all(isinstance(item, ArticleRecord) for item in articles)
    assert sum(item.article.url == "https://enab.example/1" for item in articles) == 1
    originals = {item.value.sha256 for item in workspace.all(Table.CAPTURE).values()}
    assert [workspace.captures.path(key).read_bytes() for key in originals] == [RSS.encode()]
    assert look(watch) is None
    assert times == [1]
    changed = look(watch)
    assert changed is not None
    assert changed.known >= 1
    assert TEXT in "".join(workspace.texts().values())


def test_a_fault_is_said_once_and_other_feeds_are_read(workspace, corpus):
    def fetch(address: str) -> bytes:
        if "away" in address:
            raise FeedError("the answer 503")
        return RSS.encode()

    watch = FeedWatch(
        ["https://away.example/?key=secret", ADDRESS],
        "feeds",
        lambda: (workspace, with_workspace(corpus, workspace)),
        fetch,
    )
    report = look(watch)
    assert report is not None
    assert report.articles == 2
    assert [str(fault) for fault in report.faults if fault.file == "away.example"] == [
        "away.example: expected a feed, found the answer 503"
    ]
    assert look(watch) is None


def test_after_an_error_of_the_workspace_the_same_feed_is_read(workspace, corpus):
    away = [True]

    def load() -> tuple[Workspace, Corpus]:
        if away.pop():
            raise OSError("the database is away")
        return workspace, corpus

    watch = FeedWatch([ADDRESS], "feeds", load, lambda _: RSS.encode())
    with pytest.raises(OSError, match="away"):
        look(watch)
    away.append(False)
    report = look(watch)
    assert report is not None
    assert report.articles == 2
