"""The filter by dates, as an analyst uses it."""

from datetime import date

from streamlit.testing.v1 import AppTest

from dashboard.query.query import Query
from tests.ui.running import panel


def _filter() -> None:
    from collections import defaultdict

    from dashboard.query.histogram import Extent
    from dashboard.ui.explore.date_filter import date_filter
    from dashboard.ui.state import explore_query

    query = explore_query.read(defaultdict(tuple))
    date_filter(Extent(18_576, 18_686), query)
    explore_query.write()


def _query(app: AppTest) -> Query:
    query: Query = app.session_state["query"]
    return query


def test_dates_are_typed_chosen_and_cleared():
    app = panel(_filter)
    assert [field.value for field in app.date_input] == [None, None]
    app.selectbox[0].set_value("week").run()
    assert (_query(app).start, _query(app).end) == (date(2021, 2, 22), date(2021, 2, 28))
    assert app.selectbox[0].value is None
    app.date_input[0].set_value(date(2020, 12, 18)).run()
    assert (_query(app).start, _query(app).end) == (date(2020, 12, 18), date(2021, 2, 28))
    app.date_input[1].set_value(None).run()
    assert (_query(app).start, _query(app).end) == (date(2020, 12, 18), None)


def test_a_date_beyond_the_other_moves_it():
    app = panel(_filter)
    app.date_input[1].set_value(date(2020, 12, 1)).run()
    app.date_input[0].set_value(date(2021, 1, 5)).run()
    assert (_query(app).start, _query(app).end) == (date(2021, 1, 5), date(2021, 1, 5))
    app.date_input[1].set_value(date(2020, 12, 20)).run()
    assert (_query(app).start, _query(app).end) == (date(2020, 12, 20), date(2020, 12, 20))
