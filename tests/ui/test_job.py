"""Reading in the background: how far it is, cancelling, and what a fault leaves."""

from pathlib import Path

from dashboard.ingest.work import File
from dashboard.model.corpus import Corpus
from dashboard.model.records import Table
from dashboard.store.workspace import Workspace
from dashboard.ui.articles.job import Job, start
from tests.quality.annotated import outlets


def _files() -> list[File]:
    return [File(f"{item.name}.txt", item.text.encode()) for item in outlets()]


def test_a_job_reads_all_and_reports_its_progress(tmp_path: Path, corpus: Corpus):
    workspace = Workspace(tmp_path / "w.sqlite")
    job = start(workspace, corpus, _files(), "Rana")
    job.thread.join(timeout=60)
    assert not job.running
    assert job.error is None
    assert (job.report.files, job.total) == (len(outlets()), len(outlets()))
    assert job.rate > 0
    assert workspace.count(Table.ARTICLE) == len(outlets())


def test_cancelling_saves_what_was_read(tmp_path: Path, corpus: Corpus):
    workspace = Workspace(tmp_path / "w.sqlite")
    job = Job(len(outlets()))

    def files():
        for number, file in enumerate(_files()):
            if number == 4:
                job.cancelled.set()
            yield file

    job.run(workspace, corpus, files(), "Rana")
    assert not job.running
    # The fifth is saved too where it was read before its process saw that the job is cancelled.
    assert job.report.articles in {4, 5}
    assert workspace.count(Table.ARTICLE) == job.report.articles


def test_an_unexpected_error_is_reported(tmp_path: Path, corpus: Corpus):
    job = Job(1)

    def files():
        yield _files()[0]
        raise ZeroDivisionError("what no reader expects")

    job.run(Workspace(tmp_path / "w.sqlite"), corpus, files(), "Rana")
    assert not job.running
    assert isinstance(job.error, ZeroDivisionError)
    assert job.report.articles == 1
