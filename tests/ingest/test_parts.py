"""A reading as JSON, the former name of the importer, and suggestions shown before their review."""

import json
import runpy
import sys
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from dashboard.documents.read import iter_documents
from dashboard.ingest import datasets as former_name
from dashboard.ingest.reading_json import reading_as_json
from dashboard.ingest.run import Workers, ingest
from dashboard.ingest.work import File
from dashboard.model.corpus import Corpus
from dashboard.review.pending import MAX_UNREVIEWED, with_pending
from dashboard.review.rereading import reader_of
from dashboard.store.merge import with_workspace
from dashboard.store.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
TEXT = "قصفت القوات التركية أمس بلدة عين عيسى. واندلعت اشتباكات في قرية زنوبيا الجديدة."


def test_a_reading_is_json_of_the_schema(corpus: Corpus):
    (document,) = iter_documents("a.txt", TEXT.encode())
    reading = reader_of(corpus).read(document.text, date(2021, 1, 10))
    written = reading_as_json(corpus.gazetteer.places, document, reading, None)
    schema = json.loads((ROOT / "docs" / "reading.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(json.dumps(written)), schema)
    assert (written["file"], written["published"]) == ("a.txt", None)
    assert len(written["places"]) == len(reading.places)
    assert len(written["unknown_places"]) == len(reading.unknown) > 0
    assert [event["kind"] for event in written["events"]] == [
        suggestion.kind for suggestion in reading.suggestions
    ]


def test_the_former_name_is_the_importer(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("sys.argv", ["datasets", "--help"])
    # It is run afresh, as `python -m` does.
    monkeypatch.delitem(sys.modules, former_name.__name__)
    with pytest.raises(SystemExit) as ended:
        runpy.run_module(former_name.__name__, run_name="__main__")
    assert ended.value.code == 0
    assert "usage: python -m dashboard.datasets" in capsys.readouterr().out


def test_pending_suggestions_are_unreviewed_events(tmp_path: Path, corpus: Corpus):
    workspace = Workspace(tmp_path / "w.sqlite")
    *_, report = ingest(workspace, corpus, [File("a.txt", TEXT.encode())], Workers(), "Rana")
    read = with_workspace(corpus, workspace)
    shown, suggestions = with_pending(read, workspace)
    added = set(shown.events.events) - set(read.events.events)
    assert len(added) == report.suggestions == len(suggestions)
    assert added == set(suggestions) == set(shown.unreviewed)
    assert len(added) < MAX_UNREVIEWED
    assert with_pending(corpus, Workspace(tmp_path / "empty.sqlite"))[0].events == corpus.events
