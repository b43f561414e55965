"""Rows that are no events: the header again, or in another language; totals with what they count."""

from pathlib import Path

import pytest
import xlsxwriter

from dashboard.datasets.files.header import joined_header
from dashboard.datasets.files.input_file import FileOptions, InputFile
from dashboard.datasets.files.read import read_chunks
from dashboard.model.errors import Fault
from tests.datasets.layouts.reading_layouts import imported, write

HEADER = "id,date,place,lat,lon,type,killed"
ROWS = "1,2021-01-18,A,36.38,38.86,Clash,2\n{}\n2,2021-01-19,B,36.38,38.86,Total blockade,2\n"


def read(path: Path, text: str) -> tuple[list[str], list[Fault]]:
    """The ids of the rows that are taken, and the faults."""
    faults: list[Fault] = []
    file = InputFile(write(path, text), path.name)
    chunks = read_chunks(file, FileOptions(), faults.append)
    return [str(cell) for chunk in chunks for cell in chunk.frame["id"]], faults


@pytest.mark.parametrize(
    "row",
    [
        HEADER,
        ",,,,,Total,2",
        ",,,,,Grand total killed,2",
        "Total incidents: ,,,,,,2",
        "المجموع العام,,,,,,2",
        "Toplam,,,,,,2",
    ],
)
def test_a_row_that_is_no_event_is_left_out_and_listed(row: str, tmp_path: Path):
    ids, faults = read(tmp_path / "a.csv", f"{HEADER}\n{ROWS.format(row)}")
    assert ids == ["1", "2"]
    assert [fault.row for fault in faults] == [3]


def test_a_row_with_more_than_a_label_and_counts_is_an_event(tmp_path: Path):
    row = "3,2021-01-19,Total,36.38,38.86,Killed,2"
    assert read(tmp_path / "a.csv", f"{HEADER}\n{ROWS.format(row)}") == (["1", "3", "2"], [])


def test_a_second_header_in_another_language_is_no_event(tmp_path: Path):
    second = "رقم,التاريخ,المكان,خط العرض,خط الطول,النوع,القتلى"
    ids, faults = read(tmp_path / "a.csv", f"{HEADER}\n{second}\n{ROWS.format('')}")
    assert ids == ["1", "2"]
    assert [fault.row for fault in faults] == [2]
    # Below the first row it may be an event.
    words = "3,,Site,,,Killed,"
    assert read(tmp_path / "b.csv", f"{HEADER}\n{words}\n{ROWS.format('')}")[0] == ["3", "1", "2"]


def test_an_unknown_actor_is_no_actor(importer, datasets, tmp_path: Path):
    text = (
        "id,date,lat,lon,perpetrator,source\n1,2021-01-18,36.38,38.86,Unknown,No information\n"
        "2,2021-01-18,36.38,38.86,Made-up Front; unknown,مجهول\n"
    )
    _progress, events = imported(importer, datasets, write(tmp_path / "a.csv", text))
    assert [event.actors for event in events.values()] == [{}, {"initiator": ["Made-up Front"]}]
    assert [list(event.outlets) for event in events.values()] == [["a"], ["a"]]


GROUPS = [
    ["No", "Date", "Type", "Location", None, "Casualties", None],
    [None, None, None, "Lat", "Lon", "Killed", "Injured"],
    [1, "2021-01-18", "Clash", 36.38, 38.86, 2, 3],
    [None, None, "Shelling", 36.39, 38.87, 0, 1],
]


@pytest.mark.parametrize("title", [[], ["Made-up list"]])
def test_merged_cells_hold_for_all_their_rows(title: list[str], tmp_path: Path):
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet()
    above = len(title)
    for at, row in enumerate([title, *GROUPS] if title else GROUPS):
        sheet.write_row(at, 0, row)
    for column in range(3):
        sheet.merge_range(above, column, above + 1, column, GROUPS[0][column])
    sheet.merge_range(above, 3, above, 4, "Location")
    sheet.merge_range(above, 5, above, 6, "Casualties")
    sheet.merge_range(above + 2, 1, above + 3, 1, "2021-01-18")
    book.close()
    faults: list[Fault] = []
    file = InputFile(tmp_path / "a.xlsx", "a.xlsx")
    (chunk,) = read_chunks(file, FileOptions(), faults.append)
    assert list(chunk.frame) == ["No", "Date", "Type", "Lat", "Lon", "Killed", "Injured"]
    assert list(chunk.frame["Date"]) == ["2021-01-18"] * 2
    assert list(chunk.frame["No"]) == [1, ""]
    assert faults == []


def test_a_second_row_names_the_columns_of_groups_alone(tmp_path: Path):
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["No", "Date", "Coordinates", None, "Type"])
    sheet.write_row(1, 2, ["Lat", "Lon"])
    sheet.write_row(2, 0, [1, "2021-01-18", 36.38, 38.86, "Clash"])
    book.close()
    file = InputFile(tmp_path / "a.xlsx", "a.xlsx")
    (chunk,) = read_chunks(file, FileOptions(), [].append)
    assert list(chunk.frame) == ["No", "Date", "Lat", "Lon", "Type"]
    assert list(chunk.numbers) == [3]


@pytest.mark.parametrize(
    ("header", "below"),
    [
        (["No", "Date", "Lat", "Lon"], [1, "", 36.38, 38.86]),
        (["No", "Date", "Lat", "Lon", "Type"], ["", "", "", "", "Clash"]),
        (["No", "Date", "Place", ""], ["", "", "Village", "Shelling"]),
        (["Date", "Lat", "Lon"], ["Datum", "Breite", "Länge"]),
    ],
)
def test_a_row_of_values_is_no_second_header(header: list[str], below: list[object]):
    assert joined_header(header, below) is None
