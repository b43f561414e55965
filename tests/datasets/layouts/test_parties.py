"""Parties of imported events: generic names, interaction codes, and roles that a source states."""

import csv
from pathlib import Path

import pytest

from dashboard.datasets.formats.generic_names import is_generic
from dashboard.datasets.known_names import known_ids
from dashboard.datasets.run import Importer
from dashboard.engine.datasets import Datasets
from dashboard.model.corpus import Corpus
from dashboard.text.normalise import fold
from tests.datasets.event_map.files import Analyst, export_file
from tests.datasets.formats import make
from tests.datasets.reading import read, rows

GENERIC = [
    "Rioters (Syria)",
    "Protesters (Syria)",
    "Civilians (Syria)",
    "Unidentified Armed Group (Syria)",
    "PROTESTERS (Iraq)",
]
ONE_SIDED = make.BATTLE | {
    "event_id_cnty": "SYR7",
    "event_type": "Violence against civilians",
    "sub_event_type": "Attack",
    "actor1": "Civilians (Syria)",
    "assoc_actor_1": "Farmers (Syria)",
    "inter1": "7",
    "actor2": "Unidentified Armed Group (Syria)",
    "assoc_actor_2": "",
    "inter2": "3",
    "interaction": "37",
    "civilian_targeting": "Civilian targeting",
}


def _roles(datasets: Datasets) -> dict[str, str]:
    return {row["actor"]: row["role"] for row in rows(datasets, "event_actors")}


@pytest.mark.parametrize("name", GENERIC)
def test_a_generic_name_of_acled_stays_itself(
    name: str, corpus: Corpus, importer: Importer, datasets: Datasets, tmp_path: Path
):
    assert is_generic(name)
    assert fold(name) not in known_ids(corpus).actors
    row = make.BATTLE | {"actor1": name, "actor2": "", "assoc_actor_2": ""}
    read(importer, make.write(tmp_path / "a.csv", [row]))
    assert _roles(datasets) == {name: "party"}


def test_the_name_of_an_organisation_is_that_of_the_lexicon(corpus: Corpus):
    ids = known_ids(corpus).actors
    assert not is_generic("QSD: Syrian Democratic Forces")
    assert ids[fold("QSD: Syrian Democratic Forces")] == "sdf"
    assert ids[fold("Military Forces of Turkey (2016-)")] == "turkish_forces"
    assert all(not is_generic(name) or "(" not in name for name in ids)


def test_actor_1_of_acled_is_no_initiator(importer, datasets, tmp_path: Path):
    shelling = make.SHELLING | {"actor2": "Made-up Brigade", "inter2": "3"}
    riot = make.BATTLE | {
        "event_id_cnty": "SYR3", "event_type": "Riots", "sub_event_type": "Mob violence",
        "actor1": "Rioters (Syria)", "inter1": "5", "actor2": "Civilians (Syria)", "inter2": "7",
    }  # fmt: skip
    for number, row in enumerate((make.BATTLE, shelling, riot)):
        row |= {"civilian_targeting": ""}
        read(importer, make.write(tmp_path / f"{number}.csv", [row]))
    assert {row["role"] for row in rows(datasets, "event_actors")} == {"party"}


@pytest.mark.parametrize("column", ["civilian_targeting", "event_type"])
def test_civilians_are_the_target_where_acled_says_so(
    column: str, importer, datasets, tmp_path: Path
):
    other = "event_type" if column == "civilian_targeting" else "civilian_targeting"
    unsaid = {"event_type": "Strategic developments", "civilian_targeting": ""}
    row = ONE_SIDED | {other: unsaid[other]}
    row |= {"sub_event_type": "Other"} if other == "event_type" else {}
    read(importer, make.write(tmp_path / "a.csv", [row]))
    assert _roles(datasets) == {
        "Civilians (Syria)": "target",
        "Farmers (Syria)": "target",
        "Unidentified Armed Group (Syria)": "party",
    }


def test_interaction_codes_stay_and_are_exported_with_both_actors(corpus: Corpus, tmp_path: Path):
    source = [make.BATTLE, make.SHELLING, ONE_SIDED]
    analyst = Analyst(tmp_path / "datasets", corpus)
    analyst.read(make.write(tmp_path / "acled.csv", source))
    (tmp_path / "out").mkdir()
    path = export_file(tmp_path / "out", analyst.selected(), "acled")
    with path.open(encoding="utf-8-sig", newline="") as file:
        exported = {row["event_id_cnty"]: row for row in csv.DictReader(file)}
    columns = ("actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2",
               "interaction", "civilian_targeting")  # fmt: skip
    for row in source:
        assert {name: exported[row["event_id_cnty"]][name] for name in columns} == {
            name: row[name] for name in columns
        }


def test_side_a_of_one_sided_violence_is_the_perpetrator(importer, datasets, tmp_path: Path):
    read(importer, make.write(tmp_path / "a.csv", [make.GED]))
    roles = {row["actor"]: row["role"] for row in rows(datasets, "event_actors")}
    assert set(roles.values()) == {"initiator", "target"}
    assert roles["civilians"] == "target"


def test_the_source_actor_of_gdelt_is_the_initiator(importer, datasets, tmp_path: Path):
    read(importer, make.write(tmp_path / "a.csv", [make.CAMEO]))
    assert set(_roles(datasets).values()) == {"initiator", "target"}


def test_a_table_says_who_began_by_the_name_of_its_column(importer, datasets, tmp_path: Path):
    place = {"date": "2021-01-18", "lat": "36.38", "lon": "38.86", "type": "clash"}
    table = [place | {"actor1": "A", "actor2": "B", "perpetrator": "C", "victim": "D"}]
    read(importer, make.write(tmp_path / "a.csv", table))
    assert _roles(datasets) == {"A": "party", "B": "party", "C": "initiator", "D": "target"}
