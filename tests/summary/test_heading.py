"""Titles of selections."""

from dataclasses import replace
from datetime import date

from dashboard.model.terms import DatasetTerms
from dashboard.model.when import DatePrecision, When
from dashboard.query.query import Query
from dashboard.summary.heading import sentence, suggested_title
from dashboard.summary.summary import Summary
from tests.oracle.selected import events_between


def test_a_title_never_has_its_end_before_its_start():
    """An event of 2019 or later matches a filter from 2021 on."""
    selected = events_between([When(date(2019, 5, 1), None, DatePrecision.OPEN)])
    query = Query(start=date(2021, 1, 10))
    summary = Summary(selected, query, date(2026, 1, 1), 1)
    assert suggested_title(summary) == "Reported events, January 2021"
    later = replace(summary, query=replace(query, end=date(2021, 3, 1)))
    assert suggested_title(later) == "Reported events, January 2021 to March 2021"


def test_a_sentence_has_the_names_of_datasets_and_not_their_ids():
    selected = events_between([When(date(2021, 1, 5), date(2021, 1, 5), DatePrecision.DAY)])
    terms = (DatasetTerms("acled", "ACLED", credit="", licence=""),)
    summary = Summary(selected, Query(datasets=("acled",)), date(2026, 1, 1), 1, terms)
    assert "from ACLED." in sentence(summary)
