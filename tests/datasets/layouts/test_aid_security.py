"""Attacks on aid and health workers: the Aid Worker Security Database, and Insecurity Insight."""

from datetime import date
from pathlib import Path

import pytest

from tests.datasets.formats import make
from tests.datasets.layouts.reading_layouts import imported, table, write

# Source: aidworkersecurity.org, CSV of 2025, as programs that read it list its columns.
AWSD = (
    "Incident ID,Year,Month,Day,Country Code,Country,Region,District,City,UN,INGO,ICRC,"
    "NRCS and IFRC,NNGO,Other,Nationals killed,Nationals wounded,Nationals kidnapped,"
    "Nationals detained,Total nationals,Internationals killed,Internationals wounded,"
    "Internationals kidnapped,Internationals detained,Total internationals,Total killed,"
    "Total wounded,Total kidnapped,Total detained,Total affected,Gender Male,Gender Female,"
    "Gender Unknown,Means of attack,Attack context,Location,Latitude,Longitude,Motive,Actor type,"
    "Actor name,Details,Verified,Source"
)
INCIDENT = {
    "Incident ID": "4001", "Year": "2024", "Month": "3", "Day": "5", "Country Code": "SY",
    "Country": "Syria", "Region": "Made-up region", "District": "Tell Abiad", "City": "Ain Issa",
    "Nationals killed": "1", "Internationals killed": "1", "Total killed": "2",
    "Total wounded": "1", "Total kidnapped": "0", "Total detained": "3", "Total affected": "6",
    "Means of attack": "Aerial bombardment", "Attack context": "Combat/Crossfire",
    "Location": "Road", "Latitude": "36.38", "Longitude": "38.86", "Actor type": "Unknown",
    "Actor name": "Made-up Army", "Details": "Two made-up aid workers died.", "Source": "Media",
}  # fmt: skip


def test_awsd(importer, datasets, tmp_path: Path):
    path = write(tmp_path / "security_incidents.csv", table(AWSD, [INCIDENT]))
    progress, events = imported(importer, datasets, path)
    event = events["4001"]
    assert progress.faults.total == 0
    assert event.kind == "air_strike"
    assert event.days == (date(2024, 3, 5), date(2024, 3, 5))
    assert (event.point, event.precision, event.place) == ((36.38, 38.86), "settlement", "Ain Issa")
    assert event.figures == {
        "killed": (None, 2, None), "wounded": (None, 1, None), "detained": (None, 3, None),
    }  # fmt: skip
    assert event.notes == "Two made-up aid workers died."
    assert event.source["Location"] == "Road"
    assert event.source["Total kidnapped"] == "0"


@pytest.mark.parametrize(
    ("cells", "precision"),
    [
        ({"City": ""}, "district"),
        ({"City": "Unknown"}, "district"),
        ({"City": "", "District": ""}, None),
    ],
)
def test_awsd_has_no_sharper_place_than_the_area_that_it_names(
    cells, precision, importer, datasets, tmp_path: Path
):
    path = write(tmp_path / "security_incidents.csv", table(AWSD, [INCIDENT | cells]))
    _progress, events = imported(importer, datasets, path)
    assert events["4001"].precision == precision
    assert (events["4001"].point is None) == (precision is None)


@pytest.mark.parametrize(
    ("means", "kind"),
    [
        ("Aerial bombardment", "air_strike"), ("Bodily assault", "attack_on_civilians"),
        ("Body-borne IED", "explosion"), ("Complex attack", "raid"), ("Kidnapping", "abduction"),
        ("Kidnap-killing", "attack_on_civilians"), ("Landmine", "explosion"),
        ("Other Explosives", "explosion"), ("Rape/sexual assault", "sexual_violence"),
        ("Roadside IED", "explosion"), ("Shelling", "shelling"),
        ("Shooting", "attack_on_civilians"), ("Vehicle-born IED", "explosion"),
        ("Detention/arrest", "arrest"), ("Unknown", "unknown"),
    ],
)  # fmt: skip
def test_the_means_of_attack_of_awsd_are_kinds(
    means: str, kind: str, importer, datasets, tmp_path: Path
):
    row = INCIDENT | {"Means of attack": means}
    path = write(tmp_path / "security_incidents.csv", table(AWSD, [row]))
    _progress, events = imported(importer, datasets, path)
    assert events["4001"].kind == kind


# Source: OCHA-DAP/hdx-scraper-insecurity-insight, schema.csv: the sheets of incidents on HDX.
_FIRST = "Date,Event Description,Country,Country ISO,Admin 1,Latitude,Longitude,Geo Precision"
SHEETS = {
    "aid workers": f"{_FIRST},Location of Incident,Reported Perpetrator,Reported Perpetrator Name,"
    "Weapon Carried/Used,Organisation Affected,Programme Focus,Aid Workers Killed,"
    "Aid Workers Injured,Aid Workers Kidnapped,Aid Workers Arrested,"
    "Known Kidnapping or Arrest Outcome,Aid Workers Killed in Captivity,"
    "International Aid Workers Killed,National Aid Workers Killed,Female Aid Workers Killed,"
    "Male Aid Workers Killed,SiND Event ID",
    "health": f"{_FIRST},Reported Perpetrator,Reported Perpetrator Name,Weapon Carried/Used,"
    "Location of Incident,Number of Attacks on Health Facilities Reporting Destruction,"
    "Number of Attacks on Health Facilities Reporting Damaged,Health Workers Killed,"
    "Health Workers Injured,Health Workers Kidnapped,Health Workers Arrested,SiND Event ID",
    "education": f"{_FIRST},Location of event,Reported Perpetrator,Reported Perpetrator Name,"
    "Weapon Carried/Used,Type of education facility,Attacks on Schools,Educators Killed,"
    "Educators Injured,Educators Arrested,Students Killed,Students Injured,Students Arrested,"
    "SiND Event ID",
    "explosive weapons": f"{_FIRST},Sector Affected,Provider,Launch Type,Explosive Weapon Type,"
    "Reported Perpetrator,Reported Perpetrator Name,Affected,Aid Workers Killed,"
    "Health Workers Killed,Aid Health Workers Killed,Educators Killed,Students Killed,"
    "Food Security,SiND Event ID",
}
# Their second row has tags of HXL; of the explosive weapons, as programs that read them list them.
_TAGS = {"Date": "#date", "Country": "#country+name", "Latitude": "#lat", "Longitude": "#long"}
_EVENT = {
    "Date": "2021-01-18", "Event Description": "A made-up attack.", "Country": "Syria",
    "Country ISO": "SYR", "Admin 1": "Ar Raqqa", "Latitude": "36.38", "Longitude": "38.86",
    "Geo Precision": "(1) Exact location", "Reported Perpetrator": "State Military",
    "Reported Perpetrator Name": "Made-up Army", "SiND Event ID": "41001",
}  # fmt: skip
_WEAPONS = {
    "aid workers": {"Weapon Carried/Used": "Firearms"},
    "health": {"Weapon Carried/Used": "Aerial Bomb: Drone"},
    "education": {"Weapon Carried/Used": "Surface Launched: Artillery"},
    "explosive weapons": {"Explosive Weapon Type": "Aerial Bomb", "Launch Type": "Air-launched"},
}
_KINDS = {
    "aid workers": "attack_on_civilians",
    "health": "air_strike",
    "education": "shelling",
    "explosive weapons": "air_strike",
}
_COUNTS = {
    "aid workers": {"Aid Workers Killed": "2", "Aid Workers Injured": "1",
                    "National Aid Workers Killed": "2", "Aid Workers Arrested": "0"},
    "health": {"Health Workers Killed": "2", "Health Workers Injured": "1",
               "Health Workers Arrested": "0"},
    "education": {"Educators Killed": "2", "Students Killed": "9"},
    "explosive weapons": {"Aid Workers Killed": "2", "Students Killed": "9"},
}  # fmt: skip


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_insecurity_insight(sheet: str, form: str, importer, datasets, tmp_path: Path):
    names = SHEETS[sheet].split(",")
    row = dict.fromkeys(names, "") | _EVENT | _WEAPONS[sheet] | _COUNTS[sheet]
    tags = {name: _TAGS.get(name, "#event+other") for name in names}
    if form == "csv":
        path = write(tmp_path / "a.csv", table(names, [tags, row]))
    else:
        path = make.workbook(tmp_path / "a.xlsx", [tags, row])
    progress, events = imported(importer, datasets, path)
    event = events["41001"]
    assert progress.faults.total == 0
    assert event.kind == _KINDS[sheet]
    assert event.days == (date(2021, 1, 18), date(2021, 1, 18))
    assert (event.point, event.precision) == ((36.38, 38.86), "settlement")
    assert event.actors == {"initiator": ["Made-up Army"]}
    if sheet in ("aid workers", "health"):
        known = {"killed": (None, 2, None), "wounded": (None, 1, None), "detained": (None, 0, None)}
        assert event.figures == known
    else:
        # Two groups of people are never given as all who were killed.
        assert event.figures == {}
        assert event.source["Students Killed"] == "9"


@pytest.mark.parametrize(
    ("words", "precision"),
    [
        ("(1) Exact location", "settlement"),
        ("(2) Within 25 km of the location, nearby", "vicinity"),
        ("(3) District, Municipality", "district"),
        ("(4) Province, State, Governorate", "governorate"),
        ("(6) Country", None),
        (" (6) Country", None),
    ],
)
def test_the_geo_precision_of_insecurity_insight(
    words: str, precision, importer, datasets, tmp_path: Path
):
    row = _EVENT | {"Geo Precision": words}
    path = write(tmp_path / "a.csv", table(SHEETS["health"], [row]))
    _progress, events = imported(importer, datasets, path)
    assert events["41001"].precision == precision
