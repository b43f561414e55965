"""The table of the precisions of dates: complete, in order, sourced, and as the codebook shows it."""

import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from dashboard.dates.precision import acled_time_codes, date_precisions, interval_precision
from dashboard.model.errors import DataError
from dashboard.model.rows import load_complete
from dashboard.model.when import DatePrecision
from dashboard.settings import DATA

CODEBOOK = Path(__file__).resolve().parents[2] / "docs" / "codebook.md"
FILE = DATA / "lexicon" / "date_precision.csv"


def test_every_precision_has_its_bound_and_source_and_they_are_in_order():
    meanings = date_precisions()
    assert list(meanings) == list(DatePrecision)
    bounds = [row.most_days for row in meanings.values()]
    assert bounds[-1] is None
    assert all(finer < coarser for finer, coarser in pairwise(bounds[:-1]))
    assert all("ACLED" in row.source and "UCDP" in row.source for row in meanings.values())
    # Each of ACLED's codes has one meaning, so that imports can be decoded.
    assert sorted(acled_time_codes().values()) == [1, 2, 3]
    assert {code for row in meanings.values() for code in row.ucdp_date_prec} == set("12345")


@pytest.mark.parametrize(
    ("days", "expected"),
    [(1, "day"), (2, "week"), (7, "week"), (8, "month"), (31, "month"), (32, "year"),
     (366, "year"), (367, "open")],
)  # fmt: skip
def test_an_interval_has_the_finest_precision_of_its_length(days: int, expected: str):
    start = date(2020, 1, 1)
    assert interval_precision(start, start + timedelta(days=days - 1)) == expected
    assert interval_precision(None, start) is DatePrecision.OPEN
    assert interval_precision(start, None) is DatePrecision.OPEN


def test_the_codebook_shows_the_table():
    section = CODEBOOK.read_text(encoding="utf-8").partition("### Date\n")[2]
    for precision, row in date_precisions().items():
        line = next(li for li in section.splitlines() if li.startswith(f"| {precision} | "))
        acled, ucdp = line.strip("| ").split(" | ")[1:]
        assert re.findall(r"\d", acled) == [str(row.acled_time_precision or "")] * bool(
            row.acled_time_precision
        )
        assert tuple(re.findall(r"\d", ucdp)) == row.ucdp_date_prec


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("week,7,", "week,seven,", "row 3, most_days: expected a whole number, found 'seven'"),
        ("week,7,", "decade,7,", "row 3, precision: expected one of day, week, month, year, open"),
        ("week,7,", "day,7,", "row 3, precision: expected a value not used before, found 'day'"),
        ("open,", "#", "row 6: expected 5 cells, found 4"),
    ],
)
def test_a_damaged_row_is_named(tmp_path: Path, old: str, new: str, place: str):
    path = tmp_path / "date_precision.csv"
    path.write_text(FILE.read_text(encoding="utf-8").replace(f"\n{old}", f"\n{new}"), "utf-8")
    with pytest.raises(DataError) as raised:
        load_complete(path, type(date_precisions()[DatePrecision.DAY]), "precision", DatePrecision)
    assert f"date_precision.csv, {place}" in str(raised.value)


def test_a_missing_precision_is_named(tmp_path: Path):
    path = tmp_path / "date_precision.csv"
    lines = FILE.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("month,")), "utf-8")
    with pytest.raises(DataError, match="precision: expected a row each, found none of month"):
        load_complete(path, type(date_precisions()[DatePrecision.DAY]), "precision", DatePrecision)
