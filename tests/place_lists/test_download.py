"""Fetching GeoNames' files from a server of this machine that answers as theirs, or wrongly."""

import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dashboard.place_lists import download
from dashboard.place_lists.download import DownloadError, download_country
from tests.place_lists.samples import geonames_row, geonames_zip, names_row


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        """Print nothing."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    folder = tmp_path / "site"
    (folder / "alternatenames").mkdir(parents=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield folder, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def target(tmp_path: Path) -> Path:
    (tmp_path / "target").mkdir()
    return tmp_path / "target"


def test_both_files_are_fetched_and_can_be_read(site: tuple[Path, str], target: Path):
    folder, url = site
    geonames_zip(folder / "SY.zip", geonames_row(1, "Sarjah"))
    geonames_zip(folder / "alternatenames" / "SY.zip", names_row(1, 1, "ar", "سرجة"))
    paths = list(download_country("sy", target, url))
    assert [path.name for path in paths] == ["SY.zip", "SY_names.zip"]
    assert sorted(path.name for path in target.iterdir()) == ["SY.zip", "SY_names.zip"]
    with zipfile.ZipFile(paths[0]) as archive:
        assert "SY.txt" in archive.namelist()


@pytest.mark.parametrize("what", ["page", "other", "large", "missing"])
def test_anything_else_is_refused_and_leaves_the_earlier_file(
    site: tuple[Path, str], target: Path, monkeypatch: pytest.MonkeyPatch, what: str
):
    folder, url = site
    (target / "SY.zip").write_bytes(b"earlier")
    if what == "page":
        (folder / "SY.zip").write_text("<html>Sign in to the network</html>", encoding="utf-8")
    elif what != "missing":
        geonames_zip(folder / "SY.zip", geonames_row(1, "x"), member="LB.txt")
    if what == "large":
        monkeypatch.setattr(download, "_MOST_BYTES", 10)
    with pytest.raises(DownloadError, match=r"^http[^\n]+SY\.zip[^\n]+$"):
        list(download_country("SY", target, url))
    assert [path.name for path in target.iterdir()] == ["SY.zip"]
    assert (target / "SY.zip").read_bytes() == b"earlier"


def test_without_a_network_the_message_says_which_file_to_bring(target: Path):
    with pytest.raises(DownloadError, match=r"bring this file .* event-map gazetteer add SY\.zip$"):
        list(download_country("SY", target, "http://127.0.0.1:9"))


@pytest.mark.parametrize("code", ["S", "../x", "XYZ", "99"])
def test_codes_that_are_no_country_are_refused(target: Path, code: str):
    with pytest.raises(DownloadError, match="two letters"):
        list(download_country(code, target))
