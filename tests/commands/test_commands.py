"""`event-map`: what each command prints and writes, and the status that it ends with."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import docx
import jsonschema
import pytest
from docx import Document

from dashboard.commands.main import main
from dashboard.commands.trends import write_trends
from dashboard.datasets.event_map.row_columns import ARTICLES as ARTICLES_COLUMNS
from dashboard.datasets.event_map.row_columns import CLAIMS, EVENTS, PLACES
from dashboard.export import write
from dashboard.export.authors import FREE_TEXT
from dashboard.export.formats import FORMATS
from dashboard.language.language import Language
from dashboard.model.corpus import Corpus

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = sorted((ROOT / "seeds" / "articles").iterdir())
SCHEMA = json.loads((ROOT / "docs" / "reading.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "w.sqlite"
    monkeypatch.setenv("EVENT_MAP_WORKSPACE", str(path))
    return path


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


def test_articles_are_printed_as_the_schema_says(capsys: pytest.CaptureFixture[str]):
    assert run("read", "--json", *ARTICLES) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(lines) == len(ARTICLES)
    for line in lines:
        jsonschema.validate(line, SCHEMA)
        text = line["text"]
        for mention in (*line["places"], *line["dates"], *line["actors"]):
            assert text[mention["start"] : mention["end"]] == mention["surface"]
        for event in line["events"]:
            for claim in event["claims"]:
                assert text[claim["start"] : claim["end"]] == claim["quote"]
    assert any(line["events"] for line in lines)
    assert {"location", "metonym"} <= {place["use"] for line in lines for place in line["places"]}


def test_reading_as_json_saves_nothing(workspace: Path, capsys: pytest.CaptureFixture[str]):
    run("read", "--json", ARTICLES[0])
    capsys.readouterr()
    assert not workspace.exists()


def test_a_day_of_publication_is_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    article = tmp_path / "a.txt"
    article.write_text("قصفت القوات التركية أمس بلدة عين عيسى شمال الرقة.", encoding="utf-8")
    assert run("read", "--json", "--published", "2021-02-21", article) == 0
    (line,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert "2021-02-20" in {mention["date_start"] for mention in line["dates"]}
    assert run("read", "--json", "--published", "21/2/2021", article) == 2


@pytest.mark.parametrize("name", ["none.txt", "empty.txt"])
def test_unreadable_files_are_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
):
    (tmp_path / "empty.txt").write_bytes(b"")
    assert run("read", "--json", tmp_path / name) == 2
    assert name in capsys.readouterr().err
    assert run("read", "--json", tmp_path / name, ARTICLES[0]) == 1


def test_articles_are_read_into_the_workspace(
    workspace: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    article = tmp_path / "a.txt"
    article.write_text("قصفت القوات التركية أمس بلدة عين عيسى شمال الرقة.", encoding="utf-8")
    assert run("read", article, "--workers", "1") == 0
    assert workspace.exists()
    assert "1 new article" in capsys.readouterr().err


def test_csv_has_a_row_an_event(tmp_path: Path, corpus: Corpus):
    out = tmp_path / "arrests.csv"
    link = "kind=arrest&start=2021-01-18"
    assert run("export", "--link", link, "--format", "csv", "-o", out) == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    expected = {
        event.event_id
        for event in corpus.events.events.values()
        if event.kind == "arrest"
        and (event.when.end is None or str(event.when.end) >= "2021-01-18")
        if not event.when.undated
    }
    assert [row["event_id"] for row in rows] == list(dict.fromkeys(r["event_id"] for r in rows))
    assert {row["event_id"] for row in rows} == expected
    assert {row["dataset"] for row in rows} == {"curated"}
    for row in rows:
        assert float(row["latitude"])
        assert row["place_precision"]


@pytest.mark.parametrize("name", ["xlsx", "geojson", "gpkg", "kml", "acled"])
def test_other_formats_are_those_of_the_page(tmp_path: Path, name: str):
    out = tmp_path / f"a.{FORMATS[name].ending}"
    assert run("export", "--format", name, "-o", out) == 0
    assert out.stat().st_size > 1_000


def test_one_page_has_the_events_of_the_link_and_opens_without_a_server(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    out = tmp_path / "arrests.html"
    assert run("export", "--link", "kind=arrest", "--format", "html", "-o", out) == 0
    text = out.read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert "<title>Arrest, " in text
    refused = tmp_path / "refused.html"
    assert run("export", "--format", "html", "--captures", "-o", refused) == 2
    monkeypatch.setattr(write, "MOST_EVENTS", 5)
    assert run("export", "--format", "html", "-o", refused) == 2
    assert "One page has at most 5,000 events" in capsys.readouterr().err
    assert not refused.exists()


def test_a_report_has_only_the_chosen_events_coarser_places_and_the_own_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    text, out = tmp_path / "text.txt", tmp_path / "report.docx"
    text.write_text("A text of my own.", encoding="utf-8")
    link = ("export", "--link", "kind=agreement", "--format", "report-docx", "-o", out)
    chosen = ("--event", "agreement_hand_over_ain_issa", "--text", text)
    assert run(*link, *chosen, "--places", "district") == 0
    paragraphs = "\n".join(each.text for each in Document(str(out)).paragraphs)
    assert "A text of my own." in paragraphs
    assert "1 event" in paragraphs
    assert run(*link, "--event", "no_such_event") == 2
    assert "no_such_event" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("--format", "csv", "--event", "x"), "for reports"),
        (("--format", "parquet", "--places", "district"), "less precise"),
        (("--format", "report-pdf", "--language", "both"), "one language"),
    ],
)
def test_options_that_a_format_lacks_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], given: tuple[str, ...], words: str
):
    out = tmp_path / "a"
    assert run("export", "--link", "kind=arrest", *given, "-o", out) == 2
    assert words in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize(
    ("link", "columns", "row"),
    [
        ("split=kind&step=year", "start,end,category", "2021-01-01,2021-"),
        (
            "trend=periods&compare=2020-12-01..2020-12-31,2021-01-01..2021-01-31",
            "category,",
            "all,",
        ),
        ("trend=cross&split=group&cross=attestation", "Group of kinds,", "Talks and positions,"),
    ],
)
def test_trends_are_written_as_the_page_has_them(tmp_path: Path, link: str, columns: str, row: str):
    out = tmp_path / "trends.csv"
    assert run("trends", "--link", link, "-o", out) == 0
    lines = out.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith(columns)
    assert any(line.startswith(row) for line in lines)


def test_a_trend_of_a_link_that_is_not_understood_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert run("trends", "--link", "split=colour", "-o", tmp_path / "a.csv") == 2
    assert "trends: " in capsys.readouterr().err


def test_a_trend_has_the_names_of_its_language(tmp_path: Path):
    out = tmp_path / "trends.csv"
    assert write_trends("trend=cross", out, Language("ar")) == 0
    assert "محادثات ومواقف" in out.read_text(encoding="utf-8-sig")


def test_reports_are_documents_with_the_title_and_language_that_were_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    for ending, start in (("docx", b"PK"), ("pdf", b"%PDF")):
        out = tmp_path / f"report.{ending}"
        given = (
            "--format",
            f"report-{ending}",
            "--title",
            "اعتقالات",
            "--language",
            "ar",
            "--trend",
        )
        assert run("export", "--link", "kind=arrest", *given, "-o", out) == 0
        assert out.read_bytes().startswith(start)
    assert docx.Document(str(tmp_path / "report.docx")).core_properties.title == "اعتقالات"
    refused = tmp_path / "refused.pdf"
    assert run("export", "--format", "report-pdf", "--captures", "-o", refused) == 2
    assert "do not go into a report" in capsys.readouterr().err
    assert not refused.exists()


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ("kind=gone", "kind='gone'"),
        ("knd=arrest", "knd"),
        ("kind=", "kind=''"),
        ("from=x", "from="),
    ],
)
def test_a_link_that_is_not_understood_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], link: str, message: str
):
    out = tmp_path / "a.csv"
    assert run("export", "--link", link, "--format", "csv", "-o", out) == 2
    assert message in capsys.readouterr().err
    assert not out.exists()


def test_an_article_that_breaks_the_reader_does_not_stop_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    """Damaged bytes and a file without text stop nothing; each is a line of the error output."""
    (tmp_path / "a.txt").write_bytes(b"\x00\xff\xfe\x00" * 50)
    (tmp_path / "b.txt").write_text("قصفت القوات التركية بلدة عين عيسى.", encoding="utf-8")
    assert run("read", "--json", tmp_path) == 1
    printed = capsys.readouterr()
    assert [json.loads(line)["file"] for line in printed.out.splitlines()] == ["b.txt"]
    assert "a.txt" in printed.err


def test_places_are_looked_up(capsys: pytest.CaptureFixture[str]):
    assert run("gazetteer", "عين عيسى") == 0
    assert "ain_issa\tAin Issa\t" in capsys.readouterr().out
    assert run("gazetteer", "nowhere at all") == 1


def test_commands_of_other_modules_are_passed_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert run("workspace", "list") == 0
    table = tmp_path / "a.csv"
    table.write_text("a,b\n1,2\n", encoding="utf-8")
    assert run("import", table) == 2
    assert run("figure", tmp_path / "none.json", "-o", tmp_path / "a.pdf") == 2
    assert "none.json" in capsys.readouterr().err


def test_help_version_and_mistakes(capsys: pytest.CaptureFixture[str]):
    assert run("--version") == 0
    assert "event-map, version" in capsys.readouterr().out
    for name in ("run", "read", "export", "gazetteer", "import", "figure", "workspace"):
        assert run(name, "--help") == 0
        assert capsys.readouterr().out
    assert run("nonsense") == 2


@pytest.mark.parametrize("module", ["dashboard", "dashboard.ingest.datasets", "dashboard.ingest"])
def test_the_former_commands_still_work(module: str):
    done = subprocess.run(
        [sys.executable, "-m", module, "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "usage" in done.stdout.lower()


def test_without_names_the_command_says_which_columns_may_still_have_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    out = tmp_path / "a.csv"
    columns = {*EVENTS, *CLAIMS, *PLACES, *ARTICLES_COLUMNS}
    assert columns.issuperset(FREE_TEXT)
    assert run("export", "--format", "csv", "--out", out) == 0
    assert "may still have names" not in capsys.readouterr().err
    assert run("export", "--format", "csv", "--out", out, "--without-authors") == 0
    error = capsys.readouterr().err
    assert all(name in error for name in ("may still have names", *FREE_TEXT))
