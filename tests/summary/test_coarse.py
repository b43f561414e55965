"""A figure counts events that are known only roughly as the page does."""

from datetime import date

import pytest

from dashboard.model.area import parse_area
from dashboard.project.project import Project
from dashboard.query.query import Query
from dashboard.settings import Settings
from dashboard.summary.coarse import coarse_events, events_at_units
from dashboard.summary.heading import sentence
from dashboard.summary.summary import Summary

QUERIES = (
    Query(areas=(parse_area("circle:38.86292,36.38373,25"),)),
    Query(areas=(parse_area("box:36,34,39,37"), parse_area("polygon:39,36;42,36;41,37.2"))),
    Query(places=("ain_issa_subdistrict", "raqqa_governorate", "ain_issa")),
)


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_records_and_engine_count_alike(settings: Settings, query: Query):
    project = Project(settings)
    catalog = project.catalog(project.load())
    totals, _counts = catalog.totals(query)
    selected = catalog.select(query)
    assert selected is not None
    summary = Summary(selected, query, date(2026, 1, 1), catalog.events)
    assert coarse_events(summary) == dict(totals.coarse)
    assert bool(totals.coarse) == bool(query.areas)
    assert (events_at_units(summary) if query.places else 0) == totals.at_units
    known = "known only roughly" if query.areas else "known only to the chosen area itself"
    assert known in sentence(summary)
