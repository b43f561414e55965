"""Every engine sorts the table as a plain reading of the tables does, page after page."""

from collections.abc import Callable

import ibis.expr.types as ir
import numpy as np
import pandas as pd
import pytest

from dashboard.engine.datasets import Datasets
from dashboard.engine.duckdb_engine import DuckDB
from dashboard.engine.engine import Engine
from dashboard.model.event import Attestation
from dashboard.model.event_tables import OPEN_START
from dashboard.query import sorted_page as pages
from dashboard.query.query import Query
from dashboard.query.tables import EngineTables
from tests.oracle.parquet import read_index
from tests.oracle.select import EventIndex, select

QUERIES = (Query(), Query(kinds=("clash", "arrest")))
ATTESTATIONS = tuple(each.value for each in Attestation)


@pytest.fixture(scope="module")
def plain(datasets: Datasets) -> EventIndex:
    return read_index(datasets)


@pytest.fixture(autouse=True)
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PAGE_ROWS", 90)


def _all_ids(ask: Callable[[int], pd.DataFrame]) -> list[str]:
    """The events of all pages in their order."""
    ids: list[str] = []
    for page in range(1000):
        found = ask(page)["event_id"].tolist()
        ids += found
        if len(found) < pages.PAGE_ROWS:
            return ids
    raise AssertionError("pages without an end")


def _expected(plain: EventIndex, query: Query, keys: pd.Series, *, descending: bool) -> list[str]:
    events = plain.tables.events.loc[np.flatnonzero(select(plain, query).shown)]
    rows = pd.DataFrame(
        {
            "id": events["event_id"],
            "key": keys.reindex(events.index),
            "undated": ~events["dated"],
            "day": events["first_day"].where(events["first_day"] > OPEN_START, events["last_day"]),
        }
    )
    rest = rows.sort_values(["undated", "day", "id"])
    known = rest[rest["key"].notna()].sort_values("key", ascending=not descending, kind="stable")
    return [*known["id"], *rest[rest["key"].isna()]["id"]]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("descending", [False, True])
def test_by_real_dates(engine: Engine, plain: EventIndex, query: Query, descending: bool):
    events = plain.tables.events
    day = events["first_day"].where(events["first_day"] > OPEN_START, events["last_day"])
    wanted = _expected(plain, query, day.where(events["dated"]), descending=descending)
    assert wanted == _all_ids(
        lambda page: engine.ask(
            pages.sorted_page, query, (), by="date", descending=descending, page=page
        )
    )


@pytest.mark.parametrize("descending", [False, True])
def test_by_values_in_a_given_order(engine: Engine, plain: EventIndex, descending: bool):
    ranks = {value: at for at, value in enumerate(ATTESTATIONS)}
    keys = plain.tables.events["attestation"].map(ranks)
    assert keys.notna().all()
    wanted = _expected(plain, Query(), keys, descending=descending)
    assert wanted == _all_ids(
        lambda page: engine.ask(
            pages.sorted_page,
            Query(),
            ATTESTATIONS,
            by="attestation",
            descending=descending,
            page=page,
        )
    )


def test_by_title_every_event_is_on_one_page(engine: Engine, plain: EventIndex):
    """Each database has its own order of letters, so that only DuckDB's is checked, by code points."""
    events = plain.tables.events
    for by, other in (("title_en", "title_ar"), ("title_ar", "title_en")):
        titles = events[by].where(events[by].fillna("") != "", events[other]).str.lower()
        titled = dict(zip(events["event_id"], titles.fillna(""), strict=True))
        found = _all_ids(
            lambda page, by=by: engine.ask(
                pages.sorted_page, Query(), (), by=by, descending=False, page=page
            )
        )
        assert sorted(found) == sorted(events["event_id"])
        if isinstance(engine, DuckDB):
            assert [titled[key] for key in found] == sorted(titled.values())


@pytest.mark.parametrize("bound", ["low", "best", "high"])
@pytest.mark.parametrize("descending", [False, True])
def test_by_a_figure_what_has_none_comes_last(
    engine: Engine, plain: EventIndex, bound: str, descending: bool
):
    killed = engine.ask(_killed).set_index("event_id")[bound].astype("Float64")
    assert killed.notna().any()
    events = plain.tables.events
    keys = events["event_id"].map(killed.to_dict()).astype("Float64")
    wanted = _expected(plain, Query(), keys, descending=descending)
    assert wanted == _all_ids(
        lambda page: engine.ask(
            pages.sorted_by_figure, Query(), "killed", bound=bound, descending=descending, page=page
        )
    )


def _killed(tables: EngineTables) -> ir.Table:
    rows = tables.event_estimates.filter(tables.event_estimates.measure == "killed")
    return rows.join(tables.events.select("event", "event_id"), "event")
