"""The export panel: which events the file has, and what the terms of their datasets ask."""

import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.datasets.__main__ import main
from dashboard.exit_status import ExitStatus
from dashboard.export.authors import FREE_TEXT
from dashboard.store.workspace import Workspace
from dashboard.ui.explore.ordered_file import count_of_events, steps
from tests.acled_file import write_acled
from tests.ui.running import components, texts


def _export(places: tuple[str, ...] = (), datasets: tuple[str, ...] = ()) -> None:
    from dashboard.query.query import Query
    from dashboard.ui.explore.export_panel import export_panel
    from dashboard.ui.project import catalog, load

    query = Query(place_ids=places, datasets=datasets, tab="table")
    loaded = load()
    export_panel(loaded, catalog(loaded), query)


def _list(places: tuple[str, ...] = (), tab: str = "table") -> None:
    from dataclasses import replace

    from dashboard.query.query import Query
    from dashboard.ui.explore.side_panel import side_panel
    from dashboard.ui.project import catalog, load

    loaded = load()
    known, query = catalog(loaded), Query(place_ids=places, tab=tab)
    totals, _counts = known.totals(replace(query, place_ids=()))
    side_panel(loaded, known, query, totals)


def _run(script, **arguments: object) -> AppTest:
    app = AppTest.from_function(script, default_timeout=90, kwargs=arguments)
    app.run()
    assert not app.exception, app.exception
    return app


def _button(app: AppTest) -> tuple[str, bool]:
    """The label of the Download button, and whether it may be clicked."""
    (button,) = app.get("download_button")
    return button.proto.label, not button.proto.disabled


@pytest.fixture
def with_acled(workspace: Workspace, tmp_path: Path) -> None:
    """Two events of ACLED beside the curated ones."""
    assert main([str(write_acled(tmp_path / "acled.csv"))]) == ExitStatus.OK


@pytest.mark.usefixtures("workspace")
def test_the_button_counts_the_events_of_the_file():
    app = _run(_export)
    assert _button(app) == ("Download 46 events", True)
    assert not app.radio
    assert [box.key for box in app.checkbox] == ["export_without_authors", "export_hxl"]


@pytest.mark.usefixtures("workspace")
def test_a_selected_mark_is_the_default_and_all_can_be_chosen():
    app = _run(_export, places=("ain_issa",))
    (scope,) = app.radio
    here, everywhere = scope.options
    assert here.endswith(" events at Ain Issa")
    assert everywhere == "All 46 events"
    assert _button(app) == (f"Download {here}", True)
    scope.set_value("all").run()
    assert _button(app) == ("Download 46 events", True)


@pytest.mark.usefixtures("workspace")
def test_the_table_has_the_rows_of_the_list_and_says_which():
    whole, here = _run(_list), _run(_list, places=("ain_issa",))
    assert len(components(whole)["event_map_table"]["ids"]) == 46
    rows = len(components(here)["event_map_table"]["ids"])
    assert 0 < rows < 46
    assert f"{rows} events at Ain Issa" in texts(here)
    assert "all_places" in {button.key for button in here.button}


@pytest.mark.usefixtures("workspace")
def test_the_figure_has_the_events_of_the_list_unless_all_are_chosen():
    app = _run(_list, places=("ain_issa",), tab="figure")
    (scope,) = app.radio
    here = scope.options[0].split()[0]
    assert f"{here} of 46 events, at Ain Issa" in _described(app)
    scope.set_value("all").run()
    assert "46 of 46 events." in _described(app)


def _described(app: AppTest) -> str:
    """What the preview of the figure says to those who do not see it."""
    (image,) = app.get("image")
    return str(image.proto.imgs[0].alt)


@pytest.mark.usefixtures("with_acled")
def test_rows_that_may_not_be_shared_wait_for_a_promise():
    app = _run(_export)
    assert "The terms of ACLED" in app.warning[0].value
    assert "(ACLED), acleddata.com. Licence: ACLED terms of use" in texts(app)
    assert _button(app) == ("Download 48 events", False)
    app.checkbox(key="export_accept_acled").check().run()
    assert _button(app) == ("Download 48 events", True)


@pytest.mark.usefixtures("with_acled")
def test_datasets_whose_rows_may_not_be_shared_can_be_left_out():
    app = _run(_export)
    app.checkbox(key="export_leave_out_acled").check().run()
    assert _button(app) == ("Download 46 events", True)
    assert [box.key for box in app.checkbox] == [
        *("export_leave_out_acled", "export_without_authors", "export_hxl")
    ]
    assert "acleddata.com." not in texts(app)


@pytest.mark.usefixtures("with_acled")
def test_a_dataset_alone_cannot_be_left_out():
    app = _run(_export, datasets=("acled",))
    assert [box.key for box in app.checkbox] == [
        *("export_accept_acled", "export_without_authors", "export_hxl")
    ]


@pytest.mark.usefixtures("with_acled")
def test_a_dataset_without_events_in_the_selection_asks_nothing():
    assert _button(_run(_export, datasets=("curated",))) == ("Download 46 events", True)


def _promise(rows_may_be_shared: bool | None) -> None:
    import streamlit as st

    from dashboard.model.terms import DatasetTerms
    from dashboard.ui.explore.sharing import accept_terms

    terms = DatasetTerms("one", "One", url="https://one.org", rows_may_be_shared=rows_may_be_shared)
    st.text(f"accepted: {accept_terms([terms])}")


@pytest.mark.parametrize("allowed", [True, None])
def test_nothing_is_asked_where_no_terms_forbid_sharing(allowed: bool | None):
    app = _run(_promise, rows_may_be_shared=allowed)
    assert not app.checkbox
    assert "accepted: True" in texts(app)


def test_forbidden_rows_are_accepted_by_a_tick_only():
    app = _run(_promise, rows_may_be_shared=False)
    assert "accepted: False" in texts(app)
    app.checkbox[0].check().run()
    assert "accepted: True" in texts(app)


def _scope() -> None:
    import streamlit as st

    from dashboard.query.query import Query
    from dashboard.ui.explore.scope import choose_scope, selected_places
    from dashboard.ui.project import catalog, load

    known = catalog(load())
    places = tuple(sorted({row.place_id for row in known.curated.events.places})[:5])
    query = Query(place_ids=places)
    st.text(selected_places(known, query))
    st.text(f"places: {len(choose_scope(known, query, key='test').place_ids)}")


@pytest.mark.usefixtures("workspace")
def test_a_mark_of_many_places_names_three_and_counts_the_others():
    app = _run(_scope)
    assert " and 2 more" in texts(app)
    assert "places: 5" in texts(app)
    app.radio[0].set_value("all").run()
    assert "places: 0" in texts(app)


@pytest.mark.usefixtures("workspace")
def test_without_names_the_page_says_which_columns_may_still_have_them():
    app = _run(_export)
    assert not any("verification_ground" in text.value for text in app.text)
    next(box for box in app.checkbox if box.key == "export_without_authors").check().run()
    (words,) = (text.value for text in app.text if "may still have names" in text.value)
    assert all(name in words for name in FREE_TEXT)


@pytest.mark.usefixtures("workspace")
def test_a_file_that_takes_long_is_written_with_progress_and_can_be_cancelled(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr("dashboard.ui.explore.export_panel._MOST_IN_THREAD", 10)
    monkeypatch.setattr("dashboard.export.other_process._COMMAND", ["sleep", "60"])
    app = _run(_export)
    assert not app.get("download_button")
    app.button(key="export_start").click().run()
    assert "export_start" not in {button.key for button in app.button}
    job = app.session_state["export_job"]
    assert job.running
    app.button(key="export_cancel").click().run()
    ends = time.monotonic() + 30
    while job.running and time.monotonic() < ends:
        time.sleep(0.1)
    assert str(job.error) == "Cancelled."
    app.run()
    assert not app.error
    assert not app.button(key="export_start").disabled


@pytest.mark.usefixtures("workspace")
def test_what_was_written_is_downloaded_under_its_name(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("dashboard.ui.explore.export_panel._MOST_IN_THREAD", 10)
    app = _run(_export)
    app.button(key="export_start").click().run()
    job = app.session_state["export_job"]
    ends = time.monotonic() + 60
    while job.running and time.monotonic() < ends:
        time.sleep(0.1)
    assert job.error is None
    assert job.path.read_bytes()[:2] == b"PK"
    app.run()
    assert _button(app) == ("Download 46 events", True)
    # Other choices are another file.
    app.checkbox(key="export_without_authors").check().run()
    assert not app.get("download_button")
    assert not app.button(key="export_start").disabled


def test_words_say_how_far_a_file_is():
    assert count_of_events(12_000, 100_000) == "12,000 of 100,000 events written"
    assert (steps(0, 2), steps(1, 2)) == ("Reading the events…", "Writing the file…")
