"""The filter by area, as an analyst uses it."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.area import parse_area
from dashboard.model.corpus import Corpus
from dashboard.query.query import Query
from tests.ui.running import panel, texts


def _filter() -> None:
    from dashboard.ui.explore.area_filter import area_filter, around_button
    from dashboard.ui.explore.outline_choice import outline_choice
    from dashboard.ui.project import catalog, load
    from dashboard.ui.state import explore_query

    loaded = load()
    known = catalog(loaded)
    query = explore_query.read(known.vocabulary)
    if query.places:
        outline_choice(known, query)
    area_filter(loaded, known, query)
    around_button(36.5, 38.25, key="around")
    explore_query.write()


def _query(app: AppTest) -> Query:
    query: Query = app.session_state["query"]
    return query


def _button(app: AppTest, key: str):
    return next(button for button in app.button if button.key == key)


def test_a_circle_around_a_named_place_is_added_and_removed(corpus: Corpus):
    app = panel(_filter)
    app.text_input[0].set_value("ain issa").run()
    app.number_input[0].set_value(15.0).run()
    _button(app, "area_add").click().run()
    place = corpus.gazetteer.places["ain_issa"]
    assert _query(app).areas == (parse_area(f"circle:{place.lon:.5f},{place.lat:.5f},15"),)
    assert _button(app, "area_remove_0").label == "✕ within 15 km of Ain Issa"
    _button(app, "area_remove_0").click().run()
    assert _query(app).areas == ()


def test_coordinates_are_understood_and_other_words_are_said():
    app = panel(_filter)
    app.text_input[0].set_value("36°30'N 38°15'E").run()
    _button(app, "area_add").click().run()
    assert list(map(str, _query(app).areas)) == ["circle:38.25,36.5,10"]
    app.text_input[0].set_value("nowhere at all").run()
    assert "No place here has this name" in texts(app)


@pytest.mark.parametrize(
    "text",
    ["36.9, 39 to 36.2, 38.1", "36°54'N 38°06'E إلى 36°12'N 39°E", "36.2, 39; 36.9, 38.1"],
)
def test_two_corners_are_a_rectangle(text: str):
    app = panel(_filter)
    app.text_input[0].set_value(text).run()
    _button(app, "area_add_box").click().run()
    assert list(map(str, _query(app).areas)) == ["box:38.1,36.2,39,36.9"]
    assert app.text_input[0].value == ""


@pytest.mark.parametrize("text", ["36.2, 38.1 to", "36.2, 38.1 to 36.2, 39", "Homs to Hama"])
def test_what_is_no_rectangle_is_offered_as_none(text: str):
    app = panel(_filter)
    app.text_input[0].set_value(text).run()
    assert all(button.key != "area_add_box" for button in app.button)
    assert "No place here has this name" in texts(app)


def test_the_outline_of_a_governorate_takes_the_place_of_its_list():
    app = AppTest.from_function(_filter, default_timeout=60)
    app.query_params["place"] = ["hasakah_governorate", "ain_issa_subdistrict"]
    app.run()
    assert "or in its outline" in texts(app)
    _button(app, "outline_hasakah_governorate").click().run()
    assert list(map(str, _query(app).areas)) == ["outline:hasakah_governorate"]
    assert _query(app).places == ("ain_issa_subdistrict",)
    assert _button(app, "area_remove_0").label == "✕ in the outline of Hasakah governorate"
    assert "its outline is not known here" in texts(app)
    assert "outline:hasakah_governorate" in app.query_params["area"]


def test_a_mark_gives_its_surroundings_in_place_of_itself():
    app = panel(_filter, query=Query(place_ids=("ain_issa",)))
    _button(app, "around").click().run()
    assert list(map(str, _query(app).areas)) == ["circle:38.25,36.5,10"]
    assert _query(app).place_ids == ()
