"""The parsers of ACLED, UCDP GED and GDELT, by chunk: values, faults by row, and the kinds' table."""

from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import msgspec
import numpy as np
import pandas as pd
import pytest

from dashboard.datasets.build.places import PlaceTableBuilder
from dashboard.datasets.build.rows import KnownIds, RowSource
from dashboard.datasets.files.errors import TableError, UnclearError
from dashboard.datasets.files.input_file import FileOptions, InputFile
from dashboard.datasets.formats import acled, gdelt, ucdp
from dashboard.datasets.formats.crosswalk import Crosswalk, load_crosswalks
from dashboard.datasets.formats.event_rows import date_columns, split_names
from dashboard.datasets.formats.registry import CUSTOM, FORMATS, recognise_format
from dashboard.datasets.formats.sheet import FaultLog, Sheet, cell_text, join_columns
from dashboard.datasets.formats.terms import format_terms
from dashboard.datasets.options import ReadOptions
from dashboard.datasets.reader import ChunkReader
from dashboard.datasets.worker import parse_share, sample
from dashboard.datasets.worker_messages import Faulty, Refused, Sample, Unclear
from dashboard.model.corpus import Corpus
from dashboard.model.errors import Fault
from dashboard.model.event_tables import BASE_SCHEMAS
from dashboard.settings import Settings
from tests.datasets.formats import make

NONE_KNOWN = KnownIds({}, {}, {}, {})


@pytest.fixture(scope="module")
def codes(settings: Settings, corpus: Corpus) -> dict[str, Crosswalk]:
    return load_crosswalks(settings.lexicon, [*FORMATS, CUSTOM], corpus.lexicon.kinds)


@pytest.fixture
def chunk_reader(tmp_path: Path, codes: dict[str, Crosswalk]) -> ChunkReader:
    for name in BASE_SCHEMAS:
        (tmp_path / "staged" / name).mkdir(parents=True)
    options = ReadOptions(None)
    source = RowSource("acled", 1, "ACLED")
    return ChunkReader(
        "a.csv", tmp_path / "staged", source, "acled", codes["acled"], options, NONE_KNOWN
    )


def _sheet(rows: list[Mapping[str, str]], faults: list[Fault]) -> Sheet:
    return Sheet("a.csv", pd.DataFrame(rows), np.arange(2, len(rows) + 2), faults.append)


def _read(
    module: ModuleType, codes: dict[str, Crosswalk], rows: list, faults: list[Fault]
) -> pd.DataFrame:
    """The event rows that the parser of a format makes."""
    name = recognise_format(list(rows[0]))
    assert FORMATS[name].required == module.REQUIRED
    return FORMATS[name].read(_sheet(rows, faults), codes[name])


@pytest.mark.parametrize(
    ("module", "row", "kind", "id_"),
    [
        (acled, make.BATTLE, "clash", "SYR1"),
        (acled, make.SHELLING, "shelling", "SYR2"),
        (ucdp, make.GED, "attack_on_civilians", "900001"),
        (gdelt, make.CAMEO, "shelling", "1000001"),
    ],
)
def test_a_row_of_a_known_format_becomes_an_event(
    codes: dict[str, Crosswalk], module: ModuleType, row: Mapping[str, str], kind: str, id_: str
):
    faults: list[Fault] = []
    (event,) = _read(module, codes, [row], faults).to_dict("records")
    assert faults == []
    assert event["kind"] == kind
    assert str(event["event_id"]).endswith(id_)
    assert (event["lat"], event["lon"]) == (
        pytest.approx(36.38, abs=0.01),
        pytest.approx(38.86, abs=0.01),
    )


@pytest.mark.parametrize(
    ("module", "row", "column", "value"),
    [
        (acled, make.BATTLE, "geo_precision", "9"),
        (acled, make.BATTLE, "event_date", "31 February 2021"),
        (ucdp, make.GED, "latitude", "96"),
        (gdelt, make.CAMEO, "SQLDATE", "20211301"),
    ],
)
def test_a_bad_cell_is_reported_and_its_row_taken(
    codes: dict[str, Crosswalk],
    module: ModuleType,
    row: Mapping[str, str],
    column: str,
    value: str,
):
    faults: list[Fault] = []
    good = _read(module, codes, [row, {**row, column: value}, row], faults)
    assert len(good) == 3
    assert {fault.row for fault in faults} == {3}
    assert any(value in fault.found for fault in faults)


@pytest.mark.parametrize("code", ["9", ""])
def test_a_precision_of_a_date_that_is_not_known_is_the_widest(
    codes: dict[str, Crosswalk], code: str
):
    row = {**make.BATTLE, "time_precision": code}
    (event,) = _read(acled, codes, [row], []).to_dict("records")
    assert event["date_precision"] == "month"


@pytest.mark.parametrize(
    ("module", "row"),
    [(acled, make.BATTLE), (ucdp, make.GED), (gdelt, make.CAMEO)],
    ids=lambda part: getattr(part, "__name__", ""),
)
def test_a_format_is_recognised_by_its_columns(module, row: Mapping[str, str]):
    name = recognise_format(list(row))
    assert FORMATS[name].required == module.REQUIRED
    assert recognise_format([column for column in row if column != module.REQUIRED[0]]) != name
    assert recognise_format(["a", "b"]) == CUSTOM
    assert format_terms()[name].licence
    assert format_terms()[name].credit


def test_a_code_leads_to_the_kind_of_its_longest_prefix():
    kinds = {("Battles", "Armed clash"): "clash", ("19", ""): "clash", ("194", ""): "shelling"}
    crosswalk = Crosswalk(kinds, {}, {}, {}, "unknown")
    assert crosswalk.kind_by_prefix("1945") == "shelling"
    assert crosswalk.kind_by_prefix("195") == "clash"
    assert crosswalk.kind_by_prefix("2") is None
    assert crosswalk.kind_of("Battles", "Armed clash") == "clash"
    assert crosswalk.kind_of("Battles", "none") is None


def test_names_between_semicolons_are_parted_once():
    assert split_names("SOHR; Made-up News;SOHR; ") == split_names("SOHR;Made-up News")
    assert split_names(None) == split_names(float("nan")) == ""


def test_the_precision_of_a_day_is_its_length():
    day = pd.Timestamp("2021-01-18").date()
    columns = date_columns(pd.Series([day]), pd.Series([day]))
    assert list(columns["date_precision"]) == ["day"]


@pytest.mark.parametrize(
    ("cell", "text"), [(3.0, "3"), (3.5, "3.5"), (" a ", "a"), (None, ""), (float("nan"), "")]
)
def test_cells_are_read_as_text(cell: object, text: str):
    assert cell_text(cell) == text


def test_blank_cells_are_not_joined():
    joined = join_columns(pd.Series(["a", ""]), pd.Series(["b", "c"]), separator=", ")
    assert list(joined) == ["a, b", "c"]


def test_faults_are_counted_and_written_defused(tmp_path: Path):
    log = FaultLog(tmp_path / "deep" / "faults.csv")
    log(Fault("a.csv", 2, "lat", "a number", "=HYPERLINK()"))
    log(Fault("a.csv", 3, "lat", "a number", "x"), row_taken=True)
    log.close()
    assert log.total == 1
    assert log.counts["lat", "a number"] == log.unread["lat", "a number"] == 1
    written = (tmp_path / "deep" / "faults.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(written) == 3
    assert ",=HYPERLINK" not in written[1]
    assert written[1].endswith(",row left out")
    assert written[2].endswith(",row imported without this cell")


def test_the_first_values_that_are_not_understood_are_named(tmp_path: Path):
    log = FaultLog(tmp_path / "faults.csv")
    for number in (*range(4), 0):
        log(Fault("a.csv", number, "lat", "a number", f"x{number}"), row_taken=True)
    assert log.examples["lat", "a number"] == ["x0", "x1", "x2", "x3"]
    for number in range(9):
        log(Fault("a.csv", number, "lat", "a number", f"x{number}"), row_taken=True)
    assert log.examples["lat", "a number"] == ["x0", "x1", "x2", "x3", "x4", "…"]
    log.close()


def test_rows_at_one_place_share_it_and_its_areas(codes: dict[str, Crosswalk]):
    rows = _read(acled, codes, [make.BATTLE, make.BATTLE, make.SHELLING], [])
    builder = PlaceTableBuilder(rows, NONE_KNOWN, "a")
    assert builder.codes[0] == builder.codes[1] != builder.codes[2]
    assert len(builder.ids) == 2
    table = builder.table.to_pandas()
    assert table["place_id"].is_unique
    assert {"Syria", "Ar Raqqa", "Tell Abiad"} <= set(table["name_en"])
    within = pd.DataFrame(builder.containment(np.array([7, 8, 9])))
    assert set(within["event"]) == {7, 8, 9}
    assert set(within["place"]) <= set(table["place_id"])
    of_row = [builder.ids[builder.codes[row]].as_py() for row in range(3)]
    assert within.groupby("event")["place"].first().tolist() == of_row


def test_the_first_rows_are_one_message(tmp_path: Path):
    path = make.write(tmp_path / "a.csv", [make.BATTLE, make.SHELLING])
    (message,) = sample(InputFile(path, "a.csv"), FileOptions(), 1)
    assert isinstance(message, Sample)
    assert message.columns == tuple(make.BATTLE)
    assert [row[0] for row in message.rows] == ["SYR1"]
    (refused,) = sample(InputFile(path, "a.exe"), FileOptions(), 1)
    assert isinstance(refused, Refused)
    assert isinstance(refused.error(), TableError)


def test_messages_survive_their_encoding():
    unclear = Unclear("encoding", ("utf-8", "cp1256"), "it may be either")
    assert isinstance(unclear.error(), UnclearError)
    for message in (unclear, Faulty((Fault("a", 1, "b", "c", "d"),)), Refused("damaged")):
        content = msgspec.msgpack.encode(message)
        assert msgspec.msgpack.decode(content, type=type(message)) == message


@pytest.mark.parametrize(("share", "expected"), [((0, 1), 2), ((0, 2), 1), ((1, 2), 1)])
def test_processes_share_the_chunks_of_a_file(
    tmp_path: Path, chunk_reader: ChunkReader, share: tuple[int, int], expected: int
):
    path = make.write(tmp_path / "a.csv", [make.BATTLE, make.SHELLING])
    messages = list(parse_share(chunk_reader, InputFile(path, "a.csv"), FileOptions(), 0, share, 1))
    results = [message.result for message in messages if hasattr(message, "result")]
    assert sum(result.good for result in results) == expected
    assert all(result.staged > 0 for result in results)
    assert list(chunk_reader.staged.rglob("*.parquet"))
