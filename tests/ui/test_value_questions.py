"""What a check did not understand is asked, and stays asked after its answer."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.datasets.formats.notices import OTHER_VALUES
from dashboard.ui.data.value_questions import Asked

pytestmark = pytest.mark.usefixtures("workspace")


def test_questions_are_those_of_all_checks_of_a_file():
    asked = Asked("a.csv")
    notices = [
        ["unknown_kind", "type", "Kinetic event", "", 3],
        ["kind", "type", "Armed clash", "clash", 2],
        ["several_places", "place", "عين عيسي", "ain_issa ain_issa_lattakia", 1],
        ["unknown_kind", "type", OTHER_VALUES, "", 900],
        ["number_as_date", "date", "44214", "", 1],
    ]
    written = {"changed_ids_added": 2, "examples": {"changed_ids_added": ["t:1", "t:2"]}}
    asked.add({"notices": notices, "written": written})
    asked.add({"notices": [["kind", "type", "Kinetic event", "shelling", 3]], "written": None})
    assert asked.kinds == {"Kinetic event": 3}
    assert asked.places == {"عين عيسي": ("ain_issa", "ain_issa_lattakia")}
    assert asked.options == {"date_numbers": "44214", "changed_ids": "t:1, t:2"}


def _many(count: int, earlier: str) -> None:
    import streamlit as st

    from dashboard.datasets.formats.answers import Answers
    from dashboard.ui.data.value_questions import asked_about, value_answers
    from dashboard.ui.project import load

    asked = asked_about("a.csv")
    asked.add({"open": [["unknown_kind", "type", f"Kind {n:03}", "", 9] for n in range(count)]})
    before = Answers(kinds={earlier: "clash"}, zero_coordinates="none") if earlier else Answers()
    answers = value_answers(asked, load().corpus, before)
    st.text(f"{len(answers.kinds)} {sorted(answers.kinds)[-1:]} {answers.zero_coordinates}")


def _run(count: int, earlier: str = "") -> AppTest:
    app = AppTest.from_function(_many, default_timeout=90, args=(count, earlier))
    app.run()
    assert not app.exception, app.exception
    return app


def _field(app: AppTest, label: str) -> Any:
    return next(field for field in app.selectbox if label in field.label)


def test_two_hundred_names_of_kinds_can_be_answered():
    app = _run(200)
    assert len(app.selectbox) == 21
    _field(app, "Kind 000").set_value("shelling").run()
    app.number_input[0].set_value(10).run()
    _field(app, "Kind 199").set_value("clash").run()
    assert app.text[0].value == "2 ['Kind 199'] None"
    app.number_input[0].set_value(1).run()
    assert _field(app, "Kind 000").value == "shelling"
    app.text_input[0].set_value("kind 19").run()
    _field(app, "All 10 values").set_value("protest").run()
    assert app.text[0].value == "11 ['Kind 199'] None"
    assert _field(app, "Kind 199").value == "protest"
    app.text_input[0].set_value("").run()
    _field(app, "All 200 values").set_value("clash").run()
    assert app.text[0].value.startswith("200 ")
    assert not app.exception


def test_answers_of_an_earlier_import_are_shown_changed_and_dropped():
    app = _run(0, "Old name")
    assert "2 answers of an earlier import are used" in [box.label for box in app.expander]
    assert app.text[0].value == "1 ['Old name'] none"
    _field(app, "Coordinates 0, 0").set_value("point").run()
    assert app.text[0].value == "1 ['Old name'] point"
    app.button[0].click().run()
    assert app.text[0].value == "0 [] None"
    _field(app, "Old name").set_value("shelling").run()
    assert app.text[0].value == "1 ['Old name'] None"
