"""Files served to the browser from this machine: Leaflet, the Arabic font, the basemap, our scripts.

They come from installed, pinned packages, data/basemap and frontend/, so that nothing is fetched from
other servers. `python -m dashboard.static_files` writes them into a checkout, and so does the app when
it starts; a wheel is built with them (`setup.py`), and nothing is written where it is installed.
"""

import filecmp
import re
import shutil
import sys
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

from dashboard.model.errors import DashboardError

_LEAFLET = "django-js-lib-leaflet"
# Draws vector tiles; from npm's registry, so it is missing where npm was at set-up.
_TILE_SCRIPT = "protomaps-leaflet/dist/protomaps-leaflet.js"
TILE_SCRIPT = "vendor/protomaps-leaflet/protomaps-leaflet.js"
_FONT = "fontpkg-noto-sans-arabic"
_FONT_FILE = "NotoSansArabic.ttf"
_PACKAGE = Path(__file__).resolve().parent
# The modules and style sheets of the browser.
FRONTEND = _PACKAGE / "frontend"
_IMPORT = re.compile(r'^import (\{[^}]*\}) from "([^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (\w+))", re.MULTILINE)
# What a component of Streamlit exports; another module imports it as `{ default as name }`.
_DEFAULT = re.compile(r"^export default (?=function \()", re.MULTILINE)
_URL = re.compile(r"url\([^)]*\)")


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
        for text, target in _built(static):
            # Bytes: a file that a crash left half written may be no text.
            if not target.exists() or target.read_bytes() != text.encode():
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(text.encode())
    except OSError as error:
        raise AssetError(f"The static files cannot be prepared: {error}") from error


@cache
def version() -> str:
    """The version of the map's scripts and styles, for their addresses: a hash of their content."""
    content = sha256()
    for text, _target in _built(Path()):
        content.update(text.encode())
    for path in _package_files(_LEAFLET, (".js", ".css")):
        content.update(path.read_bytes())
    return content.hexdigest()[:12]


def _copies(static: Path, basemap: Path) -> Iterator[tuple[Path, Path]]:
    vendor = static / "vendor"
    for path in _package_files(_LEAFLET, ("leaflet.js", "leaflet.css", ".png")):
        folder = "leaflet/images" if path.suffix == ".png" else "leaflet"
        yield path, vendor / folder / path.name
    for path in _package_files(_FONT, (".ttf",)):
        yield path, vendor / "fonts" / _FONT_FILE
    tile_script = _PACKAGE.parent / "node_modules" / _TILE_SCRIPT
    if tile_script.is_file():
        yield tile_script, static / TILE_SCRIPT
    for path in sorted(basemap.glob("*.geojson")):
        yield path, static / "basemap" / path.name


def _built(static: Path) -> Iterator[tuple[str, Path]]:
    """The map's script and style; st_folium loads scripts that are no modules."""
    target = static / "map" / "event_map"
    script = bundle(FRONTEND / "map" / "event_map.js")
    yield f'(() => {{\n"use strict";\n{script}}})();\n', target.with_suffix(".js")
    yield style_sheet("palette.css", "map/map.css", "map/draw.css"), target.with_suffix(".css")


@cache
def style_sheet(*names: str) -> str:
    """The text of style sheets of `frontend/`, one after another."""
    return "".join((FRONTEND / name).read_text(encoding="utf-8") for name in names)


@cache
def bundle(entry: Path) -> str:
    """A module with all that it imports as one text: each imported module is a function called once.

    An import has the form `import { a, b } from "./file.js";`; an export stands before the function,
    class or constant that it names. What a module exports as default is imported as
    `import { default as name } from "./file.js";`.
    """
    modules: dict[Path, str] = {}

    def linked(path: Path) -> str:
        text = path.read_text(encoding="utf-8")
        return _IMPORT.sub(
            lambda match: (
                f"const {match[1].replace(' as ', ': ')} = "
                f"{imported((path.parent / match[2]).resolve())};\n"
            ),
            text,
        )

    def imported(path: Path) -> str:
        if path not in modules:
            text = linked(path)
            body, defaults = _DEFAULT.subn("const by_default = ", _EXPORT.sub("", text))
            names = ", ".join([*_EXPORT.findall(text), *["default: by_default"] * defaults])
            modules[path] = (
                f"const {path.stem}_js = (() => {{\n{body}return {{ {names} }};\n}})();\n"
            )
        return f"{path.stem}_js"

    main = linked(entry)
    return "".join((*modules.values(), main))


def leaflet() -> tuple[str, str]:
    """Leaflet's script and its style sheet, without the pictures that it names by address."""
    script, sheet = (
        _package_files(_LEAFLET, (name,))[0].read_text(encoding="utf-8")
        for name in ("leaflet.js", "leaflet.css")
    )
    return script, _URL.sub("none", sheet)


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
