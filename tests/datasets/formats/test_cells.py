"""Cells of custom tables: days that are asked about, ids that were cut, kinds by code, areas alone."""

from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.datasets.formats.answers import Answers, DateCells, DateNumbers
from dashboard.datasets.formats.column_mapping import ColumnMapping
from dashboard.datasets.formats.crosswalk import Crosswalk
from dashboard.datasets.formats.custom import custom_rows
from dashboard.datasets.formats.date_cells import read_days
from dashboard.datasets.formats.days import DateOrder
from dashboard.datasets.formats.ids import are_rounded, row_ids
from dashboard.datasets.formats.kind_codes import CAMEO, kinds_of
from dashboard.datasets.formats.place_levels import level_precisions
from dashboard.datasets.formats.points import read_points
from dashboard.datasets.formats.sheet import CellOptions, Sheet
from dashboard.datasets.formats.swapped_points import without_swapped
from dashboard.model.errors import Fault

DAY = date(2021, 1, 18)


def _sheet(
    columns: dict[str, list[object]], options: CellOptions | None = None
) -> tuple[Sheet, list[Fault]]:
    faults: list[Fault] = []
    frame = pd.DataFrame({name: np.array(cells, dtype=object) for name, cells in columns.items()})
    return Sheet("a.csv", frame, np.arange(2, len(frame) + 2), faults.append, options), faults


def _days(cells: list[object], **options: object) -> tuple[list, list[str], list[Fault]]:
    sheet, faults = _sheet({"date": cells}, CellOptions(**options))  # type: ignore[arg-type]
    return read_days(sheet, "date"), [str(notice.kind) for notice in sheet.notices()], faults


@pytest.mark.parametrize(
    ("number", "answer"),
    [
        ("44214", DateNumbers.SPREADSHEET_1900),
        ("42752", DateNumbers.SPREADSHEET_1904),
        ("1610928000", DateNumbers.UNIX_SECONDS),
        ("1610928000000", DateNumbers.UNIX_MILLISECONDS),
    ],
)
def test_a_number_is_a_day_on_asking_alone(number: str, answer: DateNumbers):
    assert _days([number]) == ([None], ["number_as_date"], [])
    answers = Answers(date_numbers=answer)
    assert _days([number], answers=answers) == ([(DAY, DAY)], [], [])


def test_of_an_unclear_order_only_the_clear_days_are_read():
    read, notices, faults = _days(["18/01/2021", "01/18/2021", "02/01/2021", "05/05/2021", "soon"])
    may = date(2021, 5, 5)
    assert read == [(DAY, DAY), (DAY, DAY), None, (may, may), None]
    assert notices == ["unclear_date_order"]
    assert [(fault.row, fault.found) for fault in faults] == [(6, "'soon'")]


def test_the_date_that_a_program_shows_for_none_is_none():
    cells: list[object] = ["1900-01-00", "1899-12-30", datetime(1899, 12, 31)]  # noqa: DTZ001
    read, _notices, faults = _days(cells)
    assert read == [None] * 3
    assert len(faults) == 3


def test_date_cells_beside_text_are_asked_about():
    cells: list[object] = ["18/01/2021", datetime(2021, 5, 1), datetime(2021, 1, 18)]  # noqa: DTZ001
    order = DateOrder.DAY_FIRST
    read, notices, _faults = _days(cells, date_order=order)
    assert read == [(DAY, DAY), None, (DAY, DAY)]
    assert notices == ["date_cell"]
    for answer, day in (
        (DateCells.RIGHT, date(2021, 5, 1)),
        (DateCells.SWAPPED, date(2021, 1, 5)),
    ):
        answers = Answers(date_cells=answer)
        assert _days(cells, date_order=order, answers=answers)[0][1] == (day, day)


@given(st.lists(st.text(max_size=30), min_size=1, max_size=8), st.sampled_from([None, *DateOrder]))
def test_any_text_is_a_day_or_is_reported(texts: list[str], order: DateOrder | None):
    read, _notices, faults = _days(list(texts), date_order=order)
    assert len(read) == len(texts)
    assert all(read[fault.row - 2] is None for fault in faults)


def test_ids_that_a_spreadsheet_cut_are_none():
    sheet, _faults = _sheet({"id": ["182891173641581479", "1.82891E+17", "", "7", 1.82891e17]})
    ids = row_ids(sheet, "id")
    assert [text in ("182891173641581479", "7") for text in ids] == [
        True,
        False,
        False,
        True,
        False,
    ]
    assert ids.is_unique
    assert [notice.count for notice in sheet.notices()] == [1, 1]
    assert are_rounded(pd.Series(["182891173641581000", "7"]))
    assert not are_rounded(pd.Series(["182891173641581000", "182891173641581479"]))


def test_a_last_day_that_is_not_read_is_no_sharper_than_it_was():
    columns = {"date": ["2021-01-18"] * 4, "until": ["soon", "", "2021-01-20", "ongoing"]}
    sheet, faults = _sheet(columns | {"lat": ["36"] * 4, "lon": ["38"] * 4})
    roles = {"date": "date", "date_end": "until", "lat": "lat", "lon": "lon"}
    codes = Crosswalk({}, {}, {}, {}, "unknown")
    rows = custom_rows(sheet, ColumnMapping(name="x", columns=roles), codes)
    assert list(rows["date_precision"]) == ["open", "day", "week", "open"]
    assert [fault.field for fault in faults] == ["until"]


def test_a_column_of_codes_gives_kinds_by_its_scale():
    codes = Crosswalk({(CAMEO, "19"): "clash", ("shelling", ""): "shelling"}, {}, {}, {}, "unknown")
    sheet, _faults = _sheet({"CAMEO Code": ["190", "013"], "type": ["Shelling", "Zorgle"]})
    assert kinds_of(sheet, "CAMEO Code", codes)[0] == "clash"
    assert list(kinds_of(sheet, "type", codes).isna()) == [False, True]


def test_a_row_that_names_an_area_alone_is_as_wide_as_the_area():
    sheet, _faults = _sheet({"place": ["Ain Issa", ""], "admin1": ["Raqqa", "Raqqa"]})
    mapping = ColumnMapping(name="x", columns={"place": "place", "admin1": "admin1"})
    named, alone = level_precisions(sheet, mapping)
    assert (bool(named), alone) == (False, "governorate")


def test_a_cell_that_is_not_used_stays_among_those_of_the_source():
    sheet, faults = _sheet({"lat": ["95"], "lon": ["38"], "killed": ["many"], "id": ["1"]})
    roles = {"lat": "lat", "lon": "lon", "killed": "killed", "event_id": "id"}
    codes = Crosswalk({}, {}, {}, {}, "unknown")
    (row,) = custom_rows(sheet, ColumnMapping(name="x", columns=roles), codes).to_dict("records")
    assert row["source_columns"] == '{"killed":"many","lat":"95"}'
    assert {fault.field for fault in faults} == {"lat", "killed"}
    assert row["kind"] == "unknown"


def test_without_names_of_places_no_point_is_swapped():
    sheet, _faults = _sheet({"place": ["Ain Issa"], "lat": ["38.86"], "lon": ["36.38"]})
    columns = {"place": "place", "lat": "lat", "lon": "lon"}
    points = read_points(sheet, columns)
    assert without_swapped(sheet, columns, points, None) is points
    assert [notice.kind for notice in sheet.notices()] == []
