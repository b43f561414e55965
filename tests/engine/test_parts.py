"""Engines by part: rows as records, the check of a role, and Spark over the same files."""

from collections.abc import Iterator, Sequence
from contextlib import closing

import pandas as pd
import pytest

from dashboard.engine.datasets import Datasets
from dashboard.engine.imported import ImportedRecords, place_of, to_records
from dashboard.engine.spark import Spark
from dashboard.engine.vocabulary import count_all
from dashboard.model.corpus import Corpus
from dashboard.model.event import ActorRole, PlaceRole, Stance
from dashboard.store.postgresql_role import RoleError, check_role
from tests import engines
from tests.engine import sample_data

EVENT = {
    "event_id": "mine:1", "kind": "clash", "title_en": "A clash", "title_ar": "", "dataset": "mine",
    "date_start": pd.Timestamp("2021-01-18"), "date_end": pd.Timestamp("2021-01-18"),
    "date_precision": "day", "notes": "Two sides clashed.", "url": "",
    "estimates": None, "source_columns": None,
}  # fmt: skip
PLACE = {
    "place_id": "p1", "name_en": "Town", "name_ar": None, "feature_class": "town", "within": "ain_issa",
    "lat": 36.0, "lon": 38.0, "uncertainty_m": 1500, "precision": "settlement", "source": "mine",
}  # fmt: skip


def test_missing_values_are_none():
    frame = pd.DataFrame(
        {"a": [1.0, None], "b": ["x", None], "c": [pd.Timestamp("2021-01-18"), pd.NaT]}
    )
    assert to_records(frame)[1] == {"a": None, "b": None, "c": None}
    assert to_records(frame)[0]["b"] == "x"


def test_a_row_becomes_event_place_party_and_claim(corpus: Corpus):
    records = ImportedRecords(corpus, {}, {7: EVENT})
    records.add("event_places", [{"event": 7, "place_id": "ain_issa", "role": "at"}])
    records.add("event_actors", [{"event": 7, "actor": "sdf", "role": "party"}])
    records.add("event_actors", [{"event": 7, "actor": "Made-up Brigade", "role": "target"}])
    records.add(
        "claims",
        [
            {
                "event": 7,
                "claim_id": "c1",
                "article_id": "a1",
                "outlet": "Made-up",
                "stance": "asserts",
            }
        ],
    )
    merged = records.merged_with(corpus)
    event = merged.events.events["mine:1"]
    assert (event.kind, event.when.start) == ("clash", EVENT["date_start"].date())
    (claim,) = [claim for claim in merged.events.claims if claim.event_id == "mine:1"]
    assert (claim.quote, claim.stance) == (EVENT["notes"], Stance.ASSERTS)
    assert merged.articles["a1"].text[claim.start : claim.end] == claim.quote
    roles = {row.actor_id: row.role for row in merged.events.actors if row.event_id == "mine:1"}
    assert roles == {"sdf": ActorRole.PARTY, "Made-up Brigade": ActorRole.TARGET}
    assert merged.lexicon.actors["sdf"] == corpus.lexicon.actors["sdf"]
    places = [row for row in merged.events.places if row.event_id == "mine:1"]
    assert [(row.place_id, row.role) for row in places] == [("ain_issa", PlaceRole.AT)]


def test_an_area_without_coordinates_has_no_point():
    place = place_of(PLACE)
    assert (place.geometry.x, place.geometry.y) == (38.0, 36.0)
    assert place.within == ("ain_issa",)
    assert place_of({**PLACE, "lat": None, "lon": None}).geometry.is_empty


class Cursor:
    """Answers the questions of the check in their order, as psycopg's cursor does."""

    def __init__(self, *answers: Sequence[tuple]) -> None:
        self.answers = list(answers)

    def execute(self, _sql: str, _values: tuple = ()) -> "Cursor":
        self.answer = self.answers.pop(0)
        return self

    def fetchone(self) -> tuple | None:
        return self.answer[0] if self.answer else None

    def fetchall(self) -> Sequence[tuple]:
        return self.answer


PLAIN = ("dashboard", False, False, False, False, False)


def test_a_role_that_owns_its_schema_alone_passes():
    check_role(Cursor([PLAIN], [], [], [("dashboard",)]), "event_map_4")
    check_role(Cursor([PLAIN], [], [], [], [(True,)]), "event_map_4")


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ([[("dashboard", True, False, False, True, False)]], "SUPERUSER, REPLICATION"),
        ([[PLAIN], [("pg_read_server_files",)]], "pg_read_server_files"),
        ([[PLAIN], [], [("payroll.salaries",)]], "payroll.salaries"),
        ([[PLAIN], [], [], [], [(False,)]], "CREATE SCHEMA event_map_4"),
        ([[PLAIN], [], [], [("somebody",)]], "somebody"),
    ],
)
def test_a_role_with_more_or_less_power_is_named(answers: list, found: str):
    with pytest.raises(RoleError, match="dashboard") as refused:
        check_role(Cursor(*answers), "event_map_4")
    assert found in str(refused.value)


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory, corpus: Corpus) -> Iterator[Spark]:
    if why := engines.missing("spark:local[1]"):
        pytest.skip(why)
    datasets = sample_data.folder_of(tmp_path_factory.mktemp("spark"), corpus)
    with closing(Spark("local[1]", datasets)) as opened:
        yield opened


def test_spark_has_a_table_for_each_of_ours(spark: Spark, corpus: Corpus):
    assert count_all(spark, unreviewed=True) > len(corpus.events.events)


def test_hidden_datasets_are_not_in_spark(tmp_path, corpus: Corpus):
    if why := engines.missing("spark:local[1]"):
        pytest.skip(why)
    datasets: Datasets = sample_data.folder_of(tmp_path, corpus)
    for card in list(datasets):
        datasets.show(card.dataset_id, shown=False)
    with closing(Spark("local[1]", datasets)) as engine:
        assert count_all(engine, unreviewed=True) == 0
