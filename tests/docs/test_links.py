"""What the documents point to is there: files, headings, folders, settings."""

import re

import pytest

from dashboard.settings import read_settings
from tests.docs.markdown import DOCUMENTS, ROOT, anchors, code_in_text, links

# Paths in the text that are no files of the repository, each with its reason.
ELSEWHERE = {
    "workspace/workspace.sqlite": "an analyst's",
    "workspace_drafts.sqlite": "an analyst's",
    "workspace_alerts.sqlite": "an analyst's",
    "workspace_accounts.sqlite": "a server's",
    "workspace-20261123T101500Z-v2-daily.sqlite": "an analyst's",
    "workspace/backups/": "an analyst's",
    "workspace/workspace_basemaps/": "an analyst's",
    "workspace/workspace_layers/": "an analyst's",
    "workspace_basemaps/": "an analyst's",
    "workspace_layers/": "an analyst's",
    "backups/": "an analyst's",
    "dataset.json": "in an analyst's folder of datasets",
    "captures.csv": "in an exported archive",
    "SY.txt": "GeoNames' dump of a country",
    "dashboard/language/catalogues/CODE.po": "to be added",
    "tests/paper/diffs/": "written by a failed test",
}
# Texts beside the code and the data, which name files too.
OTHERS = ("benchmarks/README.md", "data/basemap/SOURCES.md", "data/gazetteer/SOURCES.md")
_FILE = re.compile(r"(?:[\w-]+/)*[\w.-]*\w\.(?:py|js|css|csv|md|txt|json|sqlite|toml|po|lock)")
_FOLDER = re.compile(r"\.?\w[\w.-]*/(?:[\w.-]+/)*")
# Names with a capital or an underscore; others may be commands or words.
_NAME = re.compile(r"(?=\w*[A-Z_])[A-Za-z_]\w*(?:\.\w+)?(?=$|\()")
_SETTING = re.compile(r"(?:EVENT_MAP|FORWARDED)_[A-Z_]+[A-Z]")
_SKIPPED = {".git", ".venv", "__pycache__"}


class _RecordingEnvironment(dict[str, str]):
    """An environment without settings that notes which names were looked up."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def get(self, name: str, default=None):
        self.names.add(name)
        return default


def _paths() -> set[str]:
    """The files of the checkout, and its folders with a slash at their end."""
    paths = set()
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        if not _SKIPPED.intersection(parts):
            paths.add("/" + "/".join(parts) + ("/" if path.is_dir() else ""))
    return paths


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_to_files_and_headings(document: str):
    for target in links(document):
        if re.match(r"https?://", target):
            continue
        name, _, anchor = target.partition("#")
        path = ((ROOT / document).parent / name).resolve() if name else ROOT / document
        assert path.exists(), target
        if anchor:
            assert anchor in anchors(str(path.relative_to(ROOT))), target


@pytest.mark.parametrize(
    "document", [*OTHERS, *(name for name in DOCUMENTS if not name.startswith("docs/decisions/"))]
)
def test_files_and_folders_that_the_text_names_are_there(document: str):
    """A path may leave out its first folders: `store/schema.py` is in `dashboard/`."""
    known = _paths()
    for code in code_in_text(document):
        if code in ELSEWHERE or not (_FILE.fullmatch(code) or _FOLDER.fullmatch(code)):
            continue
        assert any(path.endswith(f"/{code}") for path in known), code


def test_no_exception_is_left_that_no_document_needs():
    named = {code for document in DOCUMENTS for code in code_in_text(document)}
    assert set(ELSEWHERE) <= named


def test_the_documents_name_exactly_the_settings_that_are_read():
    environment = _RecordingEnvironment()
    read_settings(environment)
    text = "".join((ROOT / document).read_text(encoding="utf-8") for document in DOCUMENTS)
    named = {name for name in _SETTING.findall(text) if name in environment.names}
    assert named == environment.names
    unknown = set(_SETTING.findall(text)) - environment.names
    assert unknown == set()


def test_pictures_of_the_documents_are_shown_by_one():
    shown = {
        ((ROOT / document).parent / target).resolve()
        for document in DOCUMENTS
        for target in links(document)
    }
    assert set((ROOT / "docs").glob("*.png")) <= shown


@pytest.mark.parametrize(
    "document", ["CONTRIBUTING.md", "docs/architecture.md", "docs/how-to.md", "docs/workspace.md"]
)
def test_names_of_code_in_the_text_are_in_the_code(document: str):
    """Classes, functions and constants, e.g. `Engine.ask(…)`, `FACETS`, `counts_by_shared_columns`."""
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "dashboard").rglob("*")
        if path.suffix in {".py", ".js"}
    )
    words = set(re.findall(r"\w+", source))
    for code in code_in_text(document):
        match = _NAME.match(code)
        if match and not _FILE.fullmatch(code) and not (ROOT / code).is_file():
            assert set(match[0].split(".")) <= words, code
