"""The commands' own functions: what they print or write, called without the command line."""

import csv
import io
import json
from pathlib import Path

import pytest
from streamlit.web import cli

from dashboard.commands.export import export_selection
from dashboard.commands.gazetteer import print_places
from dashboard.commands.main import main
from dashboard.commands.read import print_readings
from dashboard.exit_status import ExitStatus
from dashboard.export.write import ExportError, ExportRequest
from dashboard.model.corpus import Corpus
from dashboard.model.errors import DashboardError

TEXT = "قصفت القوات التركية أمس بلدة عين عيسى شمال الرقة."


def test_a_link_with_its_question_mark_is_exported(tmp_path: Path, corpus: Corpus):
    out = tmp_path / "a.csv"
    assert export_selection("?kind=release", ExportRequest("csv"), out) == ExitStatus.OK
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    released = {key for key, event in corpus.events.events.items() if event.kind == "release"}
    assert {row["event_id"] for row in rows} == released


def test_a_bad_link_or_folder_exports_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert (
        export_selection("colour=blue", ExportRequest("csv"), tmp_path / "a.csv")
        == ExitStatus.NOTHING
    )
    assert (
        export_selection("", ExportRequest("csv"), tmp_path / "none" / "a.csv")
        == ExitStatus.NOTHING
    )
    assert capsys.readouterr().err.count("export: ") == 2
    assert issubclass(ExportError, DashboardError)


def test_a_place_is_printed_in_eight_columns(capsys: pytest.CaptureFixture[str], corpus: Corpus):
    assert print_places(["عين عيسى", "Ain Issa"]) == ExitStatus.OK
    line = capsys.readouterr().out.splitlines()[0].split("\t")
    place = corpus.gazetteer.places[line[0]]
    assert len(line) == 8
    assert (float(line[4]), float(line[5])) == (place.lat, place.lon)
    assert print_places(["no such place"]) == ExitStatus.FAULTS


def test_what_is_read_is_printed_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    article = tmp_path / "a.txt"
    article.write_text(TEXT, encoding="utf-8")
    assert print_readings([article], "2021-01-19") == ExitStatus.OK
    (line,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert [event["kind"] for event in line["events"]] == ["shelling"]
    assert {date["date_start"] for date in line["dates"]} == {"2021-01-18"}
    assert print_readings([tmp_path / "none.txt"], None) == ExitStatus.NOTHING


def test_the_dashboard_is_started_by_streamlit(monkeypatch: pytest.MonkeyPatch):
    """Starting it for good is tested by `make check-install`; here: with which words."""
    words: list[str] = []
    monkeypatch.setattr("sys.argv", [])

    def run(**_options: object) -> None:
        import sys

        words.extend(sys.argv)

    monkeypatch.setattr(cli, "main", run)
    with pytest.raises(SystemExit) as ended:
        main(["run", "--port", "8600"])
    assert ended.value.code == ExitStatus.OK
    assert words[:2] == ["streamlit", "run"]
    assert Path(words[2]).name == "app.py"
    assert Path(words[2]).is_file()
    assert words[3:] == ["--server.port", "8600", "--server.headless", "true"]
