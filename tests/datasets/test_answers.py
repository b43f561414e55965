"""Answers as a file, a dry run, and what the command says of an import."""

import json
from pathlib import Path

import pandas as pd
import pytest

from dashboard.datasets import __main__ as command
from dashboard.datasets.answers_file import AnswersFile, load_answers, to_answers_file
from dashboard.datasets.column_uses import ColumnUse, column_uses
from dashboard.datasets.formats.answers import Answers
from dashboard.datasets.formats.column_mapping import ColumnMapping
from dashboard.datasets.options import ImportOptions, ReadOptions
from dashboard.datasets.report import ID_COUNTS, fault_lines, result_lines
from dashboard.model.errors import DashboardError
from tests.datasets.formats import make
from tests.datasets.reading import OWN, read

ANSWERS = {"kinds": {"Kinetic event": "shelling"}, "date_numbers": "spreadsheet_1900"}
TABLE = [OWN | {"type": "Kinetic event"}, OWN | {"id": "2", "date": "44214", "other": "x"}]


def _file(tmp_path: Path) -> Path:
    return make.write(tmp_path / "mine.csv", [{"other": ""} | row for row in TABLE])


def test_a_dry_run_says_all_and_changes_nothing(importer, datasets, tmp_path: Path):
    path = _file(tmp_path)
    before = set((tmp_path / "datasets").rglob("*.parquet"))
    (*_, done) = importer.read(path, ImportOptions(), dry_run=True)
    assert (done.written.added, done.undated, done.understood) == (2, 1, False)
    assert set((tmp_path / "datasets").rglob("*.parquet")) == before
    assert list(datasets) == []
    assert not (tmp_path / "datasets" / "mine").exists()
    assert read(importer, path).written == done.written
    out = "\n".join(result_lines("mine.csv", done, dry_run=True))
    assert "type -> kind: Kinetic event | اشتباك" in out
    assert "other -> not used, shown as it is: x" in out
    assert "2 rows: 2 taken, of which 1 have no date and 0 no place; 0 left out" in out
    assert "dry run, nothing is changed" in out
    assert any("44214" in line for line in fault_lines(done))


def test_the_command_takes_answers_and_its_status_says_what_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("EVENT_MAP_WORKSPACE", str(tmp_path / "w.sqlite"))
    path = str(_file(tmp_path))
    assert command.main([path, "--dry-run"]) == 1
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps(ANSWERS), encoding="utf-8")
    assert command.main([path, "--answers", str(answers)]) == 0
    assert "2 new" in capsys.readouterr().out
    for wrong in (
        '{"kinds": 1}',
        "[",
        '{"colour": "red"}',
        '{"delimiter": "x"}',
        '{"format": "x"}',
    ):
        answers.write_text(wrong, encoding="utf-8")
        assert command.main([path, "--answers", str(answers)]) == 2
        assert "answers.json: " in capsys.readouterr().err
    assert command.main([path, "--answers", str(tmp_path / "none.json")]) == 2


def test_a_file_of_answers_is_read_as_it_was_written(tmp_path: Path):
    mapping = ColumnMapping(name="x", columns={"lat": "Y", "lon": "X"})
    given = to_answers_file("own", {"header_row": "3"}, ReadOptions(mapping), licence="CC0")
    path = tmp_path / "a.json"
    path.write_bytes(json.dumps({"columns": {"lat": "Y", "lon": "X"}}).encode())
    assert load_answers(path) == AnswersFile(columns=mapping.columns)
    assert (given.header_row, given.columns, given.licence) == (3, mapping.columns, "CC0")
    with pytest.raises(DashboardError, match=r"none\.json"):
        load_answers(tmp_path / "none.json")


@pytest.mark.parametrize("field", ["kinds", "places"])
def test_answers_that_name_nothing_here_are_refused(importer, tmp_path: Path, field: str):
    answers = Answers(**{field: {"Kinetic event": "picnic"}})
    with pytest.raises(DashboardError, match="picnic"):
        read(importer, _file(tmp_path), answers=answers)


def test_each_column_has_its_use_and_three_samples():
    frame = pd.DataFrame({"When": ["a", "", "b", "a", "c", "d"], "x": [""] * 6})
    mapping = ColumnMapping(name="x", columns={"date": "When"})
    assert column_uses(frame, "own", mapping) == (
        ColumnUse("When", ("date",), ("a", "b", "c")),
        ColumnUse("x", (), ()),
    )
    acled = column_uses(pd.DataFrame([make.BATTLE]), "acled", None)
    assert next(use for use in acled if use.column == "event_date").roles == ("date",)


def test_counts_of_ids_are_said_in_words():
    assert ID_COUNTS["older"](2).startswith("2 rows are older")
