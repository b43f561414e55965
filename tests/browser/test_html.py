"""What the browser gets as HTML and rows: complete, escaped, in the reader's language."""

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from dashboard.browser.article import article_head_html, article_html, article_line_html
from dashboard.browser.changes import differences_html
from dashboard.browser.event_header import event_header_html
from dashboard.browser.event_rows import event_rows, place_phrases
from dashboard.browser.event_table import table_columns
from dashboard.browser.evidence import chain_html, claims_html
from dashboard.browser.evidence_figures import estimates_html, event_figures_html
from dashboard.browser.facets import facet_groups
from dashboard.browser.links import article_href, href
from dashboard.browser.presentation import head_html, sources_html
from dashboard.browser.prose import english, prose
from dashboard.browser.reading import sentences_html
from dashboard.browser.record_names import KINDS
from dashboard.browser.relations import relations_html
from dashboard.browser.source_columns import source_columns_html
from dashboard.browser.suggestion_rows import suggestion_html, suggestion_rows
from dashboard.browser.words import facet_words, list_words, map_words, reading, timeline_words
from dashboard.language.language import ARABIC, ENGLISH, using_language
from dashboard.model.article import PASTED
from dashboard.model.corpus import Corpus
from dashboard.model.estimate import Counted, Estimate, Figure, Measure
from dashboard.model.event import EventRelation, RelationKind
from dashboard.model.event_tables import CURATED
from dashboard.model.records import Difference, Table, UnknownPlaceRecord, UnknownStatus, Versioned
from dashboard.model.selected import SelectedEvents
from dashboard.model.table_view import COLUMNS, SORTS, TableView
from dashboard.query.names import names_of
from dashboard.query.query import Query
from dashboard.query.splits import OTHERS
from dashboard.review.rereading import pending_suggestion, reader_of, unknown_place_records
from dashboard.summary.summary import Summary
from dashboard.text.escape import escape
from tests.oracle.select import EventIndex, select
from tests.oracle.selected import selected_events

TRAP = "<img src=x onerror=alert(1)>"
TEXT = "قصفت القوات التركية أمس بلدة عين عيسى. واندلعت اشتباكات في قرية زنوبيا الجديدة."


@pytest.fixture
def selected(corpus: Corpus, index: EventIndex) -> SelectedEvents:
    return selected_events(corpus, index, Query())


def test_every_selected_event_is_a_row(selected: SelectedEvents, corpus: Corpus):
    first = selected.events[0].event_id
    rows = event_rows(selected, first)
    assert [row.event_id for row in rows] == [event.event_id for event in selected.events]
    assert [row.event_id for row in rows if row.selected] == [first]
    assert {row.dataset for row in rows} == {""}
    named = {row.kind for row in rows}
    assert named == {corpus.lexicon.kinds[event.kind].name_en for event in selected.events}


@pytest.mark.parametrize("file", [PASTED, "pasted text.csv, row 2"])
def test_a_pasted_text_is_called_so_in_both_languages(corpus: Corpus, file: str):
    article = replace(next(iter(corpus.articles.values())), file=file)
    assert "<bdi>pasted text</bdi> · SHA-256" in article_head_html(corpus, article, linked=False)
    with using_language(ARABIC):
        arabic = article_head_html(corpus, article, linked=False)
    assert "<bdi>نص ملصق</bdi> · SHA-256" in arabic


def test_a_table_of_events_runs_nothing_in_a_spreadsheet(selected: SelectedEvents):
    rows = [replace(row, title="=1+1", other_title="@x") for row in event_rows(selected, None)]
    view = TableView(columns=COLUMNS)
    columns = {each.sort: each for each in table_columns(rows, view, {})}
    assert {len(each.cells) for each in columns.values()} == {len(rows)}
    assert columns["title"].cells[0] == "'=1+1"
    assert columns["other_title"].cells[0] == "'@x"


def test_the_table_has_the_chosen_columns_and_each_says_how_it_is_sorted(
    selected: SelectedEvents,
):
    rows = event_rows(selected, None)
    columns = table_columns(rows, TableView(columns=("title", "places")), {})
    assert [(each.heading, each.sort) for each in columns] == [("Event", "title"), ("Places", "")]
    everything = table_columns(rows, TableView(columns=COLUMNS), {})
    assert {each.sort for each in everything} - {""} <= set(SORTS)


def test_a_movement_has_an_arrow_between_its_places(corpus: Corpus):
    phrase = place_phrases(corpus)["withdrawal_ain_issa"]
    assert "→" in phrase
    assert "Ain Issa" in phrase.partition("→")[0]


def test_the_evidence_shows_each_claim_with_its_quote(corpus: Corpus):
    event_id = next(claim.event_id for claim in corpus.events.claims if claim.stance == "denies")
    event, attestations = corpus.events.events[event_id], corpus.attestations()
    head = event_header_html(corpus, event, attestations[event_id])
    assert event.title_ar in head
    claims = claims_html(corpus, event, {})
    for claim in corpus.events.claims:
        if claim.event_id == event_id:
            assert _text(claim.quote) in _text(claims)
            assert chain_html(corpus, claim)


def test_the_initiator_of_an_event_is_before_its_target(corpus: Corpus):
    rows = corpus.events.actors
    roles = {(row.event_id, row.role.value) for row in rows}
    event_id = next(it for it, role in roles if role == "target" and (it, "initiator") in roles)
    reverse = tuple(sorted(rows, key=lambda row: row.role.value, reverse=True))
    changed = replace(corpus, events=replace(corpus.events, actors=reverse))
    attestation = corpus.attestations()[event_id]
    head = event_header_html(changed, corpus.events.events[event_id], attestation)
    assert head.index("<em>initiator</em>") < head.index("<em>target</em>")


def test_an_article_is_shown_whole_with_its_quotes_marked(corpus: Corpus):
    article = next(iter(corpus.articles.values()))
    claim = next(c for c in corpus.events.claims if c.article_id == article.article_id)
    html = article_html(corpus, article, (), claim.claim_id)
    assert f'id="claim-{claim.claim_id}"' in html
    assert _text(article.text) in _text(html)
    assert _text(article.headline) in _text(article_line_html(corpus, article))


def _text(html: str) -> str:
    """The letters of a text without tags and white space."""
    return re.sub(r"[\W_]+", "", unescape(re.sub(r"<[^>]*>", "", html)))


def test_links_are_escaped_and_keep_the_language():
    assert href("article", id="a&b<").count("&amp;") <= 1
    assert "<" not in href("article", id="a&b<")
    assert article_href("a001", "c1").endswith("#claim-c1")
    with using_language(ARABIC):
        assert "lang=ar" in article_href("a001")


def test_a_filter_has_the_colours_of_the_map(corpus: Corpus, index: EventIndex):
    counts = select(index, Query()).counts
    colours = {"arrest": "#000001", OTHERS: "#000002"}
    groups = facet_groups(names_of(corpus), Query(colour="kind"), counts, colours)
    shown = {
        group.field: {option.value: option.colour for option in group.options} for group in groups
    }
    assert shown["kinds"].pop("arrest") == "#000001"
    assert set(shown["kinds"].values()) == {"#000002"}
    assert set(shown["outlets"].values()) == {None}
    usual = facet_groups(names_of(corpus), Query(), counts, colours)
    kinds = next(group for group in usual if group.field == "kinds")
    assert "#000001" not in {option.colour for option in kinds.options}


def test_filters_list_their_values_with_counts(corpus: Corpus, index: EventIndex):
    counts = select(index, Query()).counts
    groups = facet_groups(names_of(corpus), Query(kinds=("arrest",)), counts)
    kinds = next(group for group in groups if group.field == "kinds")
    assert {option.value: option.count for option in kinds.options} == {
        value: count for value, count in counts["kinds"].items() if count
    }
    assert [option.value for option in kinds.options if option.selected] == ["arrest"]
    places = next(group for group in groups if group.field == "places")
    assert max(option.depth for option in places.options) >= 2


def test_the_presentation_names_title_and_numbered_sources(corpus: Corpus, index: EventIndex):
    query = Query(kinds=("arrest",))
    summary = Summary(selected_events(corpus, index, query), query, date(2026, 11, 23), index.size)
    sources = sources_html(summary)
    assert len(summary.sources) >= 2
    for source in summary.sources:
        assert source.article is not None
        assert _text(source.article.headline) in _text(sources)
    assert head_html(summary).startswith("<")


def test_a_change_is_shown_by_field_and_escaped(corpus: Corpus):
    changed = Difference(Table.EVENT, "e1", {"a": 1, "b": {"c": "x"}}, {"a": 1, "b": {"c": TRAP}})
    added = Difference(Table.PLACE, "p1", None, {"a": 1})
    html = differences_html([changed, added], corpus)
    assert "b.c" in html
    assert TRAP not in html
    assert "added" in html
    assert html.count("<tr>") == 3
    assert "and 1 more row" in differences_html([added] * 61, corpus)


def test_a_change_has_names_and_on_paper_ids_too(corpus: Corpus):
    event_id = next(iter(corpus.events.events))
    title = escape(corpus.events.events[event_id].title_en)
    changed = Difference(Table.EVENT, event_id, {"kind": "arrest"}, {"kind": "clash"})
    page, paper = (differences_html([changed], corpus, whole=whole) for whole in (False, True))
    for shown in (f">Event: {title}</a>", ">Arrest<", ">Clash<"):
        assert shown in page
    # One that is here is a link; paper has none.
    assert page.count(event_id) == page.count(f'<a href="review?event={event_id}">') == 1
    assert "<a " not in paper
    assert "<a " not in differences_html([replace(changed, record_id="withdrawn")], corpus)
    assert f"Event: {title} ({event_id})" in paper
    assert "Arrest (arrest)" in paper
    typed = Difference(Table.EVENT, event_id, {"note": "arrest"}, {"note": "clash"})
    assert ">arrest<" in differences_html([typed], corpus)
    place = Difference(Table.PLACE, "p1", None, {"place": {"name_en": "<b>", "name_ar": ""}})
    assert "Place: &lt;b&gt;" in differences_html([place], corpus)


def test_every_kind_of_record_has_a_word():
    assert KINDS.keys() == set(Table)


def test_a_page_says_how_many_rows_of_changes_it_leaves_out_and_paper_has_all(corpus: Corpus):
    many = {f"field{number}": "x" * 400 for number in range(100)}
    changed = Difference(Table.EVENT, "e1", dict.fromkeys(many, ""), many)
    page = differences_html([changed], corpus)
    paper = differences_html([changed], corpus, whole=True)
    assert "and 40 more rows" in page
    assert "x" * 301 not in page
    assert paper.count("x" * 400) == 100
    added = differences_html([Difference(Table.EVENT, "e1", None, many)], corpus, whole=True)
    assert added.count("x" * 400) == 100


def test_suggestions_are_rows_with_reasons(corpus: Corpus):
    (suggestion, *_) = reader_of(corpus).read(TEXT, date(2021, 1, 10)).suggestions
    record = pending_suggestion("s1", next(iter(corpus.articles)), suggestion)
    (row,) = suggestion_rows(corpus, [Versioned(record, 1)], "s1").events
    assert (row.event_id, row.selected) == ("s1", True)
    assert row.attestation_label.endswith("%")
    html = suggestion_html(corpus, record, TRAP, TRAP)
    assert TRAP not in html
    assert "عين عيسى" in html
    assert html.count("<li>") >= len(suggestion.reasons)


def test_unknown_names_are_shown_in_their_sentences(corpus: Corpus):
    unknown = reader_of(corpus).read(TEXT, date(2021, 1, 10)).unknown
    article_id = next(iter(corpus.articles))
    records = dict(unknown_place_records(unknown, article_id, TEXT))
    assert records
    for key, record in records.items():
        assert key == f"{article_id}:{record.start}"
        assert record.status is UnknownStatus.QUEUED
        assert TEXT[record.start : record.end] == record.name
        assert record.name in record.sentence
    (record,) = list(records.values())[:1]
    html = sentences_html(corpus, [record] * 10)
    assert html.count("<mark") >= 8
    assert "and 2 more" in html
    assert TRAP not in sentences_html(corpus, [_named(record)])


def _named(record: UnknownPlaceRecord) -> UnknownPlaceRecord:
    return replace(record, name=TRAP, sentence=f"{TRAP} {record.sentence}")


@pytest.mark.parametrize("words", [map_words, timeline_words, facet_words, list_words])
def test_scripts_get_the_same_words_in_each_language(words):
    with using_language(ENGLISH):
        english = words()
    with using_language(ARABIC):
        arabic = words()
    assert english.keys() == arabic.keys()
    assert any(english[key] != arabic[key] for key in english)
    assert all(english.values())


def test_a_script_knows_the_months_of_its_reader():
    with using_language(ENGLISH):
        assert "January" in str(reading()) or "Jan" in str(reading())
    with using_language(ARABIC):
        assert "كانون" in str(reading())
    assert CURATED


def test_numbers_that_differ_are_shown_with_who_gives_them(corpus: Corpus):
    toll = [
        Estimate(Measure.KILLED, None, count, None, Counted.EVERYONE, None, f"<b>{count}</b> dead")
        for count in (7, 3)
    ]
    event_id = next(iter(corpus.events.events))
    own = [claim for claim in corpus.events.claims if claim.event_id == event_id]
    first = replace(own[0], estimates=(toll[0],))
    second = replace(own[0], claim_id="second", speaker_id="sohr", estimates=(toll[1],))
    more = replace(corpus, events=replace(corpus.events, claims=(first, second)))
    numbers = event_figures_html(more, event_id)
    assert "Killed: <strong>3 to 7</strong>; claims differ" in numbers
    assert "best" not in numbers
    assert "<li>7 killed: " in numbers
    agreed = replace(more, events=replace(more.events, claims=(first,)))
    assert "differ" not in event_figures_html(agreed, event_id)
    assert "&lt;b&gt;7&lt;/b&gt; dead" in estimates_html(more, first)


def test_columns_of_the_source_are_escaped_and_wrapped_in_a_table(corpus: Corpus):
    event = next(iter(corpus.events.events.values()))
    assert source_columns_html(event) == ""
    imported = replace(event, source_columns=(("<i>tags", "a & <script>"), ("ملاحظات", "نص")))
    shown = source_columns_html(imported)
    assert "&lt;i&gt;tags" in shown
    assert "a &amp; &lt;script&gt;" in shown
    assert shown.count('dir="auto"') == 4


def test_a_table_of_events_has_numbers_and_blanks(selected: SelectedEvents):
    rows = event_rows(selected, None)
    ids = [row.event_id for row in rows]
    figures = {ids[0]: {Measure.TROOPS: Figure(0, None, None)}}
    columns = table_columns(rows, TableView(), figures)
    cells = {each.heading: each.cells for each in columns}
    assert cells["Troops, lowest"][0] == 0
    assert set(cells["Troops, highest"]) == {None}
    assert "Killed, lowest" not in cells


def test_a_text_of_a_curator_is_marked_with_its_language():
    assert english("<b>") == prose("<b>", "ع") == "&lt;b&gt;"
    with using_language(ARABIC):
        assert english("<b>") == '<span class="english" dir="ltr" lang="en">&lt;b&gt;</span>'
        assert prose("<b>", "ع") == '<bdi lang="ar" dir="rtl">ع</bdi>'
        assert prose("<b>", "") == english("<b>")


def test_related_events_are_linked_in_both_directions(corpus: Corpus):
    first, second = list(corpus.events.events)[:2]
    relation = EventRelation(first, second, RelationKind.FOLLOWS)
    related = replace(corpus, relations=(relation,))
    there, back = (relations_html(related, key) for key in (first, second))
    assert f"event={second}" in there
    assert "<em>follows</em>" in there
    assert f"event={first}" in back
    assert "<em>is followed by</em>" in back
    assert relations_html(corpus, first) == ""
