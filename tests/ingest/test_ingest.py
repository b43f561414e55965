"""Reading into the workspace: all that can be read, once, wherever it runs; the rest are faults."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from dashboard.ingest.__main__ import main
from dashboard.ingest.run import Workers, files_at, ingest, knowledge_of
from dashboard.ingest.work import File
from dashboard.ingest.workspace_writer import Report
from dashboard.model.corpus import Corpus
from dashboard.model.records import Table
from dashboard.store.merge import with_workspace
from dashboard.store.workspace import Workspace
from tests.quality.annotated import outlets
from tests.store.sample_workspaces import replayed, stored


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace.sqlite")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The texts of all outlets as an archive of files, with some that cannot be read."""
    folder = tmp_path / "archive"
    (folder / "deeper").mkdir(parents=True)
    for number, item in enumerate(outlets()):
        name = f"deeper/{number:02}.txt" if number % 2 else f"{number:02}.txt"
        (folder / name).write_text(f"{item.published}\n\n{item.text}", encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (folder / "english.txt").write_text("Nothing here is Arabic.", encoding="utf-8")
    return folder


def read(
    workspace: Workspace, corpus: Corpus, path: Path, workers: Workers | None = None
) -> tuple[Report, list]:
    faults: list = []
    updated = with_workspace(corpus, workspace)
    *_, report = ingest(workspace, updated, files_at([path], faults), workers or Workers(), "test")
    return report, [*faults, *report.faults]


def stored_values(workspace: Workspace) -> dict[tuple[str, str], str]:
    """The record table, without the minute at which each original was stored."""
    return {
        key: re.sub(r'"(day|time)":"[^"]*"', "", value) if key[0] == Table.CAPTURE else value
        for key, value in stored(workspace).items()
        if value is not None
    }


def test_a_folder_is_read_and_unreadable_files_are_reported(workspace, corpus, folder):
    report, faults = read(workspace, corpus, folder)
    assert report.articles == len(outlets())
    assert report.suggestions > len(outlets())
    assert sorted(fault.file for fault in faults) == ["binary.txt", "empty.txt", "english.txt"]
    updated = with_workspace(corpus, workspace)
    assert set(report.article_ids) <= set(updated.articles)
    assert updated.faults == corpus.faults
    for record in workspace.all(Table.SUGGESTION).values():
        article = updated.articles[record.value.article_id]
        for claim in record.value.suggestion.claims:
            assert article.text[claim.start : claim.end] == claim.quote


def test_a_second_run_reads_only_what_is_new(workspace, corpus, folder):
    read(workspace, corpus, folder)
    before = stored_values(workspace)
    again, _ = read(workspace, corpus, folder)
    assert (again.articles, again.known) == (0, len(outlets()))
    assert stored_values(workspace) == before
    text = "انسحبت القوات الروسية من بلدة عين عيسى صباح اليوم إلى تل السمن شمال الرقة.\n"
    (folder / "new.txt").write_text(text, encoding="utf-8")
    assert read(workspace, corpus, folder)[0].articles == 1


def test_a_known_text_with_another_name_is_not_read_twice(workspace, corpus, folder):
    text = (folder / "00.txt").read_text(encoding="utf-8")
    (folder / "copy.txt").write_text(text, encoding="utf-8")
    (folder / "near.txt").write_text(f"{text}\nالمصدر: وكالات", encoding="utf-8")
    report, _ = read(workspace, corpus, folder)
    assert report.articles == len(outlets())
    assert [name for name, _ in report.duplicates] == ["near.txt"]
    assert not report.duplicates[0][1].exact


def test_a_reading_that_was_undone_may_be_made_again(workspace, corpus, folder):
    read(workspace, corpus, folder)
    (entry,) = workspace.log()
    workspace.undo(entry.seq, who="test", why="")
    assert with_workspace(corpus, workspace).articles == corpus.articles
    assert read(workspace, corpus, folder)[0].articles == len(outlets())
    assert replayed(workspace) == stored(workspace)


def test_an_interrupted_run_saves_what_was_read_and_can_be_continued(workspace, corpus, folder):
    reports = ingest(workspace, corpus, files_at([folder], []), Workers(), "test")
    for report in reports:
        if report.articles == 5:
            break
    reports.close()
    assert workspace.count(Table.ARTICLE) == 5
    rest, _ = read(workspace, corpus, folder)
    assert (rest.articles, rest.known) == (len(outlets()) - 5, 5)


def test_two_processes_read_the_same_as_one(corpus, folder, tmp_path):
    one, two = Workspace(tmp_path / "one.sqlite"), Workspace(tmp_path / "two.sqlite")
    alone, _ = read(one, corpus, folder)
    spread, _ = read(two, corpus, folder, Workers(2))
    assert spread == alone
    assert stored_values(two) == stored_values(one)


@pytest.fixture
def scheduler() -> Iterator[str]:
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
        silence_logs=50,
    ) as cluster:
        yield cluster.scheduler_address


# Dask's own threads leave sockets to the garbage collector when a cluster closes.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_dask_cluster_reads_the_same_as_one_process(corpus, folder, tmp_path, scheduler):
    one, two = Workspace(tmp_path / "one.sqlite"), Workspace(tmp_path / "two.sqlite")
    alone, _ = read(one, corpus, folder)
    spread, _ = read(two, corpus, folder, Workers(scheduler=scheduler))
    assert spread == alone
    assert stored_values(two) == stored_values(one)


def test_only_a_reader_of_the_same_knowledge_is_used_again(workspace, corpus, folder):
    before = knowledge_of(workspace, corpus).token
    read(workspace, corpus, folder)
    assert knowledge_of(workspace, corpus).token != before


def command(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def test_the_command_reads_reports_and_goes_on(folder, tmp_path, capsys):
    workspace, faults = tmp_path / "w.sqlite", tmp_path / "faults.csv"
    options = ("--workspace", workspace, "--faults", faults, "--who", "Rana")
    assert command(folder, *options) == 1
    errors = capsys.readouterr().err
    assert re.search(rf"{len(outlets())} new articles.*articles a second", errors)
    rows = list(csv.DictReader(io.StringIO(faults.read_text(encoding="utf-8-sig"))))
    assert {row["file"] for row in rows} == {"binary.txt", "empty.txt", "english.txt"}
    assert all(row["expected"] and row["found"] for row in rows)
    assert Workspace(workspace).log()[0].who == "Rana"
    for name in ("binary.txt", "empty.txt", "english.txt"):
        (folder / name).unlink()
    assert command(folder, *options) == 0
    assert f"0 new articles, {len(outlets())} known" in capsys.readouterr().err


def test_the_command_says_when_it_can_do_nothing(tmp_path, capsys):
    assert command(tmp_path / "missing", "--workspace", tmp_path / "w.sqlite") == 2
    assert "missing" in capsys.readouterr().err
    (tmp_path / "folder").mkdir()
    (tmp_path / "no.sqlite").write_bytes(b"this is no database at all, whatever its name" * 99)
    assert command(tmp_path / "folder", "--workspace", tmp_path / "no.sqlite") == 2


def test_a_table_with_outlets_and_days_in_a_zip_is_many_articles(workspace, corpus):
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(("text", "outlet", "published"))
    for item in outlets()[:3]:
        writer.writerow((item.text, "وكالة الاختبار", "2021-01-10"))
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("../../evil/many.csv", table.getvalue())
    *_, report = ingest(workspace, corpus, [File("all.zip", archive.getvalue())], Workers(), "t")
    assert report.articles == 3
    updated = with_workspace(corpus, workspace)
    articles = [updated.articles[key] for key in report.article_ids]
    assert {updated.lexicon.outlets[a.outlet_id].name_ar for a in articles} == {"وكالة الاختبار"}
    assert {a.published.date() for a in articles} == {date(2021, 1, 10)}
    assert all("/" not in article.file for article in articles)
