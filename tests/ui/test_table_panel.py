"""The tab of the table: its order over all pages, its columns, and what it shares with the list."""

from collections.abc import Sequence
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.browser.event_table import EventTable
from dashboard.model.corpus import Corpus
from dashboard.model.table_view import TableView
from dashboard.query import sorted_page
from dashboard.ui.components import table_control
from dashboard.ui.explore import listed, table_panel
from tests.ui.running import components, texts

pytestmark = pytest.mark.usefixtures("workspace")


def _script() -> None:
    from dashboard.query.answers import totals_from_engine
    from dashboard.ui.explore.table_panel import table_panel
    from dashboard.ui.project import catalog, load
    from dashboard.ui.state import explore_query
    from tests.ui.running import register_pages

    register_pages()
    known = catalog(load())
    query = explore_query.read(known.vocabulary)
    totals, _counts = totals_from_engine(known.engine, known.effective(query), known.events)
    table_panel(known, query, totals)


def _run(**params: Sequence[str] | str) -> AppTest:
    app = AppTest.from_function(_script, default_timeout=90)
    for key, value in params.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception, app.exception
    return app


def _table(app: AppTest) -> dict[str, Any]:
    return components(app)["event_map_table"]


def _column(app: AppTest, heading: str) -> list[Any]:
    return next(it["cells"] for it in _table(app)["columns"] if it["heading"] == heading)


def test_kinds_are_sorted_by_what_the_reader_sees():
    for sort, descending in (("kind", False), ("-kind", True)):
        kinds = _column(_run(sort=sort), "Kind")
        assert kinds == sorted(kinds, reverse=descending)


def test_an_order_that_is_not_seen_is_said():
    assert "not shown: Killed, best" in texts(_run(sort="-killed.best"))
    assert "not shown: Kind" in texts(_run(sort="kind", columns="date.title"))
    assert "not shown" not in texts(_run(sort="kind"))


def test_pages_are_parts_of_one_order(monkeypatch: pytest.MonkeyPatch, corpus: Corpus):
    for module in (sorted_page, table_panel):
        monkeypatch.setattr(module, "PAGE_ROWS", 20)
    app = _run(sort="-date")
    seen = list(_table(app)["ids"])
    for page in (2, 3):
        app.number_input(key="table_page").set_value(page).run()
        seen += _table(app)["ids"]
    assert len(seen) == len(set(seen)) == len(corpus.events.events)
    assert app.number_input(key="table_page").max == 3


def test_columns_are_chosen_and_none_means_the_usual_ones():
    app = _run(columns="date.title")
    assert [it["heading"] for it in _table(app)["columns"]] == ["Date", "Event"]
    app.multiselect[0].set_value([]).run()
    assert {"Date", "Kind", "Places"} <= {it["heading"] for it in _table(app)["columns"]}


def test_the_words_above_list_and_table_are_the_same(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(listed, "figures_in_words", lambda *_: ["figures in words"])
    assert "46 events, figures in words" in texts(_run())


def test_a_click_on_a_heading_gives_the_order(monkeypatch: pytest.MonkeyPatch):
    sent: dict[str, Any] = {}
    orders: list[tuple[str, bool]] = []
    monkeypatch.setattr(table_control, "_table", lambda **options: sent.update(options))
    values = {"sort": {"by": "kind", "descending": True}, "event": "e1"}
    monkeypatch.setattr(table_control, "component_values", lambda _key: values)
    chosen: list[str] = []
    table_control.event_table(
        EventTable([], [], None, TableView()),
        key="a_table",
        on_choose=chosen.append,
        on_sort=lambda by, descending: orders.append((by, descending)),
    )
    sent["on_sort_change"]()
    sent["on_event_change"]()
    assert orders == [("kind", True)]
    assert chosen == ["e1"]
    assert sent["data"]["sort"] == {"by": "date", "descending": False}
