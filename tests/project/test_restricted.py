"""Who may not see a dataset or an article gets what a project answers in which it does not exist."""

from collections.abc import Iterator
from datetime import date

import msgspec
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.browser.map_data import map_data
from dashboard.browser.outside import outside_of
from dashboard.browser.suggestions import suggestions
from dashboard.export.coarsen import Coarseness
from dashboard.export.formats import FORMATS
from dashboard.export.options import ExportOptions
from dashboard.export.selection import export_of
from dashboard.model.grid import box_of
from dashboard.model.restriction import RestrictedKind
from dashboard.model.viewer import acting_as
from dashboard.project.catalog import Catalog
from dashboard.project.cross_pairs import cross_pairs
from dashboard.project.project import Loaded, Project
from dashboard.query.answers import days_from_engine, facet_counts_from_engine
from dashboard.query.bulk import flat
from dashboard.query.query import SHADINGS, Query
from dashboard.trends.from_engine import crossed
from dashboard.trends.over_time import over_time
from tests.project.without import (
    OUTSIDER,
    PUBLIC,
    SECRET,
    hide,
    project_at,
    seeds_without,
)

# They have events of their own, and such of which other articles report too.
ARTICLES = ("a001_syria_tv", "a003_orient_net")


class Pair:
    """What the outsider sees, and a project without it."""

    def __init__(self, seen: tuple[Loaded, Catalog], without: tuple[Loaded, Catalog]) -> None:
        self.seen, self.without = seen, without


def opened(project: Project) -> tuple[Loaded, Catalog]:
    loaded = project.load()
    return loaded, project.catalog(loaded)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    complete = project_at(tmp_path_factory.mktemp("complete"))
    hide(complete, RestrictedKind.DATASET, SECRET)
    for article in ARTICLES:
        hide(complete, RestrictedKind.ARTICLE, article)
    folder = tmp_path_factory.mktemp("without")
    seeds_without(ARTICLES, folder / "seeds")
    without = opened(project_at(folder, datasets=(PUBLIC,)))
    with acting_as(OUTSIDER):
        yield Pair(opened(complete), without)


def some(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=2).map(tuple)


QUERIES = st.builds(
    Query,
    kinds=some("clash", "shelling", "protest", "agreement"),
    attestations=some("corroborated", "disputed", "single_source"),
    datasets=st.sampled_from([(), ("curated",), (PUBLIC,), (SECRET,), ("curated", SECRET)]),
    places=st.sampled_from([(), (), ("ain_issa",), ("raqqa",)]),
    text=st.sampled_from(["", "", "town", "عين عيسى", "Syria TV"]),
    start=st.none() | st.dates(date(2020, 11, 1), date(2021, 3, 1)),
    certain=st.booleans(),
    shading=st.sampled_from(SHADINGS),
)  # fmt: skip


def sorted_rows(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    return sorted(map(tuple, frame.astype(str).itertuples(index=False)))


def answers(catalog: Catalog, query: Query) -> dict[str, object]:
    """What every part of the page, the routes and the files answers."""
    totals, counts = catalog.totals(query)
    box = box_of(34, 36, 38, 42, 8)
    selected = catalog.select(query)
    batches = catalog.engine.batches(flat, catalog.effective(query), every_place=True, records=True)
    files = {}
    if selected is not None and selected.events:
        export = export_of(selected, Coarseness.ORIGINAL, {})
        files = {name: FORMATS[name].make(export, ExportOptions()) for name in ("csv", "geojson")}
    return {
        "totals": totals,
        "counts": sorted_rows(counts),
        "filters": {
            key: dict(values)
            for key, values in facet_counts_from_engine(
                catalog.engine, catalog.only_filters(query), counts
            ).items()
        },
        "map": map_data(catalog, query, box).body,
        "outside": outside_of(catalog, query, box),
        "trend": over_time(catalog, query),
        "cross": sorted_rows(crossed(catalog, query, (9, 9))),
        "bulk": sorted(str(row) for batch in batches for row in batch.to_pylist()),
        "files": files,
        "suggestions": [
            msgspec.to_builtins(suggestions(catalog, query, text))
            for text in ("town", "syria", "secret", "عين")
        ],
    }


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(query=QUERIES)
def test_each_answer_is_that_of_a_project_without_it(pair: Pair, query: Query):
    seen, without = answers(pair.seen[1], query), answers(pair.without[1], query)
    for name, answer in without.items():
        assert seen[name] == answer, f"{name}: {str(seen[name])[:2000]}"


def test_what_is_read_is_that_of_a_project_without_it(pair: Pair):
    seen, without = pair.seen[0].corpus, pair.without[0].corpus
    assert seen.articles == without.articles
    assert seen.events == without.events
    assert seen.faults == without.faults
    assert seen.attestations() == without.attestations()
    assert set(pair.seen[1].datasets) == set(pair.without[1].datasets)
    assert pair.seen[1].extent == pair.without[1].extent
    assert cross_pairs(pair.seen[1]).total == cross_pairs(pair.without[1]).total
    for key, known in pair.without[1].vocabulary.items():
        if isinstance(known, frozenset):
            assert pair.seen[1].vocabulary[key] == known, key


def test_days_of_the_timeline_are_those_without_it(pair: Pair):
    both = [
        days_from_engine(catalog.engine, Query(), catalog.extent, uncertain=True)
        for _loaded, catalog in (pair.seen, pair.without)
    ]
    assert sorted_rows(both[0].counts) == sorted_rows(both[1].counts)
    assert both[0].uncertain_events == both[1].uncertain_events
