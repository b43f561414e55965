"""The panels of the Data page: a dataset's card, how a table is read, and what an import brought."""

from pathlib import Path

import geopandas as gpd
import pytest
from shapely.geometry import Point, box
from streamlit.testing.v1 import AppTest

from dashboard.datasets.answers_file import to_answers_file, to_file_options
from dashboard.datasets.formats.column_mapping import ROLES
from dashboard.datasets.formats.sheet import CellOptions
from dashboard.datasets.options import ReadOptions
from tests.datasets.formats import make
from tests.datasets.reading import OWN
from tests.ui.running import html, labels, panel, texts

pytestmark = pytest.mark.usefixtures("workspace")


def _run(script, *arguments: str) -> AppTest:
    app = AppTest.from_function(script, default_timeout=90, args=arguments)
    app.session_state["analyst"] = "Rana"
    app.run()
    assert not app.exception, app.exception
    return app


def _card() -> None:
    from dashboard.ui.data.dataset_card import dataset_card
    from dashboard.ui.project import catalog, load, project
    from tests.ui.running import register_pages

    register_pages()
    loaded = load()
    catalog(loaded)
    library = project().library
    for card in library.cards():
        dataset_card(loaded, library, card)


def test_the_curated_events_cannot_be_removed(corpus):
    app = panel(_card, "Rana")
    # Two suggestions that nobody has reviewed are events of it too.
    assert f"{len(corpus.events.events) + 2} events" in texts(app)
    assert [toggle.value for toggle in app.toggle] == [True]
    assert "Remove" not in labels(app)


def _questions() -> None:
    import streamlit as st

    from dashboard.datasets.files.errors import UnclearError
    from dashboard.ui.data.import_questions import Questions

    questions = Questions("a.csv")
    questions.ask(UnclearError("encoding", ("utf-8", "windows-1256"), "it may be either"))
    st.text(str(questions.about_file()))


def _header_row_question() -> None:
    import streamlit as st

    from dashboard.datasets.answers_file import to_file_options
    from dashboard.ui.data.import_questions import Questions

    about_file = Questions("a.csv", ".csv").about_file()
    st.text(f"{about_file} {to_file_options(about_file).header_row}")


@pytest.mark.parametrize("row", [3, 0])
def test_the_row_of_the_header_is_given_to_the_command(row: int):
    app = panel(_header_row_question)
    assert "{} None" in texts(app)
    app.number_input[0].set_value(row).run()
    assert f"{{'header_row': '{row}'}} {row}" in texts(app)


def test_an_unclear_option_is_asked_for_and_given_to_the_command():
    app = panel(_questions)
    (choice,) = (*app.selectbox, *app.radio)
    assert set(choice.options) >= {"utf-8", "windows-1256"}
    choice.set_value("windows-1256").run()
    assert "windows-1256" in app.text[0].value


def test_answers_about_the_file_are_its_options():
    assert to_file_options({"encoding": "utf-8", "layer": "a"}).layer == "a"
    assert to_file_options({}).encoding is None


def test_read_options_are_passed_to_the_command():
    plain = to_answers_file("acled", {}, ReadOptions(None))
    comma = to_answers_file("acled", {}, ReadOptions(None, CellOptions(decimal_comma=True)))
    assert (plain.decimal_comma, comma.decimal_comma) == (None, True)
    assert plain.format == comma.format == "acled"


def _columns(path: str) -> None:
    from pathlib import Path

    import streamlit as st

    from dashboard.datasets.options import ImportOptions, read_options
    from dashboard.datasets.run import Importer
    from dashboard.settings import read_settings
    from dashboard.ui.data.import_columns import columns_of
    from dashboard.ui.data.preview_map import preview_map
    from dashboard.ui.project import load, project

    library, corpus = project().library, load().corpus
    importer = Importer(library.datasets, corpus, read_settings().lexicon)
    preview = importer.preview(Path(path), ImportOptions())
    mapping = columns_of(library, preview, {})
    st.text(str(sorted(mapping.columns)))
    options = ImportOptions(mapping=mapping)
    preview_map(corpus.gazetteer.places, preview, read_options("a.csv", preview, options))


def test_columns_are_guessed_and_points_shown(tmp_path: Path):
    app = _run(_columns, str(make.write(tmp_path / "a.csv", [OWN])))
    assert "'lat'" in app.text[0].value
    assert "'lon'" in app.text[0].value
    assert len(app.get("component_instance")) == 1


def test_points_within_areas_are_shown_before_the_import(tmp_path: Path):
    shapes = [box(38.2, 36.0, 39.53, 36.9), Point(38.9, 36.4)]
    frame = gpd.GeoDataFrame({"event": ["Clash", "Raid"]}, geometry=shapes, crs=4326)
    frame.to_file(tmp_path / "areas.geojson")
    app = _run(_columns, str(tmp_path / "areas.geojson"))
    assert len(app.get("component_instance")) == 1


def test_each_column_has_a_field_for_all_roles(tmp_path: Path):
    own = OWN | {"fatalities": "3-5", "injured": "2"}
    app = _run(_columns, str(make.write(tmp_path / "a.csv", [own])))
    fields = {field.label: field for field in app.multiselect}
    assert set(fields) == {f"What {column} is taken for" for column in own}
    killed = fields["What fatalities is taken for"]
    assert killed.value == ["killed"]
    assert fields["What injured is taken for"].value == ["wounded"]
    assert len(set(killed.options)) == len(ROLES)
    assert {"Killed", "Killed, lowest", "Killed, civilians only", "Troops"} <= set(killed.options)


def test_a_role_moves_to_the_column_that_is_given_it(tmp_path: Path):
    own = OWN | {"fatalities": "3-5", "injured": "2"}
    app = _run(_columns, str(make.write(tmp_path / "a.csv", [own])))
    fields = {field.label: field for field in app.multiselect}
    fields["What injured is taken for"].set_value(["killed", "troops"]).run()
    fields = {field.label: field for field in app.multiselect}
    assert fields["What injured is taken for"].value == ["killed", "troops"]
    assert fields["What fatalities is taken for"].value == []
    assert "'troops'" in app.text[0].value
    assert "'wounded'" not in app.text[0].value


def test_points_outside_the_map_are_reported(tmp_path: Path):
    far = OWN | {"lat": 3_600_000, "lon": 3_800_000}
    app = _run(_columns, str(make.write(tmp_path / "a.csv", [far])))
    assert "None of the first rows" in texts(app)


def _outcome(path: str, workspace: str) -> None:
    import os
    import time
    from pathlib import Path

    import streamlit as st

    from dashboard.datasets.answers_file import AnswersFile
    from dashboard.datasets.files.input_file import InputFile
    from dashboard.ui.data.import_job import start
    from dashboard.ui.data.import_outcome import outcome

    if "job" not in st.session_state:
        file = InputFile(Path(path), "a.csv")
        environment = {**os.environ, "EVENT_MAP_WORKSPACE": workspace}
        st.session_state["job"] = start(
            file, AnswersFile(), ["--name=Mine"], environment, dry_run=False
        )
    while st.session_state["job"].running:
        time.sleep(0.05)
    outcome(st.session_state["job"], {})


def test_an_import_says_what_it_brought(tmp_path: Path):
    path = make.write(tmp_path / "a.csv", [make.BATTLE, make.SHELLING])
    app = _run(_outcome, str(path), str(tmp_path / "other.sqlite"))
    assert "2 new events" in texts(app) + html(app)


def test_an_import_that_failed_says_why(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    app = _run(_outcome, str(path), str(tmp_path / "other.sqlite"))
    assert app.error


def _panel() -> None:
    from dashboard.settings import read_settings
    from dashboard.ui.data.import_panel import import_panel
    from dashboard.ui.project import catalog, load, project

    loaded = load()
    catalog(loaded)
    import_panel(loaded, project().library, read_settings())


def test_a_file_of_the_machine_is_offered_only_where_a_folder_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    before = labels(panel(_panel, "Rana"))
    monkeypatch.setenv("EVENT_MAP_IMPORT_FOLDER", str(tmp_path))
    assert labels(panel(_panel, "Rana")) > before


def test_an_import_says_which_rows_were_placed_by_their_names(tmp_path: Path):
    table = [{"id": str(at), "date": "2021-01-18", "place": "Tell Abyad"} for at in range(3)]
    path = make.write(tmp_path / "a.csv", table)
    app = _run(_outcome, str(path), str(tmp_path / "other.sqlite"))
    listed = [row for frame in app.dataframe for row in frame.value.to_numpy().tolist()]
    meaning = "No coordinates: placed by the gazetteer, by the name of the place"
    assert ["place", "", 3, meaning] in listed
