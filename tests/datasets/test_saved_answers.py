"""Answers about a known format are used for the next file of that format."""

from pathlib import Path

import pytest

from dashboard.datasets import __main__ as command
from dashboard.datasets.formats.answers import NO_ANSWERS, Answers
from dashboard.datasets.options import ImportOptions
from dashboard.datasets.saved_answers import (
    load_format_answers,
    save_format_answers,
    valid_answers,
)
from dashboard.datasets.saved_mappings import load_mappings
from tests.datasets.formats import make

ANSWERS = Answers(kinds={"Kinetic event": "shelling"}, changed_ids="add")
_UNKNOWN = make.BATTLE | {"event_type": "Kinetic event", "sub_event_type": "Kinetic event"}


def test_saved_answers_are_those_of_their_format_and_no_mapping(tmp_path: Path):
    save_format_answers(tmp_path, "acled", ANSWERS)
    assert load_format_answers(tmp_path, "acled") == ANSWERS
    assert load_format_answers(tmp_path, "ucdp") == NO_ANSWERS
    assert load_mappings(tmp_path) == {}
    save_format_answers(tmp_path, "acled", NO_ANSWERS)
    assert load_format_answers(tmp_path, "acled") == NO_ANSWERS
    (tmp_path / "profiles" / "formats" / "acled.json").write_text("[", encoding="utf-8")
    assert load_format_answers(tmp_path, "acled") == NO_ANSWERS


def test_answers_of_what_is_no_longer_there_are_dropped():
    answers = Answers(kinds={"a": "clash", "b": "picnic"}, places={"c": "nowhere"})
    assert valid_answers(answers, {"clash"}, set()) == Answers(kinds={"a": "clash"})


def test_an_import_uses_the_saved_answers_of_its_format(importer, datasets, tmp_path: Path):
    save_format_answers(datasets.folder, "acled", ANSWERS)
    preview = importer.preview(make.write(tmp_path / "a.csv", [_UNKNOWN]), ImportOptions())
    assert importer.saved_answers(preview) == ANSWERS


def test_the_command_says_so_and_a_file_of_answers_replaces_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("EVENT_MAP_WORKSPACE", str(tmp_path / "w.sqlite"))
    path = str(make.write(tmp_path / "a.csv", [_UNKNOWN]))
    assert command.main([path, "--dry-run"]) == 1
    capsys.readouterr()
    save_format_answers(tmp_path / "w_datasets", "acled", ANSWERS)
    assert command.main([path, "--dry-run"]) == 0
    assert '"Kinetic event":"shelling"' in capsys.readouterr().err
    none = tmp_path / "none.json"
    none.write_text("{}", encoding="utf-8")
    assert command.main([path, "--dry-run", "--answers", str(none)]) == 1
    assert "earlier import" not in capsys.readouterr().err
