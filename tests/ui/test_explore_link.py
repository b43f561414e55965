"""Which links a person has opened, and which are only late: the browser has not got the last one yet."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.ui.state import explore_query
from dashboard.ui.state.session import one_thread


def _explore() -> None:
    import streamlit as st

    from dashboard.ui.project import catalog, load
    from dashboard.ui.state import explore_query

    if st.session_state.get("elsewhere"):
        explore_query.leave()
        return
    query = explore_query.read(catalog(load()).vocabulary)
    st.text(",".join(query.kinds))
    st.button("Arrest", on_click=lambda: explore_query.change(kinds=("arrest",)))
    st.button("Threat", on_click=lambda: explore_query.change(kinds=("threat",)))
    explore_query.write()


@pytest.fixture
def app() -> AppTest:
    """A page on which "arrest" and then "threat" was chosen."""
    app = AppTest.from_function(_explore, default_timeout=60).run()
    app.button[0].click().run()
    app.button[1].click().run()
    assert shown(app) == "threat"
    return app


def shown(app: AppTest) -> str:
    assert not app.exception
    return app.text[0].value


def test_a_late_link_of_the_page_undoes_no_click(app: AppTest):
    for late in (["arrest"], []):
        app.query_params.clear()
        if late:
            app.query_params["kind"] = late
        app.run()
        assert shown(app) == "threat"


def test_a_link_that_the_page_never_wrote_is_of_a_person(app: AppTest):
    app.query_params["kind"] = ["release"]
    app.run()
    assert shown(app) == "release"


def test_the_back_button_returns_to_an_earlier_link(app: AppTest, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(explore_query, "is_history_navigation", lambda: True)
    app.query_params["kind"] = ["arrest"]
    app.run()
    assert shown(app) == "arrest"


def test_an_earlier_link_opened_from_another_page_is_followed(app: AppTest):
    app.session_state["elsewhere"] = True
    app.run()
    app.session_state["elsewhere"] = False
    app.query_params["kind"] = ["arrest"]
    app.run()
    assert shown(app) == "arrest"


def test_what_is_read_and_set_is_not_undone_by_another_thread():
    """Without it most of these are lost: a thread sets what it read before others had set theirs."""
    numbers: list[int] = []

    @one_thread
    def add() -> None:
        last = len(numbers)
        time.sleep(0.001)
        numbers[last:] = [last]

    with ThreadPoolExecutor(8) as threads:
        for _ in range(40):
            threads.submit(add)
    assert numbers == list(range(40))
