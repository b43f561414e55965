"""The pages of the work on articles, through AppTest: what the server says and does."""

import sqlite3
import threading
from contextlib import closing

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.corpus import Corpus
from dashboard.model.message import message
from dashboard.model.records import Correction, Table
from dashboard.review.edit_session import EditSession
from dashboard.review.field_merge import Side
from dashboard.review.rereading import correct_mention
from dashboard.store import connection as connections
from dashboard.store.backup import Reason, make_backup
from dashboard.store.workspace import Workspace
from dashboard.ui.project import load
from dashboard.ui.review import replaced_panel
from tests.store.sample_workspaces import stored

_MODULES = (replaced_panel,)


def _page(name: str, who: str = "", **params: str) -> AppTest:
    """A page as its function draws it, registered as the entry script registers it."""
    script = f"""
import streamlit as st
from dashboard.ui import shell
from dashboard.ui.article import page as article
from dashboard.ui.articles import page as articles
from dashboard.ui.compare import page as compare
from dashboard.ui.data import page as data
from dashboard.ui.explore import page as explore
from dashboard.ui.gazetteer import page as gazetteer
from dashboard.ui.history import page as history
from dashboard.ui.review import page as review
from dashboard.settings import read_settings
from dashboard.static_files import prepare
settings = read_settings()
prepare(settings.static, settings.basemap)
modules = dict(explore=explore, article=article, articles=articles, review=review,
    gazetteer=gazetteer, history=history, compare=compare, data=data)
pages = {{
    key: st.Page(module.page, title=key, url_path=key, default=key == "{name}")
    for key, module in modules.items()
}}
for key, page in pages.items():
    shell.register(key, page)
st.navigation(list(pages.values()), position="hidden").run()
"""
    app = AppTest.from_string(script, default_timeout=30)
    for key, value in params.items():
        app.query_params[key] = value
    if who:
        app.session_state["analyst"] = who
    app.run()
    assert not app.exception
    return app


def _html(app: AppTest) -> str:
    return " ".join(block.proto.body for block in app.get("html"))


def _button(app: AppTest, label: str):
    return next(button for button in app.button if button.label == label)


@pytest.mark.parametrize(
    "name", ["articles", "review", "gazetteer", "history", "explore", "compare"]
)
def test_each_page_opens_with_an_empty_workspace(name: str):
    _page(name)


@pytest.mark.parametrize(
    "name", ["articles", "review", "gazetteer", "history", "explore", "compare"]
)
def test_each_page_opens_with_work_to_do(workspace: Workspace, name: str):
    _page(name, "Rana")


def test_without_a_name_nothing_can_be_decided(workspace: Workspace):
    app = _page("review")
    assert _button(app, "Accept").disabled
    assert _button(app, "Reject").disabled


def test_accepting_moves_on_and_can_be_undone(workspace: Workspace):
    app = _page("review", "Rana")
    assert "Shelling: Turkish forces; Ain Issa" in _html(app)
    _button(app, "Accept").click().run()
    assert not app.exception
    assert any("Accepted: Shelling" in text.value for text in app.text)
    assert workspace.count(Table.SUGGESTION, status="accepted") == 1
    assert "Clash" in _html(app)
    _button(app, "Undo").click().run()
    assert workspace.count(Table.SUGGESTION, status="accepted") == 0


def test_rejecting_keeps_the_reason(workspace: Workspace):
    app = _page("review", "Rana")
    _button(app, "Reject").click().run()
    (record,) = [
        stored.value for stored in workspace.all(Table.SUGGESTION, status="rejected").values()
    ]
    assert record.why == message("not an event of these kinds")


def test_a_correction_is_saved_as_corrected(workspace: Workspace):
    app = _page("review", "Rana")
    _button(app, "Correct").click().run()
    title = next(field for field in app.text_input if field.label == "Title in English")
    title.set_value("Artillery fire on Ain Issa").run()
    _button(app, "Accept as corrected").click().run()
    (stored,) = workspace.all(Table.EVENT).values()
    assert stored.value.event.title_en == "Artillery fire on Ain Issa"


def test_the_second_to_save_sees_a_conflict_and_loses_no_input(
    workspace: Workspace, corpus: Corpus
):
    event_id = next(iter(corpus.events.events))
    first, second = (_page("review", who, event=event_id) for who in ("Rana", "Omar"))
    for app, title in ((first, "Title of Rana"), (second, "Title of Omar")):
        next(f for f in app.text_input if f.label == "Title in English").set_value(title)
        next(f for f in app.text_input if f.label == "Reason for the change").set_value("clearer")
        app.run()
        _button(app, "Save").click().run()
    assert any("Rana changed this on" in warning.value for warning in second.warning)
    assert (
        next(f for f in second.text_input if f.label == "Title in English").value == "Title of Omar"
    )
    assert workspace.get(Table.EVENT, event_id).value.event.title_en == "Title of Rana"
    # A field that both changed is not decided by saving again.
    _button(second, "Save").click().run()
    assert workspace.get(Table.EVENT, event_id).value.event.title_en == "Title of Rana"
    choice = next(f for f in second.radio if f.label == "Title in English: both of you changed it")
    choice.set_value(Side.MINE).run()
    _button(second, "Save").click().run()
    assert workspace.get(Table.EVENT, event_id).value.event.title_en == "Title of Omar"


def test_fields_of_both_are_merged_and_the_second_is_told_first(
    workspace: Workspace, corpus: Corpus
):
    event_id = next(iter(corpus.events.events))
    first, second = (_page("review", who, event=event_id) for who in ("Rana", "Omar"))
    for app, label in ((first, "Title in English"), (second, "Title in Arabic")):
        next(f for f in app.text_input if f.label == label).set_value(f"by {label}")
        next(f for f in app.text_input if f.label == "Reason for the change").set_value("clearer")
        app.run()
    for app in (first, second):
        _button(app, "Save").click().run()
    assert workspace.get(Table.EVENT, event_id).value.event.title_ar != "by Title in Arabic"
    told = " ".join(item.value for item in second.markdown)
    assert "**Title in English**, from Rana" in told
    assert "**Title in Arabic**, yours: by Title in Arabic" in told
    _button(second, "Save").click().run()
    event = workspace.get(Table.EVENT, event_id).value.event
    assert (event.title_en, event.title_ar) == ("by Title in English", "by Title in Arabic")
    assert [entry.who for entry in workspace.log(record=(Table.EVENT, event_id))] == [
        "Omar",
        "Rana",
    ]


def test_corrections_of_a_suggestion_that_another_accepted_go_to_its_event(workspace: Workspace):
    second = _page("review", "Omar")
    _button(second, "Correct").click().run()
    title = next(field for field in second.text_input if field.label == "Title in English")
    title.set_value("Artillery fire on Ain Issa").run()
    first = _page("review", "Rana")
    _button(first, "Accept").click().run()
    second.run()
    assert any("Rana decided this suggestion" in warning.value for warning in second.warning)
    title = next(field for field in second.text_input if field.label == "Title in English")
    assert title.value == "Artillery fire on Ain Issa"
    reason = next(f for f in second.text_input if f.label == "Reason for the change")
    reason.set_value("clearer").run()
    _button(second, "Save to the event").click().run()
    (event,) = workspace.all(Table.EVENT).values()
    assert event.value.event.title_en == "Artillery fire on Ain Issa"
    assert workspace.log()[0].who == "Omar"


def _reread_as_qamishli(workspace: Workspace) -> None:
    """What another analyst does: the place of the article's shelling is corrected."""
    corpus = load().corpus
    for stored_ in workspace.all(Table.SUGGESTION, status="pending").values():
        for place in stored_.value.suggestion.places:
            correction = Correction(
                stored_.value.article_id, place.start, place.end, "place", "qamishli"
            )
            session = EditSession(workspace, corpus, "Rana")
            correct_mention(session, correction, surface=place.surface, why="it is there")
            return


def test_corrections_of_a_suggestion_that_was_read_again_stay_beside_the_new_one(
    workspace: Workspace,
):
    app = _page("review", "Omar")
    _button(app, "Correct").click().run()
    title = next(field for field in app.text_input if field.label == "Title in English")
    title.set_value("Artillery fire").run()
    _reread_as_qamishli(workspace)
    app.run()
    assert not app.exception
    assert any("This suggestion was read again" in warning.value for warning in app.warning)
    assert any("Rana" in w.value and "corrected" in w.value for w in app.warning)
    title = next(field for field in app.text_input if field.label == "Title in English")
    assert title.value == "Artillery fire"
    assert "Qamishli" in _html(app)
    choice = next(f for f in app.radio if f.label == "Title in English: both of you changed it")
    _button(app, "Accept as corrected").click().run()
    assert workspace.count(Table.EVENT) == 0
    choice = next(f for f in app.radio if f.label == "Title in English: both of you changed it")
    choice.set_value(Side.MINE).run()
    _button(app, "Accept as corrected").click().run()
    assert not app.exception
    (stored_,) = workspace.all(Table.EVENT).values()
    assert stored_.value.event.title_en == "Artillery fire"
    assert [place.place_id for place in stored_.value.places] == ["qamishli"]


def test_a_suggestion_that_vanished_leaves_what_was_typed_and_says_so(workspace: Workspace):
    app = _page("review", "Omar")
    _button(app, "Correct").click().run()
    title = next(field for field in app.text_input if field.label == "Title in English")
    title.set_value("Artillery fire").run()
    session = EditSession(workspace, load().corpus, "Rana")
    shown = app.session_state["suggestion_chosen"]
    session.commit([session.change(Table.SUGGESTION, shown, None)], "read again", "a plan only")
    app.run()
    assert any("Rana had this suggestion removed" in w.value for w in app.warning)
    title = next(field for field in app.text_input if field.label == "Title in English")
    assert title.value == "Artillery fire"
    _button(app, "Discard my corrections").click().run()
    assert not app.exception
    assert not any("had this suggestion removed" in w.value for w in app.warning)


def test_a_place_typed_in_any_notation_joins_the_gazetteer(workspace: Workspace):
    app = _page("gazetteer", "Rana")
    assert "زنوبيا" in _html(app)
    by_label = {field.label: field for field in app.text_input}
    by_label["Name in English"].set_value("Zenobia")
    by_label["Coordinates: click the map, or type them"].set_value("36°24'36\"N 38°54'36\"E")
    by_label["Source of the coordinates"].set_value("a resident")
    app.run()
    _button(app, "Add to the gazetteer").click().run()
    assert not app.exception
    (stored,) = workspace.all(Table.PLACE).values()
    place = stored.value.place
    assert (round(place.lat, 4), round(place.lon, 4)) == (36.41, 38.91)
    assert workspace.count(Table.UNKNOWN_PLACE, status="queued") == 0


def test_bad_coordinates_say_what_was_expected(workspace: Workspace):
    app = _page("gazetteer", "Rana")
    by_label = {field.label: field for field in app.text_input}
    by_label["Coordinates: click the map, or type them"].set_value("95, 400").run()
    messages = " ".join([*(e.value for e in app.error), *(c.value for c in app.caption)])
    assert "expected" in messages.lower() or "at most" in messages


def test_the_history_shows_who_did_what(workspace: Workspace):
    app = _page("history", "Rana")
    assert any("Rana · read 1 article" in box.label for box in app.expander)


def test_unreviewed_events_are_off_by_default_and_counted_when_shown(workspace: Workspace):
    assert "not reviewed" not in _page("explore").text[0].value
    shown = _page("explore", unreviewed="shown").text[0].value
    assert "2 of them not reviewed" in shown


def test_an_article_without_a_date_asks_for_one(workspace: Workspace, corpus: Corpus):
    (article_id,) = workspace.all(Table.ARTICLE)
    app = _page("articles", "Rana", id=article_id)
    assert any("need the date of publication" in c.value for c in app.caption)


PAGES = ["articles", "article", "review", "gazetteer", "history", "explore", "compare", "data"]


def _damage(workspace: Workspace) -> None:
    """Zeros in place of all pages but the first."""
    with closing(sqlite3.connect(workspace.path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = workspace.path.read_bytes()
    workspace.path.write_bytes(content[:4096] + bytes(len(content) - 4096))


def _errors(app: AppTest) -> str:
    return " ".join(error.value for error in app.error).replace("\\", "")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("state", ["damaged", "missing", "another file"])
def test_each_page_reports_an_unusable_workspace(workspace: Workspace, name: str, state: str):
    if state == "damaged":
        _damage(workspace)
    elif state == "missing":
        make_backup(workspace.path, workspace.backups, Reason.MANUAL)
        workspace.path.unlink()
    else:
        workspace.path.write_bytes(b"another file " * 1000)
    app = _page(name, "Rana")
    assert str(workspace.path) in _errors(app)
    assert "estore" in _errors(app), "the way out"
    assert workspace.path.exists() == (state != "missing")


def test_a_damaged_workspace_is_restored_by_one_click_and_a_form_keeps_its_input(
    workspace: Workspace, corpus: Corpus
):
    event_id = next(iter(corpus.events.events))
    app = _page("review", "Rana", event=event_id)
    next(f for f in app.text_input if f.label == "Title in English").set_value("Typed").run()
    make_backup(workspace.path, workspace.backups, Reason.MANUAL)
    entries = len(workspace.log())
    _damage(workspace)
    app.run()
    assert "is damaged" in _errors(app)
    assert any(f"has {entries} log entr" in text.value for text in app.text)
    damaged = workspace.path.read_bytes()
    app.button(key="restore_now").click().run()
    assert not app.exception
    assert not app.error
    assert any("replaced" in shown.value for shown in app.success)
    (aside,) = workspace.path.parent.glob("*-replaced.sqlite")
    # The header says that there is no log file any more; all else is unchanged.
    assert aside.read_bytes()[100:] == damaged[100:]
    assert str(workspace.log()[0].what).startswith("restored backup")
    field = next(f for f in app.text_input if f.label == "Title in English")
    assert field.value == "Typed"


def test_without_a_good_backup_none_is_offered(workspace: Workspace):
    backup = make_backup(workspace.path, workspace.backups, Reason.MANUAL)
    backup.path.write_bytes(b"damaged too")
    _damage(workspace)
    app = _page("history", "Rana")
    assert any("no good backup" in shown.value for shown in app.warning)
    assert not any(button.key == "restore_now" for button in app.button)


def test_a_full_disk_saves_nothing_and_keeps_the_form(workspace: Workspace, corpus: Corpus):
    event_id = next(iter(corpus.events.events))
    app = _page("review", "Rana", event=event_id)
    for label, text in (("Title in English", "Typed"), ("Reason for the change", "x" * 9_000)):
        next(f for f in app.text_input if f.label == label).set_value(text)
    app.run()
    before = stored(workspace)
    real = sqlite3.connect

    def full(*arguments: object, **options: object) -> sqlite3.Connection:
        connection = real(*arguments, **options)
        connection.execute("PRAGMA max_page_count = 1")
        return connection

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connections.sqlite3, "connect", full)
        _button(app, "Save").click().run()
    assert "No space is left" in _errors(app)
    assert stored(workspace) == before
    assert next(f for f in app.text_input if f.label == "Title in English").value == "Typed"
    _button(app, "Save").click().run()
    assert workspace.get(Table.EVENT, event_id).value.event.title_en == "Typed"


def test_a_daily_backup_that_fails_is_reported(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
):
    blocked = workspace.path.with_name("file")
    blocked.write_text("no folder")
    monkeypatch.setenv("EVENT_MAP_BACKUPS", str(blocked / "below"))
    app = _page("articles", "Rana")
    for thread in threading.enumerate():
        if thread.name == "daily backup":
            thread.join()
    app.run()
    assert any("No backup could be made today" in shown.value for shown in app.warning)


def test_undoing_twice_is_refused_and_writes_nothing(workspace: Workspace):
    first, second = (_page("review", who) for who in ("Rana", "Omar"))
    _button(first, "Accept").click().run()
    seq = workspace.version()
    # The History page of another session was drawn before.
    history = _page("history", "Omar")
    history.session_state[f"log_{seq}"] = True
    history.run()
    _button(first, "Undo").click().run()
    written = workspace.version()
    undo = next((b for b in history.button if b.key == f"log_undo_{seq}"), None)
    assert undo is not None
    undo.click().run()
    assert f"Rana had already undone entry {seq} on " in _errors(history)
    assert f"(by entry {written})" in _errors(history)
    assert workspace.version() == written
    assert not second.exception


def test_the_undo_button_reports_an_undo_by_somebody_else(workspace: Workspace):
    app = _page("review", "Rana")
    _button(app, "Accept").click().run()
    seq = workspace.version()
    undone = workspace.undo(seq, who="Omar *x* ![y](http://example.org)", why="no")
    _button(app, "Undo").click().run()
    assert "Nothing was changed: Omar" in _errors(app)
    assert f"had already undone entry {seq} on " in _errors(app)
    assert f"(by entry {undone})" in _errors(app)
    assert not any("![y](" in error.value for error in app.error), "a name is no Markdown"
    assert workspace.version() == undone
    assert not any(button.label == "Undo" for button in app.button), "offered no longer"
