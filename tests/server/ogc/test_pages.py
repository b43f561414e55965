"""Pages of features have every feature once, whatever their size, and the filters of the page."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.datasets.event_map.layouts import Layout
from dashboard.model.event_tables import CURATED
from dashboard.model.terms import DatasetTerms
from dashboard.project.catalog import Catalog
from dashboard.query.query import Query
from dashboard.server.ogc import collections, documents
from dashboard.server.ogc.collections import Access, access
from dashboard.server.ogc.pages import Feature, feature_of, page_of
from dashboard.server.ogc.requests import Bounds, Cursor
from dashboard.server.parameters import RequestError

NORTH = Bounds(38.0, 36.0, 39.5, 37.0)


def all_of(
    catalog: Catalog,
    layout: Layout,
    limit: int,
    query: Query = Query(),  # noqa: B008 it is frozen
    bounds: Bounds | None = None,
) -> list[Feature]:
    """The features of all pages."""
    found: list[Feature] = []
    cursor: Cursor | None = Cursor()
    while cursor is not None:
        page = page_of(catalog, query, layout, bounds, cursor, limit)
        assert len(page.features) <= limit
        assert page.features or page.following is None
        found += page.features
        cursor = page.following
    return found


@pytest.fixture(scope="module")
def features(catalog: Catalog) -> dict[Layout, list[Feature]]:
    """All features by layout."""
    return {layout: all_of(catalog, layout, 1_000) for layout in Layout}


@pytest.mark.parametrize("layout", list(Layout))
def test_pages_of_any_size_have_each_feature_once(catalog: Catalog, layout: Layout):
    whole = all_of(catalog, layout, 1_000)
    ids = [feature.id for feature in whole]
    assert len(set(ids)) == len(ids)
    events = {feature.properties["event_id"] for feature in whole}
    assert len(events) == catalog.events
    for limit in (40, 100):
        assert [feature.id for feature in all_of(catalog, layout, limit)] == ids


@settings(max_examples=25)
@given(
    corner=st.tuples(st.floats(36, 41), st.floats(34, 37)),
    size=st.tuples(st.floats(0, 3), st.floats(0, 2)),
    layout=st.sampled_from(list(Layout)),
)
def test_bounds_leave_exactly_the_features_in_them(
    catalog: Catalog,
    features: dict[Layout, list[Feature]],
    corner: tuple[float, float],
    size: tuple[float, float],
    layout: Layout,
):
    (west, south), (width, height) = corner, size
    bounds = Bounds(west, south, west + width, south + height)
    expected = [
        feature.id
        for feature in features[layout]
        if feature.lon is not None
        and west <= feature.lon <= bounds.east
        and feature.lat is not None
        and south <= feature.lat <= bounds.north
    ]
    assert [f.id for f in all_of(catalog, layout, 50, bounds=bounds)] == expected


def test_bounds_across_the_antimeridian_are_two_parts_of_the_world(catalog: Catalog):
    whole = all_of(catalog, Layout.PLACE, 1_000)
    across = Bounds(39.0, -90, 38.5, 90)
    expected = [f.id for f in whole if f.lon is not None and (f.lon >= 39.0 or f.lon <= 38.5)]
    assert 0 < len(expected) < len(whole)
    assert [f.id for f in all_of(catalog, Layout.PLACE, 60, bounds=across)] == expected
    assert all_of(catalog, Layout.PLACE, 60, bounds=Bounds(170, -90, -170, 90)) == []


def test_filters_and_dates_are_those_of_the_page(catalog: Catalog):
    query = Query(kinds=("clash",), start=date(2020, 12, 20), end=date(2021, 1, 10))
    totals, _counts = catalog.totals(query)
    assert len(all_of(catalog, Layout.EVENT, 30, query)) == totals.shown > 0
    certain = replace(query, certain=True)
    assert len(all_of(catalog, Layout.EVENT, 30, certain)) == totals.shown - totals.possible


def test_a_feature_is_found_by_its_id(catalog: Catalog):
    everything = Query()
    for layout in Layout:
        for feature in all_of(catalog, layout, 1_000, bounds=NORTH)[:5]:
            found = feature_of(catalog, everything, layout, feature.id)
            assert found == feature
        assert feature_of(catalog, everything, layout, "nothing.1") is None
        assert feature_of(catalog, everything, layout, "' OR 1=1 --") is None
    of_made = page_of(catalog, Query(datasets=("made",)), Layout.EVENT, None, Cursor(), 1)
    (made,) = of_made.features
    assert feature_of(catalog, Query(datasets=(CURATED,)), Layout.EVENT, made.id) is None


def test_rows_that_may_not_be_shared_stay_on_this_machine(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
):
    terms = DatasetTerms("made", "Made", rows_may_be_shared=False)
    monkeypatch.setattr(Catalog, "terms", lambda _self, _ids: (terms,))
    assert access(catalog, shared=False) == Access(tuple(catalog.datasets), ())
    allowed = access(catalog, shared=True)
    assert allowed.left_out == ("Made",)
    made = collections.collections(catalog, allowed)
    assert "dataset.made" not in made
    assert "Made" in made["events"].description
    query = allowed.restrict(Query(), made["events"])
    left = all_of(catalog, Layout.EVENT, 1_000, query)
    assert {feature.properties["dataset"] for feature in left} == {CURATED}
    with pytest.raises(RequestError, match="do not allow"):
        allowed.restrict(Query(datasets=("made",)), made["events"])


def test_a_collection_of_a_dataset_has_its_events_only(catalog: Catalog):
    allowed = access(catalog, shared=False)
    made = collections.collections(catalog, allowed)
    query = allowed.restrict(Query(), made["dataset.made"])
    features = all_of(catalog, Layout.EVENT, 1_000, query)
    assert {feature.properties["dataset"] for feature in features} == {"made"}
    with pytest.raises(RequestError, match="one dataset"):
        allowed.restrict(Query(datasets=("made",)), made["dataset.made"])


def test_the_openapi_document_has_every_collection(catalog: Catalog):
    made = collections.collections(catalog, access(catalog, shared=False))
    document = documents.openapi("http://here/ogc", made)
    for each in made:
        assert f"/collections/{each}/items" in document["paths"]
    names = [
        one["name"] for one in document["paths"]["/collections/events/items"]["get"]["parameters"]
    ]
    assert {"bbox", "datetime", "limit", "kind", "certain"} <= set(names)
    assert len(set(names)) == len(names)
