"""ACLED's list of deleted events: recognised, imported into its dataset, refused without one."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dashboard.datasets import __main__ as command
from dashboard.datasets.files.errors import TableError
from dashboard.datasets.formats.acled_deletions import acled_deletions
from dashboard.datasets.formats.registry import ACLED_DELETED, recognise_format
from dashboard.datasets.formats.sheet import Sheet
from dashboard.datasets.options import ImportOptions
from dashboard.datasets.report import fault_lines, result_lines
from dashboard.datasets.target_dataset import target_dataset
from dashboard.engine.datasets import Dataset
from tests.datasets.formats import make
from tests.datasets.reading import read, rows

# Source: ACLED API documentation, "Deleted endpoint".
HEADER = "event_id_cnty,deleted_timestamp"
DELETED = "1612400000"
EVENTS = [row | {"timestamp": "1612345678"} for row in (make.BATTLE, make.SHELLING)]


@pytest.fixture
def imported(importer, tmp_path: Path) -> None:
    """An ACLED dataset with SYR1 and SYR2."""
    read(importer, make.write(tmp_path / "events.csv", EVENTS))


def write_list(path: Path, *lines: str, header: str = HEADER) -> Path:
    path.write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    return path


def ids(datasets) -> set[str]:
    return {row["event_id"] for row in rows(datasets, "events")}


def test_a_list_is_recognised_by_its_columns():
    for columns in (
        HEADER.split(","),
        ["Deleted_Timestamp", "EVENT_ID_CNTY"],
        ["event_id_cnty", "event_id_no_cnty", "deleted_timestamp"],
    ):
        assert recognise_format(columns) == ACLED_DELETED
    assert recognise_format([*make.BATTLE, "deleted_timestamp"]) == "acled"
    assert recognise_format(["event_id_cnty", "timestamp"]) != ACLED_DELETED


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        (DELETED, 1612400000),
        (1612400000, 1612400000),
        (1612400000.0, 1612400000),
        (f" {DELETED}.00 ", 1612400000),
        ("2021-02-04T00:53:20Z", 1612400000),
        ("2021-02-04 02:53:20+02:00", 1612400000),
        (pd.Timestamp("2021-02-04 00:53:20"), 1612400000),
        ("2021-02-04", None),
        ("16124000001", None),
        ("12345678", None),
        ("1612400000.5", None),
        ("-1612400000", None),
        ("2021-02-30 00:00:00", None),
        (None, None),
    ],
)
def test_times_of_deletions(cell, seconds):
    faults = []
    frame = pd.DataFrame({"event_id_cnty": [" SYR1 "], "deleted_timestamp": [cell]}, dtype=object)
    table = acled_deletions(Sheet("a.csv", frame, np.array([2]), faults.append))
    expected = [] if seconds is None else [{"event_id": "acled:SYR1", "deleted": seconds}]
    assert table.to_pylist() == expected
    assert [fault.row for fault in faults] == [2] * (seconds is None)


def test_a_list_belongs_to_the_dataset_of_its_source(datasets):
    card = Dataset(dataset_id="acled", number=1, name="ACLED", format="acled", credit="Ours")
    datasets.save(card)
    for name in (None, "acled", " ACLED "):
        options = ImportOptions(name, licence="Another", credit="Another")
        assert target_dataset(datasets, "a.csv", options, ACLED_DELETED, {}) == card


def _csv(folder: Path) -> Path:
    header = "Deleted_Timestamp,EVENT_ID_NO_CNTY,Event_Id_Cnty"
    return write_list(folder / "a.csv", f"{DELETED},1,SYR1", f"{DELETED},7,SYR7", header=header)


def _json(folder: Path) -> Path:
    deleted = [
        {"event_id_cnty": "SYR1", "deleted_timestamp": int(DELETED)},
        {"event_id_cnty": "SYR7", "deleted_timestamp": DELETED},
    ]
    answer = {"status": 200, "success": True, "last_update": 1, "count": 2, "data": deleted}
    path = folder / "a.json"
    path.write_text(json.dumps(answer), encoding="utf-8")
    return path


def _workbook(folder: Path) -> Path:
    deleted = [
        {"event_id_cnty": event_id, "deleted_timestamp": int(DELETED)}
        for event_id in ("SYR1", "SYR7")
    ]
    return make.workbook(folder / "a.xlsx", deleted)


@pytest.mark.usefixtures("imported")
@pytest.mark.parametrize("write", [_csv, _json, _workbook])
def test_a_list_deletes_events_of_the_dataset(importer, datasets, tmp_path: Path, write):
    path = write(tmp_path)
    before = datasets.get("acled")
    *_, checked = importer.read(path, ImportOptions(), dry_run=True)
    assert (datasets.get("acled"), len(ids(datasets))) == (before, 2)
    done = read(importer, path)
    assert done.written == checked.written
    assert (done.written.deleted, done.written.not_in_dataset) == (1, 1)
    assert (done.rows, done.good, done.understood) == (2, 2, True)
    assert ids(datasets) == {"acled:SYR2"}
    assert datasets.get("acled").events == 1
    older = read(importer, tmp_path / "events.csv")
    assert (older.written.unchanged, older.written.deleted_before) == (1, 1)
    newer = [EVENTS[0] | {"timestamp": "1612500000"}]
    assert read(importer, make.write(tmp_path / "new.csv", newer)).written.restored == 1
    assert ids(datasets) == {"acled:SYR1", "acled:SYR2"}


@pytest.mark.usefixtures("imported")
def test_rows_without_an_id_or_a_time_are_faults(importer, datasets, tmp_path: Path):
    lines = [f",{DELETED}", "SYR1,", "SYR1,2021", "SYR1,1.6124E+09", "SYR1,1612400000000",
             "SYR1,20210204", f"SYR2,{DELETED}.0"]  # fmt: skip
    done = read(importer, write_list(tmp_path / "a.csv", *lines))
    assert (done.rows, done.good, done.faults.total, done.understood) == (7, 1, 6, False)
    assert done.faults.counts["event_id_cnty", "the id of an event"] == 1
    assert done.faults.first[1].found == "nothing"
    assert ids(datasets) == {"acled:SYR1"}
    assert any("5 × deleted_timestamp: expected" in line for line in fault_lines(done))


@pytest.mark.usefixtures("imported")
def test_a_time_may_be_a_date_with_a_time(importer, datasets, tmp_path: Path):
    done = read(importer, write_list(tmp_path / "a.csv", "SYR1,2021-02-03 09:47:58"))
    assert done.written.deleted == 1
    (fault,) = read(importer, write_list(tmp_path / "b.csv", "SYR2,2021-13-03 00:00:00",
                                         f"SYR9,{DELETED}")).faults.first  # fmt: skip
    assert fault.field == "deleted_timestamp"


def test_a_list_without_its_dataset_is_refused(importer, datasets, tmp_path: Path):
    path = write_list(tmp_path / "a.csv", f"SYR1,{DELETED}")
    with pytest.raises(TableError, match=r"expected a dataset of ACLED.*import its events first"):
        read(importer, path)
    assert list(datasets) == []
    for name in ("Syria", "Iraq"):
        read(importer, make.write(tmp_path / "events.csv", EVENTS), name=name)
    with pytest.raises(TableError, match="found Syria, Iraq: name one of these"):
        read(importer, path)
    assert read(importer, path, name="iraq").written.deleted == 1
    assert [card.events for card in datasets] == [2, 1]
    # The events of the second dataset have its name before the ids that the first has too.
    assert ids(datasets) == {"acled:SYR1", "acled:SYR2", "iraq:acled:SYR2"}
    older = read(importer, tmp_path / "events.csv", name="Iraq")
    assert (older.written.unchanged, older.written.deleted_before) == (1, 1)
    read(importer, make.write(tmp_path / "own.csv", [{"lat": "1", "lon": "2"}]), name="Own")
    with pytest.raises(TableError, match="'Own' to delete events from"):
        read(importer, path, name="Own")


@pytest.mark.usefixtures("imported")
def test_the_lines_say_what_is_deleted(importer, tmp_path: Path):
    header = f"{HEADER},event_id_no_cnty"
    path = write_list(tmp_path / "a.csv", f"SYR1,{DELETED},1", header=header)
    *_, done = importer.read(path, ImportOptions(), dry_run=True)
    out = "\n".join(result_lines("a.csv", done, dry_run=True))
    assert "a.csv: a list of deletions, 1 rows: 1 taken; 0 left out" in out
    assert "nothing is changed; an import would give into acled: 1 deleted, 0 not in the" in out
    assert "1 event is deleted (acled:SYR1)" in out
    assert "event_id_no_cnty -> not used: 1" in out


def test_the_command_deletes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("EVENT_MAP_WORKSPACE", str(tmp_path / "w.sqlite"))
    events = str(make.write(tmp_path / "events.csv", EVENTS))
    deletions = str(write_list(tmp_path / "a.csv", f"SYR1,{DELETED}", f"SYR7,{DELETED}"))
    assert command.main([deletions]) == 2
    assert "a.csv: expected a dataset of ACLED" in capsys.readouterr().err
    assert command.main([events]) == 0
    for arguments in ([deletions, "--dry-run"], [deletions]):
        capsys.readouterr()
        assert command.main(arguments) == 0
        assert "acled: 1 deleted, 1 not in the dataset" in capsys.readouterr().out
    assert command.main([events]) == 0
    assert "1 row is of an event that the source deleted before: left out (acled:SYR1)" in (
        capsys.readouterr().out
    )
    assert command.main([deletions, "--json"]) == 0
    report = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (report["deletions"], report["written"]["not_in_dataset"]) == (True, 2)


def test_a_long_list_is_read_in_several_processes(importer, datasets, tmp_path, monkeypatch):
    from dashboard.datasets import processes

    monkeypatch.setattr(processes, "CHUNK_ROWS", 20)
    monkeypatch.setattr(processes, "_SMALL", 0)
    many = [make.BATTLE | {"event_id_cnty": f"S{at}"} for at in range(90)]
    read(importer, make.write(tmp_path / "events.csv", many))
    lines = [f"S{at},{DELETED}" for at in range(100) if at != 57]
    done = read(importer, write_list(tmp_path / "a.csv", *lines))
    assert (done.written.deleted, done.written.not_in_dataset) == (89, 10)
    assert ids(datasets) == {"acled:S57"}
