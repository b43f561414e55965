"""Figures of imported tables: cells, and the estimates of ACLED, UCDP, GTD and other tables by value."""

import json
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.datasets.formats.column_mapping import ColumnMapping
from dashboard.datasets.formats.estimate_cells import parse_figure
from dashboard.datasets.formats.figure_words import figure_in_words
from dashboard.datasets.formats.guessed_columns import guess_columns
from dashboard.datasets.run import Importer
from dashboard.engine.datasets import Datasets
from dashboard.model.estimate import Measure
from tests.datasets.formats import make
from tests.datasets.reading import read, rows

Row = Mapping[str, str]


@pytest.mark.parametrize(
    ("cell", "bounds"),
    [
        ("7", {"best": 7}),
        ("0", {"best": 0}),
        ("7.0", {"best": 7}),
        ("1,200", {"best": 1200}),
        ("٧", {"best": 7}),
        ("~20", {"best": 20}),
        ("about 20", {"best": 20}),
        ("نحو ٢٠", {"best": 20}),
        ("3-5", {"low": 3, "high": 5}),
        ("3 to 5", {"low": 3, "high": 5}),
        ("10+", {"low": 10}),
        ("at least 10", {"low": 10}),
        ("up to 4", {"high": 4}),
        ("between 3 and 5", {"low": 3, "high": 5}),
        ("بين 3 و5", {"low": 3, "high": 5}),
        ("3 or 4", {"low": 3, "high": 4}),
        ("entre 3 et 5", {"low": 3, "high": 5}),
        ("more than 10", {"low": 10}),
        ("+١٠", {"low": 10}),
        ("أكثر من 10", {"low": 10}),
        ("less than 5", {"high": 5}),
        ("approx. 20", {"best": 20}),
        ("1 200", {"best": 1200}),
        ("", {}),
        ("unknown", {}),
        ("غير معروف", {}),
        ("-99", {}),
        ("five", {"best": 5}),
        ("خمسة عشر", {"best": 15}),
        ("ثلاثة وعشرين", {"best": 23}),
        ("3 مدنيين", {"best": 3}),
        ("قتيلان", {"best": 2}),
        ("a dozen", {"best": 12}),
        ("at least five", {"low": 5}),
        ("five to seven", {"low": 5, "high": 7}),
        ("dozens", {"low": 24}),
        ("عشرات", {"low": 20}),
        ("عشرات القتلى", {"low": 20}),
    ],
)
def test_a_cell_is_read_as_it_says(cell: str, bounds: dict[str, int]):
    assert parse_figure(cell, Measure.KILLED) == bounds


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "many",
            "7.5",
            "-1",
            "5-3",
            "1e3",
            "12,34",
            "3 or 4 or 5",
            "several",
            "99999999999",
            "7²",
        ),
        *(
            "1.000",
            "9" * 400,
            "5?",
            "5 (2)",
            "5 جرحى",
            "عشرات الجرحى",
            "100 families",
            "مدنيان وطفل",
        ),
        *("up to dozens", "5 6", "3 قتلى و5 جرحى", "-خمسة"),
    ],
)
def test_any_other_cell_is_refused_and_no_number_is_guessed(cell: str):
    with pytest.raises(ValueError, match="expected"):
        parse_figure(cell, Measure.KILLED)


def test_words_of_another_measure_give_no_figure():
    assert figure_in_words("عشرات الجرحى", Measure.WOUNDED) == {"low": 20}
    assert figure_in_words("عشرات الجرحى", Measure.KILLED) is None


@given(st.text(max_size=30))
def test_no_text_gives_bounds_in_the_wrong_order(text: str):
    try:
        bounds = list(parse_figure(text, Measure.KILLED).values())
    except ValueError:
        return
    assert bounds == sorted(bounds)


def _table(
    importer: Importer, tmp_path: Path, table: list[Row], mapping: ColumnMapping | None = None
) -> int:
    """Import a table; the number of cells that are not understood."""
    path = make.write(tmp_path / "a.csv", table)
    options = {"mapping": mapping} if mapping else {}
    return read(importer, path, **options).faults.unread.total()


def _figures(datasets: Datasets) -> dict[str, tuple[int | None, ...]]:
    """Low, best and high by event id and measure."""
    ids = {row["event"]: row["event_id"] for row in rows(datasets, "events")}
    return {
        f"{ids[row['event']]} {row['measure']}": tuple(
            None if pd.isna(row[name]) else int(row[name]) for name in ("low", "best", "high")
        )
        for row in rows(datasets, "event_estimates")
    }


def test_fatalities_of_acled(importer: Importer, datasets: Datasets, tmp_path: Path):
    seven = make.SHELLING | {"fatalities": "7"}
    blank = make.BATTLE | {"event_id_cnty": "SYR3", "fatalities": ""}
    assert _table(importer, tmp_path, [make.BATTLE, seven, blank]) == 0
    assert _figures(datasets) == {
        "acled:SYR1 killed": (0, 0, 0),
        "acled:SYR2 killed": (7, 7, 7),
    }
    (estimate,) = json.loads(
        next(r["estimates"] for r in rows(datasets, "events") if r["kind"] == "shelling")
    )
    assert estimate == {
        "measure": "killed", "low": None, "best": 7, "high": None, "counted": "everyone",
        "side": None, "words": "fatalities: 7",
    }  # fmt: skip


def test_deaths_of_ucdp_with_those_of_each_side(
    importer: Importer, datasets: Datasets, tmp_path: Path
):
    deaths = {
        "deaths_a": "1", "deaths_b": "0", "deaths_civilians": "10", "deaths_unknown": "1",
        "best": "12", "low": "9", "high": "15",
    }  # fmt: skip
    assert _table(importer, tmp_path, [make.GED | deaths]) == 0
    assert _figures(datasets) == {"ucdp:900001 killed": (9, 12, 15)}
    (event,) = rows(datasets, "events")
    parts = {
        (part["counted"], part["side"]): part["best"] for part in json.loads(event["estimates"])
    }
    assert parts == {
        ("everyone", None): 12,
        ("combatants", "Government of Syria"): 1,
        ("combatants", "Civilians"): 0,
        ("civilians", None): 10,
        ("unknown", None): 1,
    }


def test_bounds_in_the_wrong_order_are_a_fault(
    importer: Importer, datasets: Datasets, tmp_path: Path
):
    wrong = make.GED | {"best": "3", "low": "9", "high": "15"}
    good = make.GED | {"id": "2", "best": "9", "low": "9", "high": "15"}
    assert _table(importer, tmp_path, [wrong, good]) == 1
    assert _figures(datasets)["ucdp:2 killed"] == (9, 9, 15)


def test_a_table_of_gtd_gives_killed_and_wounded(
    importer: Importer, datasets: Datasets, tmp_path: Path
):
    gtd = {
        "eventid": "202101180001", "date": "2021-01-18", "city": "Ain Issa", "latitude": "36.38",
        "longitude": "38.86", "attacktype1_txt": "Bombing/Explosion", "gname": "Unknown",
        "nkill": "3.0", "nwound": "11", "nkillter": "",
    }  # fmt: skip
    unknown = gtd | {"eventid": "2", "nkill": "", "nwound": "-99"}
    columns = guess_columns(list(gtd))
    assert (columns["killed"], columns["wounded"]) == ("nkill", "nwound")
    mapping = ColumnMapping(name="GTD", columns=columns)
    assert _table(importer, tmp_path, [gtd, unknown], mapping) == 0
    figures = _figures(datasets)
    assert sorted(figures.values()) == [(3, 3, 3), (11, 11, 11)]
    others = [json.loads(row["source_columns"]) for row in rows(datasets, "events")]
    assert {row["gname"] for row in others} == {"Unknown"}
    assert {row.get("nwound") for row in others} == {"11", "-99"}


def test_columns_of_ones_own_with_low_and_high(
    importer: Importer, datasets: Datasets, tmp_path: Path
):
    table = {
        "id": "1", "lat": "36.38", "lon": "38.86", "killed": "4", "killed min": "3",
        "killed max": "6", "civilians killed": "2", "جرحى": "١٠+", "displaced": "about 500",
        "vehicles": "2-3", "troops": "", "detained": "none",
    }  # fmt: skip
    mapping = ColumnMapping(name="List", columns=guess_columns(list(table)))
    assert _table(importer, tmp_path, [table], mapping) == 0
    assert {key.split()[-1]: value for key, value in _figures(datasets).items()} == {
        "killed": (3, 4, 6),
        "wounded": (10, None, None),
        "displaced": (500, 500, 500),
        "vehicles": (2, None, 3),
    }


def test_every_other_column_stays_with_its_row(
    importer: Importer, datasets: Datasets, tmp_path: Path
):
    row = make.BATTLE | {"tags": "crowd size=no report", "region": "Middle East", "extra": "=1+1"}
    assert _table(importer, tmp_path, [row]) == 0
    (event,) = rows(datasets, "events")
    stored = json.loads(event["source_columns"])
    here = {
        "event_id_cnty", "notes", "latitude", "longitude", "location", "country", "admin1",
        "admin2", "admin3",
    }  # fmt: skip
    assert stored == {key: cell for key, cell in row.items() if cell and key not in here}
    assert "crowd size=no report" in event["search"]
