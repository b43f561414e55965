"""UCDP GED 25.1 with and without its header row, its candidate events, and its interface."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.datasets.layouts.reading_layouts import imported, table, write

# Source: UCDP GED Codebook, version 25.1; UCDP Candidate Events 25.0.X have the same columns.
GED = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,"
    "conflict_name,dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,"
    "side_b_dset_id,side_b_new_id,side_b,number_of_sources,source_article,source_office,"
    "source_date,source_headline,source_original,where_prec,where_coordinates,where_description,"
    "adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,"
    "date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,"
    "gwnoa,gwnob"
)
ROW = {
    "id": "510001", "relid": "SYR-2021-1-1", "year": "2021", "active_year": "1",
    "code_status": "Clear", "type_of_violence": "3", "conflict_name": "Made up - Civilians",
    "side_a": "Made-up Front", "side_b": "Civilians", "number_of_sources": "1",
    "source_office": "Made-up Agency", "source_headline": "A made-up headline",
    "where_prec": "3", "where_coordinates": "Tell Abyad district", "adm_1": "Raqqah governorate",
    "adm_2": "Tall Abyad district", "latitude": "36.38", "longitude": "38.86",
    "geom_wkt": "POINT (38.86 36.38)", "priogrid_gid": "182238", "country": "Syria",
    "country_id": "652", "region": "Middle East", "event_clarity": "1", "date_prec": "2",
    "date_start": "2021-01-18 00:00:00.000", "date_end": "2021-01-20 00:00:00.000",
    "deaths_a": "0", "deaths_b": "0", "deaths_civilians": "5", "deaths_unknown": "1", "best": "6",
    "high": "9", "low": "5", "gwnoa": "652",
}  # fmt: skip
CANDIDATE = ROW | {"relid": "SYR-2021-C-1", "code_status": "Check", "active_year": "0"}


@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize("row", [ROW, CANDIDATE], ids=["final", "candidate"])
def test_ged(row: dict[str, str], header: bool, importer, datasets, tmp_path: Path):
    assert len(GED.split(",")) == 49
    country = row | {"id": "510002", "where_prec": "6", "type_of_violence": "1", "side_b": "Others"}
    text = table(GED, [row, country])
    text = text if header else text.partition("\n")[2]
    progress, events = imported(importer, datasets, write(tmp_path / "a.csv", text))
    assert progress.faults.total == 0
    _check(events["510001"])
    assert events["510002"].kind == "clash"
    assert events["510002"].point is None
    assert set(events["510002"].actors) == {"party"}


def test_the_answer_of_the_interface(importer, datasets, tmp_path: Path):
    """Source: UCDP API documentation: the rows are in "Result"."""
    numbers = {"id", "year", "type_of_violence", "where_prec", "best", "low", "high"}
    typed = {name: int(cell) if name in numbers else cell for name, cell in ROW.items()}
    answer = {"TotalCount": 1, "TotalPages": 1, "PreviousPageUrl": "", "NextPageUrl": "",
              "Result": [typed]}  # fmt: skip
    _progress, events = imported(importer, datasets, write(tmp_path / "a.json", json.dumps(answer)))
    _check(events["510001"])


def _check(event):
    assert event.kind == "attack_on_civilians"
    assert event.days == (date(2021, 1, 18), date(2021, 1, 20))
    assert (event.point, event.precision) == ((36.38, 38.86), "district")
    assert event.figures == {"killed": (5, 6, 9)}
    assert event.actors["initiator"] == ["Made-up Front"]
    assert event.actors["target"] == ["civilians"]
    assert event.source["code_status"] in ("Clear", "Check")
