"""Delimited text as people and publishers give it: titles, notes, blank ends of rows, no header."""

import io
from datetime import date
from pathlib import Path

import pytest

from dashboard.datasets.files.delimited_rows import TableRows
from dashboard.datasets.files.errors import TableError
from dashboard.datasets.files.headerless import columns_without_header
from dashboard.datasets.files.input_file import FileOptions, InputFile
from dashboard.datasets.files.read import read_chunks
from dashboard.datasets.formats.codebook_columns import GDELT_1, UCDP_GED
from dashboard.datasets.run import Importer
from dashboard.engine.datasets import Datasets
from dashboard.model.errors import Fault
from tests.datasets.formats import make
from tests.datasets.reading import read, rows

HEADER = "code,date,lat,lon,label,notes"


def table(path: Path, text: str, **options: object) -> tuple[dict[int, dict], list[Fault]]:
    """The rows of a file by their numbers, and its faults."""
    path.write_text(text, encoding="utf-8")
    faults: list[Fault] = []
    found = {}
    for chunk in read_chunks(
        InputFile(path, path.name),
        FileOptions(**options),  # type: ignore[arg-type]
        faults.append,
    ):
        found |= zip(chunk.numbers.tolist(), chunk.frame.to_dict("records"), strict=True)
    return found, faults


@pytest.mark.parametrize("ending", ["tab", "tsv"])
def test_a_file_with_tabs_may_have_commas_in_its_texts(tmp_path: Path, ending: str):
    text = "Case\tEvent Date\tParty\tLatitude\tLongitude\n7\t2020-03-02\tA, B, C\t35.5\t39.5\n"
    found, faults = table(tmp_path / f"a.{ending}", text)
    assert found[2]["Party"] == "A, B, C"
    assert found[2]["Latitude"] == "35.5"
    assert faults == []


def test_blank_cells_beyond_the_header_are_left_out_and_texts_are_faults(tmp_path: Path):
    text = f"{HEADER}\na,2020-03-02,35.5,39.5,x,y,\nb,2020-03-02,35.5,39.5,x,y, ,,\n"
    found, faults = table(tmp_path / "a.csv", text + "c,2020-03-02,35.5,39.5,x,y,more\n")
    assert list(found) == [2, 3]
    assert list(found[2]) == HEADER.split(",")
    assert [(fault.row, fault.found) for fault in faults] == [(4, "7 cells")]


def test_missing_cells_at_the_end_are_blank_and_reported_once(tmp_path: Path):
    text = (
        f"{HEADER}\na,2020-03-02,35.5,39.5\nb,2020-03-03,35.6,39.6,x\nc,2020-03-04,35.7,39.7,x,y\n"
    )
    found, faults = table(tmp_path / "a.csv", text)
    assert [row["lat"] for row in found.values()] == ["35.5", "35.6", "35.7"]
    assert (found[2]["label"], found[2]["notes"], found[3]["notes"]) == ("", "", "")
    assert [(fault.row, str(fault.expected)) for fault in faults] == [(2, "6 cells")]


@pytest.mark.parametrize("line", ["sep=;\n", "SEP=;\r\n", '"sep=;"\n'])
def test_a_first_line_may_name_the_delimiter(tmp_path: Path, line: str):
    text = f"{line}code;date;lat;lon\na;2020-03-02;35,5;39,5\n"
    found, faults = table(tmp_path / "a.csv", text)
    assert found == {3: {"code": "a", "date": "2020-03-02", "lat": "35,5", "lon": "39,5"}}
    assert faults == []


@pytest.mark.parametrize(
    "note",
    ['"Source: invented, 2020"', "* provisional", "ملاحظة: أرقام أولية,,,,,", "Total:,,,,,12"],
)
def test_a_note_below_the_rows_is_no_event(tmp_path: Path, note: str):
    found, faults = table(tmp_path / "a.csv", f"{HEADER}\na,2020-03-02,35.5,39.5,x,y\n{note}\n")
    assert list(found) == [2]
    assert [(fault.row, str(fault.expected)) for fault in faults] == [(3, "an event")]


@pytest.mark.parametrize("row", ["POINT (39.5 35.5),,", "a,2020-03-02,", "a,,12", "12,,"])
def test_a_row_with_a_place_or_a_day_is_no_note(tmp_path: Path, row: str):
    found, faults = table(tmp_path / "a.csv", f"where,date,killed\nx,2020-03-01,1\n{row}\n")
    assert list(found) == [2, 3]
    assert faults == []


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("Incidents\n", 2),
        ("Incidents of March, April\n\n", 3),
        ("Incidents,,,,,\nBy: us,,,,,\n", 3),
    ],
)
def test_the_header_is_found_below_a_title(tmp_path: Path, title: str, number: int):
    text = f"{title}{HEADER}\na,2020-03-02,35.5,39.5,x,y\nb,2020-03-02,35.5,39.5,,\n"
    found, faults = table(tmp_path / "a.csv", text)
    assert {at: row["code"] for at, row in found.items()} == {number + 1: "a", number + 2: "b"}
    assert faults == []


def test_the_row_of_the_header_can_be_chosen(tmp_path: Path):
    text = "one,two,three\ncode,lat,lon\na,35.5,39.5\n"
    assert table(tmp_path / "a.csv", text, header_row=2)[0] == {
        3: {"code": "a", "lat": "35.5", "lon": "39.5"}
    }
    without = table(tmp_path / "a.csv", "a,35.5,39.5\n", header_row=0)[0]
    assert without == {1: {"column 1": "a", "column 2": "35.5", "column 3": "39.5"}}
    with pytest.raises(TableError, match="row 9"):
        table(tmp_path / "a.csv", text, header_row=9)


GED_ROW = dict.fromkeys(UCDP_GED, "") | {
    "id": "70001", "relid": "INV-1", "year": "2020", "code_status": "Clear",
    "type_of_violence": "3", "side_a": "Made-up Army", "side_b": "Civilians", "where_prec": "1",
    "where_coordinates": "Made-up village", "latitude": "35.5", "longitude": "39.5",
    "country": "Syria", "date_prec": "1", "date_start": "2020-03-02 00:00:00.000",
    "date_end": "2020-03-03 00:00:00.000", "best": "4", "high": "6", "low": "2",
}  # fmt: skip
GDELT_ROW = dict.fromkeys(GDELT_1, "") | {
    "GLOBALEVENTID": "41", "SQLDATE": "20120302", "MonthYear": "201203", "EventCode": "190",
    "Actor1Name": "ONE", "ActionGeo_Type": "4", "ActionGeo_FullName": "Made-up, Raqqa, Syria",
    "ActionGeo_Lat": "35.5", "ActionGeo_Long": "39.5", "DATEADDED": "20120302",
}  # fmt: skip


@pytest.mark.parametrize("header", [True, False])
def test_ged_is_known_without_its_header(
    importer: Importer, datasets: Datasets, tmp_path: Path, header: bool
):
    path = make.write(tmp_path / "a.csv", [GED_ROW, GED_ROW | {"id": "70002"}], header=header)
    assert read(importer, path).faults.total == 0
    (first, second) = rows(datasets, "events")
    assert (first["event_id"], second["event_id"]) == ("ucdp:70001", "ucdp:70002")
    assert {row["lat"] for row in rows(datasets, "event_places")} == {35.5}
    assert first["first_day"] == (date(2020, 3, 2) - date(1970, 1, 1)).days


@pytest.mark.parametrize("columns", [58, 57])
def test_gdelt_1_is_known_without_a_header(
    importer: Importer, datasets: Datasets, tmp_path: Path, columns: int
):
    row = dict(list(GDELT_ROW.items())[:columns])
    path = make.write(tmp_path / "a.csv", [row], header=False, delimiter="\t")
    assert read(importer, path).faults.total == 0
    (event,) = rows(datasets, "events")
    assert event["event_id"] == "gdelt:41"
    (place,) = rows(datasets, "event_places")
    assert (place["lat"], place["lon"]) == (35.5, 39.5)


def test_a_table_of_as_many_columns_with_other_cells_is_not_ged(tmp_path: Path):
    path = make.write(tmp_path / "a.csv", [GED_ROW | {"type_of_violence": "9"}] * 2, header=False)
    found, _faults = table(path, path.read_text(encoding="utf-8"))
    assert list(found) == [2]
    assert "70001" in found[2]


def test_only_the_first_line_of_a_row_with_an_open_quote_is_a_fault():
    faults: list[Fault] = []
    text = io.TextIOWrapper(io.BytesIO(b'a,b\n1,"open\n2,good\n3,good\n'), "utf-8", newline="")
    table_rows = TableRows(text, ",", 0, "a.csv", faults.append)
    assert table_rows.header == ["a", "b"]
    assert list(table_rows) == [(3, ["2", "good"]), (4, ["3", "good"])]
    assert [fault.row for fault in faults] == [2]


def test_a_row_of_ged_has_its_columns_and_other_rows_have_none():
    assert columns_without_header(list(GED_ROW.values())) == list(UCDP_GED)
    assert columns_without_header(list((GED_ROW | {"where_prec": "8"}).values())) is None
    assert columns_without_header(list(GED_ROW.values())[1:]) is None
