"""A page of another port of this machine gets nothing of the app, which itself works as ever."""

import base64
import http.server
import json
import threading
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e import app
from tests.e2e.browser import visit
from tests.e2e.conftest import Open
from tests.e2e.server import serve

pytestmark = pytest.mark.e2e

# All requests that a page can send to another origin; each returns whether it succeeded.
ATTACKS = """
async (app) => {
  const socket = (url) => new Promise((done) => {
    const opened = new WebSocket(url, ["streamlit"]);
    opened.onopen = () => done(true);
    opened.onerror = () => done(false);
  });
  const fetched = (path, options) =>
    fetch(app + path, options).then(() => true, () => false);
  const element = (name, path) => new Promise((done) => {
    const added = document.createElement(name);
    added.onload = () => done(true);
    added.onerror = () => done(false);
    added[name === "link" ? "href" : "src"] = app + path;
    if (name === "link") added.rel = "stylesheet";
    document.body.append(added);
  });
  const body = { method: "PUT", body: "x", headers: { "X-Xsrftoken": "x" } };
  return {
    websocket: await socket(app.replace("http", "ws") + "/_stcore/stream"),
    page: await fetched("/"),
    page_unread: await fetched("/", { mode: "no-cors" }),
    health: await fetched("/_stcore/health"),
    health_unread: await fetched("/_stcore/health", { mode: "no-cors" }),
    static: await fetched("/app/static/map/event_map.js"),
    static_unread: await fetched("/app/static/map/event_map.js", { mode: "no-cors" }),
    upload: await fetched("/_stcore/upload_file/a/b", body),
    media: await fetched("/media/a.png", { credentials: "include" }),
    script: await element("script", "/app/static/map/event_map.js"),
    style: await element("link", "/app/static/map/event_map.css"),
    picture: await element("img", "/favicon.png"),
  };
}
"""
# The smallest picture there is.
_GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
FRAME = """
(app) => new Promise((done) => {
  const frame = document.createElement("iframe");
  frame.id = "framed";
  frame.onload = () => done();
  frame.src = app;
  document.body.append(frame);
})
"""


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: the tests' output is for the tests."""


@pytest.fixture
def foreign(tmp_path: Path) -> Iterator[str]:
    """An empty page of another port of this machine."""
    (tmp_path / "index.html").write_text("<!doctype html><title>x</title><body></body>")
    handler = partial(_Silent, directory=tmp_path)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@dataclass
class _Answers:
    """What the servers answered, by the browser's id of the request.

    Those too that the browser withholds from the page. It may report an answer before its request,
    and both after the page has the outcome: so the two are joined when asked for, and waited for.
    """

    urls: dict[str, str] = field(default_factory=dict)
    statuses: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def of(self, url: str) -> set[int]:
        """The statuses of the answers from ``url``, as they came in."""
        return {
            status
            for request, address in self.urls.items()
            if address == url
            for status in self.statuses[request]
        }


def _answers(page: Page) -> _Answers:
    seen = _Answers()
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.on(
        "Network.requestWillBeSent",
        lambda event: seen.urls.update({event["requestId"]: event["request"]["url"]}),
    )
    network.on(
        "Network.webSocketCreated",
        lambda event: seen.urls.update({event["requestId"]: event["url"]}),
    )
    network.on(
        "Network.responseReceivedExtraInfo",
        lambda event: seen.statuses[event["requestId"]].add(event["statusCode"]),
    )
    network.on(
        "Network.webSocketHandshakeResponseReceived",
        lambda event: seen.statuses[event["requestId"]].add(event["response"]["status"]),
    )
    return seen


def test_a_page_of_another_port_gets_nothing(browser: Browser, address: str, foreign: str):
    with visit(browser, foreign) as seen:
        answers = _answers(seen.page)
        got = seen.page.evaluate(ATTACKS, address)
        assert [name for name, success in got.items() if success] == []
        seen.page.evaluate(FRAME, address + "/?framed")
        expect(seen.page.frame_locator("#framed").locator("#root")).to_have_count(0)
        # It is the server that refuses, and not the browser alone.
        for path in (
            "/",
            "/?framed",
            "/app/static/map/event_map.js",
            "/favicon.png",
            "/media/a.png",
        ):
            app.wait_until(seen.page, partial(answers.of, address + path), {403})


def test_a_page_of_another_port_that_opens_the_app_cannot_access_it(
    browser: Browser, address: str, foreign: str
):
    with visit(browser, foreign) as seen, seen.page.expect_popup() as opened:
        seen.page.evaluate(f"window.app = window.open({json.dumps(address)})")
        popup = opened.value
        expect(popup.locator("#root")).to_be_attached(timeout=app.SLOW_MS)
        assert popup.evaluate("window.opener") is None
        assert seen.page.evaluate("window.app.closed")


def test_without_the_middleware_such_a_page_has_access(browser: Browser, foreign: str):
    """The requests of the tests above succeed without the middleware."""
    with serve(script="benchmarks/empty_app.py") as plain, visit(browser, foreign) as seen:
        got = seen.page.evaluate(ATTACKS, plain)
        for name in ("websocket", "page_unread", "health_unread", "picture"):
            assert got[name]
        seen.page.evaluate(FRAME, plain + "/")
        expect(seen.page.frame_locator("#framed").locator("#root")).to_have_count(1)


def test_the_app_works_within_its_policy(open_app: Open):
    with open_app() as seen:
        page = seen.page
        app.ready(page)
        expect(page.locator(".chart svg")).to_be_visible()
        app.marks(page).first.click()
        expect(page.get_by_text("All places")).to_be_visible(timeout=app.SLOW_MS)
        page.locator("button.event").first.click()
        expect(page.locator(".event-head h3")).to_be_visible(timeout=app.SLOW_MS)
        page.get_by_text("Table", exact=True).click()
        expect(app.table_rows(page).first).to_be_visible(timeout=app.SLOW_MS)
        assert seen.errors == []
        assert seen.outside == []


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/?tab=figure", "[data-testid=stImage] img"),
        ("/?lang=ar", "button.event"),
        ("/compare", ".account"),
        ("/articles", "[data-testid=stTextArea]"),
        ("/review", "[data-testid=stText], [data-testid=stAlert], [data-testid=stMarkdown]"),
        ("/gazetteer", "[data-testid=stText], [data-testid=stAlert], [data-testid=stMarkdown]"),
        ("/data", "[data-testid=stFileUploader]"),
        ("/history", "[data-testid=stText], [data-testid=stAlert], [data-testid=stMarkdown]"),
        ("/article?id=a000_arabi21", "article"),
    ],
)
def test_each_page_works_within_its_policy(open_app: Open, path: str, shown: str):
    with open_app(path) as seen:
        expect(seen.page.locator(shown).first).to_be_visible(timeout=2 * app.SLOW_MS)
        app.settled(seen.page)
        assert seen.errors == []
        assert seen.outside == []


def test_the_tile_server_gets_the_origin_but_not_the_view(open_app: Open, address: str):
    """It asks for a Referer; the page's address contains the whole state of the work."""
    with open_app("/history") as seen:
        app.settled(seen.page)
        referers: list[str | None] = []

        def answer(route: Route) -> None:
            referers.append(route.request.headers.get("referer"))
            route.fulfill(content_type="image/gif", body=_GIF)

        seen.page.route("https://tile.openstreetmap.org/**", answer)
        seen.page.goto(f"{address}/?q=secret&basemap=online")
        tile = app.the_map(seen.page).locator("img.leaflet-tile-loaded").first
        expect(tile).to_be_attached(timeout=app.SLOW_MS)
        assert set(referers) == {f"{address}/"}
        assert seen.errors == []


def test_a_script_in_the_page_does_not_run(open_app: Open):
    """If a text were ever inserted into the page as HTML, the policy would still stop it."""
    with open_app() as seen:
        app.ready(seen.page)
        seen.page.evaluate(
            "document.body.insertAdjacentHTML('beforeend',"
            "'<img src=x: onerror=window.hacked=1><a href=javascript:window.hacked=1>x</a>')"
        )
        seen.page.evaluate(
            "(() => { const s = document.createElement('script');"
            "s.textContent = 'window.hacked = 1'; document.body.append(s); })()"
        )
        seen.page.locator("a", has_text="x").last.dispatch_event("click")
        seen.page.wait_for_timeout(500)
        assert seen.page.evaluate("window.hacked") is None
        assert len(seen.errors) >= 3
