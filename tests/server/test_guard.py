"""The guard refuses foreign host names and pages of other origins."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard.server.guard import Guard
from dashboard.server.hosts import LOOPBACK_HOSTS
from dashboard.server.rules import ServerRules, ServerSettingError
from dashboard.settings import read_settings
from tests.server.asgi import Headers, Inner, call, rules, scope, status

HERE = "127.0.0.1:8501"
FOREIGN_HOSTS = [
    "evil.example",
    "127.0.0.1.evil.com",
    "localhost.evil.com",
    "localhost:8501@evil",
    "evil@localhost:8501",
    "localhost:8501.evil.com",
    "localhost.",
    "127.0.0.1.",
    "localhost:8501:8501",
    "localhost:",
    "localhost:0",
    "localhost:65536",
    "localhost:8501/",
    "localhost:8501, evil.com",
    "localhost evil.com",
    "http://localhost:8501",
    "127.1",
    "127.0.0.2",
    "0.0.0.0",  # noqa: S104
    "2130706433",
    "0x7f000001",
    "::1",
    "[::1",
    "[::ffff:127.0.0.1]",
    "[::1].evil.com",
    "[::1%25lo]",
    "",
    " ",
    "localhost\x00",
    "localhost\xa0",
    "ⓛocalhost".encode().decode("latin-1"),
    "169.254.169.254",
    "*",
]
OWN_HOSTS = [
    "127.0.0.1",
    HERE,
    "localhost",
    "LOCALHOST:8501",
    "localhost:1",
    "[::1]",
    "[::1]:65535",
]
FOREIGN_ORIGINS = [
    "null",
    "",
    "http://127.0.0.1:9999",
    "http://127.0.0.1",
    "http://localhost:8501",
    "https://127.0.0.1:8501",
    "ws://127.0.0.1:8501",
    "file://",
    "http://127.0.0.1:8501/",
    "http://127.0.0.1:8501 http://evil.example",
    "http://127.0.0.1:8501, http://evil.example",
    "http://127.0.0.1:8501@evil.example",
    "http://evil.example@127.0.0.1:8501",
    "http://127.0.0.1:8501.evil.example",
    "http://127.0.0.1.:8501",
    "http:127.0.0.1:8501",
    "127.0.0.1:8501",
    "http://[::1]:8501",
    "http://evil.example",
    "chrome-extension://abcdefghijklmnop",
]


def _pass(headers: Headers, server: ServerRules | None = None, **options: str) -> bool:
    """Whether a request goes through to the application."""
    inner = Inner()
    sent = call(Guard(inner, server or rules()), scope(headers, **options))
    assert bool(inner.scopes) == (status(sent) in {200, None})
    return bool(inner.scopes)


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_a_foreign_host_is_refused(host: str, kind: str):
    inner = Inner()
    headers = [("host", host), ("origin", f"http://{host}")]
    sent = call(Guard(inner, rules()), scope(headers, kind=kind))
    assert status(sent) == (403 if kind == "websocket" else 421)
    assert b"EVENT_MAP_HOSTS" in sent[-1]["body"]
    assert inner.scopes == []


@pytest.mark.parametrize("host", OWN_HOSTS)
def test_a_loopback_host_is_answered_by_any_port(host: str):
    assert _pass([("host", host)])
    assert _pass([("host", host), ("origin", f"http://{host.lower()}")], kind="websocket")


@pytest.mark.parametrize("headers", [[], [("host", HERE), ("host", HERE)], [("x-host", HERE)]])
def test_one_host_header_is_needed(headers: Headers):
    assert not _pass(headers)


def test_headers_of_a_proxy_are_not_trusted():
    said = [
        ("x-forwarded-host", HERE),
        ("x-forwarded-for", "127.0.0.1"),
        ("x-forwarded-proto", "https"),
        ("forwarded", f"host={HERE};proto=https"),
    ]
    assert not _pass([("host", "evil.example"), *said])
    own_origin = [("host", HERE), ("origin", f"https://{HERE}"), *said]
    # uvicorn does change the scheme for that header.
    assert not _pass(own_origin, kind="websocket", scheme="wss")
    assert not _pass(own_origin, scheme="https")


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize("origin", FOREIGN_ORIGINS)
def test_a_foreign_origin_is_refused(origin: str, kind: str):
    inner = Inner()
    sent = call(Guard(inner, rules()), scope([("host", HERE), ("origin", origin)], kind=kind))
    assert status(sent) == 403
    assert inner.scopes == []


def test_a_websocket_needs_an_origin_and_other_requests_do_not():
    assert not _pass([("host", HERE)], kind="websocket")
    assert _pass([("host", HERE)])


def test_two_origins_are_refused():
    own_origin = ("origin", f"http://{HERE}")
    assert _pass([("host", HERE), own_origin], kind="websocket")
    assert not _pass([("host", HERE), own_origin, own_origin], kind="websocket")
    assert not _pass([("host", HERE), own_origin, own_origin])


def test_a_server_without_extensions_closes_the_websocket_before_it_is_accepted():
    sent = call(Guard(Inner(), rules()), scope(kind="websocket", extensions=None))
    assert [message["type"] for message in sent] == ["websocket.close"]


def test_named_hosts_and_origins_are_answered():
    server = rules(["Map.Example.org", "192.168.1.5"], ["https://map.example.org"])
    public = [("host", "map.example.org"), ("origin", "https://map.example.org")]
    assert _pass(public, server, kind="websocket")
    assert not _pass(public, rules(["map.example.org"]), kind="websocket")
    assert _pass([("host", "192.168.1.5:8501")], server)
    for host in ("www.map.example.org", "map.example.org.", "192.168.1.50"):
        assert not _pass([("host", host)], server)
    # The proxy may also ask by the loopback address.
    assert _pass([("host", HERE), ("origin", "https://map.example.org")], server, kind="websocket")


@pytest.mark.parametrize(
    ("host", "origin", "expected"),
    [
        (HERE, "https://map.example.org", "map.example.org"),
        (HERE, "https://map.example.org:8443", "map.example.org:8443"),
        ("LOCALHOST:80", "http://localhost", "localhost"),
        ("localhost", "http://LOCALHOST:80", "localhost"),
    ],
)
def test_streamlit_gets_the_host_of_the_origin(host: str, origin: str, expected: str):
    """Where the two differ it looks up our address outside."""
    server = rules(origins=["https://map.example.org", "https://map.example.org:8443"])
    inner = Inner()
    call(Guard(inner, server), scope([("host", host), ("origin", origin)], kind="websocket"))
    hosts = [value for name, value in inner.scopes[0]["headers"] if name == b"host"]
    assert hosts == [expected.encode()]


@pytest.mark.parametrize(
    ("site", "mode", "dest", "passes"),
    [
        ("same-origin", "cors", "empty", True),
        ("same-origin", "navigate", "iframe", True),
        ("none", "navigate", "document", True),
        ("cross-site", "navigate", "document", True),
        ("same-site", "navigate", "document", True),
        ("cross-site", "navigate", "iframe", False),
        ("same-site", "navigate", "frame", False),
        ("same-site", "navigate", "embed", False),
        ("same-site", "navigate", "object", False),
        ("same-site", "no-cors", "script", False),
        ("same-site", "no-cors", "image", False),
        ("cross-site", "cors", "empty", False),
        ("cross-site", "no-cors", "document", False),
        ("SAME-ORIGIN", "cors", "empty", False),
        ("", "cors", "empty", False),
    ],
)
def test_other_sites_may_link_here_and_nothing_else(site: str, mode: str, dest: str, passes: bool):
    fetch = [("sec-fetch-site", site), ("sec-fetch-mode", mode), ("sec-fetch-dest", dest)]
    assert _pass([("host", HERE), *fetch]) == passes


def test_a_link_neither_sends_data_nor_opens_a_websocket():
    fetch = [
        ("host", HERE),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-mode", "navigate"),
        ("sec-fetch-dest", "document"),
    ]
    own_origin = ("origin", f"http://{HERE}")
    assert _pass(fetch)
    assert not _pass([*fetch, own_origin], method="PUT")
    assert not _pass([*fetch, own_origin], kind="websocket")
    assert not _pass([*fetch, ("sec-fetch-site", "same-origin")])


_TEXT = st.text(st.characters(max_codepoint=0xFF), max_size=40)
_NEAR = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "http://", "https://", "evil.", "a@", "[", " ", "%"]),
    st.sampled_from([*LOOPBACK_HOSTS, HERE, "null", "localhost:8501"]),
    st.sampled_from(["", ".", ":8501", ":80", "@evil", ".evil.com", "]", ", x", "/", "\t", ":x"]),
)
_VALUES = st.lists(_TEXT | _NEAR, max_size=3)


@given(hosts=_VALUES, origins=_VALUES, kind=st.sampled_from(["http", "websocket"]))
@example(hosts=["localhost:8501"], origins=["http://localhost:8501"], kind="websocket")
def test_only_trusted_hosts_and_own_origins_ever_get_through(
    hosts: list[str], origins: list[str], kind: str
):
    headers = [*(("host", host) for host in hosts), *(("origin", value) for value in origins)]
    if not _pass(headers, kind=kind):
        return
    assert len(hosts) == 1
    name, _, port = hosts[0].lower().rpartition(":") if "]" not in hosts[0] else ("", "", "")
    plain = name if name and port.isdigit() else hosts[0].lower()
    assert plain in LOOPBACK_HOSTS or hosts[0].lower().startswith("[::1]")
    assert len(origins) == 1 if kind == "websocket" else len(origins) <= 1
    for origin in origins:
        own_origin = f"http://{hosts[0].lower()}"
        assert origin.lower() in {own_origin, f"{own_origin}:80", own_origin.removesuffix(":80")}


@given(path=st.text(max_size=60), method=st.text(max_size=10), kind=st.just("http"))
def test_no_path_and_no_method_is_an_error(path: str, method: str, kind: str):
    raw = path.encode("utf-8", "replace")
    request = scope(path="/", kind=kind) | {"path": path, "raw_path": raw, "method": method}
    assert status(call(Guard(Inner(), rules()), request)) in {200, 400, 404, 405}


@pytest.mark.parametrize("host", ["https://x.org", "x.org:80", "x.org/", "*", "*.x.org", "x org"])
def test_a_host_setting_that_is_not_a_name_is_an_error(host: str):
    with pytest.raises(ServerSettingError, match="EVENT_MAP_HOSTS: expected"):
        rules([host])


@pytest.mark.parametrize("origin", ["x.org", "https://x.org/", "ftp://x.org", "null", "*"])
def test_an_origin_setting_that_is_not_an_origin_is_an_error(origin: str):
    with pytest.raises(ServerSettingError, match="EVENT_MAP_ORIGINS: expected"):
        rules(origins=[origin])


def test_hosts_and_origins_come_from_the_environment():
    environment = {"EVENT_MAP_HOSTS": " map.example.org, 192.168.1.5 ,", "EVENT_MAP_ORIGINS": ""}
    settings = read_settings(environment)
    assert settings.hosts == ("map.example.org", "192.168.1.5")
    assert settings.origins == ()
