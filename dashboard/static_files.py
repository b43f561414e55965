"""Files that the browser gets from this machine: Leaflet, the Arabic font, the basemap.

They come out of installed, pinned packages and of data/basemap, so that nothing is fetched from
outside; `python -m dashboard.static_files` prepares them, and so does the app when it starts.
"""

import filecmp
import shutil
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

from dashboard.model.errors import DashboardError
from dashboard.settings import Settings, read_settings

_LEAFLET = "django-js-lib-leaflet"
_FONT = "fontpkg-noto-sans-arabic"
_FONT_FILE = "NotoSansArabic.ttf"


class AssetError(DashboardError):
    """A file that the browser needs is missing, with the command that brings it."""


def prepare(settings: Settings) -> None:
    """Copy what is missing or changed into `settings.static`.

    Raises AssetError if a package is not installed or the folder cannot be written.
    """
    try:
        for source, target in _copies(settings):
            if not target.exists() or not filecmp.cmp(source, target, shallow=False):
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)
    except OSError as error:
        raise AssetError(f"The static files cannot be prepared: {error}") from error


def _copies(settings: Settings) -> Iterator[tuple[Path, Path]]:
    vendor = settings.static / "vendor"
    for path in _package_files(_LEAFLET, ("leaflet.js", "leaflet.css", ".png")):
        folder = "leaflet/images" if path.suffix == ".png" else "leaflet"
        yield path, vendor / folder / path.name
    for path in _package_files(_FONT, (".ttf",)):
        yield path, vendor / "fonts" / _FONT_FILE
    for path in sorted(settings.basemap.glob("*.geojson")):
        yield path, settings.static / "basemap" / path.name


def _package_files(package: str, endings: tuple[str, ...]) -> list[Path]:
    """The installed files of `package` whose names end so."""
    try:
        listed = files(package) or []
    except PackageNotFoundError:
        listed = []
    found = [Path(str(path.locate())) for path in listed if path.name.endswith(endings)]
    if not found:
        raise AssetError(
            f"The package {package} with {endings[0]} is not installed: "
            "run `pip install -r requirements.txt`."
        )
    return found


if __name__ == "__main__":
    prepare(read_settings())
