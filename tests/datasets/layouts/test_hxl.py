"""Sheets with tags of HXL: as the names of columns, in any order of attributes, or below them."""

from datetime import date
from pathlib import Path

import pytest

from tests.datasets.formats import make
from tests.datasets.layouts.reading_layouts import imported, table, write

# Source: HXL hashtag dictionary 1.1 (hxlstandard.org).
TAGS = {
    "#event+id": "9", "#date+start": "2021-01-18", "#date+end": "2021-01-19",
    "#event+type": "Airstrike", "#event+name": "A made-up strike", "#adm1+name": "Raqqa",
    "#adm2+name": "Tell Abiad", "#loc+name": "Ain Issa", "#geo+lat": "36.38", "#geo+lon": "38.86",
    "#affected+killed": "3", "#affected+injured": "4", "#meta+source": "Made-up News",
}  # fmt: skip
OTHER = {
    "#event +id +v_made": "9", "#date +start": "2021-01-18", "#date +end": "2021-01-19",
    "#event +type +en": "Airstrike", "#event +name +i_en": "A made-up strike", "#adm1 +code": "SY11",
    "#adm1 +en +name": "Raqqa", "#adm2 +name +en": "Tell Abiad", "#loc +en +name": "Ain Issa",
    "#geo +num +lat": "36.38", "#geo +lon +num": "38.86", "#affected +f +killed": "1",
    "#affected +num +killed": "3", "#affected +injured +total": "4", "#meta +source": "Made-up News",
}  # fmt: skip

# The tags of `TAGS` with other attributes.
OTHER_ORDER = [
    "#event +id +v_made", "#date +start", "#date+end", "#event +type +en", "#event +name +i_en",
    "#adm1 +en +name", "#adm2 +name", "#loc +en +name", "#geo +num +lat", "#geo +lon",
    "#affected +num +killed", "#affected+injured +total", "#meta +source",
]  # fmt: skip


def _check(events):
    event = events["9"]
    assert event.kind == "air_strike"
    assert event.days == (date(2021, 1, 18), date(2021, 1, 19))
    assert (event.point, event.precision, event.place) == ((36.38, 38.86), "settlement", "Ain Issa")
    assert event.figures == {"killed": (None, 3, None), "wounded": (None, 4, None)}
    assert event.title == "A made-up strike"
    assert event.outlets == ("Made-up News",)


@pytest.mark.parametrize("row", [TAGS, OTHER], ids=["plain", "attributes"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_tags_alone_are_the_names_of_the_columns(
    row, form: str, importer, datasets, tmp_path: Path
):
    path = tmp_path / f"a.{form}"
    path = write(path, table(list(row), [row])) if form == "csv" else make.workbook(path, [row])
    progress, events = imported(importer, datasets, path)
    assert progress.faults.total == 0
    _check(events)
    if row is OTHER:
        assert events["9"].source["#adm1 +code"] == "SY11"
        assert events["9"].source["#affected +f +killed"] == "1"


NAMES = ["Incident ID", "Date", "End date", "Event type", "Title", "Governorate", "District", "Place",
         "Latitude", "Longitude", "Killed", "Injured", "Source"]  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_tags_below_the_names_are_no_event(form: str, importer, datasets, tmp_path: Path):
    tags = dict(zip(NAMES, TAGS, strict=True))
    row = dict(zip(NAMES, TAGS.values(), strict=True))
    path = tmp_path / f"a.{form}"
    path = (
        write(path, table(NAMES, [tags, row]))
        if form == "csv"
        else make.workbook(path, [tags, row])
    )
    progress, events = imported(importer, datasets, path)
    assert progress.faults.total == 0
    assert list(events) == ["9"]
    _check(events)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_tags_say_what_columns_of_unknown_names_are(form: str, importer, datasets, tmp_path: Path):
    names = [f"Field {at}" for at in range(len(TAGS))]
    tags = dict(zip(names, OTHER_ORDER, strict=True))
    row = dict(zip(names, TAGS.values(), strict=True))
    path = tmp_path / f"a.{form}"
    path = (
        write(path, table(names, [tags, row]))
        if form == "csv"
        else make.workbook(path, [tags, row])
    )
    progress, events = imported(importer, datasets, path)
    assert progress.faults.total == 0
    assert list(events) == ["9"]
    _check(events)
    assert {use.column: use.roles for use in progress.columns}["Field 8"] == ("lat",)


def test_a_known_name_counts_before_a_tag(importer, datasets, tmp_path: Path):
    header = ["id", "date", "Latitude", "Longitude", "Comment"]
    tags = ["#event+id", "#date+start", "#geo+lat", "#geo+lon", "#event+name"]
    row = ["7", "2021-01-18", "36.38", "38.86", "A made-up strike"]
    lines = [dict(zip(header, cells, strict=True)) for cells in (tags, row)]
    _progress, events = imported(
        importer, datasets, write(tmp_path / "a.csv", table(header, lines))
    )
    assert (events["7"].title, events["7"].point) == ("A made-up strike", (36.38, 38.86))
