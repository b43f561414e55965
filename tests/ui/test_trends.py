"""The tab of trends: what it counts, what it says of it, and what becomes a filter."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.corpus import Corpus
from dashboard.model.trend import Trend, TrendView
from tests.ui.running import click, html

pytestmark = pytest.mark.usefixtures("workspace")

_NO_FIGURE = (
    "No dated event of the selection has a figure: killed. Count the events instead, or choose "
    "another measure in the sidebar."
)
_NO_DATE = (
    "No event of the selection has a date in these days. Widen the dates, or remove a filter."
)
_NO_VALUE = (
    "No event of the selection has a value in both columns. Choose other columns, or "
    "remove a filter."
)


def _trends(trend: object) -> None:
    from dashboard.ui.explore.trends.panel import trends_panel
    from dashboard.ui.project import catalog, load
    from dashboard.ui.state import explore_query
    from tests.ui.running import register_pages

    register_pages()
    if explore_query.current().tab != "trends":
        explore_query.change(tab="trends", trend=trend)
    trends_panel(catalog(load()), explore_query.current())


def _run(trend: Trend) -> AppTest:
    app = AppTest.from_function(_trends, default_timeout=90, args=(trend,))
    app.run()
    assert not app.exception, app.exception
    return app


def test_the_chart_has_its_key_and_says_what_is_lighter():
    app = _run(Trend(split="actor"))
    assert "Syrian Democratic Forces" in html(app)
    assert "All others" in html(app)
    captions = " ".join(each.value for each in app.caption)
    assert "may have been in the period" in captions
    assert "An event with several values counts in each" in captions
    table = app.dataframe[0].value
    assert table["All events"].tolist()[-1] == "up to 4"
    assert len(table) == 16


def test_a_measure_without_figures_says_so():
    app = _run(Trend(figures=True))
    assert [info.value for info in app.info] == [_NO_FIGURE]


def test_two_periods_are_compared_and_chosen_with_a_click(corpus: Corpus):
    app = _run(Trend(TrendView.PERIODS, split="governorate"))
    table = app.dataframe[0].value
    assert table["Governorate"][0] == "All events"
    assert "Raqqa governorate" in table["Governorate"].tolist()
    assert "10 November 2020 to 3 January 2021 (55 days)" in " ".join(
        it.value for it in app.caption
    )
    click(app, "The year before")
    captions = " ".join(each.value for each in app.caption)
    assert "10 November 2019 to 28 February 2020 (111 days)" in captions
    assert "different lengths" not in captions
    earlier = app.dataframe[0].value["Earlier"]
    # Events that are only known to be before a day may be in it, and none is for certain.
    assert all(words == "0" or words.startswith("up to ") for words in earlier)


def test_a_cross_table_has_the_counts_of_the_filters(corpus: Corpus):
    app = _run(Trend(TrendView.CROSS, split="attestation", cross="group"))
    table = app.dataframe[0].value
    assert table.drop(columns="Attestation").to_numpy().sum() == len(corpus.events.events)


def _view(at: int) -> None:
    from dashboard.query.query import Query
    from dashboard.ui.explore.trends.cross import cross_view
    from dashboard.ui.explore.trends.over_time import over_time_view
    from dashboard.ui.explore.trends.two_periods import two_periods_view
    from dashboard.ui.project import catalog, load
    from tests.ui.running import register_pages

    register_pages()
    views = (over_time_view, two_periods_view, cross_view)
    views[at](catalog(load()), Query(text="no event has these words"))


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (0, _NO_DATE),
        (1, _NO_DATE),
        (2, _NO_VALUE),
    ],
)
def test_each_view_says_that_nothing_matches(at: int, words: str):
    app = AppTest.from_function(_view, default_timeout=90, args=(at,))
    app.run()
    assert not app.exception, app.exception
    assert [info.value for info in app.info] == [words]
