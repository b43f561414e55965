"""The pages through Streamlit's AppTest: what the server says, without a browser."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.corpus import Corpus
from dashboard.query.query import Query
from dashboard.ui.explore import map_choice
from tests.oracle.select import EventIndex, select
from tests.ui.running import components

APP = Path(__file__).resolve().parents[2] / "dashboard" / "main.py"


def _open(**params: str) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=30)
    for key, value in params.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def test_the_start_page_counts_every_event(index: EventIndex):
    assert _open().text[0].value.startswith(f"{index.size} of {index.size} events")


def test_a_link_selects(index: EventIndex):
    expected = int(select(index, Query(kinds=("arrest",))).shown.sum())
    assert _open(kind="arrest").text[0].value.startswith(f"{expected} of {index.size} events")


def test_bad_values_are_reported():
    app = _open(kind="nonsense")
    assert "not known here" in app.warning[0].value


def test_reset_clears_the_filters_and_the_address_bar(index: EventIndex):
    app = _open(kind="arrest")
    app.button(key="reset").click().run()
    assert app.text[0].value.startswith(f"{index.size} of")
    assert "kind" not in app.query_params


def test_an_unknown_engine_is_reported(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("EVENT_MAP_ENGINE", "mysql://x")
    app = _open()
    assert "cannot be shown" in app.error[0].value
    assert "found 'mysql'" in app.dataframe[0].value.to_string()


def test_the_size_of_marks_is_chosen_and_in_the_link(index: EventIndex):
    app = _open(measure="detained")
    box = app.selectbox(key="size")
    assert (box.label, box.value) == ("Size of marks", "events")
    assert box.options == ["Number of events", "Detained"]
    box.select("figure").run()
    assert not app.exception
    assert app.query_params["size"] in ("figure", ["figure"])
    assert app.text[0].value.startswith(f"{index.size} of {index.size} events")
    app.selectbox(key="size").select("events").run()
    assert "size" not in app.query_params


def test_areas_in_place_of_marks_are_chosen_and_in_the_link():
    app = _open()
    box = app.selectbox(key="shading")
    assert box.options == list(map_choice.SHADING_LABELS.values())
    box.select("district").run()
    assert not app.exception
    assert app.query_params["shade"] in ("district", ["district"])
    assert not [box for box in app.selectbox if box.key in ("colour", "size")]
    app.selectbox(key="shading").select("marks").run()
    assert "shade" not in app.query_params


def test_the_search_field_has_the_text_of_the_link_and_the_filters_for_its_counts():
    app = _open(q="القامشلي", kind="arrest")
    assert "mentioning" in app.text[0].value
    data = components(app)["event_map_search"]
    assert data["text"] == "القامشلي"
    assert ["kind", "arrest"] in data["link"]


def test_nothing_found_says_what_to_loosen():
    app = _open(q="zzzz")
    assert "Search text" in app.info[0].value


@pytest.mark.parametrize("tab", ["events", "evidence", "shelf", "table"])
def test_each_tab_opens(tab: str):
    _open(tab=tab)


def test_every_event_has_its_evidence(corpus: Corpus):
    app = _open(tab="evidence")
    for event_id, event in corpus.events.events.items():
        app.query_params["event"] = event_id
        app.query_params["tab"] = "evidence"
        app.run()
        assert not app.exception
        assert any(event.title_ar in block.proto.body for block in app.get("html")), event_id
