"""Captured files as the running server answers them: to be saved, never as a page of this server."""

from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from dashboard.model.capture import Capture
from dashboard.model.corpus import Corpus
from dashboard.review.captures import remove_capture
from dashboard.review.edit_session import EditSession
from dashboard.server import captures
from dashboard.server.captures import capture_route
from dashboard.store.workspace import Workspace
from tests.e2e.server import serve
from tests.server.raw import request, status
from tests.store.capture_samples import HTML, PDF, SVG, added, png

POLYGLOT = b"GIF89a/*<script>alert(1)</script>*/"
FILES = {
    "html": (HTML, "text/html; charset=utf-8"),
    "svg": (SVG, "image/svg+xml"),
    "pdf": (PDF, "application/pdf"),
    "png": (png(), "image/png"),
    "gif": (POLYGLOT, "image/gif"),
    "bin": (b"\x00\x01\x02", "application/octet-stream"),
}
HOSTILE = 'x"; filename=evil.exe\r\nSet-Cookie: a=b'


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return Workspace(tmp_path_factory.mktemp("captures") / "workspace.sqlite")


@pytest.fixture(scope="module")
def records(workspace: Workspace, corpus: Corpus) -> dict[str, Capture]:
    return {
        ending: added(workspace, corpus, content, name=HOSTILE)
        for ending, (content, _type) in FILES.items()
    }


@pytest.fixture(scope="module")
def address(workspace: Workspace, records: dict[str, Capture]) -> Iterator[str]:
    assert records
    with serve({"EVENT_MAP_WORKSPACE": str(workspace.path)}) as url:
        yield url


def answered(address: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of the answer to this path, which is sent as it is."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=20)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with closing(connection):
        connection.request("GET", path, headers=named)
        answer = connection.getresponse()
        given = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, given, answer.read()


@pytest.mark.parametrize("ending", FILES)
def test_a_file_is_saved_and_sandboxed(address: str, records: dict[str, Capture], ending: str):
    content, media_type = FILES[ending]
    sha256 = records[ending].sha256
    code, headers, body = answered(address, f"/captures/{sha256}")
    assert (code, body) == (200, content)
    assert headers["content-disposition"] == f'attachment; filename="{sha256}.{ending}"'
    assert headers["content-type"] == media_type
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].split("; ")[:2] == ["sandbox", "default-src 'none'"]
    assert headers["cache-control"] == "no-store"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "set-cookie" not in headers


@pytest.mark.parametrize(
    "path",
    [
        "/captures/",
        f"/captures/{'a' * 64}",
        "/captures/..%2fworkspace.sqlite",
        "/captures/%2e%2e/workspace.sqlite",
        "/captures/....//workspace.sqlite",
        "/captures/%00",
        "/captures//etc/passwd",
        "/captures/..%5c..%5cetc",
    ],
)
def test_no_path_leads_to_another_file(address: str, path: str):
    code, _headers, body = answered(address, path)
    assert b"SQLite" not in body
    assert b"root:" not in body
    # What is no path of captures is a page of Streamlit, or none.
    assert code in {301, 400, 404} or b"<!doctype html>" in body.lower()


def test_upper_case_and_endings_are_other_names(address: str, records: dict[str, Capture]):
    sha256 = records["png"].sha256
    for name in (sha256.upper(), f"{sha256}.png", f"{sha256}%00", f"{sha256} "):
        assert answered(address, f"/captures/{name.replace(' ', '%20')}")[0] in {400, 404}


def test_other_sites_and_methods_get_nothing(address: str, records: dict[str, Capture]):
    path = f"/captures/{records['png'].sha256}"
    assert answered(address, path, Origin="http://evil.example")[0] == 403
    foreign = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors"}
    assert answered(address, path, **foreign, Sec_Fetch_Dest="image")[0] == 403
    assert status(request(address, [("Host", "evil.example")], path)) == 421
    host = ("Host", urlsplit(address).netloc)
    assert status(request(address, [host], path, "DELETE")) in {403, 405}


def test_a_removed_a_missing_and_an_altered_file_are_not_answered(
    address: str, workspace: Workspace, corpus: Corpus
):
    record = added(workspace, corpus, b"<p>removed later")
    path = f"/captures/{record.sha256}"
    assert answered(address, path)[0] == 200
    remove_capture(EditSession(workspace, corpus, "Rana"), record, why="wrong page")
    assert answered(address, path)[0] == 404
    workspace.undo(workspace.version(), who="Rana", why="")
    assert answered(address, path)[0] == 200
    file = workspace.captures.path(record.sha256)
    file.chmod(0o644)
    file.write_bytes(b"<p>altered later")
    code, _headers, body = answered(address, path)
    assert (code, b"altered later" in body) == (409, False)
    file.unlink()
    assert answered(address, path)[0] == 404


def _sees(_sha256: str) -> bool:
    return True


def test_the_route_is_under_the_base_path(workspace: Workspace, records: dict[str, Capture]):
    assert (
        capture_route(workspace.path, "/maps", _sees).path == f"/maps{captures.CAPTURES}{{sha256}}"
    )
    environment = {
        "EVENT_MAP_WORKSPACE": str(workspace.path),
        "STREAMLIT_SERVER_BASE_URL_PATH": "maps",
    }
    with serve(environment, health="/maps/_stcore/health") as url:
        code, headers, body = answered(url, f"/maps/captures/{records['svg'].sha256}")
        assert (code, body) == (200, SVG)
        assert headers["content-security-policy"].startswith("sandbox; default-src 'none'")
        assert answered(url, f"/captures/{records['svg'].sha256}")[2] != SVG


def test_without_a_workspace_it_says_so(tmp_path: Path):
    answer = captures._answer(
        tmp_path / "none.sqlite", captures.CaptureFiles(tmp_path), "a" * 64, _sees
    )
    assert answer.status_code == 503


def test_a_file_of_what_a_viewer_may_not_see_is_not_found(
    workspace: Workspace, records: dict[str, Capture]
):
    path, sha256 = workspace.path, records["html"].sha256
    files = captures.CaptureFiles(captures.captures_folder(path))
    assert captures._answer(path, files, sha256, _sees).status_code == 200
    assert captures._answer(path, files, sha256, lambda _sha256: False).status_code == 404
