"""Every code block of the documents runs, or is listed with the step that runs it."""

import importlib
import importlib.util
import json
import shlex
import shutil
import subprocess
import tomllib
from datetime import date
from pathlib import Path

import pytest

from dashboard.figure.manifest import manifest_of
from dashboard.model.corpus import Corpus
from dashboard.paper.options import FigureOptions
from dashboard.query.query import Query
from dashboard.summary.summary import Summary
from tests.datasets.formats import make
from tests.docs.commands import NOT_RUN, Place, check, commands, place_at
from tests.docs.markdown import DOCUMENTS, ROOT, Block, blocks, code_in_text
from tests.oracle.select import EventIndex
from tests.oracle.selected import selected_events
from tests.place_lists.samples import geonames_row, geonames_zip

BLOCKS = [block for document in DOCUMENTS for block in blocks(document)]
SHELL = [block for block in BLOCKS if block.language in {"sh", "bash"}]
# Languages of blocks that are no commands, and how they are tested.
_OUTPUT = {"text"}
_COPIED = ("dashboard", "data", "seeds", "docs")
# What a document's commands take as given.
_BEFORE = {"docs/workspace.md": "event-map read more.txt"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, corpus: Corpus, index: EventIndex) -> Place:
    """A copy of the checkout, with the files that the commands of the documents name."""
    folder = tmp_path_factory.mktemp("docs")
    copy = folder / "checkout"
    copy.mkdir()
    for path in ROOT.iterdir():
        if path.is_file():
            shutil.copy2(path, copy / path.name)
        elif path.name in _COPIED:
            ignored = shutil.ignore_patterns("__pycache__", "vendor")
            shutil.copytree(path, copy / path.name, ignore=ignored)
    shutil.copytree(ROOT / "seeds" / "articles", copy / "articles")
    shutil.copy2(min((ROOT / "seeds" / "articles").iterdir()), copy / "more.txt")
    make.write(copy / "events.csv", [make.BATTLE, make.SHELLING])
    geonames_zip(copy / "SY.zip", geonames_row(1, "Made Up", "قرية مصنوعة"))
    manifest = _manifest(corpus, index)
    (copy / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return place_at(folder, copy)


def _manifest(corpus: Corpus, index: EventIndex) -> dict:
    query = Query(kinds=("arrest", "release"))
    selected = selected_events(corpus, index, query)
    summary = Summary(selected, query, date(2026, 11, 23), index.size)
    return manifest_of(summary, FigureOptions(title_en="Arrests")).as_json()


def test_every_block_says_what_it_is():
    known = {"sh", "bash", "sql", "json", "csv", *_OUTPUT}
    assert [str(block) for block in BLOCKS if block.language not in known] == []


@pytest.mark.parametrize("block", SHELL, ids=str)
def test_the_commands_of_a_block_run(block: Block, place: Place):
    if block.document in _BEFORE:
        check(_BEFORE[block.document], place)
    for command in commands(block.text):
        check(command, place)


def test_files_that_the_commands_write_are_there(place: Place):
    """Runs after the blocks above, in the same folder."""
    assert (place.folder / "figure.pdf").read_bytes().startswith(b"%PDF")
    backups = Path(place.environment["EVENT_MAP_WORKSPACE"]).parent / "backups"
    assert list(backups.glob("*-manual.sqlite"))


def test_a_command_that_no_rule_knows_is_refused(tmp_path: Path):
    place = place_at(tmp_path, ROOT)
    for command in ("curl example.org", "pip install something"):
        with pytest.raises(KeyError):
            check(command, place)


def test_a_command_that_fails_is_noticed(tmp_path: Path):
    place = place_at(tmp_path, ROOT)
    for command in ("make no-such-target", "event-map workspace verify"):
        with pytest.raises(AssertionError):
            check(command, place)


def test_commands_reach_no_other_machine(tmp_path: Path):
    place = place_at(tmp_path, ROOT)
    script = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=3)"
    done = subprocess.run(
        ["python", "-c", script], env=dict(place.environment), capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert "SocketConnectBlockedError" in done.stderr


def test_commands_that_are_listed_are_in_the_documents():
    named = {code for document in DOCUMENTS for code in code_in_text(document)}
    in_blocks = {command for block in SHELL for command in commands(block.text)}
    assert set(NOT_RUN) <= named | in_blocks


@pytest.mark.parametrize("block", [b for b in BLOCKS if b.language == "sql"], ids=str)
def test_sql_of_the_documents_is_what_the_tests_server_is_set_up_with(block: Block):
    """`tests/engines.py` takes its lines out of the document."""
    assert block.document.endswith("scaling.md")
    assert "scaling.md" in (ROOT / "tests" / "engines.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("block", [b for b in BLOCKS if b.language == "json"], ids=str)
def test_json_of_the_documents_is_json(block: Block):
    assert json.loads(block.text)


def _in_text(*starts: str) -> list[str]:
    codes = {code for document in DOCUMENTS for code in code_in_text(document)}
    return sorted(code for code in codes if code.startswith(starts))


@pytest.mark.parametrize("command", _in_text("make ", "pip install "))
def test_targets_and_extras_that_the_text_names_exist(command: str, place: Place):
    check(command, place)


@pytest.mark.parametrize("command", _in_text("event-map ", "python -m dashboard"))
def test_commands_that_the_text_names_explain_themselves(
    command: str, capsys: pytest.CaptureFixture[str]
):
    words = shlex.split(command)
    if words[0] == "event-map":
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        module, _, function = project["project"]["scripts"]["event-map"].partition(":")
        words = words[1:]
    else:
        module, function, words = f"{words[2]}.__main__", "main", words[3:]
    with pytest.raises(SystemExit) as ended:
        getattr(importlib.import_module(module), function)([*words, "--help"])
    assert not ended.value.code
    assert "usage" in capsys.readouterr().out.lower()


@pytest.mark.parametrize("command", _in_text("python -m tests", "python -m benchmarks"))
def test_modules_that_the_text_runs_exist(command: str):
    assert importlib.util.find_spec(shlex.split(command)[2]) is not None
