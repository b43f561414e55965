"""The filter by a number of people or vehicles, as an analyst uses it."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.language.language import ARABIC, using_language
from dashboard.model.estimate import FigureSum, Measure
from dashboard.query.query import EstimateRange, Query
from tests.ui.running import panel, texts


def _filter() -> None:
    from collections import defaultdict

    from dashboard.model.estimate import FigureSum, Measure
    from dashboard.query.counts import Totals
    from dashboard.ui.explore.estimate_filter import estimate_filter
    from dashboard.ui.state import explore_query

    sums = {Measure.KILLED: FigureSum(16, 12, 19, 0), Measure.TROOPS: FigureSum(1, 500, 500, 1)}
    query = explore_query.read(defaultdict(tuple))
    estimate_filter(query, Totals(46, 46, 0, 0, 0, 0, 0, sums))
    explore_query.write()


def _query(app: AppTest) -> Query:
    query: Query = app.session_state["query"]
    return query


def test_bounds_filter_the_selected_measure():
    app = panel(_filter)
    assert _query(app).estimate is None
    assert [field.value for field in app.number_input] == [None, None]
    app.number_input[0].set_value(5).run()
    assert _query(app).estimate == EstimateRange(Measure.KILLED, 5, None)
    app.number_input[1].set_value(9).run()
    assert _query(app).estimate == EstimateRange(Measure.KILLED, 5, 9)
    app.selectbox[0].set_value(Measure.WOUNDED).run()
    assert _query(app).estimate == EstimateRange(Measure.WOUNDED, 5, 9)
    assert _query(app).measure is Measure.WOUNDED
    for field in (0, 1):
        app.number_input[field].set_value(None).run()
    assert _query(app).estimate is None


def test_zero_is_a_bound():
    app = panel(_filter)
    app.number_input[1].set_value(0).run()
    assert _query(app).estimate == EstimateRange(Measure.KILLED, None, 0)


def test_bounds_in_the_wrong_order_are_said_and_filter_nothing():
    app = panel(_filter)
    app.number_input[1].set_value(3).run()
    app.number_input[0].set_value(10).run()
    assert _query(app).estimate is None
    assert "10 is more than 3: events are not filtered" in texts(app)
    assert [field.value for field in app.number_input] == [10, 3]
    app.number_input[1].set_value(20).run()
    assert _query(app).estimate == EstimateRange(Measure.KILLED, 10, 20)
    assert "is more than" not in texts(app)


def test_reset_clears_bounds_in_any_order():
    def reset() -> None:
        import streamlit as st

        from dashboard.ui.state import explore_query

        st.button("Reset", on_click=explore_query.reset)

    app = panel(_filter)
    app.number_input[1].set_value(3).run()
    app.number_input[0].set_value(10).run()
    with_reset = AppTest.from_function(reset)
    for key in ("query", "unordered_estimate", "written_link"):
        with_reset.session_state[key] = app.session_state[key]
    with_reset.run()
    with_reset.button[0].click().run()
    assert "unordered_estimate" not in with_reset.session_state
    assert with_reset.session_state["query"].estimate is None


def test_each_measure_has_its_sum():
    shown = texts(panel(_filter))
    assert "12 to 19 killed in 16 events" in shown
    assert "at least 500 troops in 1 event" in shown


def test_a_link_with_another_measure_is_explained():
    query = Query(estimate=EstimateRange(Measure.WOUNDED, 3, None))
    app = panel(_filter, query=query, written_link={})
    assert "another number: with at least 3 wounded" in texts(app)
    assert [field.value for field in app.number_input] == [None, None]


@pytest.mark.parametrize("total", [FigureSum(16, 12, 19, 0), FigureSum(1, 3, 3, 1)])
def test_sums_for_print_name_events_without_a_figure(total: FigureSum):
    from dashboard.language.figures import sum_note

    english = sum_note(Measure.KILLED, total, 46)
    figure = "at least 3" if total.open_events else "12 to 19"
    assert english == (
        f"Killed: {figure} in {total.events} of 46 events; {46 - total.events} without a figure"
    )
    with using_language(ARABIC):
        assert "46" in sum_note(Measure.KILLED, total, 46)
        assert sum_note(Measure.KILLED, total, total.events).count("؛") == 0
