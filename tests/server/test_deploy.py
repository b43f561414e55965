"""Two processes behind nginx, set up as docs/deploy.md says: an analyst on either sees the same."""

import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import msgspec
import pytest

from dashboard.store.browser_token import COOKIE, new_token
from dashboard.store.workspace import Workspace
from tests.e2e.server import ROOT, free_port, serve
from tests.server.raw import request, status, websocket
from tests.store.sample_workspaces import save

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin")
NAME = "map.example.org"
_WAIT_S = 20

pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not on this machine")


@dataclass(frozen=True)
class Deployed:
    """The address of the proxy, those of the processes, and their workspace."""

    proxy: str
    processes: tuple[str, str]
    workspace: Workspace

    def get(self, token: str, path: str = "/health") -> bytes:
        """The proxy's answer to a browser with that token."""
        return request(self.proxy, headers(token), path)

    def answered(self) -> list[int]:
        """How many requests for /health each process has answered."""
        return [_answered(process) for process in self.processes]


def headers(token: str) -> list[tuple[str, str]]:
    return [("Host", NAME), ("Cookie", f"{COOKIE}={token}"), ("Origin", f"https://{NAME}")]


def _answered(process: str) -> int:
    with urlopen(f"{process}/metrics") as answer:
        lines = answer.read().decode().splitlines()
    route = re.compile(r'event_map_requests_total\{route="health",status="200"\} ([0-9.]+)')
    return sum(int(float(found[1])) for line in lines if (found := route.match(line)))


def documented() -> str:
    """The configuration of nginx in the documentation."""
    text = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```text\n(map \$cookie.*?)```", text, re.DOTALL)
    return str(block)


@contextmanager
def nginx(folder: Path, ports: tuple[int, int]) -> Iterator[str]:
    """nginx with that configuration, but another port and no certificate."""
    port = free_port()
    site = re.sub(r"\n *ssl_certificate.*", "", documented())
    site = site.replace("listen 443 ssl", f"listen 127.0.0.1:{port}")
    for old, new in zip(("8501", "8502"), ports, strict=True):
        site = site.replace(f"127.0.0.1:{old}", f"127.0.0.1:{new}")
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config = folder / "nginx.conf"
    config.write_text(
        f"daemon off;\npid {folder}/pid;\nerror_log {folder}/errors;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{temporary}{site}}}\n",
        encoding="utf-8",
    )
    assert NGINX is not None
    process = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(config)])
    try:
        address = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + _WAIT_S
        while True:
            try:
                assert status(request(address, [("Host", NAME)])) == 200
                break
            except OSError:
                assert process.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    folder = tmp_path_factory.mktemp("deployed")
    file = folder / "event-map.toml"
    file.write_text(f'hosts = ["{NAME}"]\norigins = ["https://{NAME}"]\n', encoding="utf-8")
    environment = {
        "EVENT_MAP_CONFIG": str(file),
        # Goes before the file, and is set for all tests.
        "EVENT_MAP_WORKSPACE": str(folder / "workspace.sqlite"),
    }
    ports = free_port(), free_port()
    with (
        serve(environment, port=ports[0]) as one,
        serve(environment, port=ports[1]) as two,
        nginx(folder, ports) as proxy,
    ):
        yield Deployed(proxy, (one, two), Workspace(folder / "workspace.sqlite"))


def test_a_browser_stays_at_one_process_and_browsers_are_shared_out(deployed: Deployed):
    reached = set()
    for _browser in range(12):
        token, before = new_token(), deployed.answered()
        for _request in range(3):
            assert status(deployed.get(token)) == 200
        more = _more(deployed, before, 3)
        assert sorted(more) == [0, 3]
        reached.add(more.index(3))
    assert reached == {0, 1}


def _more(deployed: Deployed, before: list[int], expected: int) -> list[int]:
    """How many more each process has answered; an answer is counted a moment after it is sent."""
    deadline = time.monotonic() + _WAIT_S
    while True:
        more = [now - then for then, now in zip(before, deployed.answered(), strict=True)]
        if sum(more) >= expected or time.monotonic() > deadline:
            return more
        time.sleep(0.05)


def test_the_page_and_its_websocket_go_through(deployed: Deployed):
    token = new_token()
    page = deployed.get(token, "/")
    assert status(page) == 200
    assert b"content-security-policy" in page.lower()
    assert status(websocket(deployed.proxy, headers(token))) == 101
    foreign = [*headers(token)[:2], ("Origin", "https://elsewhere.example.org")]
    assert status(websocket(deployed.proxy, foreign)) == 403


def test_both_processes_have_what_was_saved_by_either(deployed: Deployed):
    seq = save(deployed.workspace, "a new outlet")
    for process in deployed.processes:
        with urlopen(f"{process}/health") as answer:
            assert msgspec.json.decode(answer.read())["workspace"] == seq
