"""What a column may be taken for, in words, and many fields that are shown a page at a time."""

from streamlit.testing.v1 import AppTest

from dashboard.datasets.formats.column_mapping import ROLES
from dashboard.ui.data.name_fields import _PAGE, NameFields
from dashboard.ui.data.role_names import role_names, use_names

_MANY = 45


def test_every_role_has_a_name_of_its_own():
    names = role_names()
    assert set(names) >= set(ROLES)
    assert len(set(names.values())) == len(names)
    assert names["date_end"] == "Last day"
    assert set(use_names()) > set(names)


def _page() -> None:
    import streamlit as st

    from dashboard.ui.data.name_fields import NameFields

    answers = st.session_state.setdefault("given", {})
    NameFields(
        key="kinds",
        labels={f"name {number}": f"name {number}" for number in range(45)},
        choices=lambda _name: ["clash", "shelling"],
        show=str,
        unknown="unknown",
        answers=answers,
        common=["clash", "shelling"],
    ).draw()


def test_many_names_are_asked_a_page_at_a_time():
    app = AppTest.from_function(_page, default_timeout=30).run()
    assert not app.exception
    fields = [box for box in app.selectbox if box.label.startswith("name ")]
    assert len(fields) == _PAGE < _MANY
    fields[0].select("clash").run()
    assert app.session_state["given"] == {"name 0": "clash"}
    assert NameFields.__doc__
