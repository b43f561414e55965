"""Every engine lists the same candidates for pairs across datasets as a plain loop over all events."""

from collections.abc import Iterator
from contextlib import closing
from math import cos, hypot, radians

import pandas as pd
import pytest

from dashboard.engine.datasets import Datasets
from dashboard.engine.engine import Engine
from dashboard.engine.open import open_engine
from dashboard.model.corpus import Corpus
from dashboard.model.event_tables import SCHEMAS
from dashboard.query.near_pairs import near_pairs
from tests import engines
from tests.engine import sample_data

_MOST = 100_000


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory, corpus: Corpus) -> Datasets:
    """Datasets of the same towns and days beside the curated events, of one with whole months."""
    datasets = sample_data.folder_of(tmp_path_factory.mktemp("two"), corpus)
    sample_data.write(datasets, corpus, 900, "other", towns=30)
    sample_data.write(datasets, corpus, 300, "months", towns=30, long_days=30)
    return datasets


@pytest.fixture(scope="module", params=["duckdb://", "postgresql://", "spark:local[2]"])
def engine_of_two(request: pytest.FixtureRequest, two: Datasets) -> Iterator[Engine]:
    if why := engines.missing(request.param):
        pytest.skip(why)
    if request.param.startswith("postgresql"):
        with engines.postgresql() as url, closing(open_engine(url, two)) as opened:
            yield opened
    else:
        with closing(open_engine(request.param, two)) as opened:
            yield opened


def _read(datasets: Datasets, name: str) -> pd.DataFrame:
    columns = [column for column in SCHEMAS[name].names if column != "geometry"]
    tables = [pd.read_parquet(datasets.tables(card) / name, columns=columns) for card in datasets]
    return pd.concat(tables, ignore_index=True)


def _expected(datasets: Datasets) -> set[tuple[int, int]]:
    """The pairs by a loop over all places of all events."""
    rows = _read(datasets, "event_places")
    length = rows["last_day"] - rows["first_day"]
    rows = rows[rows["reviewed"] & rows["dated"] & rows["first_place"] & (length <= 31)]
    within = _read(datasets, "places").groupby("place_id")["within"].min().to_dict()
    listed = rows.to_dict("records")
    return {
        (a["event"], b["event"])
        for a in listed
        for b in listed
        if a["event"] < b["event"] and a["dataset"] != b["dataset"] and _is_pair(a, b, within)
    }


def _is_pair(a: dict, b: dict, within: dict) -> bool:
    days = a["first_day"] <= b["last_day"] + 1 and b["first_day"] <= a["last_day"] + 1
    groups = {a["group"], b["group"]}
    if not days or (len(groups) == 2 and "unknown" not in groups):
        return False
    shrink = cos(radians(min(a, b, key=lambda each: each["event"])["lat"]))
    km = hypot(a["lat"] - b["lat"], (a["lon"] - b["lon"]) * shrink) * 111.2
    if max(each["last_day"] - each["first_day"] for each in (a, b)) > 7:
        return len(groups) == 1 and "unknown" not in groups and km <= 2
    if within.get(a["place_id"]) == b["place_id"] or within.get(b["place_id"]) == a["place_id"]:
        return True
    return km <= 10


def _pairs(rows: pd.DataFrame) -> list[tuple[int, int]]:
    return list(zip(rows["event"].tolist(), rows["event_2"].tolist(), strict=True))


def test_the_candidates_are_those_of_a_plain_loop(engine_of_two: Engine, two: Datasets):
    rows = engine_of_two.ask(near_pairs, (), most=_MOST)
    expected = _expected(two)
    assert len(expected) > 100
    by_number = {card.number: card.dataset_id for card in two}
    assert sum("months" in {by_number[key >> 32] for key in pair} for pair in expected) > 100
    assert set(_pairs(rows)) == expected
    assert len(rows) == len(expected)
    assert set(rows["total"]) == {len(expected)}


def test_pages_of_them_are_the_whole_in_one_order(engine_of_two: Engine):
    whole = _pairs(engine_of_two.ask(near_pairs, (), most=_MOST))
    first = _pairs(engine_of_two.ask(near_pairs, (), most=40))
    second = _pairs(engine_of_two.ask(near_pairs, (), most=40, start=40))
    assert first + second == whole[:80]


def test_only_the_datasets_that_are_asked_for(engine_of_two: Engine, two: Datasets):
    rows = engine_of_two.ask(near_pairs, ("made", "other"), most=_MOST)
    numbers = {card.number for card in two if card.dataset_id in ("made", "other")}
    assert not rows.empty
    assert {event >> 32 for pair in _pairs(rows) for event in pair} == numbers
