"""ACLED: the export of 2023 and later, the older one, and the answer of its interface."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.datasets.layouts.reading_layouts import imported, table, write

# Source: ACLED Codebook (2023 and later), export tool.
EXPORT = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,"
    "assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,"
    "country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,"
    "notes,fatalities,tags,timestamp"
)
# Source: ACLED's export tool up to 2022.
OLD_EXPORT = (
    "data_id,iso,event_id_cnty,event_id_no_cnty,event_date,year,time_precision,event_type,"
    "sub_event_type,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,region,"
    "country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,"
    "notes,fatalities,timestamp,iso3"
)
ROW = {
    "event_id_cnty": "SYR90101", "event_date": "18 January 2021", "year": "2021",
    "time_precision": "1", "event_type": "Explosions/Remote violence",
    "sub_event_type": "Shelling/artillery/missile attack", "actor1": "Made-up Army", "inter1": "1",
    "actor2": "Civilians (Syria)", "inter2": "7", "interaction": "17", "iso": "760",
    "region": "Middle East", "country": "Syria", "admin1": "Ar Raqqa", "admin2": "Tell Abiad",
    "admin3": "Ein Issa", "location": "Ein Issa", "latitude": "36.38", "longitude": "38.86",
    "geo_precision": "2", "source": "Made-up News", "source_scale": "National",
    "notes": "A made-up shelling.", "fatalities": "4", "timestamp": "1612345678",
}  # fmt: skip
NEW = ROW | {
    "disorder_type": "Political violence", "civilian_targeting": "Civilian targeting",
    "inter1": "State forces", "inter2": "Civilians", "interaction": "State forces-Civilians",
}  # fmt: skip
OLD = ROW | {"data_id": "7000001", "event_id_no_cnty": "90101", "iso3": "SYR"}


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("old", [False, True])
def test_exports(delimiter: str, old: bool, importer, datasets, tmp_path: Path):
    header, row = (OLD_EXPORT, OLD) if old else (EXPORT, NEW)
    text = table(header.split(","), [row], delimiter)
    progress, events = imported(importer, datasets, write(tmp_path / "a.csv", text))
    _check(events["SYR90101"], targeted=not old)
    assert progress.faults.total == 0
    source = events["SYR90101"].source
    for name in ("inter1", "inter2", "interaction"):
        assert source[name] == row[name]


def test_the_answer_of_the_interface(importer, datasets, tmp_path: Path):
    """Source: ACLED API documentation: the rows are in "data"."""
    answer = {"status": 200, "success": True, "last_update": 1, "count": 1, "messages": [],
              "data": [NEW], "filename": ""}  # fmt: skip
    progress, events = imported(importer, datasets, write(tmp_path / "a.json", json.dumps(answer)))
    _check(events["SYR90101"], targeted=True)
    assert progress.faults.total == 0


def _check(event, *, targeted: bool):
    assert event.kind == "shelling"
    assert event.days == (date(2021, 1, 18), date(2021, 1, 18))
    assert (event.point, event.precision) == ((36.38, 38.86), "vicinity")
    assert event.place == "Ein Issa"
    assert event.figures == {"killed": (None, 4, None)}
    civilians = "target" if targeted else "party"
    roles = {name: role for role, names in event.actors.items() for name in names}
    assert roles == {"Made-up Army": "party", "Civilians (Syria)": civilians}
    assert event.source["fatalities"] == "4"


def test_the_layout_of_before_2019_has_no_sub_types(importer, datasets, tmp_path: Path):
    """Source: a file of ACLED in the tests of OCHA-DAP/hdx-python-utilities, without sub-types."""
    header = (
        "GWNO,EVENT_ID_CNTY,EVENT_ID_NO_CNTY,EVENT_DATE,YEAR,TIME_PRECISION,EVENT_TYPE,ACTOR1,"
        "ALLY_ACTOR_1,INTER1,ACTOR2,ALLY_ACTOR_2,INTER2,INTERACTION,COUNTRY,ADMIN1,ADMIN2,ADMIN3,"
        "LOCATION,LATITUDE,LONGITUDE,GEO_PRECISION,SOURCE,NOTES,FATALITIES"
    )
    row = {name.upper(): cell for name, cell in ROW.items()} | {
        "EVENT_DATE": "18/04/2001", "YEAR": "2001", "EVENT_TYPE": "Battle-No change of territory",
        "GEO_PRECISION": "3",
    }  # fmt: skip
    lines = [{name: row.get(name, "") for name in header.split(",")}]
    _progress, events = imported(
        importer, datasets, write(tmp_path / "a.csv", table(header, lines))
    )
    event = events["SYR90101"]
    assert event.kind == "clash"
    assert event.days == (date(2001, 4, 18), date(2001, 4, 18))
    assert event.precision == "governorate"
    assert event.figures == {"killed": (None, 4, None)}
    assert set(event.actors) == {"party"}
