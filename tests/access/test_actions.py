"""What is written outside of the workspace's log needs the permission of a role too."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.datasets.formats.answers import NO_ANSWERS
from dashboard.datasets.saved_answers import save_format_answers
from dashboard.datasets.saved_mappings import save_mapping
from dashboard.engine.library import Library
from dashboard.layers.folder import LayerFolder
from dashboard.model.permissions import Permission, Role, permissions_of
from dashboard.model.viewer import (
    SINGLE_ANALYST,
    NotPermittedError,
    Viewer,
    acting_as,
    as_viewer,
    require,
    viewer,
)
from dashboard.store.capture_files import CaptureFiles
from dashboard.store.place_lists import PlaceLists
from dashboard.tiles.folder import BasemapFolder
from dashboard.ui.data.import_job import start

Action = Callable[[Path], object]
# None of them needs more than the folder: what is missing there is another error.
ACTIONS: dict[str, tuple[Permission, Action]] = {
    "show a dataset": (Permission.IMPORT, lambda at: _library(at).show("x", shown=False)),
    "remove a dataset": (Permission.ADMINISTER, lambda at: _library(at).remove("x")),
    "save a place list": (Permission.GAZETTEER, lambda at: PlaceLists(at).save(None)),  # type: ignore[arg-type]
    "remove a place list": (Permission.GAZETTEER, lambda at: PlaceLists(at).remove("x")),
    "add a layer": (Permission.IMPORT, lambda at: LayerFolder(at).add(None, None, None, None)),  # type: ignore[arg-type]
    "change a layer": (Permission.IMPORT, lambda at: LayerFolder(at).change("x", None)),  # type: ignore[arg-type]
    "change the labels of a layer": (
        Permission.IMPORT,
        lambda at: LayerFolder(at).change_labels("x", ""),
    ),
    "remove a layer": (Permission.IMPORT, lambda at: LayerFolder(at).remove("x")),
    "add a basemap": (Permission.IMPORT, lambda at: BasemapFolder(at).add(at / "x", "x")),
    "remove a basemap": (Permission.IMPORT, lambda at: BasemapFolder(at).remove("x")),
    "save a column mapping": (Permission.IMPORT, lambda at: save_mapping(at, None)),  # type: ignore[arg-type]
    "save answers": (Permission.IMPORT, lambda at: save_format_answers(at, "acled", NO_ANSWERS)),
    "capture a file": (Permission.REVIEW, lambda at: CaptureFiles(at).add(b"text")),
    "import a table": (Permission.IMPORT, lambda _at: start(None, None, (), {}, dry_run=True)),  # type: ignore[arg-type]
}


def _library(at: Path) -> Library:
    return Library(at, "duckdb://")


@pytest.mark.parametrize("name", ACTIONS)
@pytest.mark.parametrize("role", [None, *Role])
def test_each_role_does_what_it_may(tmp_path: Path, name: str, role: Role | None):
    permission, action = ACTIONS[name]
    may = permission in permissions_of(role)
    print(f"{role or 'no role':15} {name:28} {'may' if may else 'may not'}")
    with acting_as(Viewer("a@example.org", "A", permissions_of(role))):
        if not may:
            with pytest.raises(NotPermittedError):
                action(tmp_path)
            assert list(tmp_path.iterdir()) == []
            return
        try:
            action(tmp_path)
        except NotPermittedError:
            pytest.fail("it is allowed")
        except Exception:  # noqa: BLE001 it was allowed to try with nothing
            return


def test_a_refusal_says_what_is_not_allowed_in_words():
    with acting_as(Viewer("a", "A", frozenset())), pytest.raises(NotPermittedError) as error:
        require(Permission.LOOK, Permission.IMPORT)
    assert str(error.value) == "Your role does not allow this: looking at the events"


def test_without_accounts_one_analyst_does_everything_under_a_typed_name():
    assert viewer().permissions == frozenset(Permission)
    assert viewer().name_in_log("Rana") == "Rana"


def test_a_job_may_do_what_its_person_may_now(monkeypatch: pytest.MonkeyPatch):
    editor = Viewer("a@example.org", "A", permissions_of(Role.EDITOR))
    now = [editor]
    monkeypatch.setattr("dashboard.model.viewer._again", [lambda _someone: now[0]])
    with acting_as(editor):
        job = as_viewer(lambda: require(Permission.DECIDE))
    job()
    now[0] = Viewer("a@example.org", "A", permissions_of(Role.READER))
    with pytest.raises(NotPermittedError):
        job()
    assert viewer() is SINGLE_ANALYST
