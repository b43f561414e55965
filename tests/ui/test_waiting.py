"""What waits for an analyst: the list on the Review page, and the line of the sidebar."""

from datetime import UTC, datetime

from streamlit.testing.v1 import AppTest

from dashboard.browser.event_rows import EventRow
from dashboard.language.words import without_isolates
from dashboard.model.corpus import Corpus
from dashboard.model.records import Table
from dashboard.model.shared_work import Assignment, Comment, Item, ItemKind, SharedWork
from dashboard.review.edit_session import EditSession
from dashboard.review.sharing import add_comment, assign
from dashboard.store.workspace import Workspace
from dashboard.ui.components import waiting_line
from dashboard.ui.explore.listed import with_persons
from dashboard.ui.review import waiting_panel
from tests.ui.running import click, components, html, labels, panel, texts

_MODULES = (waiting_line, waiting_panel)
EVENT = Item(ItemKind.EVENT, "agreement_observation_points")


def _review_page() -> None:
    from dashboard.ui.review.page import page
    from tests.ui.running import register_pages

    register_pages()
    page()


def links(app: AppTest) -> list[tuple[str, str]]:
    found = (element.proto for element in app.get("page_link"))
    return [(without_isolates(each.label), each.query_string) for each in found]


def waiting(who: str) -> AppTest:
    app = AppTest.from_function(_review_page, default_timeout=60)
    app.session_state["analyst"] = who
    app.query_params["waiting"] = "1"
    app.run()
    assert not app.exception, app.exception
    return app


def shared_out(workspace: Workspace, corpus: Corpus) -> str:
    """Omar mentions Rana twice, and assigns a suggestion to her; its id."""
    session = EditSession(workspace, corpus, "Omar")
    for text in ("<i>one</i> @Rana", "two @Rana"):
        add_comment(session, EVENT, text, ["Rana"])
    session = EditSession(workspace, panel_corpus(), "Omar")
    suggestion_id = next(iter(workspace.all(Table.SUGGESTION)))
    assign(session, Item(ItemKind.SUGGESTION, suggestion_id), "Rana")
    return suggestion_id


def panel_corpus() -> Corpus:
    from dashboard.ui.project import load

    return load().corpus


def test_mentions_and_assignments_are_listed_with_links(workspace: Workspace, corpus: Corpus):
    suggestion_id = shared_out(workspace, corpus)
    app = waiting("Rana")
    assert ("**Waits for you: 3**", "waiting=1") in links(app)
    addresses = [address for _label, address in links(app)]
    assert addresses.count(f"event={EVENT.item_id}") == 2
    assert f"suggestion={suggestion_id}" in addresses
    shown = html(app)
    assert "&lt;i&gt;one&lt;/i&gt; " in shown
    assert shown.index("one") < shown.index("two")
    assert "Suggestion to review · assigned by" in texts(app)
    click(app, "Mark as seen")
    assert "&lt;i&gt;one" not in html(app)
    assert "Mark all as seen" not in labels(app), "one is left"
    click(app, "Mark as seen")
    assert ("**Waits for you: 1**", "waiting=1") in links(app)
    click(app, "Undo")
    assert ">two " in html(app).replace("</span>", "")


def test_all_are_marked_at_once(workspace: Workspace, corpus: Corpus):
    shared_out(workspace, corpus)
    before = workspace.version()
    click(waiting("Rana"), "Mark all as seen")
    assert workspace.version() == before + 1
    seen = [item.value for item in workspace.all(Table.COMMENT).values()]
    assert all(isinstance(each, Comment) and each.seen_by == ("Rana",) for each in seen)


def test_nothing_waits_for_others_nor_without_a_name(workspace: Workspace, corpus: Corpus):
    shared_out(workspace, corpus)
    app = waiting("Omar")
    assert "Nothing waits for you." in texts(app)
    assert not [label for label, _address in links(app) if "Waits" in label]
    app = waiting("")
    assert "Enter your name" in texts(app)
    click(app, "Back to the suggestions")
    assert "Accept" in labels(app)


def test_the_queue_says_to_whom_a_suggestion_is_assigned(workspace: Workspace, corpus: Corpus):
    suggestion_id = shared_out(workspace, corpus)
    (group,) = components(panel(_review_page, "Rana"))["event_map_list"]["groups"]
    notes = {row["event_id"]: row["notes"] for row in group["events"]}
    assert notes.pop(suggestion_id) == ["for Rana"]
    assert list(notes.values()) == [[]]


def test_the_list_of_events_says_it_too():
    row = EventRow(EVENT.item_id, *[""] * 9, reviewed=True, selected=False)
    at = datetime(2026, 1, 1, tzinfo=UTC)
    work = SharedWork({EVENT: Assignment(EVENT, "", "رنا", "Omar", at)}, {})
    other = EventRow("other", *[""] * 9, reviewed=True, selected=False)
    noted, same = with_persons((row, other), work)
    assert [without_isolates(note) for note in noted.notes] == ["for رنا"]
    assert same is other
