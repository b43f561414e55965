"""An import in a process of its own: followed to its end, refused with a reason, or cancelled."""

import os
import time
from pathlib import Path

import msgspec

from dashboard.datasets.answers_file import AnswersFile
from dashboard.datasets.files.input_file import InputFile
from dashboard.engine.datasets import Datasets
from dashboard.language.language import ARABIC, using_language
from dashboard.language.stored_text import translate
from dashboard.language.words import isolate
from dashboard.model.message import StoredText
from dashboard.ui.data.import_job import ImportJob, start
from tests.datasets.formats import make

_PATIENCE_S = 60


def _environment(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "EVENT_MAP_WORKSPACE": str(tmp_path / "w.sqlite")}


def _file(path: Path) -> InputFile:
    return InputFile(path, path.name)


def _start(file: InputFile, tmp_path: Path, *options: str, dry_run: bool = False) -> ImportJob:
    return start(file, AnswersFile(), options, _environment(tmp_path), dry_run=dry_run)


def test_a_check_reports_the_same_and_imports_nothing(tmp_path: Path):
    path = make.write(tmp_path / "a.csv", [make.BATTLE, make.SHELLING])
    job = _start(_file(path), tmp_path, dry_run=True)
    _wait(job)
    assert job.ended_well
    assert (job.report["written"]["added"], job.report["understood"]) == (2, True)
    assert Datasets(tmp_path / "w_datasets").get("acled") is None


def _wait(job: ImportJob) -> None:
    until = time.monotonic() + _PATIENCE_S
    while job.running and time.monotonic() < until:
        time.sleep(0.05)
    assert not job.running


def test_an_import_is_followed_to_its_end(tmp_path: Path):
    path = make.write(tmp_path / "a.csv", [make.BATTLE, make.SHELLING | {"latitude": "x"}])
    job = _start(_file(path), tmp_path, "--name=ACLED")
    _wait(job)
    assert job.error is None
    assert job.report["written"]["added"] == 2
    ((column, expected, count, found),) = job.report["kinds_of_unread"]
    text = str(msgspec.convert(expected, StoredText))
    assert (column, text, count) == ("latitude", "a number from -90 to 90", 1)
    assert found == ["'x'"]
    assert job.answers is not None
    assert not job.answers.exists()
    card = Datasets(tmp_path / "w_datasets").get("acled")
    assert card is not None
    assert card.events == 2


def test_a_file_that_cannot_be_read_is_reported(tmp_path: Path):
    path = tmp_path / "a.parquet"
    path.write_bytes(b"nonsense")
    job = _start(_file(path), tmp_path)
    _wait(job)
    assert job.error
    assert str(job.error).startswith("a.parquet: expected Parquet, found ")
    with using_language(ARABIC):
        name = isolate("a.parquet")
        assert translate(job.error).startswith(f"{name}: المتوقع Parquet، والموجود ")


def test_a_cancelled_import_leaves_nothing(tmp_path: Path):
    many = [make.BATTLE | {"event_id_cnty": f"S{number}"} for number in range(60_000)]
    job = _start(_file(make.write(tmp_path / "a.csv", many)), tmp_path)
    time.sleep(1.5)
    job.cancel()
    _wait(job)
    assert job.cancelled
    assert not job.error
    assert Datasets(tmp_path / "w_datasets").get("acled") is None
