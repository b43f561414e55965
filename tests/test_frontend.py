"""The browser's scripts as they are served, and the colours, which are defined in one file."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from dashboard.legend import palette
from dashboard.model import layer_style
from dashboard.static_files import FRONTEND, bundle

ROOT = Path(__file__).resolve().parents[1]
COMPONENTS = (
    "appearance/appearance",
    "article/article_view",
    "event_list/event_list",
    "facets/facets",
    "search/search",
    "timeline/timeline",
)
BUNDLES = (*COMPONENTS, "map/event_map", "single_file/single_file")
MODULES = sorted(FRONTEND.rglob("*.js"))
_HEX = re.compile(r"(?<!url\()#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})\b")
_PROPERTY = re.compile(r"var\(--event-map-([a-z0-9-]+)\)")


def sources() -> list[Path]:
    """The Python, style sheets and scripts of the project, without generated files and tests."""
    folders = [ROOT / name for name in ("dashboard", "benchmarks", "data", ".ci")]
    files = [path for folder in folders for path in folder.rglob("*")]
    generated = {ROOT / name for name in ("dashboard/static", "benchmarks/static")}
    return [
        path
        for path in files
        if path.suffix in {".py", ".css", ".js"} and generated.isdisjoint(path.parents)
    ]


def test_colours_are_defined_only_in_the_palette():
    stray = {
        str(path.relative_to(ROOT)): colours
        for path in sources()
        if path != palette.SHEET and (colours := _HEX.findall(path.read_text(encoding="utf-8")))
    }
    assert stray == {}


@pytest.mark.parametrize("text", ["color: #fff;", '"#1f2933"', "#D55E0033 ", "x='#abcd'"])
def test_a_colour_outside_the_palette_is_detected(text: str):
    assert _HEX.search(text)


def test_style_sheets_use_only_colours_of_the_palette():
    used = {
        name
        for path in FRONTEND.rglob("*.css")
        for name in _PROPERTY.findall(path.read_text(encoding="utf-8"))
    }
    assert len(used) > 30
    for name in used:
        assert re.fullmatch("#[0-9a-fA-F]{6}", palette.colour(name))


def test_every_colour_is_used():
    names = re.findall("--event-map-([a-z0-9-]+):", palette.SHEET.read_text(encoding="utf-8"))
    texts = [path.read_text(encoding="utf-8") for path in sources() if path != palette.SHEET]
    # By name, or as one of an enumeration (kinds, attestation, datasets, series, layers).
    enumerated = {
        *map(str, palette.GROUPS),
        *(kind.replace("_", "-") for kind in palette.ATTESTATIONS),
    }
    enumerated |= {f"dataset-{number}" for number in range(1, 9)}
    enumerated |= {f"series-{number}" for number in range(1, 8)}
    enumerated |= {f"layer-{name}" for name in layer_style.COLOURS}
    enumerated |= {f"shade-{number}" for number in range(1, len(palette.SHADES) + 1)}
    unused = [
        name
        for name in names
        if name not in enumerated
        and not any(f'"{name}"' in text or f"--event-map-{name})" in text for text in texts)
    ]
    assert unused == []


def test_streamlits_theme_has_the_colours_of_the_palette():
    """Streamlit reads its theme before any of our code runs, so its file repeats them."""
    config = tomllib.loads((ROOT / "dashboard/.streamlit/config.toml").read_text(encoding="utf-8"))
    named = {
        "primaryColor": "accent",
        "backgroundColor": "paper",
        "secondaryBackgroundColor": "panel",
        "textColor": "ink",
        "borderColor": "line",
    }
    for name, dark in (("light", False), ("dark", True)):
        theme = {key: value.lower() for key, value in config["theme"][name].items()}
        assert theme == {
            key: palette.colour(name, dark=dark).lower() for key, name in named.items()
        }


@pytest.mark.parametrize("name", BUNDLES)
def test_a_bundle_has_no_import_and_each_module_once_before_its_use(name: str):
    text = bundle(FRONTEND / f"{name}.js")
    assert not re.search("^import|^export (?!default)", text, re.MULTILINE)
    defined = re.findall(r"^const (\w+_js) = \(\(\) => \{$", text, re.MULTILINE)
    assert len(defined) == len(set(defined)) > 0
    for module in defined:
        assert text.index(f"const {module} =") < text.index(f"= {module};")


def test_every_module_is_in_a_bundle_or_has_types_alone():
    bundled = "".join(bundle(FRONTEND / f"{name}.js") for name in BUNDLES)
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        last = text.rstrip().splitlines()[-1]
        assert f"const {path.stem}_js = " in bundled or last in bundled or "export {};" in text


def test_modules_import_and_export_in_the_form_that_is_bundled():
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        assert text.startswith("// @ts-check\n"), path
        imports = re.findall(r"^import\b", text, re.MULTILINE)
        assert len(imports) == len(
            re.findall(r'^import \{[^}]*\} from "\.[^"]+\.js";$', text, re.MULTILINE)
        )
        exports = re.findall(r"^export (?!\{\};)(.*)", text, re.MULTILINE)
        form = r"(default function \(|(async )?function \w|const \w|class \w)"
        assert all(re.match(form, line) for line in exports), path


@pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not here")
@pytest.mark.parametrize("name", BUNDLES)
def test_a_bundle_is_a_valid_module(name: str, tmp_path: Path):
    file = tmp_path / "bundle.mjs"
    file.write_text(bundle(FRONTEND / f"{name}.js"), encoding="utf-8")
    subprocess.run(["node", "--check", file], check=True, timeout=60)
