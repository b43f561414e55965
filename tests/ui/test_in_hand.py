"""A suggestion that another analyst has open: marked in the list and on the card, and skipped."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.records import StoredSuggestion, Table, Versioned
from dashboard.model.shared_work import Item, ItemKind
from dashboard.store import presence
from dashboard.store.presence import Window, others_here
from dashboard.store.workspace import Workspace
from dashboard.ui.review import in_hand
from dashboard.ui.review.queue import chosen_in, following
from tests.ui.running import click, components, html, labels, panel

_MODULES = (in_hand,)


@pytest.fixture(autouse=True)
def nobody_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "_memory", presence._Memory())


def _review_page() -> None:
    from dashboard.ui.review.page import page
    from tests.ui.running import register_pages

    register_pages()
    page()


def take(workspace: Workspace, suggestion_id: str | None, name: str = "Omar") -> None:
    """Let a window of somebody have a suggestion open, or nothing."""
    item = Item(ItemKind.SUGGESTION, suggestion_id) if suggestion_id else None
    others_here(workspace.source, Window(f"window of {name}", name, item))


def shown(app: AppTest) -> tuple[str, dict[str, list[str]]]:
    """The suggestion that the browser is to show as open, and the notes of the list."""
    found = components(app)
    (group,) = found["event_map_list"]["groups"]
    notes = {row["event_id"]: row["notes"] for row in group["events"]}
    return found["event_map_live_changes"]["suggestion"], notes


def test_what_others_have_in_hand_is_marked_and_skipped(workspace: Workspace):
    first, second = workspace.all(Table.SUGGESTION)
    take(workspace, first)
    app = panel(_review_page, "Rana")
    assert shown(app) == (second, {first: ["in hand of Omar"], second: []})
    assert "in hand of" not in html(app), "this one is in nobody's hand"
    assert not any(label.startswith("Accept all") for label in labels(app))
    take(workspace, None)
    app.run()
    assert shown(app)[0] == second, "what is open stays open"
    assert shown(app)[1] == {first: [], second: []}


def test_the_card_says_whose_hand_it_is_in_when_there_is_no_other(workspace: Workspace):
    first, second = workspace.all(Table.SUGGESTION)
    take(workspace, first)
    app = panel(_review_page, "Rana")
    click(app, "Reject")
    assert shown(app) == (first, {first: ["in hand of Omar"]})
    assert ">in hand of Omar</span>" in html(app)
    assert workspace.count(Table.SUGGESTION, status="rejected") == 1
    assert second


def test_neither_oneself_nor_somebody_without_a_name_has_it_in_hand(workspace: Workspace):
    first, second = workspace.all(Table.SUGGESTION)
    take(workspace, first, "Rana")
    take(workspace, second, "")
    assert shown(panel(_review_page, "Rana")) == (first, {first: [], second: []})


def test_the_next_one_is_in_nobodys_hand_if_there_is_one():
    suggestions: dict[str, StoredSuggestion] = {key: Versioned(None, 1) for key in "abcd"}
    others = {"a": ["Omar"], "c": ["Omar"]}
    assert chosen_in_none(suggestions, others) == "b"
    assert following(suggestions, "b", others) == "d"
    assert following(suggestions, "d", others) == "b"
    assert following(suggestions, "b", {key: ["Omar"] for key in "acd"}) == "c"
    assert following({"a": Versioned(None, 1)}, "a", others) is None


def chosen_in_none(suggestions: dict[str, StoredSuggestion], others: dict[str, list[str]]) -> str:
    found = chosen_in(suggestions, others)
    assert found is not None
    return found
