"""Comments and assignments on the page of an event and of a suggestion, through AppTest."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.language.words import without_isolates
from dashboard.model.permissions import Role, permissions_of
from dashboard.model.records import Table
from dashboard.model.shared_work import Assignment, Comment
from dashboard.model.viewer import Viewer
from dashboard.store.workspace import Workspace
from dashboard.ui import people
from dashboard.ui.review import shared_panel
from tests.ui.running import click, html, labels, panel, texts

_MODULES = (people, shared_panel)
EVENT = "agreement_observation_points"
HOSTILE = "<script>x</script> **bold** @Omar [a](http://x)"


def _event_page() -> None:
    from dashboard.ui import shell
    from dashboard.ui.actions import show_outcome
    from dashboard.ui.project import load
    from dashboard.ui.review.event_edit import edit_event_panel
    from tests.ui.running import register_pages
    from tests.ui.test_shared_panel import EVENT

    register_pages()
    show_outcome(load(), shell.link_to)
    edit_event_panel(load(), EVENT)


def _review_page() -> None:
    from dashboard.ui.review.page import page
    from tests.ui.running import register_pages

    register_pages()
    page()


def write(app: AppTest, text: str) -> None:
    click(app, "Comment")
    app.text_area[-1].set_value(text).run()
    click(app, "Save the comment")


def comments(workspace: Workspace) -> list[Comment]:
    found = [item.value for item in workspace.all(Table.COMMENT).values()]
    return sorted((each for each in found if isinstance(each, Comment)), key=lambda it: it.at)


def persons(workspace: Workspace) -> list[str]:
    found = (item.value for item in workspace.all(Table.ASSIGNMENT).values())
    return [each.person for each in found if isinstance(each, Assignment)]


def test_a_comment_is_shown_as_it_was_written_and_withdrawn(workspace: Workspace):
    write(panel(_event_page, "Omar"), "hello")
    app = panel(_event_page, "Rana")
    write(app, HOSTILE)
    assert [(each.who, each.text, each.mentions) for each in comments(workspace)] == [
        ("Omar", "hello", ()), ("Rana", HOSTILE, ("Omar",)),
    ]  # fmt: skip
    shown = html(app)
    assert "&lt;script&gt;x&lt;/script&gt; **bold** " in shown
    assert 'class="mentioned"' in shown
    assert shown.index("hello") < shown.index("script"), "the oldest first"
    assert "bold" not in texts(app)
    assert "Save the comment" not in labels(app), "the fields are closed again"
    why = [field for field in app.text_input if field.label == "Reason"][-1]
    why.set_value("<b>wrong</b>").run()
    buttons = [button for button in app.button if button.label == "Withdraw the comment"]
    buttons[-1].click().run()
    assert "&lt;b&gt;wrong" in html(app)
    assert "**bold**" not in html(app)
    click(app, "Undo")
    assert "**bold**" in html(app)


def test_an_event_is_assigned_and_to_nobody_again(workspace: Workspace):
    app = panel(_event_page, "Rana")
    assert "Not assigned" in texts(app)
    click(app, "Assign")
    assert persons(workspace) == ["Rana"], "oneself is chosen at first"
    assert "Assigned to Rana" in texts(app)
    click(app, "To nobody")
    assert persons(workspace) == []
    assert "Not assigned" in texts(app)


def test_a_suggestion_has_comments_and_a_person_too(workspace: Workspace):
    app = panel(_review_page, "Rana")
    write(app, "which town?")
    click(app, "Assign")
    assert "which town?" in html(app)
    assert "Assigned to Rana" in texts(app)
    (comment,) = comments(workspace)
    assert comment.article_id
    assert persons(workspace) == ["Rana"]


def test_without_a_name_nothing_can_be_written(workspace: Workspace):
    app = panel(_event_page)
    click(app, "Comment")
    off = {button.label for button in app.button if button.disabled}
    assert {"Assign", "Save the comment"} <= off
    assert workspace.count(Table.COMMENT) == 0


@pytest.mark.parametrize(("role", "may"), [(Role.ANALYST, False), (Role.EDITOR, True)])
def test_what_others_wrote_is_withdrawn_by_editors(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, role: Role, may: bool
):
    assert workspace.version()
    write(panel(_event_page, "Omar"), "@Rana look")
    someone = Viewer("rana@example.org", "Rana", permissions_of(role))
    monkeypatch.setattr("dashboard.model.viewer._find", [lambda: someone])
    app = panel(_event_page, "Rana")
    assert ("Withdraw the comment" in labels(app)) is may
    click(app, "Mark as seen")
    assert comments(workspace)[0].seen_by == ("Rana",)
    assert "Mark as seen" not in labels(app)
    assert without_isolates("Marked as seen") in texts(app)
