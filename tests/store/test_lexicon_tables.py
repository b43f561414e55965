"""All tables of data/lexicon/: each row has a source, each table is read, and small ones are right."""

from pathlib import Path

import pytest

from dashboard.datasets.event_map.acled_columns import Country
from dashboard.gazetteer import tiers
from dashboard.model.corpus import Corpus
from dashboard.model.errors import DataError
from dashboard.model.place import FeatureClass
from dashboard.model.rows import load_records, read_table
from dashboard.settings import DATA

LEXICON = DATA / "lexicon"
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("path", sorted(LEXICON.glob("*.csv")), ids=lambda path: path.name)
def test_every_row_has_a_source_and_the_table_is_read(path: Path):
    table = read_table(path, ("source",))
    assert table.rows
    for row in table.rows:
        row.text("source")
    assert table.faults == []
    assert any(
        f'"{path.name}"' in module.read_text(encoding="utf-8")
        for module in (ROOT / "dashboard").rglob("*.py")
    )


def test_countries_are_places_of_the_gazetteer(corpus: Corpus):
    countries = {
        place.name_en
        for place in corpus.gazetteer.places.values()
        if place.feature_class is FeatureClass.COUNTRY
    }
    rows = load_records(LEXICON / "countries.csv", Country, "name_en")
    assert {row.name_en for row in rows} <= countries
    assert len({row.iso_numeric for row in rows}) == len(rows)


def test_a_party_of_common_nouns_is_a_type_of_the_table(corpus: Corpus):
    assert [a.actor_id for a in corpus.lexicon.actors.values() if a.type == "civilians"] == [
        "civilians"
    ]


def test_codes_of_geonames_have_a_class_and_a_damaged_row_is_named(tmp_path: Path):
    path = LEXICON / "geonames_classes.csv"
    rows = load_records(path, tiers.GeonamesClass, "code")
    assert {row.code: row.feature_class for row in rows}["PPLC"] is FeatureClass.CITY
    text = path.read_text(encoding="utf-8").replace("AIRP,airport,", "AIRP,harbour,")
    (tmp_path / path.name).write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"classes\.csv, row 10, feature_class: expected one"):
        load_records(tmp_path / path.name, tiers.GeonamesClass, "code")
