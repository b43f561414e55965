"""Components that several pages share: what each shows, and what it sends to the browser."""

import ast
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import ui
from dashboard.language.language import ENGLISH, using_language
from dashboard.model.errors import DataError, Fault
from dashboard.static_files import style_sheet
from dashboard.ui.components.faults import show_data_error, show_faults
from dashboard.ui.components.workspace_fault import error_markdown, literal
from dashboard.ui.state import session
from tests.ui.running import components, html, labels, panel, texts


def _list() -> None:
    from dashboard.browser.event_rows import EventGroupRows, EventRow
    from dashboard.ui.components.controls import event_list

    row = EventRow(
        "e1", "1 January", "Arrest", "#000", "A title", "", "Town", "contested", "Contested",
        "#000", reviewed=True, selected=False,
    )  # fmt: skip
    event_list(
        [EventGroupRows("Heading", (row,))], more="More", key="list",
        on_choose=lambda _id: None, on_more=lambda: None,
    )  # fmt: skip


def test_the_list_gets_its_rows_and_its_words():
    (data,) = components(panel(_list)).values()
    text = str(data)
    assert all(word in text for word in ("Heading", "A title", "Contested", "More"))


def _article() -> None:
    from dashboard.ui.components.controls import article_view

    article_view("<p>عين عيسى</p>", key="article", on_pick=lambda _span: None)


def test_the_article_gets_its_text():
    (data,) = components(panel(_article)).values()
    assert data == {"html": "<p>عين عيسى</p>"}


def _search() -> None:
    from dashboard.ui.components.search_control import search_control

    link = {"kind": ["arrest", "clash"], "lang": ["ar"]}
    search_control(
        "عين", link, key="search", on_text=lambda _text: None, on_choice=lambda _f, _v: None
    )


def test_the_search_field_gets_its_text_and_the_link():
    (data,) = components(panel(_search)).values()
    assert data["text"] == "عين"
    assert data["link"] == [["kind", "arrest"], ["kind", "clash"], ["lang", "ar"]]
    assert data["longest"] == 200
    assert data["words"]["placeholder"] == "Search in English or Arabic"


def _facets() -> None:
    import streamlit as st

    from dashboard.browser.facets import FacetGroup, Option
    from dashboard.ui.components.controls import facet_control, value_search

    options = (Option("arrest", "Arrest", "توقيف", 4, selected=True),)
    group = FacetGroup("kinds", "kind", "Kind", open=True, options=options, partial=False)
    facet_control([group], key="facets", on_change=lambda _values: None)
    st.text(str(value_search("facets")))


def test_filters_get_their_values_with_counts():
    app = panel(_facets)
    (data,) = components(app).values()
    (group,) = data["groups"]
    assert group["field"] == "kinds"
    assert group["options"][0]["count"] == 4
    assert app.text[0].value == "None"


def _timeline() -> None:
    from datetime import date

    from dashboard.query.query import Query
    from dashboard.timeline.from_records import days_from_records, extent_of_events
    from dashboard.timeline.timeline import timeline_of
    from dashboard.ui.components.controls import timeline_control
    from dashboard.ui.project import catalog, load

    selected = catalog(load()).select(Query())
    data = timeline_of(days_from_records(selected, extent_of_events(selected.events)))
    timeline_control(
        data,
        Query(start=date(2021, 1, 1), certain=True),
        undated=3,
        key="timeline",
        on_change=lambda _a, _b: None,
    )


def test_the_timeline_gets_its_bars_and_its_window():
    (data,) = components(panel(_timeline)).values()
    assert data["window"] == {"from": "2021-01-01", "to": None}
    assert (data["undated"], data["certain"], data["presented"]) == (3, True, False)
    assert data["timeline"]["intervals"]["rows"] > 1
    assert sum(sum(bar["counts"].values()) for bar in data["timeline"]["bins"]) > 0
    assert data["labels"].keys() == data["colours"].keys()


def _faults() -> None:
    from dashboard.model.errors import Fault
    from dashboard.ui.components.faults import show_faults

    show_faults([Fault("a.csv", 2, "lat", "a number", "'x'")])


def test_faults_are_listed_with_their_files():
    app = panel(_faults)
    assert len(app.expander) == 1
    assert "a.csv" in app.dataframe[0].value.to_string()
    assert callable(show_faults)


def _no_data() -> None:
    from dashboard.model.errors import DataError, Fault
    from dashboard.ui.components.faults import show_data_error

    show_data_error(DataError((Fault("seeds", 0, "", "a folder", "nothing"),)))


def test_data_that_cannot_be_loaded_are_explained():
    app = panel(_no_data)
    assert "cannot be shown" in app.error[0].value
    assert "a folder" in app.dataframe[0].value.to_string()
    assert callable(show_data_error)


def _language() -> None:
    from dashboard.ui.components.language_control import language_control
    from dashboard.ui.state.language import apply_language

    apply_language()
    language_control()


def test_digits_are_offered_in_arabic_only():
    app = panel(_language)
    assert {choice.key for choice in app.get("button_group")} >= {"language_code", "language_dates"}
    arabic = AppTest.from_function(_language, default_timeout=60)
    arabic.query_params["lang"] = "ar"
    arabic.run()
    assert not arabic.exception
    assert len(arabic.get("button_group")) == len(app.get("button_group")) + 1


def _log() -> None:
    from dashboard.ui.components.log_table import log_table
    from dashboard.ui.project import load

    loaded = load()
    log_table(loaded, loaded.workspace.log(limit=5), key="log")


def test_the_log_has_a_line_an_entry(workspace):
    app = panel(_log)
    assert any("Rana" in box.label for box in app.expander)


def _maps() -> None:
    import streamlit as st

    from dashboard.ui.components.small_map import picking_map, small_map
    from dashboard.ui.project import load

    loaded = load()
    small_map(loaded, [], key="none")
    small_map(loaded, ["ain_issa"], key="one")
    st.text(str(picking_map(loaded, None, [], key="pick")))


def test_a_small_map_needs_a_place_and_a_click():
    app = panel(_maps)
    assert [text.value for text in app.text] == ["No place to show.", "None"]
    assert len(app.get("component_instance")) == 2


def _style() -> None:
    from dashboard.ui.components.style import apply_style
    from dashboard.ui.state.language import apply_language

    apply_language()
    apply_style()


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_the_page_is_written_in_the_direction_of_its_language(language: str, direction: str):
    app = AppTest.from_function(_style, default_timeout=60)
    app.query_params["lang"] = language
    app.run()
    assert style_sheet("mentions.css") in html(app)
    root = components(app)["event_map_direction"]
    assert (root["dir"], root["lang"]) == (direction, language)
    # Streamlit's fields for files are English.
    assert (root["upload"] is None) == (language == "en")


def test_names_and_messages_are_no_markdown():
    with using_language(ENGLISH):
        assert "*a*" not in literal("*a*")
        fault = DataError((Fault("a_b.csv", 1, "", "x", "*y*"),))
        assert "*y*" not in error_markdown(fault)
        assert error_markdown(ValueError()).strip("\u2068\u2069") == "ValueError"


def _name() -> None:
    import streamlit as st

    from dashboard.ui.analyst import NAME, name_field

    name_field()
    st.text(NAME.get())


def test_a_name_is_remembered_without_its_spaces():
    app = panel(_name)
    assert "cannot change anything" in texts(app)
    app.text_input[0].set_value("  Rana ").run()
    assert app.text[0].value == "Rana"
    assert "cannot change anything" not in texts(app)


def _state() -> None:
    import streamlit as st

    from dashboard.ui.state.address_bar import change_params, param, params, replace_params
    from dashboard.ui.state.session import (
        SessionValue,
        component_values,
        field,
        forget,
        keep_fields,
    )

    value = SessionValue("a_value", 1)
    value.set(value.get() + 1)
    st.text(str(value.get()))
    value.clear()
    st.text(str(value.stored()))
    field("a_field", "text", lambda _new: None)
    keep_fields()
    st.text(str(st.session_state["a_field"]))
    forget("a_")
    st.text(str("a_field" in st.session_state))
    st.text(str(component_values("none")))
    replace_params({"kind": ["arrest", "release"], "q": ["x"]})
    change_params({"q": [], "tab": ["table"]})
    st.text(str(sorted(params())))
    st.text(param("tab") + param("none"))


def test_session_and_address_bar_keep_what_is_set():
    app = panel(_state)
    assert [text.value for text in app.text] == [
        "2", "1", "text", "False", "{}", "['kind', 'tab']", "table"
    ]  # fmt: skip
    assert app.query_params["kind"] == ["arrest", "release"]


def _query() -> None:
    import streamlit as st

    from dashboard.query.query import MapView
    from dashboard.ui.project import catalog, load
    from dashboard.ui.state import explore_query

    query = explore_query.read(catalog(load()).vocabulary)
    st.text(",".join(query.kinds))
    st.text(" ".join(explore_query.notices()))
    explore_query.change(kinds=("release",), event_id="gone")
    st.text(str(explore_query.read(catalog(load()).vocabulary).event_id))
    first = explore_query.LIST_LIMIT.get()
    explore_query.show_more()
    st.text(str(explore_query.LIST_LIMIT.get() > first))
    explore_query.VIEW.set(MapView(36.0, 38.0, 9))
    st.text(str(explore_query.VIEW.get() == explore_query.presented_view()))
    explore_query.present(shown=True)
    st.text(str(explore_query.LINKED_VIEW.get() == explore_query.VIEW.get()))
    st.text(str(explore_query.shows_unreviewed()))
    st.text(str(sorted(explore_query.link())))
    explore_query.reset()
    explore_query.write()


def test_the_query_of_the_page_is_that_of_the_link_until_it_changes():
    app = AppTest.from_function(_query, default_timeout=60)
    app.query_params["kind"] = ["arrest", "no_such_kind"]
    app.run()
    assert not app.exception
    shown = [text.value for text in app.text]
    assert shown[0] == "arrest"
    assert "no_such_kind" in shown[1]
    assert shown[2:6] == ["None", "True", "True", "True"]
    assert shown[6] == "False"
    assert "kind" in shown[7]
    assert "kind" not in app.query_params


def _chosen_language() -> None:
    import streamlit as st

    from dashboard.language.language import Language
    from dashboard.ui.state.language import choose_language, language, language_link, write_language

    st.text(language().code)
    choose_language(Language("ar", "arab", "iso"))
    write_language()
    st.text(str(language_link()))


def test_a_chosen_language_is_written_to_the_link():
    app = panel(_chosen_language)
    assert app.text[0].value == "en"
    assert app.query_params["lang"] in ("ar", ["ar"])
    assert "arab" in app.text[1].value


def test_the_only_field_of_a_name_is_labelled():
    assert labels(panel(_name)) == {"Your name"}


def test_a_label_that_is_no_choice_changes_nothing(monkeypatch: pytest.MonkeyPatch):
    # The browser sends the label of the language before; Streamlit gives it as the value.
    inputs: list[object] = []
    state: dict[str, object] = {}
    monkeypatch.setattr(session.st, "session_state", state)
    options = session.choice_field("size", "events", inputs.append, ("events", "figure"))
    for given in ("Number of events", ["figure", "عدد الأحداث"], "figure", None, ["events"]):
        state["size"] = given
        options["on_change"]()
    assert inputs == ["figure", None, ["events"]]


def test_enter_in_a_list_of_choices_takes_one_and_not_all_that_match():
    calls = [
        node
        for path in Path(ui.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".multiselect")
    ]
    assert calls
    for call in calls:
        given = {word.arg: ast.unparse(word.value) for word in call.keywords}
        assert given.get("select_all") == "False", ast.unparse(call)
