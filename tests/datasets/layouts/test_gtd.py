"""The Global Terrorism Database: kind by attack type, day by its parts, precision by specificity."""

from datetime import date
from pathlib import Path

import pytest

from tests.datasets.layouts.reading_layouts import imported, table, write

# The 135 columns of its workbook, 2017 to 2021, as programs that read it list them.
HEADER = (
    "eventid,iyear,imonth,iday,approxdate,extended,resolution,country,country_txt,region,region_txt,"
    "provstate,city,latitude,longitude,specificity,vicinity,location,summary,crit1,crit2,crit3,"
    "doubtterr,alternative,alternative_txt,multiple,success,suicide,attacktype1,attacktype1_txt,"
    "attacktype2,attacktype2_txt,attacktype3,attacktype3_txt,targtype1,targtype1_txt,targsubtype1,"
    "targsubtype1_txt,corp1,target1,natlty1,natlty1_txt,targtype2,targtype2_txt,targsubtype2,"
    "targsubtype2_txt,corp2,target2,natlty2,natlty2_txt,targtype3,targtype3_txt,targsubtype3,"
    "targsubtype3_txt,corp3,target3,natlty3,natlty3_txt,gname,gsubname,gname2,gsubname2,gname3,"
    "gsubname3,motive,guncertain1,guncertain2,guncertain3,individual,nperps,nperpcap,claimed,"
    "claimmode,claimmode_txt,claim2,claimmode2,claimmode2_txt,claim3,claimmode3,claimmode3_txt,"
    "compclaim,weaptype1,weaptype1_txt,weapsubtype1,weapsubtype1_txt,weaptype2,weaptype2_txt,"
    "weapsubtype2,weapsubtype2_txt,weaptype3,weaptype3_txt,weapsubtype3,weapsubtype3_txt,weaptype4,"
    "weaptype4_txt,weapsubtype4,weapsubtype4_txt,weapdetail,nkill,nkillus,nkillter,nwound,nwoundus,"
    "nwoundte,property,propextent,propextent_txt,propvalue,propcomment,ishostkid,nhostkid,"
    "nhostkidus,nhours,ndays,divert,kidhijcountry,ransom,ransomamt,ransomamtus,ransompaid,"
    "ransompaidus,ransomnote,hostkidoutcome,hostkidoutcome_txt,nreleased,addnotes,scite1,scite2,"
    "scite3,dbsource,INT_LOG,INT_IDEO,INT_MISC,INT_ANY,related"
)
ROW = {
    "eventid": "202001180001", "iyear": "2020", "imonth": "1", "iday": "18", "country": "200",
    "country_txt": "Syria", "region": "10", "region_txt": "Middle East & North Africa",
    "provstate": "Raqqah", "city": "Ain Issa", "latitude": "36.38", "longitude": "38.86",
    "specificity": "1", "vicinity": "0", "location": "The attack was on the made-up road",
    "summary": "01/18/2020: Made-up assailants attacked.", "attacktype1": "3",
    "attacktype1_txt": "Bombing/Explosion", "target1": "Made-up Checkpoint", "gname": "Made-up Front",
    "nkill": "2.0", "nwound": "5.0",
}  # fmt: skip


def test_a_row_is_read_as_the_codebook_says(importer, datasets, tmp_path: Path):
    text = table(HEADER, [ROW])
    progress, events = imported(importer, datasets, write(tmp_path / "gtd.csv", text))
    (event,) = events.values()
    assert progress.faults.total == 0
    assert list(events) == ["202001180001"]
    assert event.kind == "explosion"
    assert event.days == (date(2020, 1, 18), date(2020, 1, 18))
    assert (event.point, event.precision, event.place) == ((36.38, 38.86), "settlement", "Ain Issa")
    assert event.figures == {"killed": (None, 2, None), "wounded": (None, 5, None)}
    assert event.actors == {"initiator": ["Made-up Front"], "target": ["Made-up Checkpoint"]}
    assert event.notes == ROW["summary"]


@pytest.mark.parametrize(("month", "last"), [("1", date(2020, 1, 31)), ("0", date(2020, 12, 31))])
def test_a_month_or_day_of_0_is_unknown(month, last, importer, datasets, tmp_path: Path):
    text = table(HEADER, [ROW | {"imonth": month, "iday": "0"}])
    _progress, events = imported(importer, datasets, write(tmp_path / "gtd.csv", text))
    assert [event.days for event in events.values()] == [(date(2020, 1, 1), last)]


@pytest.mark.parametrize(
    ("specificity", "precision"),
    # Source: GTD Codebook 2021, specificity, as in the README of MikyoungJun/bivariatehawkes: 2 and 3
    # are the centroid of the smallest division, 4 of a first-order one, 5 of none (not known).
    [("1", "settlement"), ("2", "district"), ("3", "district"), ("4", "governorate"), ("5", None)],
)
def test_specificity_is_the_precision(specificity, precision, importer, datasets, tmp_path: Path):
    text = table(HEADER, [ROW | {"specificity": specificity}])
    _progress, events = imported(importer, datasets, write(tmp_path / "gtd.csv", text))
    (event,) = events.values()
    assert event.precision == precision
    assert (event.point is None) == (precision is None)


ATTACK_TYPES = (
    ("1", "Assassination", "attack_on_civilians"),
    ("2", "Armed Assault", "attack_on_civilians"),
    ("3", "Bombing/Explosion", "explosion"),
    ("4", "Hijacking", "abduction"),
    ("5", "Hostage Taking (Barricade Incident)", "abduction"),
    ("6", "Hostage Taking (Kidnapping)", "abduction"),
    ("7", "Facility/Infrastructure Attack", "destruction"),
    ("8", "Unarmed Assault", "attack_on_civilians"),
    ("9", "Unknown", "unknown"),
)


@pytest.mark.parametrize("named", [True, False], ids=["by name", "by code"])
def test_attack_types_are_kinds(named, importer, datasets, tmp_path: Path):
    rows = [
        ROW
        | {
            "eventid": f"20200118000{code}",
            "attacktype1": code,
            "attacktype1_txt": name if named else "",
        }
        for code, name, _kind in ATTACK_TYPES
    ]
    path = write(tmp_path / "gtd.csv", table(HEADER, rows))
    _progress, events = imported(importer, datasets, path, name="GTD")
    kinds = [events[key].kind for key in sorted(events)]
    assert kinds == [kind for _code, _name, kind in ATTACK_TYPES]


def test_unknown_and_shared_figures(importer, datasets, tmp_path: Path):
    text = table(HEADER, [ROW | {"nkill": "1.33", "nwound": "-99"}])
    progress, events = imported(importer, datasets, write(tmp_path / "gtd.csv", text))
    assert progress.faults.total == 0
    assert [event.figures for event in events.values()] == [{"killed": (1, None, 2)}]
