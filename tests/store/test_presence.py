"""Who has which event open: the others at the same event, for half a minute."""

from pathlib import Path

import pytest

from dashboard.model.shared_work import Item, ItemKind
from dashboard.store import presence
from dashboard.store.presence import Window, open_suggestions, others_here
from dashboard.store.workspace import Workspace
from tests.store.conftest import Open

ITEM = Item(ItemKind.EVENT, "e1")


@pytest.fixture
def workspace(open_one: Open, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setattr(presence, "_memory", presence._Memory())
    return open_one()


def test_each_sees_the_others_at_the_same_event(workspace: Workspace):
    def here(window: str, name: str, event: str) -> list[str]:
        item = Item(ItemKind.EVENT, event) if event else None
        return others_here(workspace.source, Window(window, name, item))

    assert here("w1", "Rana", "e1") == []
    assert here("w2", "Omar", "e1") == ["Rana"]
    assert here("w3", "Ada", "e2") == []
    assert here("w1", "Rana", "e1") == ["Omar"]
    assert here("w2", "Omar", "e2") == ["Ada"], "he went on to another event"
    assert here("w1", "Rana", "e1") == []
    assert here("w4", "Eve", "") == [], "without an event nobody is asked for"
    assert here("w5", "Eve", "") == []
    assert workspace.version() == 0, "nothing of it is in the log"


def test_a_window_that_is_closed_is_forgotten(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
):
    others_here(workspace.source, Window("w1", "Rana", ITEM))
    monkeypatch.setattr(presence, "FORGOTTEN_AFTER_S", 0)
    assert others_here(workspace.source, Window("w2", "Omar", ITEM)) == []


def test_no_flood_of_windows_fills_the_memory(monkeypatch: pytest.MonkeyPatch):
    memory = presence._Memory()
    monkeypatch.setattr(presence, "_memory", memory)
    monkeypatch.setattr(presence, "_MOST_WINDOWS", 10)
    for number in range(50):
        others_here(Path("w.sqlite"), Window(f"w{number}", "x", ITEM))
    assert list(memory.windows) == [f"w{number}" for number in range(40, 50)]


def test_who_has_which_suggestion_open_is_known(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
):
    def here(window: str, name: str, item: Item | None) -> list[str]:
        return others_here(workspace.source, Window(window, name, item))

    one, other = (Item(ItemKind.SUGGESTION, key) for key in ("s1", "s:2"))
    assert open_suggestions(workspace.source) == {}
    here("w1", "Rana", one)
    assert here("w2", "Omar", one) == ["Rana"]
    here("w3", "Ada", other)
    assert here("w4", "Eve", Item(ItemKind.EVENT, "s1")) == [], "an event of that id is another"
    assert open_suggestions(workspace.source) == {"s1": ["Omar", "Rana"], "s:2": ["Ada"]}
    here("w1", "Rana", other)
    here("w2", "Omar", None)
    assert open_suggestions(workspace.source) == {"s:2": ["Ada", "Rana"]}
    monkeypatch.setattr(presence, "FORGOTTEN_AFTER_S", 0)
    assert open_suggestions(workspace.source) == {}
    assert workspace.version() == 0
