"""The sidebar's saved views: what is shown is saved under a name, changed, and removed again."""

from streamlit.testing.v1 import AppTest

from dashboard.model.saved_view import SavedView
from dashboard.review.saved_views import saved_views
from dashboard.store.workspace import Workspace
from tests.ui.running import click, panel, texts


def _script() -> None:
    from dashboard.ui import shell
    from dashboard.ui.actions import show_outcome
    from dashboard.ui.explore.saved_views import saved_views_panel
    from dashboard.ui.project import catalog, load
    from dashboard.ui.state import explore_query
    from tests.ui.running import register_pages

    register_pages()
    loaded = load()
    explore_query.read(catalog(loaded).vocabulary)
    show_outcome(loaded, shell.link_to)
    saved_views_panel(loaded)


def _opened(app: AppTest) -> AppTest:
    app.session_state["saved_views"] = True
    return app.run()


def _type(app: AppTest, name: str) -> AppTest:
    field = next(field for field in app.text_input if field.key.startswith("view_name_new"))
    field.set_value(name).run()
    return app


def _views(workspace: Workspace) -> list[SavedView]:
    return list(saved_views(workspace).values())


def test_what_is_shown_is_saved_changed_and_removed(workspace: Workspace):
    app = AppTest.from_function(_script, default_timeout=60)
    app.session_state["analyst"] = "Rana"
    app.query_params["kind"] = "arrest"
    _opened(app.run())
    _opened(click(_type(app, " Arrests *bold* "), "Save the view"))
    assert _views(workspace) == [SavedView("Arrests *bold*", "", {"kind": ("arrest",)})]
    assert "Arrests *bold*" in texts(app).replace("\u2068", "").replace("\u2069", "")
    link = app.get("page_link")[0].proto
    assert "kind=arrest&saved=" in link.query_string
    assert "\\*bold\\*" in link.label
    app.text_area[0].set_value("To be checked.")
    _opened(click(app, "Save"))
    assert _views(workspace)[0].note == "To be checked."
    click(app, "Remove")
    assert not _views(workspace)
    click(app, "Undo")
    assert _views(workspace)[0].note == "To be checked."


def test_a_view_without_a_name_or_with_one_that_is_taken_is_not_saved(workspace: Workspace):
    app = _opened(panel(_script, "Rana"))
    click(app, "Save the view")
    assert "Still needed: a name." in texts(app)
    _opened(click(_type(app, "All"), "Save the view"))
    click(_type(app, "ALL"), "Save the view")
    assert "there is a view called “ALL” already" in texts(app)
    assert len(_views(workspace)) == 1


def test_without_an_analyst_views_can_be_opened_and_not_changed(workspace: Workspace):
    click(_type(_opened(panel(_script, "Rana")), "All"), "Save the view")
    app = _opened(panel(_script))
    assert app.get("page_link")
    assert all(button.disabled for button in app.button if button.label != "Dismiss")
    assert len(_views(workspace)) == 1
