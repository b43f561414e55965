"""Files served to the browser from this machine: Leaflet, the Arabic font, the basemap.

They come from installed, pinned packages and from data/basemap, so that nothing is fetched from other
servers. `python -m dashboard.static_files` copies them into a checkout, and so does the app when it
starts; a wheel is built with them (`setup.py`), and nothing is written where it is installed.
"""

import filecmp
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

from dashboard.model.errors import DashboardError

_LEAFLET = "django-js-lib-leaflet"
_FONT = "fontpkg-noto-sans-arabic"
_FONT_FILE = "NotoSansArabic.ttf"
_PACKAGE = Path(__file__).resolve().parent


class AssetError(DashboardError):
    """A file that the browser needs is missing; the message has the command that installs it."""


def prepare(static: Path, basemap: Path) -> None:
    """Copy missing or changed files to the folder `static`; `basemap` has the GeoJSON files.

    Raises AssetError if a package is not installed or the folder cannot be written.
    """
    try:
        for source, target in _copies(static, basemap):
            if not target.exists() or not filecmp.cmp(source, target, shallow=False):
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)
    except OSError as error:
        raise AssetError(f"The static files cannot be prepared: {error}") from error


def _copies(static: Path, basemap: Path) -> Iterator[tuple[Path, Path]]:
    vendor = static / "vendor"
    for path in _package_files(_LEAFLET, ("leaflet.js", "leaflet.css", ".png")):
        folder = "leaflet/images" if path.suffix == ".png" else "leaflet"
        yield path, vendor / folder / path.name
    for path in _package_files(_FONT, (".ttf",)):
        yield path, vendor / "fonts" / _FONT_FILE
    for path in sorted(basemap.glob("*.geojson")):
        yield path, static / "basemap" / path.name


def _package_files(package: str, endings: tuple[str, ...]) -> list[Path]:
    """The installed files of `package` with these name endings."""
    try:
        listed = files(package) or []
    except PackageNotFoundError:
        listed = []
    paths = [Path(str(path.locate())) for path in listed if path.name.endswith(endings)]
    if not paths:
        raise AssetError(
            f"The package {package} with {endings[0]} is not installed: "
            "run `pip install -r requirements.txt`."
        )
    return paths


if __name__ == "__main__":
    # The build of a wheel names the folder that goes into it.
    named = Path(sys.argv[1]) if len(sys.argv) > 1 else _PACKAGE / "static"
    prepare(named, _PACKAGE.parent / "data" / "basemap")
