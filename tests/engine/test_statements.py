"""Statements with values filled in mean what expressions with those values mean."""

from pathlib import Path

import ibis.expr.types as ir
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ibis.backends.duckdb import Backend as Compiler

from dashboard.engine.datasets import Datasets
from dashboard.engine.duckdb_engine import DuckDB
from dashboard.engine.statements import Placeholders
from dashboard.model.corpus import Corpus
from dashboard.model.grid import Box
from dashboard.query import map_counts, pages
from dashboard.query.colouring import Colouring
from dashboard.query.query import MapView, Query
from tests.engine import sample_data
from tests.oracle.tables import Tables

# Quotes, backslashes, what marks are made of, and values that there are.
TEXTS = st.one_of(
    st.text(alphabet="ab'\"\\;-%$:?\ue000\ue00101 \n", max_size=8),
    st.sampled_from(["clash", "arrest", "shelling", "Army of A", "raqqa_governorate"]),
)
LISTS = st.lists(TEXTS, max_size=5, unique=True).map(tuple)
EDGES = st.integers(-(2**30), 2**31)


@pytest.fixture(scope="module")
def duck(tmp_path_factory: pytest.TempPathFactory, corpus: Corpus, tables: Tables) -> DuckDB:
    return DuckDB(sample_data.folder_of(tmp_path_factory.mktemp("sample"), corpus, 200))


def with_literals(duck: DuckDB, expression: ir.Table) -> pd.DataFrame:
    """The rows of an expression as Ibis writes it, its values as literals of SQL."""
    with duck._con.cursor() as cursor:
        return cursor.execute(Compiler().compile(expression)).df()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LISTS, LISTS, LISTS)
def test_any_values_give_what_the_expression_gives(duck: DuckDB, kinds, actors, places):
    query = Query(kinds=kinds, actors=actors, place_ids=places)
    rows = duck.ask(pages.page, query, size=500)
    plain = with_literals(duck, pages.page(duck.tables, query, size=500))
    pd.testing.assert_frame_equal(rows, plain)


@settings(max_examples=30)
@given(EDGES, EDGES)
def test_any_part_of_the_map_gives_what_the_expression_gives(duck: DuckDB, left: int, top: int):
    box = Box(5, left, top, left + 2**28, top + 2**28)
    days = map_counts.bins(18_600, 18_700, (None, None))
    rows = duck.ask(map_counts.counts_by_square, Query(), box, days, Colouring("group"))
    plain = with_literals(
        duck, map_counts.counts_by_square(duck.tables, Query(), box, days, Colouring("group"))
    )
    keys = ["column", "row", "dated", "begins", "ends", "split", "contested", "reviewed"]
    keys += ["refuted", "confirmed"]
    assert rows.sort_values(keys).values.tolist() == plain.sort_values(keys).values.tolist()


def test_selections_of_a_few_lengths_have_one_form(duck: DuckDB):
    forms = {Placeholders().lift(Query(kinds=tuple("abcdefgh")[:many])) for many in range(9)}
    assert len(forms) == 3
    assert Placeholders().lift(Query(view=MapView(1, 2, 3), tab="table")) == Placeholders().lift(
        Query()
    )


def test_sql_is_generated_once_for_each_form(tmp_path: Path, duck: DuckDB):
    engine = DuckDB(Datasets(tmp_path / "none"))
    for kinds in (("clash",), ("arrest",), ("it's",)):
        engine.ask(pages.all_numbers, Query(kinds=kinds), most=9)
    assert engine._statement.cache_info().misses == 1
