"""Putting the record right by hand on the Review page, through AppTest: what is shown and written."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

from streamlit.testing.v1 import AppTest

from dashboard.model.corpus import Corpus
from dashboard.model.event import PlaceRole, Stance
from dashboard.model.records import EventRecord, MergedEvent, Table
from dashboard.model.when import DatePrecision
from dashboard.store.merge import event_record, with_workspace
from dashboard.store.workspace import Change, Workspace
from dashboard.ui.project import load
from dashboard.ui.review import (
    claim_form,
    claims_panel,
    conflict_panel,
    decided_panel,
    event_actions,
    event_choice,
    new_claim,
    opened,
    pairs_panel,
    point_place,
)
from tests.ui.running import click, html, panel, texts

EVENT, OTHER = "agreement_observation_points", "sdf_accuses_russia"
_MODULES = (
    claim_form,
    claims_panel,
    conflict_panel,
    decided_panel,
    event_actions,
    event_choice,
    new_claim,
    opened,
    pairs_panel,
    point_place,
)


def _event_page() -> None:
    import streamlit as st

    from dashboard.ui import shell
    from dashboard.ui.actions import show_outcome
    from dashboard.ui.project import load
    from dashboard.ui.review.event_edit import edit_event_panel
    from tests.ui.running import register_pages

    register_pages()
    show_outcome(load(), shell.link_to)
    edit_event_panel(load(), st.session_state["shown_event"])


def _new_claim_page() -> None:
    import streamlit as st

    from dashboard.ui.project import load
    from dashboard.ui.review.new_claim import new_claim_panel
    from tests.ui.running import register_pages

    register_pages()
    for name, value in st.session_state["link"].items():
        st.query_params[name] = value
    new_claim_panel(load())


def named(key: str | None) -> str:
    """The key of a field without the number of times that its form was emptied."""
    return re.sub(r"^(claim_work|new_claim|event_work)\d+", r"\1", key or "")


def fill(app: AppTest, key: str, text: str) -> None:
    next(field for field in app.text_input if named(field.key) == key).set_value(text).run()


def press(app: AppTest, key: str) -> None:
    next(button for button in app.button if named(button.key) == key).click().run()
    assert not app.exception, app.exception


def choose(app: AppTest, key: str, value: object) -> None:
    next(field for field in app.radio if named(field.key) == key).set_value(value).run()
    assert not app.exception, app.exception


def first_claim(corpus: Corpus, event_id: str = EVENT) -> str:
    return next(c.claim_id for c in corpus.events.claims if c.event_id == event_id)


def record(workspace: Workspace, event_id: str) -> EventRecord:
    stored = workspace.get(Table.EVENT, event_id)
    assert stored is not None
    assert isinstance(stored.value, EventRecord)
    return stored.value


def event_record_of(workspace: Workspace, event_id: str, title: str) -> EventRecord:
    """The event as it is in the page's corpus, with another title."""
    found = event_record(load().corpus, event_id)
    assert found is not None
    return replace(found, event=replace(found.event, title_en=title))


def test_a_claim_is_not_removed_without_a_reason(workspace: Workspace, corpus: Corpus):
    app = panel(_event_page, "Rana", shown_event=EVENT)
    assert "claim" in html(app)
    claim = first_claim(corpus)
    press(app, f"claim_{claim}_remove")
    click(app, "Remove the claim")
    assert "Still needed: a reason" in texts(app)
    fill(app, "claim_work_why", "it is of another day")
    click(app, "Remove the claim")
    assert claim not in {c.claim_id for c in record(workspace, EVENT).claims}
    assert workspace.log()[0].why == "it is of another day"


def test_a_claim_gets_another_stance(workspace: Workspace, corpus: Corpus):
    app = panel(_event_page, "Rana", shown_event=EVENT)
    claim = first_claim(corpus)
    press(app, f"claim_{claim}_edit")
    choose(app, "claim_work_stance", Stance.DOUBTS)
    fill(app, "claim_work_why", "it only doubts")
    click(app, "Save the claim")
    assert record(workspace, EVENT).claims[0].stance is Stance.DOUBTS


def test_a_claim_gets_a_speaker_and_the_agency_that_passed_it_on(
    workspace: Workspace, corpus: Corpus
):
    app = panel(_event_page, "Rana", shown_event=EVENT)
    press(app, f"claim_{first_claim(corpus)}_edit")
    for key, value in (("claim_work_speaker", "omar_rahmoun"), ("claim_work_via", "sana")):
        next(field for field in app.selectbox if named(field.key) == key).set_value(value).run()
    fill(app, "claim_work_why", "it names both")
    click(app, "Save the claim")
    claim = record(workspace, EVENT).claims[0]
    assert (claim.speaker_id, claim.via_id) == ("omar_rahmoun", "sana")
    assert with_workspace(corpus, workspace).faults == corpus.faults


def test_a_claim_moves_to_an_event_that_is_found_by_words(workspace: Workspace, corpus: Corpus):
    app = panel(_event_page, "Rana", shown_event=EVENT)
    claim = first_claim(corpus)
    press(app, f"claim_{claim}_move")
    fill(app, "claim_work_words", "no such words")
    assert "No accepted event has all these words." in texts(app)
    fill(app, "claim_work_words", "green light")
    press(app, f"claim_work_event_{OTHER}")
    fill(app, "claim_work_why", "it accuses")
    click(app, "Move the claim")
    assert claim in {c.claim_id for c in record(workspace, OTHER).claims}


def test_two_events_are_merged_and_the_old_link_opens_the_one(workspace: Workspace):
    app = panel(_event_page, "Rana", shown_event=EVENT)
    press(app, "action_merge")
    fill(app, "event_work_words", "green light")
    press(app, f"event_work_event_{OTHER}")
    fill(app, "event_work_why", "one statement")
    click(app, "Merge the events")
    stored = workspace.get(Table.MERGED_EVENT, OTHER)
    assert stored is not None
    assert stored.value == MergedEvent(EVENT)
    app = panel(_event_page, "Rana", shown_event=OTHER)
    assert "was merged into this one" in texts(app)


def test_the_history_has_every_change_and_those_of_merged_events(workspace: Workspace):
    for number in range(105):
        value = event_record_of(workspace, OTHER, f"Title {number}")
        version = stored.version if (stored := workspace.get(Table.EVENT, OTHER)) else 0
        workspace.commit(
            [Change(Table.EVENT, OTHER, value, version)], who="Omar", what=f"edit {number}", why=""
        )
    app = panel(_event_page, "Rana", shown_event=EVENT)
    press(app, "action_merge")
    fill(app, "event_work_words", "Title 104")
    press(app, f"event_work_event_{OTHER}")
    fill(app, "event_work_why", "one statement")
    click(app, "Merge the events")
    labels = " ".join(item.label for item in app.expander)
    assert "edit 0" in labels
    assert "edit 104" in labels


def test_an_event_is_withdrawn_and_its_page_says_why(workspace: Workspace, corpus: Corpus):
    app = panel(_event_page, "Rana", shown_event=EVENT)
    press(app, "action_withdraw")
    fill(app, "event_work_why", "a hoax")
    click(app, "Withdraw the event")
    assert EVENT not in with_workspace(corpus, workspace).events.events
    app = panel(_event_page, "Rana", shown_event=EVENT)
    assert "was withdrawn" in texts(app)
    assert any("withdrew" in item.label for item in app.expander)


def new_event_links(app: AppTest) -> list[Any]:
    return [link for link in app.get("page_link") if "new event" in link.proto.label]


def test_an_event_is_split_and_related(workspace: Workspace, corpus: Corpus):
    app = panel(_event_page, "Rana", shown_event=EVENT)
    press(app, "action_split")
    field = next(item for item in app.multiselect if named(item.key) == "event_work_claims")
    field.set_value([first_claim(corpus)]).run()
    # It has no titles yet: two events of one title could not be told apart.
    titles = [item for item in app.text_input if "event_work_new_title" in named(item.key)]
    assert [item.value for item in titles] == ["", ""]
    fill(app, "event_work_why", "two announcements")
    click(app, "Split the event")
    assert with_workspace(corpus, workspace).events.events.keys() == corpus.events.events.keys()
    fill(app, "event_work_new_title_en", "The first announcement")
    fill(app, "event_work_new_title_ar", "الإعلان الأول")
    click(app, "Split the event")
    after = with_workspace(corpus, workspace)
    (new_id,) = after.events.events.keys() - corpus.events.events.keys()
    assert after.events.events[new_id].title_en == "The first announcement"
    assert [f"event={new_id}"] == [link.proto.query_string for link in new_event_links(app)]
    # The history of each of the two leads to the other.
    for shown, other in ((new_id, EVENT), (EVENT, new_id)):
        opened_entry = {f"event_log_{workspace.version()}": True}
        page = panel(_event_page, "Rana", shown_event=shown, **opened_entry)
        assert f'href="review?event={other}"' in html(page)
    press(app, "action_relate")
    fill(app, "event_work_words", "first announcement")
    press(app, f"event_work_event_{new_id}")
    fill(app, "event_work_why", "the second repeats it")
    click(app, "Relate the events")
    (relation,) = with_workspace(corpus, workspace).relations
    assert (relation.event_id, relation.related_id) == (EVENT, new_id)
    click(app, "Remove the relation")
    assert with_workspace(corpus, workspace).relations == ()


def test_places_in_other_roles_are_asked_for_and_stay_once_chosen(workspace: Workspace):
    def lists(app: AppTest) -> set[str]:
        return {item.label for item in app.multiselect if item.label.startswith("Places")}

    app = panel(_event_page, "Rana", shown_event=EVENT)
    assert lists(app) == {"Places: at", "Places: along"}
    more = next(item for item in app.toggle if item.label.startswith("Places in other roles"))
    more.set_value(True).run()
    assert len(lists(app)) == len(PlaceRole)
    near = next(item for item in app.multiselect if item.label == "Places: near")
    near.set_value(["raqqa"]).run()
    next(item for item in app.toggle if item.key == more.key).set_value(False).run()
    assert lists(app) == {"Places: at", "Places: along", "Places: near"}
    why = next(item for item in app.text_input if item.label == "Reason for the change")
    why.set_value("the town is near").run()
    click(app, "Save")
    assert ("raqqa", PlaceRole.NEAR) in {
        (row.place_id, row.role) for row in record(workspace, EVENT).places
    }
    assert lists(panel(_event_page, "Rana", shown_event=EVENT)) == lists(app)


def test_an_event_by_hand_from_a_note(workspace: Workspace, corpus: Corpus):
    app = panel(_new_claim_page, "Rana", link={"new": "claim"})
    click(app, "Create the event")
    assert "a note, or words of an article" in texts(app)
    app.text_area[0].set_value("A video shows shelling near the silos.").run()
    fill(app, "new_claim_event_title_en", "Shelling near the silos")
    fill(app, "new_claim_why", "seen on 3 January")
    click(app, "Create the event")
    after = with_workspace(corpus, workspace)
    (new_id,) = after.events.events.keys() - corpus.events.events.keys()
    (claim,) = record(workspace, new_id).claims
    assert claim.quote == "A video shows shelling near the silos."
    assert after.faults == corpus.faults


def test_an_event_at_a_point_of_the_map_is_at_a_known_place_or_a_new_one(
    workspace: Workspace, corpus: Corpus
):
    town = corpus.gazetteer.places["ain_issa"]
    link = {"new": "claim", "at": f"{town.lat},{town.lon}"}
    app = panel(_new_claim_page, "Rana", link=link)
    app.text_area[0].set_value("A video shows shelling.").run()
    fill(app, "new_claim_why", "seen")
    click(app, "Create the event")
    assert "Still needed: a place at the point" in texts(app)
    choose(app, "new_claim_point_choice", "ain_issa")
    click(app, "Create the event")
    after = with_workspace(corpus, workspace)
    (known,) = after.events.events.keys() - corpus.events.events.keys()
    assert [row.place_id for row in record(workspace, known).places] == ["ain_issa"]
    assert after.gazetteer.places.keys() == corpus.gazetteer.places.keys()

    app = panel(_new_claim_page, "Rana", link=link | {"at": "36.41,38.91"})
    app.text_area[0].set_value("A second video shows shelling.").run()
    choose(app, "new_claim_point_choice", "")
    names = {"name_en": "East farm", "name_ar": "المزرعة الشرقية", "source": "the video"}
    for name, value in names.items():
        fill(app, f"new_claim_point_new_{name}", value)
    fill(app, "new_claim_why", "seen")
    click(app, "Create the event")
    after = with_workspace(corpus, workspace)
    (new_id,) = after.gazetteer.places.keys() - corpus.gazetteer.places.keys()
    place = after.gazetteer.places[new_id]
    assert (place.lat, place.lon, place.name_en) == (36.41, 38.91, "East farm")
    # Two decimals of a degree are no more exact than half a kilometre.
    assert place.uncertainty_m >= 500
    events = after.events.events.keys() - corpus.events.events.keys() - {known}
    (row,) = record(workspace, events.pop()).places
    assert row.place_id == new_id
    last = workspace.version()
    workspace.undo(last, who="Rana", why="no")
    undone = with_workspace(corpus, workspace)
    assert undone.gazetteer.places.keys() == corpus.gazetteer.places.keys()


def test_a_point_that_is_none_is_said(workspace: Workspace):
    app = panel(_new_claim_page, "Rana", link={"new": "claim", "at": "<b>north</b>"})
    assert "The point in the link cannot be read." in texts(app)
    link = {"new": "claim", "at": "[north](https://evil.example)"}
    (warning,) = panel(_new_claim_page, "Rana", link=link).warning
    assert "north" in warning.value
    assert "[north](" not in warning.value


def test_words_of_an_article_become_a_claim_of_an_event(workspace: Workspace, corpus: Corpus):
    article = next(iter(corpus.articles.values()))
    link = {"new": "claim", "article": article.article_id, "words": "0:30", "into": EVENT}
    app = panel(_new_claim_page, "Rana", link=link)
    fill(app, "new_claim_why", "it says so too")
    click(app, "Add the claim")
    assert record(workspace, EVENT).claims[-1].quote == article.text[:30]


def test_words_that_no_article_has_are_said(workspace: Workspace):
    link = {"new": "claim", "article": "no_such_article", "words": "0:30"}
    assert "do not exist here" in texts(panel(_new_claim_page, "Rana", link=link))


def _pairs_page() -> None:
    from dashboard.ui.project import load
    from dashboard.ui.review.pairs_panel import pairs_panel
    from tests.ui.running import register_pages

    register_pages()
    pairs_panel(load())


def test_a_pair_of_events_is_recorded_as_two_or_merged(workspace: Workspace, corpus: Corpus):
    assert "No pair of events" in texts(panel(_pairs_page, "Rana"))
    for note in ("A video shows shelling.", "The same video shows shells."):
        app = panel(_new_claim_page, "Rana", link={"new": "claim"})
        app.text_area[0].set_value(note).run()
        app.date_input[0].set_value(date(2021, 1, 3)).run()
        app.date_input[1].set_value(date(2021, 1, 3)).run()
        precision = next(f for f in app.selectbox if f.key == "new_claim_event_precision")
        precision.set_value(DatePrecision.DAY).run()
        places = next(f for f in app.multiselect if f.key == "new_claim_event_places_at")
        places.set_value(["ain_issa"]).run()
        fill(app, "new_claim_why", "seen")
        click(app, "Create the event")
    app = panel(_pairs_page, "Rana")
    assert "1 pair" in texts(app)
    assert "the same place" in texts(app)
    click(app, "They are two")
    assert "Still needed: a reason" in texts(app)
    field = next(item for item in app.text_input if str(item.key).endswith("_why"))
    field.set_value("two shells").run()
    click(app, "They are two")
    assert workspace.count(Table.DISTINCT_EVENTS) == 1
    assert "No pair of events" in texts(app)
