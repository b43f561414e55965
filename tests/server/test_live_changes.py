"""The route that says what others changed, and who has the same event open."""

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import msgspec
import pytest
from starlette.responses import Response

from dashboard.browser import live_changes as words
from dashboard.language.words import without_isolates
from dashboard.model.permissions import Role, permissions_of
from dashboard.model.records import Table
from dashboard.model.restriction import RestrictedKind
from dashboard.model.viewer import Viewer, acting_as
from dashboard.project.project import Project
from dashboard.query.query import Query
from dashboard.server.live_changes import _answer, live_changes_route
from dashboard.settings import read_settings
from dashboard.store import presence
from dashboard.store.merge import event_record
from dashboard.store.presence import open_suggestions
from dashboard.store.workspace import Change
from tests.project.without import INSIDER, OUTSIDER, PUBLIC, SECRET, hide, project_at
from tests.server.asgi import answered
from tests.store.sample_workspaces import outlet

EVENT = "agreement_observation_points"


@pytest.fixture(autouse=True)
def nobody_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "_memory", presence._Memory())


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(read_settings({"EVENT_MAP_WORKSPACE": str(tmp_path / "w.sqlite")}))


def ask(project: Project, **params: str) -> Response:
    params = {"since": "0", "window": "rana00000", "name": "Rana", **params}
    return answered(live_changes_route(lambda: project, ""), urlencode(params).encode())


def said(project: Project, **params: str) -> dict[str, Any]:
    answer = ask(project, **params)
    assert answer.status_code == 200, answer.body
    content: dict[str, Any] = msgspec.json.decode(bytes(answer.body))
    return {key: without_isolates(str(value)) for key, value in content.items()}


def save(project: Project, who: str, table: Table = Table.OUTLET, key: str = "o1") -> int:
    record = project.workspace.get(table, key)
    change = Change(table, key, None, record.version if record else 0)
    return project.workspace.commit([change], who=who, what=f"changed {key}", why="")


def test_changes_of_others_are_said_and_those_of_oneself_are_not(project: Project):
    assert said(project) == {"version": "0", "event": "", "others": "", "here": ""}
    save(project, "Rana")
    assert said(project)["others"] == ""
    last = save(project, "Omar")
    assert said(project)["others"] == "Changed by Omar just now: changed o1"
    save(project, "Omar")
    assert said(project)["others"].endswith("changed o1 (and 1 more change)")
    assert said(project, since=str(last), name="Omar")["others"] == ""
    assert said(project, since=str(last + 1)) == {
        "version": "3",
        "event": "",
        "others": "",
        "here": "",
    }


def test_a_change_of_the_open_event_is_said_apart(project: Project):
    save(project, "Omar")
    save(project, "Ada", Table.EVENT, EVENT)
    answer = said(project, event=EVENT)
    assert answer["event"] == f"This event was changed by Ada just now: changed {EVENT}"
    assert answer["others"] == "Changed by Omar just now: changed o1"
    assert said(project, event="another")["event"] == ""


def test_who_is_at_the_event_too_is_said(project: Project):
    assert said(project, event=EVENT)["here"] == ""
    assert (
        said(project, event=EVENT, window="omar00000", name="Omar")["here"] == "Open here too: Rana"
    )
    assert said(project, event=EVENT)["here"] == "Open here too: Omar"
    assert "Omar" in said(project, event=EVENT, lang="ar")["here"]
    # A page that Omar loads again is another window of his, and not another analyst.
    again = said(project, event=EVENT, window="omar00001", name="Omar")
    assert again["here"] == "Open here too: Rana"


def test_who_has_a_suggestion_open_too_is_said(project: Project):
    assert said(project, suggestion="s1", event=EVENT)["here"] == ""
    omar = said(project, suggestion="s1", window="omar00000", name="Omar")
    assert omar["here"] == "Open here too: Rana"
    assert said(project, event=EVENT, window="omar00000", name="Omar")["here"] == ""
    assert open_suggestions(project.workspace.source) == {"s1": ["Rana"]}
    assert ask(project, suggestion="x" * 201).status_code == 400


def test_a_suggestion_of_a_hidden_article_is_in_nobodys_hand(project: Project):
    hide(project, RestrictedKind.ARTICLE, "a003_orient_net")
    start = str(project.workspace.version())
    # There is none of that id, as far as the outsider can know.
    for someone, window in ((INSIDER, "ada000000"), (OUTSIDER, "eve000000")):
        assert said_to(someone, project, window, since=start, suggestion="secret") == {}
    assert open_suggestions(project.workspace.source) == {"secret": ["Ada"]}


def test_with_accounts_the_name_is_that_of_the_account(project: Project):
    someone = Viewer("ada@example.org", "Ada", permissions_of(Role.ANALYST))
    with acting_as(someone):
        _answer(project, {
            "since": ["0"], "event": ["e9"], "window": ["ada000000"], "name": ["Somebody else"],
        })  # fmt: skip
    assert said(project, event="e9")["here"] == "Open here too: Ada"


def said_to(someone: Viewer, project: Project, window: str, **params: str) -> dict[str, str]:
    """What the route answers somebody with an account, whose name counts."""
    given = {"since": "0", "name": "x", "window": window, **params}
    with acting_as(someone):
        answer = _answer(project, {key: [value] for key, value in given.items()})
    content: dict[str, Any] = msgspec.json.decode(bytes(answer.body))
    del content["version"]
    return {key: without_isolates(value) for key, value in content.items() if value}


def test_what_somebody_may_not_see_is_neither_said_nor_who_has_it_open(project: Project):
    hide(project, RestrictedKind.ARTICLE, "a003_orient_net")
    events = project.load().corpus.events.events
    with acting_as(OUTSIDER):
        seen = project.load().corpus.events.events
    secret = min(events.keys() - seen.keys())
    start = str(project.workspace.version())
    record = event_record(project.load().corpus, secret)
    change = Change(Table.EVENT, secret, record, 0, record)
    project.workspace.commit([change], who="Omar", what="Secret talks", why="")
    line = "This event was changed by Omar just now: Secret talks"
    assert said_to(INSIDER, project, "ada00000", since=start, event=secret) == {"event": line}
    for event in ("", secret):
        assert said_to(OUTSIDER, project, "eve00000", since=start, event=event) == {}
    change = Change(Table.OUTLET, "o1", outlet("Radio"))
    project.workspace.commit([change], who="Omar", what="added Radio", why="")
    line = "Changed by Omar just now: added Radio"
    assert said_to(OUTSIDER, project, "eve00000", since=start) == {"others": line}
    assert said_to(OUTSIDER, project, "eve00000", since=start, event=secret) == {"others": line}
    # Nor does the other one hear that somebody asked for it; of what both see, both do.
    last = str(project.workspace.version())
    assert said_to(INSIDER, project, "ada00000", since=last, event=secret) == {}
    assert said_to(OUTSIDER, project, "eve00000", since=last, event=EVENT) == {}
    here = said_to(INSIDER, project, "ada00000", since=last, event=EVENT)
    assert here == {"here": "Open here too: Eve"}


def test_who_has_an_event_of_a_hidden_dataset_open_is_not_said(tmp_path: Path):
    project = project_at(tmp_path / "p")
    hide(project, RestrictedKind.DATASET, SECRET)
    found = project.catalog(project.load()).select(Query(datasets=(SECRET, PUBLIC)))
    assert found is not None
    by_dataset = {found.datasets[key]: key for key in found.corpus.events.events}
    last = str(project.workspace.version())
    for dataset, here in ((SECRET, {}), (PUBLIC, {"here": "Open here too: Ada"})):
        event = by_dataset[dataset]
        assert said_to(INSIDER, project, "ada00000", since=last, event=event) == {}
        assert said_to(OUTSIDER, project, "eve00000", since=last, event=event) == here


@pytest.mark.parametrize(
    "params",
    [{"since": "-1"}, {"since": "x"}, {"window": ""}, {"window": "A" * 9}, {"event": "x" * 201}],
)
def test_what_is_not_understood_is_refused(project: Project, params: dict[str, str]):
    assert ask(project, **params).status_code == 400


def test_a_long_name_and_a_long_text_are_cut(project: Project):
    said(project, event="e8", window="long00000", name="x" * 500)
    assert said(project, event="e8")["here"] == f"Open here too: {'x' * 60}"
    change = Change(Table.OUTLET, "o9", None)
    project.workspace.commit([change], who="Omar", what="y" * 900, why="")
    assert len(said(project)["others"]) < words._MOST_TEXT + 60
