"""Fetch GeoNames' files of a country: its places (SY.zip) and further names (alternatenames/SY.zip)."""

import os
import tempfile
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path

from dashboard.gazetteer.country_names import country_names
from dashboard.model.errors import DashboardError

GEONAMES = "https://download.geonames.org/export/dump"
# The largest file of a country, that of the United States, has some 70 MB.
_MOST_BYTES = 300_000_000
_BLOCK = 1 << 20
_TIMEOUT_S = 30.0


class DownloadError(DashboardError):
    """A file that could not be fetched, or is not what was expected."""


def download_country(code: str, folder: Path, site: str = GEONAMES) -> Iterator[Path]:
    """Fetch the two files of a country into a folder; yields the path of each once it is complete.

    `code` is an ISO 3166 code of two letters. Only a complete file replaces one of the same name.
    Raises DownloadError.
    """
    code = code.upper()
    if len(code) != 2 or not country_names(code):
        raise DownloadError(f"expected a country's code of two letters, e.g. SY, found {code}")
    yield _fetch(f"{site}/{code}.zip", f"{code}.txt", folder / f"{code}.zip")
    yield _fetch(f"{site}/alternatenames/{code}.zip", f"{code}.txt", folder / f"{code}_names.zip")


def _fetch(url: str, member: str, path: Path) -> Path:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as target:
            for block in _blocks(url):
                target.write(block)
        _check(part, url, member)
        part.replace(path)
    except (urllib.error.URLError, HTTPException, TimeoutError, ConnectionError) as error:
        reason = getattr(error, "reason", None) or error
        raise DownloadError(
            f"{url} cannot be reached ({reason}): bring this file from a machine with a network, "
            f"and add it with: event-map gazetteer add {path.name}"
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return path


def _blocks(url: str) -> Iterator[bytes]:
    """The content of a URL; raises DownloadError if it is larger than the limit."""
    request = urllib.request.Request(url, headers={"User-Agent": "event-map"})  # noqa: S310 our site
    total = 0
    with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as answer:  # noqa: S310 our site
        while block := answer.read(_BLOCK):
            total += len(block)
            if total > _MOST_BYTES:
                most = f"{_MOST_BYTES // 1_000_000:,} MB"
                raise DownloadError(f"{url}: expected at most {most}, found more")
            yield block


def _check(part: Path, url: str, member: str) -> None:
    """Raise DownloadError unless the file is a ZIP archive with that member."""
    try:
        with zipfile.ZipFile(part) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile as error:
        raise DownloadError(f"{url}: expected a ZIP archive, found another kind of file") from error
    if member not in names:
        found = ", ".join(names[:5]) or "nothing"
        raise DownloadError(f"{url}: expected {member} in it, found {found:.200}")
