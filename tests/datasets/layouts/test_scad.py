"""The Social Conflict Analysis Database: kind by etype, precision by locnum, unknown figures."""

from datetime import date
from pathlib import Path

import pytest

from tests.datasets.layouts.reading_layouts import imported, table, write

# The columns of SCAD 3.3, Africa and Latin America, as programs that read it list them.
HEADER = (
    "eventid,ccode,id,countryname,startdate,enddate,duration,stday,stmo,styr,eday,emo,eyr,etype,"
    "escalation,actor1,actor2,actor3,target1,target2,cgovtarget,rgovtarget,npart,ndeath,repress,"
    "elocal,ilocal,sublocal,locnum,gislocnum,issue1,issue2,issue3,issuenote,nsource,notes,coder,"
    "ACD_questionable,latitude,longitude,geo_comments,location_precision"
)
ROW = {
    "eventid": "6150001", "id": "1", "ccode": "615", "countryname": "Algeria",
    "startdate": "31-May-90", "enddate": "2-Jun-90", "etype": "1", "actor1": "Made-up Party",
    "target1": "Government", "ndeath": "3", "elocal": "Algiers", "locnum": "1",
    "issuenote": "A made-up march", "notes": "A coder's note", "latitude": "36.75",
    "longitude": "3.04", "location_precision": "1",
}  # fmt: skip


def _read(importer, datasets, tmp_path: Path, **cells: str):
    path = write(tmp_path / "SCAD.csv", table(HEADER, [ROW | cells]))
    progress, events = imported(importer, datasets, path)
    (event,) = events.values()
    return progress, event


def test_a_row_is_read_as_the_codebook_says(importer, datasets, tmp_path: Path):
    progress, event = _read(importer, datasets, tmp_path)
    assert progress.faults.total == 0
    assert event.kind == "protest"
    assert event.days == (date(1990, 5, 31), date(1990, 6, 2))
    assert (event.point, event.precision, event.place) == ((36.75, 3.04), "settlement", "Algiers")
    assert event.figures == {"killed": (None, 3, None)}
    assert event.actors == {"party": ["Made-up Party"], "target": ["Government"]}
    assert event.notes == "A made-up march"
    assert event.source["notes"] == "A coder's note"


@pytest.mark.parametrize(
    ("etype", "kind"),
    [
        ("1", "protest"), ("2", "protest"), ("3", "crowd_attack"), ("4", "crowd_attack"),
        ("5", "protest"), ("6", "protest"), ("7", "attack_on_civilians"), ("8", "clash"),
        ("9", "clash"), ("10", "clash"), ("-9", "unknown"),
    ],
)  # fmt: skip
def test_etype_is_the_kind(etype: str, kind: str, importer, datasets, tmp_path: Path):
    progress, event = _read(importer, datasets, tmp_path, etype=etype)
    assert event.kind == kind
    assert progress.understood == (kind != "unknown")


@pytest.mark.parametrize(
    ("locnum", "precision"),
    # Source: SCAD Codebook 3.3, LOCNUM, as labelled in programs of its authors: 1 capital, 2 other
    # urban area, 3 rural, 4 and 5 several, 6 a province, 7 nationwide, -99 unknown.
    [("1", "settlement"), ("2", "settlement"), ("3", "vicinity"), ("4", "region"),
     ("5", "region"), ("6", "governorate"), ("7", None), ("-99", None)],
)  # fmt: skip
def test_locnum_is_the_precision(locnum: str, precision, importer, datasets, tmp_path: Path):
    _progress, event = _read(importer, datasets, tmp_path, locnum=locnum)
    assert event.precision == precision


@pytest.mark.parametrize("code", ["-99", "-88", "-77"])
def test_unknown_numbers_of_deaths_are_none(code: str, importer, datasets, tmp_path: Path):
    progress, event = _read(importer, datasets, tmp_path, ndeath=code)
    assert progress.faults.total == 0
    assert event.figures == {}
