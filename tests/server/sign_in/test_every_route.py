"""The running server: every route and method as everybody, in a table; what pages do is in tests/e2e."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from dashboard.access.accounts import Scope
from dashboard.access.own import hashed
from dashboard.model.viewer import acting_as
from dashboard.server.sign_in.visitor import COOKIE
from tests.access.signed_in import Team, account_of, identity, team
from tests.e2e.server import ROOT, serve
from tests.server.raw import request, status, websocket

METHODS = ("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "POST", "PATCH", "TRACE")
OPEN = {"/sign-in", "/sign-in/start", "/sign-in/callback", "/_stcore/health"}
MONITORED = {"/metrics", "/health"}
SIGNED_IN = ("reader", "analyst", "editor", "administrator")
NOT_SIGNED_IN = ("nobody", "expired", "revoked", "disabled", "forged")
# Statuses with which the server refuses; the rest is answered by a route.
REFUSED = {401, 405, 429, 501}
# Closed for everybody (tests/server/test_paths.py).
CLOSED = re.compile(r"/_stcore/(agent/.*|metrics)|/auth/.*|/oauth2callback")


@dataclass(frozen=True)
class Running:
    address: str
    paths: tuple[str, ...]
    headers: Mapping[str, tuple[str, str]]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("signed_in")
    here = team(folder, folder / "w_accounts.sqlite")
    environment = {
        "EVENT_MAP_WORKSPACE": str(folder / "w.sqlite"),
        "EVENT_MAP_SIGN_IN": str(here.file),
    }
    listed = subprocess.run(
        [sys.executable, "-m", "tests.server.sign_in.route_list"],
        cwd=ROOT, env={**os.environ, **environment}, capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    paths = tuple(re.sub(r"\{.*?\}", "1", path) for path in json.loads(listed.stdout))
    with serve(environment) as address:
        yield Running(address, paths, _headers(here))


def _headers(here: Team) -> dict[str, tuple[str, str]]:
    """The header by which each one is known."""
    secrets = {name: here.secrets[name] for name in ("no role", *SIGNED_IN)}
    secrets |= {"nobody": "", "forged": hashed(here.secrets["administrator"])}
    for name in ("expired", "revoked", "disabled"):
        secrets[name] = here.accounts.sign_in(identity(name))
    with sqlite3.connect(here.accounts.path) as connection:
        connection.execute(
            "UPDATE session SET ends_at = '2020-01-01' WHERE account = ?", (account_of("expired"),)
        )
        connection.execute("DELETE FROM session WHERE account = ?", (account_of("revoked"),))
        connection.execute(
            "UPDATE account SET disabled = 1 WHERE account = ?", (account_of("disabled"),)
        )
    connection.close()
    found = {name: ("Cookie", f"{COOKIE}={secret}") for name, secret in secrets.items()}
    administrator = here.accounts.viewer_of_session(hashed(here.secrets["administrator"]))
    assert administrator is not None
    with acting_as(administrator):
        for scope in Scope:
            token = here.accounts.tokens.new("program", scope, 5)
            found[f"{scope.value} token"] = ("Authorization", f"Bearer {token}")
    return found


def may(name: str, path: str, method: str) -> bool:
    """Whether somebody reaches a route, as the documents say; methods without routes do not count."""
    if path in OPEN:
        return True
    if name in {*NOT_SIGNED_IN, "no role"}:
        return False
    if name == "read token":
        return path.startswith("/ogc") and method in {"GET", "HEAD"}
    if name == "monitor token":
        return path in MONITORED and method in {"GET", "HEAD"}
    if path in MONITORED:
        return name == "administrator"
    return name != "reader" or not path.startswith("/_stcore/upload_file/")


def test_every_route_and_method_as_everybody(running: Running):
    here = urlsplit(running.address).netloc
    wrong = []
    for path in running.paths:
        for method in METHODS:
            row = []
            for name, header in running.headers.items():
                answer = request(running.address, [("Host", here), header], path, method)
                code = status(answer)
                # A route has other reasons for a 403, e.g. an upload without its token.
                passed = code not in REFUSED and b"insufficient_scope" not in answer
                expected = may(name, path, method)
                row.append(f"{name}: {code}")
                if CLOSED.fullmatch(path) or method in {"POST", "PATCH", "TRACE"}:
                    fine = code in {404, 405, 400, 501}
                else:
                    # A route may refuse by itself, e.g. a method that it does not have.
                    fine = passed == expected or (expected and code == 405)
                if not fine:
                    wrong.append(f"{method} {path}, {name}: {code}")
            print(f"{method:8}{path:50}{', '.join(row)}")
    assert "\n".join(wrong) == ""


def test_the_websocket_opens_only_for_those_with_a_role(running: Running):
    here = urlsplit(running.address).netloc
    for name, header in running.headers.items():
        headers = [("Host", here), ("Origin", running.address), header]
        code = status(websocket(running.address, headers))
        assert code == (101 if name in SIGNED_IN else 403), name


def test_who_is_not_signed_in_gets_nothing_of_the_page(running: Running):
    here = urlsplit(running.address).netloc
    for path in ("/", "/review", "/static/js/index.js", "/index.html", "/favicon.png"):
        for accept in ("text/html", "*/*"):
            headers = [("Host", here), ("Accept", accept)]
            answer = request(running.address, headers, path)
            assert status(answer) == (303 if accept == "text/html" else 401), path
            assert b"<html" not in answer
            assert b"streamlit" not in answer.lower()


def start(environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """A server that ends by itself, as it refuses its settings."""
    return subprocess.run(
        [sys.executable, "-m", "streamlit", "run", "dashboard/app.py", "--server.port", "0"],
        cwd=ROOT, env={**os.environ, **environment, "STREAMLIT_SERVER_HEADLESS": "true"},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_a_forwarded_address_is_not_believed(tmp_path: Path):
    """A program of this machine that says that it speaks for the proxy."""
    here = team(tmp_path, tmp_path / "w_accounts.sqlite")
    openid = here.file.read_text(encoding="utf-8")
    proxy = (
        '[proxy]\naddresses = ["192.0.2.7"]\naccount_header = "X-Email"\n'
        'groups_header = "X-Groups"\n'
    )
    before, after = openid.index("[openid]"), openid.index("[roles]")
    here.file.write_text(openid[:before] + proxy + openid[after:], encoding="utf-8")
    environment = {
        "EVENT_MAP_WORKSPACE": str(tmp_path / "w.sqlite"),
        "EVENT_MAP_SIGN_IN": str(here.file),
        "FORWARDED_ALLOW_IPS": "",
    }
    for trusted in ("*", "127.0.0.1"):
        ended = start({**environment, "FORWARDED_ALLOW_IPS": trusted})
        assert ended.returncode != 0
        assert "FORWARDED_ALLOW_IPS" in ended.stderr + ended.stdout
    with serve(environment) as address:
        headers = [
            ("Host", urlsplit(address).netloc),
            ("X-Email", "boss@example.org"),
            ("X-Groups", "administrator"),
        ]
        for forwarded in ("X-Forwarded-For", "Forwarded", "X-Real-IP"):
            sent = [*headers, (forwarded, "192.0.2.7")]
            assert status(request(address, sent, "/map-data")) == 401


@pytest.mark.parametrize("content", ["", "address = 1", 'address = "http://x"\n[roles]\n'])
def test_a_sign_in_file_that_cannot_be_used_stops_the_server(tmp_path: Path, content: str):
    file = tmp_path / "sign_in.toml"
    file.write_text(content, encoding="utf-8")
    ended = start({
        "EVENT_MAP_SIGN_IN": str(file), "EVENT_MAP_WORKSPACE": str(tmp_path / "w.sqlite"),
    })  # fmt: skip
    assert ended.returncode != 0
    assert "sign_in.toml" in ended.stderr + ended.stdout
    assert "Traceback" not in ended.stderr
