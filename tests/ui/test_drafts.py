"""Half-typed forms on the server: kept as they are typed, restored in a new session, discarded."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.event import RelationKind
from dashboard.model.records import Table, UnknownPlaceRecord, UnknownStatus
from dashboard.model.verification import Reliability
from dashboard.model.when import DatePrecision
from dashboard.settings import read_settings
from dashboard.store.drafts import MAX_BYTES, Drafts, Owner
from dashboard.store.workspace import Change, Workspace
from dashboard.ui.components.drafts_list import drafts_list
from dashboard.ui.components.form_draft import DraftedForm, drafted
from dashboard.ui.state import browser as browser_state
from dashboard.ui.state import drawn_forms
from tests.ui.running import click, panel, texts

BROWSER = "f" * 64
EVENT = "agreement_observation_points"
_MODULES = (browser_state, drawn_forms, drafts_list, DraftedForm, drafted)


def _claim_page() -> None:
    from dashboard.ui.analyst import name_field
    from dashboard.ui.components.drafts_list import drafts_list
    from dashboard.ui.project import load
    from dashboard.ui.review.new_claim import new_claim_panel
    from dashboard.ui.shell import link_to
    from dashboard.ui.state.address_bar import change_params
    from tests.ui.running import register_pages

    register_pages()
    name_field()
    drafts_list(link_to)
    change_params({"new": ["claim"]})
    new_claim_panel(load())


def _paste_page() -> None:
    from dashboard.ui.articles.add_panel import add_panel
    from dashboard.ui.project import load

    add_panel(load())


def _event_page() -> None:
    from dashboard.ui.project import load
    from dashboard.ui.review.event_edit import edit_event_panel
    from tests.ui.running import register_pages

    register_pages()
    edit_event_panel(load(), "agreement_observation_points")


def _unknown_page() -> None:
    from dashboard.ui.gazetteer.unknown_list import queue, selected_name
    from dashboard.ui.gazetteer.unknown_panel import unknown_panel
    from dashboard.ui.project import load
    from tests.ui.running import register_pages

    register_pages()
    loaded = load()
    names = queue(loaded)
    name = selected_name(names)
    if name is not None:
        unknown_panel(loaded, name, names[name])


def _open(
    script: Callable[[], None] = _claim_page, who: str = "Rana", browser: str = BROWSER
) -> AppTest:
    return panel(script, who, browser=browser)


def _field(app: AppTest, label: str) -> Any:
    fields = [*app.text_input, *app.text_area, *app.selectbox, *app.radio, *app.date_input]
    return next(field for field in fields if field.label == label)


def _drafts() -> Drafts:
    return Drafts(read_settings().drafts)


def test_what_was_typed_is_there_in_the_next_session(workspace: Workspace):
    before = workspace.version()
    first = _open()
    assert "Saved as a draft" in texts(first)
    _field(first, "Note").set_value("seen on a video").run()
    _field(first, "Title in English").set_value("Shelling near the silos").run()
    assert "Draft of" in texts(first)

    second = _open()
    assert _field(second, "Note").value == "seen on a video"
    assert _field(second, "Title in English").value == "Shelling near the silos"
    assert "not saved" in texts(second)
    # A draft is no record, and in no log.
    assert workspace.version() == before
    assert not workspace.all(Table.EVENT)


def test_options_days_and_lists_come_back_as_such(workspace: Workspace):
    first = _open()
    _field(first, "First day").set_value(date(2021, 1, 9)).run()
    _field(first, "Precision").set_value(DatePrecision.DAY).run()
    sites = next(field for field in first.multiselect if field.label == "Places: at")
    sites.set_value(["ain_issa"]).run()
    _field(first, "Last day").set_value(date(2021, 1, 9)).run()
    second = _open()
    assert _field(second, "First day").value == date(2021, 1, 9)
    assert _field(second, "Precision").value is DatePrecision.DAY
    sites = next(field for field in second.multiselect if field.label == "Places: at")
    assert sites.value == ["ain_issa"]
    assert not second.error


def test_discard_empties_the_form_and_removes_the_draft(workspace: Workspace):
    app = _open()
    _field(app, "Note").set_value("seen on a video").run()
    assert len(_drafts().all(Owner(BROWSER, "Rana"))) == 1
    click(app, "Discard")
    assert _field(app, "Note").value == ""
    assert "Draft of" not in texts(app)
    assert _drafts().all(Owner(BROWSER, "Rana")) == []
    assert _field(_open(), "Note").value == ""


def test_typing_it_back_leaves_no_draft(workspace: Workspace):
    app = _open()
    _field(app, "Note").set_value("x").run()
    _field(app, "Note").set_value("").run()
    assert "Draft of" not in texts(app)
    assert _drafts().all(Owner(BROWSER, "Rana")) == []


def test_a_saved_form_leaves_no_draft(workspace: Workspace):
    app = _open()
    _field(app, "Note").set_value("seen on a video").run()
    _field(app, "Title in English").set_value("Shelling near the silos").run()
    _field(app, "Title in Arabic").set_value("قصف قرب الصوامع").run()
    _field(app, "Reason for the change").set_value("seen").run()
    click(app, "Create the event")
    assert len(workspace.all(Table.EVENT)) == 1
    assert _drafts().all(Owner(BROWSER, "Rana")) == []


def test_another_browser_and_another_name_see_nothing(workspace: Workspace):
    _field(_open(), "Note").set_value("seen on a video").run()
    for other in (_open(browser="e" * 64), _open(who="Omar")):
        assert _field(other, "Note").value == ""
        assert "Draft of" not in texts(other)


def test_the_name_comes_back_and_another_name_has_its_own_drafts(workspace: Workspace):
    app = _open(who="")
    _field(app, "Note").set_value("seen on a video").run()
    _field(app, "Your name").set_value("Rana").run()
    # What was typed without a name is hers.
    assert _field(app, "Note").value == "seen on a video"
    again = _open(who="")
    assert _field(again, "Your name").value == "Rana"
    assert _field(again, "Note").value == "seen on a video"
    _field(again, "Your name").set_value("Omar").run()
    assert _field(again, "Note").value == ""
    assert "The drafts of Rana are still here" in texts(again)
    _field(again, "Your name").set_value("Rana").run()
    assert _field(again, "Note").value == "seen on a video"


def test_without_a_cookie_the_page_says_that_nothing_is_kept(workspace: Workspace):
    app = _open(browser="")
    assert "not saved as a draft" in texts(app)
    _field(app, "Note").set_value("x").run()
    assert not read_settings().drafts.exists()


def test_the_list_names_the_drafts_and_discards_one(workspace: Workspace):
    app = _open()
    _field(app, "Note").set_value("seen on a video").run()
    app.run()
    row = [button for button in app.button if button.key == "discard_in_list_new_claim::::"]
    assert len(row) == 1
    row[0].click().run()
    assert _field(app, "Note").value == ""


def test_a_pasted_text_is_kept_and_one_that_is_too_long_says_so(workspace: Workspace):
    app = _open(_paste_page)
    _field(app, "Article text").set_value("قصف على عين عيسى").run()
    _field(app, "Outlet").set_value("Xinhua").run()
    again = _open(_paste_page)
    assert _field(again, "Article text").value == "قصف على عين عيسى"
    assert _field(again, "Outlet").value == "Xinhua"
    _field(again, "Article text").set_value("x" * MAX_BYTES).run()
    assert "too long to be saved" in texts(again)


def _reason(app: AppTest) -> Any:
    """The reason of the action's fields, which are below those of the event."""
    return [field for field in app.text_input if "_why" in str(field.key)][-1]


@pytest.mark.parametrize(
    ("action", "key", "value"),
    [
        ("verify", "_event_ground", "seen on a satellite image"),
        ("merge", "_words", "green light"),
        ("split", "_new_title_en", "A second statement"),
        ("relate", "_kind", RelationKind.FOLLOWS),
        ("withdraw", "_why", "a hoax"),
    ],
)
def test_the_fields_of_an_action_on_an_event_come_back(
    workspace: Workspace, action: str, key: str, value: Any
):
    def field(app: AppTest) -> Any:
        kinds = (app.text_input, app.text_area, app.radio)
        fields = [each for kind in kinds for each in kind if "event_work" in str(each.key)]
        return next(each for each in fields if str(each.key).endswith(key))

    first = _open(_event_page)
    next(button for button in first.button if button.key == f"action_{action}").click().run()
    field(first).set_value(value).run()
    assert "Draft of" in texts(first)
    (stored,) = _drafts().all(Owner(BROWSER, "Rana"))
    assert stored.form == f"{action}:{EVENT}"
    # The fields are open again, with what was typed.
    second = _open(_event_page)
    assert field(second).value == value
    click(second, "Discard")
    assert field(second).value != value
    assert _drafts().all(Owner(BROWSER, "Rana")) == []


def test_a_claim_that_a_draft_still_has_is_left_out(workspace: Workspace):
    fields = {"_claims": ["gone"], "_why": "two statements"}
    link = {"page": "review", "event": EVENT}
    _drafts().save(Owner(BROWSER, "Rana"), f"split:{EVENT}", "t", link, fields)
    app = _open(_event_page)
    chosen = next(field for field in app.multiselect if field.label == "Claims of the new event")
    assert chosen.value == []
    assert _reason(app).value == "two statements"


def test_a_rating_comes_back_and_leaves_no_draft_once_saved(workspace: Workspace):
    first = _open(_event_page)
    claim = next(b for b in first.button if str(b.key).endswith("_rate"))
    claim.click().run()
    _field(first, "What is rated").set_value("source").run()
    _field(first, "Reliability of the source").set_value(Reliability.B).run()
    _field(first, "Reason for the rating").set_value("it fits").run()
    second = _open(_event_page)
    assert _field(second, "What is rated").value == "source"
    assert _field(second, "Reliability of the source").value is Reliability.B
    assert _field(second, "Reason for the rating").value == "it fits"
    click(second, "Save the rating")
    assert len(workspace.all(Table.SOURCE_RATING)) == 1
    assert _drafts().all(Owner(BROWSER, "Rana")) == []


def test_a_new_place_comes_back_and_leaves_no_draft_once_saved(workspace: Workspace):
    record = UnknownPlaceRecord(
        "a003_orient_net",
        "زنوبيا",
        "قرية",
        ("village",),
        (),
        0,
        6,
        "زنوبيا",
        UnknownStatus.QUEUED,
        None,
    )
    key = f"{record.article_id}:{record.start}"
    change = Change(Table.UNKNOWN_PLACE, key, record)
    workspace.commit([change], who="Rana", what="read", why="")
    first = _open(_unknown_page)
    for label, text in (
        ("Name in English", "Zenobia"),
        ("Coordinates: click the map, or type them", "36.4, 38.9"),
        ("Source of the coordinates", "a resident"),
    ):
        _field(first, label).set_value(text).run()
    second = _open(_unknown_page)
    assert _field(second, "Name in English").value == "Zenobia"
    assert _field(second, "Source of the coordinates").value == "a resident"
    click(second, "Add to the gazetteer")
    (place,) = workspace.all(Table.PLACE).values()
    assert place.value.place.name_en == "Zenobia"
    assert _drafts().all(Owner(BROWSER, "Rana")) == []


def test_a_damaged_file_of_drafts_stops_no_work(workspace: Workspace):
    path: Path = read_settings().drafts
    path.write_bytes(b"no database" * 100)
    app = _open()
    _field(app, "Note").set_value("seen on a video").run()
    assert "is not saved as a draft" in texts(app)
    assert _field(app, "Note").value == "seen on a video"


def test_a_field_that_the_form_no_longer_has_is_left_out(workspace: Workspace):
    form = {"_target": "existing", "_note": "x", "_event_places_at": ["gone"], "_gone": "y"}
    _drafts().save(Owner(BROWSER, "Rana"), "new_claim::::", "t", {"page": "review"}, form)
    app = _open()
    assert _field(app, "Note").value == "x"


@pytest.mark.parametrize("script", [_claim_page, _paste_page])
def test_nothing_typed_is_no_draft(workspace: Workspace, script: Callable[[], None]):
    app = _open(script)
    app.run()
    assert _drafts().all(Owner(BROWSER, "Rana")) == []
