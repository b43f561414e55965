"""Each panel of the pages alone: what it offers, what it does, and what it refuses."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.engine.load import MOST_RECORDS
from dashboard.ingest.run import Workers, ingest
from dashboard.ingest.work import File
from dashboard.language.language import ENGLISH, using_language
from dashboard.model.corpus import Corpus
from dashboard.model.records import Table
from dashboard.store.workspace import Workspace
from dashboard.summary.heading import too_many
from dashboard.ui.project import load
from dashboard.ui.shell import PAGES
from tests.ui.running import click, components, html, labels, panel, texts

pytestmark = pytest.mark.usefixtures("workspace")


# Actions


def _actions() -> None:
    import streamlit as st

    from dashboard.model.errors import DashboardError
    from dashboard.ui import shell
    from dashboard.ui.actions import act, action_button, show_outcome
    from dashboard.ui.project import load

    def fails() -> None:
        raise DashboardError("for *this* test")

    loaded = load()
    if action_button("Fail"):
        st.text(str(act(loaded, "Failed", fails)))
    if action_button("Need", needs={"a thing": False}):
        st.text("never")
    show_outcome(loaded, shell.link_to)


def test_an_action_that_fails_saves_nothing_and_says_why():
    app = click(panel(_actions, "Rana"), "Fail")
    assert app.text[0].value == "False"
    assert "Nothing was saved" in app.error[0].value
    assert "*this*" not in app.error[0].value
    assert not any(button.label == "Undo" for button in app.button)


def test_an_action_waits_for_what_it_needs():
    assert all(button.disabled for button in panel(_actions).button)
    app = click(panel(_actions, "Rana"), "Need")
    assert "Still needed: a thing" in texts(app)
    assert "never" not in texts(app)


# Articles


def _article_list() -> None:
    from dashboard.ui.articles.article_list import article_list
    from dashboard.ui.project import load

    article_list(load())


def test_articles_are_found_by_words(corpus: Corpus):
    app = panel(_article_list)
    assert len(app.button) >= len(corpus.articles) + 1
    app.text_input[0].set_value("no such words").run()
    assert len(app.button) == 0


def _add_panel() -> None:
    from dashboard.ui.articles.add_panel import add_panel
    from dashboard.ui.project import load

    add_panel(load())


def test_adding_articles_needs_a_name_and_a_text():
    assert next(b for b in panel(_add_panel).button if b.label == "Read the text").disabled
    app = click(panel(_add_panel, "Rana"), "Read the text")
    assert "Still needed" in texts(app)
    assert "a text" in texts(app)


def test_a_pasted_text_shows_its_outlet_day_and_headline_before_it_is_read():
    app = panel(_add_panel, "Rana")
    assert "Found in the text" not in texts(app)
    text = "*قصف* على معرة النعمان\nدمشق - سانا 27/12/2019\nقصفت الطائرات المدينة."
    app.text_area[0].set_value(text).run()
    (found,) = (caption.value for caption in app.caption if "Found in the text" in caption.value)
    assert "SANA" in found
    assert "27 December 2019" in found
    assert "\\*قصف\\* على معرة النعمان" in found
    app.text_area[0].set_value("قصفت الطائرات المدينة.").run()
    assert "outlet\\: not stated" in texts(app)
    assert "published\\: not stated" in texts(app)
    app.text_area[0].set_value("قصفت الطائرات المدينة. " * 3_000).run()
    assert "found when it is read" in texts(app)


def _source_form() -> None:
    from dashboard.ui.articles.reading_panel import source_form
    from dashboard.ui.project import load

    loaded = load()
    article_id = next(key for key in loaded.corpus.articles if key.startswith("a_"))
    source_form(loaded, loaded.corpus.articles[article_id])


def test_an_article_without_a_date_asks_for_one():
    app = panel(_source_form, "Rana")
    assert "need the date of publication" in texts(app)
    click(app, "Save, and read again if the date changed")
    assert "Still needed" in texts(app)


def _source_form_of() -> None:
    import streamlit as st

    from dashboard.ui.articles.reading_panel import source_form
    from dashboard.ui.project import load

    loaded = load()
    source_form(loaded, loaded.corpus.articles[st.session_state["shown"]])


def test_the_words_by_which_an_article_names_its_outlet_are_stored_with_it(
    workspace: Workspace, corpus: Corpus
):
    words = "نجمة الشرق"
    text = f"الحسكة - {words}: قصفت القوات التركية أمس بلدة عين عيسى بالمدفعية."
    *_, report = ingest(workspace, corpus, [File("a.txt", text.encode())], Workers(), "Rana")
    (article_id,) = report.article_ids
    app = panel(_source_form_of, "Rana", shown=article_id)
    label = "Words by which the article names this outlet (optional)"
    assert label not in [field.label for field in app.selectbox]
    next(f for f in app.selectbox if f.label == "Outlet").set_value("sana").run()
    next(f for f in app.text_input if f.label == "How this is known").set_value("its page").run()
    field = next(f for f in app.selectbox if f.label == label)
    assert (field.value, len(field.options)) == ("", 2)
    field.set_value(words).run()
    click(app, "Save, and read again if the date changed")
    (correction,) = (item.value for item in workspace.all(Table.CORRECTION).values())
    assert (correction.type, correction.value) == ("outlet", "sana")
    assert text[correction.start : correction.end] == words
    entry = workspace.log(limit=1)[0]
    assert entry.why == "its page"
    workspace.undo(entry.seq, who="Rana", why="no")
    assert not [each for each in workspace.all(Table.CORRECTION).values() if each.value]


def test_the_outlet_and_the_headline_of_an_article_are_corrected(workspace: Workspace):
    app = panel(_source_form, "Rana")
    key = next(iter(workspace.all(Table.ARTICLE)))
    next(f for f in app.selectbox if f.label == "Outlet").set_value("sana").run()
    next(f for f in app.text_input if f.label == "Headline").set_value("Another headline").run()
    next(f for f in app.text_input if f.label == "How this is known").set_value("its page").run()
    before = workspace.all(Table.SUGGESTION)
    click(app, "Save, and read again if the date changed")
    article = workspace.all(Table.ARTICLE)[key].value.article
    assert (article.outlet_id, article.headline) == ("sana", "Another headline")
    assert article.published is None
    # Only another day is a reason to read the text again.
    assert workspace.all(Table.SUGGESTION) == before


def _reading_panel() -> None:
    from dashboard.ui.articles.reading_panel import reading_panel
    from dashboard.ui.project import load
    from tests.ui.running import register_pages

    register_pages()
    loaded = load()
    article_id = next(key for key in loaded.corpus.articles if key.startswith("a_"))
    reading_panel(loaded, loaded.corpus.articles[article_id])


def test_a_reading_shows_its_mentions_marked():
    app = panel(_reading_panel)
    shown = html(app) + str(components(app))
    assert "عين عيسى" in shown
    assert "<mark" in shown or "class=" in shown


def test_a_late_click_on_another_article_corrects_nothing():
    span = "text:0:4"
    other = panel(_reading_panel, "Rana", article_picked=("another", span))
    assert not other.radio
    of = next(key for key in load().corpus.articles if key.startswith("a_"))
    assert panel(_reading_panel, "Rana", article_picked=(of, span)).radio


def _mention_panel() -> None:
    from dashboard.review.rereading import reader_of
    from dashboard.ui.articles.mention_panel import mention_panel
    from dashboard.ui.project import load

    loaded = load()
    article_id = next(key for key in loaded.corpus.articles if key.startswith("a_"))
    article = loaded.corpus.articles[article_id]
    reading = reader_of(loaded.corpus).read(article.text)
    (place, *_) = reading.places
    mention_panel(loaded, article, reading, f"place:{place.start}:{place.end}", done=lambda: None)


def test_a_mention_can_be_another_place_or_none():
    app = panel(_mention_panel, "Rana")
    assert {"Save", "Close"} <= labels(app)
    assert app.selectbox


# Review


def _queue() -> None:
    import streamlit as st

    from dashboard.ui.project import load
    from dashboard.ui.review.queue import chosen_in, following, queue

    shown = queue(load())
    first = chosen_in(shown)
    second = following(shown, first)
    st.text(f"{len(shown)} {first != second} {following(shown, second) == first}")


def test_the_last_suggestion_is_followed_by_the_first():
    app = panel(_queue)
    assert "2 suggestions to review" in texts(app)
    assert app.text[0].value == "2 True True"


def _suggestion() -> None:
    from dashboard.ui.project import load
    from dashboard.ui.review.queue import chosen_in, following, queue
    from dashboard.ui.review.suggestion_panel import suggestion_panel

    loaded = load()
    shown = queue(loaded)
    current = chosen_in(shown)
    suggestion_panel(loaded, shown[current], following(shown, current))


def test_a_suggestion_is_shown_with_its_sentence_and_decided(
    workspace: Workspace,
):
    app = panel(_suggestion, "Rana")
    assert "قصفت" in html(app)
    assert {"Accept", "Correct", "Reject", "Skip"} <= labels(app)
    click(app, "Accept")
    assert workspace.count(Table.SUGGESTION, status="accepted") == 1


def _decision() -> None:
    from dashboard.review.draft import draft
    from dashboard.ui.project import load
    from dashboard.ui.review.decision import decide
    from dashboard.ui.review.queue import chosen_in, queue

    loaded = load()
    shown = queue(loaded)
    stored = shown[chosen_in(shown)]
    decide(loaded, stored, draft(stored.value, loaded.corpus), None)


def test_nobody_decides_without_a_name(workspace: Workspace):
    assert all(b.disabled for b in panel(_decision).button if b.label in {"Accept", "Reject"})
    click(panel(_decision, "Rana"), "Reject")
    assert workspace.count(Table.SUGGESTION, status="rejected") == 1


def _event_form() -> None:
    import streamlit as st

    from dashboard.review.draft import draft
    from dashboard.ui.project import load
    from dashboard.ui.review.event_form import event_form
    from dashboard.ui.review.queue import chosen_in, queue

    loaded = load()
    shown = queue(loaded)
    record = shown[chosen_in(shown)].value
    quotes = [claim.quote for claim in record.suggestion.claims]
    corrected = event_form(loaded.corpus, draft(record, loaded.corpus), quotes, key="form")
    st.text("none" if corrected is None else corrected.title_en)


def test_a_corrected_event_needs_both_titles():
    app = panel(_event_form)
    title = next(field for field in app.text_input if field.label == "Title in English")
    title.set_value("Another title").run()
    assert app.text[0].value == "Another title"
    title.set_value("").run()
    assert "enter both titles" in texts(app)


def _event_edit() -> None:
    from dashboard.ui.project import load
    from dashboard.ui.review.event_edit import edit_event_panel
    from tests.ui.running import register_pages

    register_pages()
    loaded = load()
    edit_event_panel(loaded, next(iter(loaded.corpus.events.events)))
    edit_event_panel(loaded, "no_such_event")


def test_an_event_is_edited_with_a_reason(workspace: Workspace):
    app = panel(_event_edit, "Rana")
    assert "does not exist here" in texts(app)
    click(app, "Save")
    assert "Still needed" in texts(app)
    assert not workspace.all(Table.EVENT)


# Gazetteer


def _unknown() -> None:
    import streamlit as st

    from dashboard.ui.gazetteer.unknown_list import first_of, queue, selected_name, unknown_list
    from dashboard.ui.gazetteer.unknown_panel import unknown_panel
    from dashboard.ui.project import load

    loaded = load()
    names = queue(loaded)
    unknown_list(names)
    if name := selected_name(names):
        st.text(first_of(names[name]).name)
        unknown_panel(loaded, name, names[name])


def test_an_unknown_name_can_be_removed_with_a_reason(workspace: Workspace):
    app = panel(_unknown, "Rana")
    assert app.text[0].value == "زنوبيا"
    assert "<mark" in html(app)
    assert {"Add to the gazetteer", "Remove from the list", "Add the name"} <= labels(app)
    click(app, "Remove from the list")
    assert "Still needed" in texts(app)
    reason = next(box for box in app.selectbox if "no place" in box.options)
    reason.set_value("no place").run()
    click(app, "Remove from the list")
    assert workspace.count(Table.UNKNOWN_PLACE, status="queued") == 0
    assert workspace.log(limit=1)[0].who == "Rana"


def _place_list() -> None:
    from dashboard.ui.gazetteer.place_list import place_list
    from dashboard.ui.project import load

    place_list(load())


def test_places_are_found_in_either_language():
    app = panel(_place_list)
    app.text_input[0].set_value("عين عيسى").run()
    arabic = [button.label for button in app.button]
    app.text_input[0].set_value("ain issa").run()
    assert any("Ain Issa" in label for label in arabic)
    assert any("Ain Issa" in button.label for button in app.button)


def _place_edit() -> None:
    from dashboard.ui.gazetteer.place_edit import place_edit
    from dashboard.ui.project import load

    place_edit(load(), "ain_issa")


def test_a_place_is_saved_with_a_reason_only(workspace: Workspace):
    app = panel(_place_edit, "Rana")
    click(app, "Save")
    assert "Still needed" in texts(app)
    assert not workspace.all(Table.PLACE)


def _place_form() -> None:
    import streamlit as st

    from dashboard.ui.gazetteer.place_form import place_form
    from dashboard.ui.project import load

    draft = place_form(load(), None, "قرية", (), (), key="new")
    st.text("none" if draft is None else draft.name_en)


def test_a_new_place_needs_names_point_and_source():
    app = panel(_place_form)
    assert app.text[-1].value == "none"
    assert "enter both names, a point, and its source" in texts(app)


def _point() -> None:
    import streamlit as st

    from dashboard.ui.gazetteer.point_field import point_field
    from dashboard.ui.project import load

    point = point_field(load(), None, (), "point")
    st.text("none" if point is None else f"{point.lat:.2f} {point.lon:.2f}")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("36.41, 38.91", "36.41 38.91"),
        ("36°24'36\"N 38°54'36\"E", "36.41 38.91"),
        ("95, 400", "none"),
    ],
)
def test_a_point_is_typed_in_any_notation(written: str, shown: str):
    app = panel(_point)
    app.text_input[0].set_value(written).run()
    assert app.text[-1].value == shown
    assert bool(app.error) == (shown == "none")


# Pages


def _all_pages() -> None:
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

    modules = {
        "explore": explore, "article": article, "articles": articles, "review": review,
        "gazetteer": gazetteer, "history": history, "compare": compare, "data": data,
    }  # fmt: skip
    wanted = st.session_state["page"]
    pages = {
        key: st.Page(module.page, title=key, url_path=key, default=key == wanted)
        for key, module in modules.items()
    }
    for key, page in pages.items():
        shell.register(key, page)
    st.navigation(list(pages.values()), position="hidden").run()


@pytest.mark.parametrize("name", PAGES)
def test_each_page_links_to_the_others(name: str):
    app = panel(_all_pages, "Rana", page=name)
    assert len(app.get("page_link")) >= len(PAGES)


def test_an_article_is_shown_without_the_navigation(corpus: Corpus):
    app = panel(_all_pages, page="article")
    assert any(article.article_id in html(app) for article in corpus.articles.values())
    assert not app.get("page_link")


# Explore


def _explore(which: str) -> None:
    from dashboard.query.answers import totals_from_engine
    from dashboard.query.query import Query
    from dashboard.ui.explore import (
        caption,
        export_panel,
        figure_panel,
        filter_panel,
        map_panel,
        page,
        side_panel,
    )
    from dashboard.ui.project import catalog, load

    loaded = load()
    known, query = catalog(loaded), Query(tab="table")
    totals, counts = totals_from_engine(known.engine, known.effective(query), known.events)
    {
        "caption": lambda: caption.caption(loaded, known, query, totals),
        "export": lambda: export_panel.export_panel(loaded, known, query),
        "figure": lambda: figure_panel.figure_panel(known, query),
        "filters": lambda: filter_panel.filter_panel(loaded, known, query, totals, counts),
        "map": lambda: map_panel.map_panel(loaded, known, query),
        "presentation": lambda: page.presentation(loaded, known, query),
        "side": lambda: side_panel.side_panel(loaded, known, query, totals),
        "timeline": lambda: page.timeline_panel(known, query, totals),
    }[which]()


def _explored(which: str) -> AppTest:
    app = AppTest.from_function(_explore, default_timeout=90, args=(which,))
    app.run()
    assert not app.exception, app.exception
    return app


def test_the_caption_counts_the_selection(corpus: Corpus):
    events = len(corpus.events.events)
    assert f"{events} of {events} events" in texts(_explored("caption"))


def test_every_format_is_offered_for_export():
    from dashboard.export.formats import CHOICES

    app = _explored("export")
    (choice,) = (each for each in app.selectbox if each.key == "export_format")
    assert len(choice.options) == len(CHOICES)
    choice.select_index(list(CHOICES).index("html")).run()
    assert not app.exception
    assert any(text.value.endswith("events.html") for text in app.text)
    assert any("without a network" in text.value for text in app.caption)


def test_a_report_has_a_title_a_language_and_chosen_events(corpus: Corpus):
    from dashboard.export.formats import CHOICES
    from dashboard.ui.explore import report_fields

    app = _explored("export")
    (choice,) = (each for each in app.selectbox if each.key == "export_format")
    choice.select_index(list(CHOICES).index("report-pdf")).run()
    assert not app.exception
    (events,) = (each for each in app.multiselect if each.key == "export_report_events")
    assert len(events.options) == len(corpus.events.events)
    events.select(events.options[0]).run()
    title = app.text_input(key="export_report_title")
    assert title.proto.max_chars == report_fields.MOST_TITLE
    title.input("Arrests").run()
    assert not app.exception
    assert not [each for each in app.checkbox if each.key == "export_captures"]
    # All events together are written first; a few are downloaded at once, under their file's name.
    named = any(text.value.rstrip("\u2069").endswith("events.report.pdf") for text in app.text)
    assert named or app.button(key="export_start").label == "Write the file"


def test_a_figure_has_options_and_a_download():
    app = _explored("figure")
    assert app.get("download_button")
    assert len(app.selectbox) + len(app.radio) + len(app.get("button_group")) >= 2


def test_filters_have_their_counts(corpus: Corpus):
    data = components(_explored("filters"))["event_map_facets"]
    kinds = next(group for group in data["groups"] if group["field"] == "kinds")
    assert sum(option["count"] for option in kinds["options"]) == len(corpus.events.events)


def test_the_map_is_drawn_once_with_the_base_map():
    assert len(_explored("map").get("component_instance")) == 1


def test_a_presentation_has_title_sources_and_a_way_out():
    app = _explored("presentation")
    assert "Reports are claims" in html(app)
    assert app.button


def test_only_the_open_tab_is_drawn(corpus: Corpus):
    (data,) = components(_explored("side")).values()
    assert len(data["ids"]) == len(corpus.events.events)


def test_the_timeline_has_the_days_of_the_events():
    (data,) = components(_explored("timeline")).values()
    assert data["timeline"]["bins"]


def test_a_selection_that_is_too_large_says_how_many_events_there_may_be():
    with using_language(ENGLISH):
        assert f"{MOST_RECORDS:,}" in too_many()
