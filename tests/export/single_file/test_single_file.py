"""One page of the real corpus: what is in its bytes, and what is not."""

import hashlib
import json
import re
from base64 import b64encode
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.export.authors import without_names
from dashboard.export.coarsen import Coarseness, filters_to_name
from dashboard.export.single_file.content import content, single_file
from dashboard.export.single_file.document import DocumentError, _checked, json_text
from dashboard.export.single_file.evidence_parts import ROW_FIELDS, evidence_parts
from dashboard.export.single_file.facet_rows import COLUMNS, counts_of_values, facet_rows
from dashboard.export.single_file.ground import LAYERS, ground
from dashboard.export.single_file.map_content import map_content
from dashboard.export.single_file.shading import file_shading
from dashboard.export.single_file.shared_events import shared_events
from dashboard.export.single_file.tree import Nodes
from dashboard.export.single_file.words import (
    MOST_EVENTS,
    LeftOut,
    about_lines,
    too_many_events,
)
from dashboard.language.language import ARABIC, using_language
from dashboard.map.first_view import NOWHERE
from dashboard.model.corpus import Corpus
from dashboard.model.message import message
from dashboard.model.place import Place
from dashboard.model.selected import SelectedEvents
from dashboard.model.verification import with_author
from dashboard.project.project import Project
from dashboard.query.answers import facet_counts_from_engine
from dashboard.query.facets import FACETS
from dashboard.query.query import Query
from dashboard.settings import Settings
from tests.export.single_file.events import (
    BASEMAP,
    HOSTILE,
    MANY,
    MOST_MEGABYTES,
    copies,
    hostile,
    sharing_of,
)
from tests.judged import AT, judged
from tests.oracle.select import EventIndex
from tests.oracle.selected import selected_by_id, selected_events

_DATA = re.compile(r'<script type="application/json" id="data">(.*?)</script>', re.DOTALL)
_WORD = re.compile(r"[\w.:-]*\w")


@pytest.fixture(scope="module")
def selected(corpus: Corpus, index: EventIndex) -> SelectedEvents:
    return selected_events(corpus, index, Query())


@pytest.fixture(scope="module")
def arrests(corpus: Corpus, index: EventIndex) -> SelectedEvents:
    return selected_events(corpus, index, Query(kinds=("arrest",)))


def data_of(file: bytes) -> dict[str, Any]:
    (found,) = _DATA.findall(file.decode())
    data: dict[str, Any] = json.loads(found)
    return data


def text_of(nodes: list[Any], numbers: list[int]) -> str:
    """All text of some parts."""
    parts = (nodes[number] for number in numbers)
    return "".join(it if isinstance(it, str) else text_of(nodes, it[2:]) for it in parts)


def test_its_policy_names_its_scripts_by_hash_and_allows_no_network(
    selected: SelectedEvents, corpus: Corpus
):
    text = single_file(sharing_of(selected, corpus)).decode()
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for tag in ("script", "style"):
        (inline,) = re.findall(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        hashed = b64encode(hashlib.sha256(inline.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{hashed}'" in policy
    markup = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", text, flags=re.DOTALL)
    assert not re.search(r"\b(src|href|style|on\w+)=", markup)
    # Nothing but the names of SVG and XHTML, and the address of Leaflet in its licence.
    style = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)[0]
    assert "url(" not in style
    assert "@import" not in style
    assert "light-dark(#" not in style


def test_five_hundred_events_are_less_than_three_megabytes(
    selected: SelectedEvents, corpus: Corpus
):
    many = copies(selected, MANY)
    assert len(single_file(sharing_of(many, corpus))) < MOST_MEGABYTES * 1_000_000


def test_it_has_the_evidence_of_every_event_in_both_languages(
    selected: SelectedEvents, corpus: Corpus
):
    data = content(sharing_of(selected, corpus))
    for at, event in enumerate(selected.events):
        quotes = [it.quote for it in corpus.events.claims if it.event_id == event.event_id]
        for code, title in (("en", event.title_en), ("ar", event.title_ar)):
            language = data["languages"][code]
            text = text_of(data["nodes"], language["evidence"][at])
            assert title in text
            assert all(line in text for quote in quotes for line in quote.splitlines())
            assert data["nodes"][language["rows"][at][ROW_FIELDS.index("title")]] == title
    assert len(data["events"]) == len(selected.events)
    json_text(data)


def test_nothing_in_it_is_outside_of_the_selection(
    arrests: SelectedEvents, selected: SelectedEvents, corpus: Corpus
):
    text = single_file(sharing_of(arrests, corpus)).decode()
    words = set(_WORD.findall(text))
    cited = {claim.article_id for claim in arrests.corpus.events.claims}
    quotes = " ".join(corpus.articles[key].text for key in cited)
    others = selected.positions.keys() - arrests.positions.keys()
    assert len(others) > 30
    for key in others:
        event = corpus.events.events[key]
        assert key not in words
        assert event.title_en not in text
        assert event.title_ar not in text
    for claim in corpus.events.claims:
        if claim.event_id in others and claim.quote not in quotes:
            assert claim.quote not in text
    for key, article in corpus.articles.items():
        assert article.text not in text
        if key not in cited:
            assert key not in words
            assert article.headline not in text


def test_an_id_that_a_note_names_is_left_out_if_it_is_not_in_the_file(
    arrests: SelectedEvents, corpus: Corpus
):
    other = next(key for key in corpus.events.events if key not in arrests.positions)
    (first, *_rest), claims = arrests.events, arrests.corpus.events.claims
    noted = [replace(it, note=f"see {other}, {first.event_id}") for it in claims]
    events = replace(arrests.corpus.events, claims=tuple(noted))
    changed = replace(arrests, corpus=replace(arrests.corpus, events=events))
    text = single_file(sharing_of(changed, corpus)).decode()
    assert other not in set(_WORD.findall(text))
    assert f"see …, {first.event_id}" in text


@pytest.mark.parametrize("level", list(Coarseness)[1:])
def test_nothing_of_a_place_that_was_made_coarser_is_in_it(
    selected: SelectedEvents, corpus: Corpus, level: Coarseness
):
    places = corpus.gazetteer.places
    shared = shared_events(selected, level).corpus
    moved = {row.place_id for row in corpus.events.places} - shared.gazetteer.places.keys()
    assert moved
    query = Query(place_ids=tuple(moved)[:1], places=tuple(moved)[:1], text="searched words")
    assert filters_to_name(query, level) == Query()
    assert filters_to_name(query, Coarseness.ORIGINAL) == query
    text = single_file(sharing_of(selected, corpus, level=level, query=query)).decode()
    assert "searched words" not in text.replace("filters by place and searched words", "")
    words = set(_WORD.findall(text))
    free = " ".join(
        [
            *(str(part) for it in selected.events for part in (it.title_en, it.title_ar)),
            *(str(part) for it in selected.events for part in (it.summary_en, it.summary_ar)),
            *(str(part) for it in selected.events for part in (it.date_reason, it.date_reason_ar)),
            *(f"{it.quote} {it.gloss_en} {it.note}" for it in corpus.events.claims),
            *(it.headline for it in corpus.articles.values()),
            *(f"{it.name_en} {it.name_ar}" for it in corpus.lexicon.speakers.values()),
            *(f"{it.name_en} {it.name_ar}" for it in corpus.lexicon.actors.values()),
            *(f"{it.name_en} {it.name_ar}" for it in shared.gazetteer.places.values()),
            (BASEMAP / "towns.geojson").read_text(encoding="utf-8"),
        ]
    )
    shared_points = {(it.lat, it.lon) for it in shared.gazetteer.places.values()}
    unnamed = 0
    for key in moved:
        place = places[key]
        # Some ids are words, e.g. of the place "m4", or the name of a town in an id of an event.
        assert key not in words or key in free
        if (place.lat, place.lon) not in shared_points:
            assert not any(pair in text for pair in _pairs(place))
        for name in (place.name_en, place.name_ar):
            if name not in free:
                unnamed += 1
                assert name not in text
    assert unnamed
    # Around the quoted words there is nothing more.
    for claim in corpus.events.claims:
        article = corpus.articles[claim.article_id]
        around = article.text[claim.end : claim.end + 25]
        if around.strip() and around not in free:
            assert around not in text


def _pairs(place: Place) -> tuple[str, ...]:
    """The coordinates of a place as a file would have them."""
    lat, lon = place.lat, place.lon
    return f"{lat},{lon}", f"{lon},{lat}", f'"lat":{lat},"lon":{lon}'


def test_names_of_analysts_are_left_out_if_asked(corpus: Corpus):
    rana = judged(corpus)
    rana = replace(rana, judgements=with_author(rana.judgements, "Rana Analyst"))
    reason = message("stated by {who}: {why}", who="Sara Analyst", why="its page")
    articles = {key: replace(it, published_reason=reason) for key, it in rana.articles.items()}
    rana = replace(rana, articles=articles)
    selected = selected_by_id(rana, list(rana.events.events))
    whole = single_file(sharing_of(selected, rana)).decode()
    without = single_file(sharing_of(without_names(selected), rana, authors=False)).decode()
    assert "Rana Analyst" in whole
    assert "Sara Analyst" in whole
    assert "Analyst" not in without
    assert "the names of analysts" in without


def test_counts_of_filters_are_those_of_explore(selected: SelectedEvents, settings: Settings):
    project = Project(settings)
    catalog = project.catalog(project.load())
    counted = counts_of_values(facet_rows(selected))
    _totals, by_shared_columns = catalog.totals(Query())
    expected = facet_counts_from_engine(catalog.engine, Query(), by_shared_columns)
    for field, counts in expected.items():
        assert counted[field] == dict(counts)
    assert set(counted) == {facet.field for facet in FACETS}
    assert set(COLUMNS) == {facet.table for facet in FACETS}


def test_hostile_texts_are_texts(selected: SelectedEvents, corpus: Corpus):
    file = single_file(sharing_of(hostile(selected), corpus))
    text = file.decode()
    assert text.count("</script>") == 2
    assert "<img" not in text
    data = data_of(file)
    shown = text_of(data["nodes"], data["languages"]["en"]["evidence"][0])
    assert HOSTILE in shown
    tags = {part[0] for part in data["nodes"] if isinstance(part, list)}
    assert not tags & {"script", "img"}
    assert "javascript:" not in text.partition('id="data"')[2].partition("</script>")[0]


@given(
    st.recursive(st.text() | st.none() | st.integers(), lambda inner: st.lists(inner, max_size=4))
)
def test_any_text_stays_within_its_element(value: object):
    text = json_text(value)
    assert "<" not in text
    assert ">" not in text
    text.encode()
    assert json.loads(text) == value


@given(st.text(), st.text())
def test_any_text_is_drawn_as_it_is_escaped(title: str, href: str):
    nodes = Nodes()
    numbers = nodes.add(f'<p title="x">{_entities(title)}<a href="{_entities(href)}">link</a></p>')
    (paragraph,) = (nodes.parts[number] for number in numbers)
    assert paragraph[0] == "p"
    links = [it for it in nodes.parts if isinstance(it, list) and it[0] == "a"]
    assert all(str(it[1]["href"]).startswith(("http://", "https://")) for it in links)


def _entities(text: str) -> str:
    return "".join(f"&#{ord(letter)};" for letter in text if letter.isprintable())


def test_elements_that_run_or_load_are_left_out_with_their_content():
    nodes = Nodes()
    numbers = nodes.add(
        '<div onclick="run()" style="x" class="c"><script>run()</script><img src="x"><p>text</p>'
        '<a href="/article?id=a">page</a><a href="./" target="_self"><bdi>event</bdi></a></div>'
    )
    (number,) = numbers
    assert nodes.parts[number][:2] == ["div", {"class": "c"}]
    assert text_of(nodes.parts, numbers) == "textevent"
    assert nodes.add("<p>text</p>") == nodes.add("<p>text</p>")


def test_a_script_that_would_end_its_element_is_refused():
    with pytest.raises(DocumentError):
        _checked('const text = "</Script>";')
    assert _checked("a\r\nb") == "a\nb"


def test_the_basemap_is_cut_around_the_marks(selected: SelectedEvents):
    drawn = map_content(selected)
    near = ground(BASEMAP, drawn.bounds, coarse=False)
    south, west, north, east = drawn.bounds
    (low, left), (high, right) = near["extent"]
    assert low < south < north < high
    assert left < west < east < right
    assert set(near["layers"]) == set(LAYERS)
    towns = {it["properties"]["name_en"] for it in near["layers"]["towns"]["features"]}
    fewer = ground(BASEMAP, drawn.bounds, coarse=True)["layers"]["towns"]["features"]
    assert {it["properties"]["name_en"] for it in fewer} < towns
    assert len(json.dumps(near)) < 700_000


def test_a_file_without_events_has_a_map_and_no_timeline(selected: SelectedEvents, corpus: Corpus):
    data = content(sharing_of(selected_by_id(corpus, []), corpus))
    assert data["extent"] is None
    assert data["events"] == []
    assert map_content(selected_by_id(corpus, [])).marks == NOWHERE


def test_it_says_when_it_was_made_and_what_is_left_out():
    english = about_lines(
        AT, "4f2a", LeftOut(Coarseness.ORIGINAL, captures=2, authors=True, grounds=True)
    )
    assert any("27 November 2026 20:45 UTC" in line and "4f2a" in line for line in english)
    assert "Left out: 2 captured files." in english
    assert any("names of analysts" in line for line in english)
    assert any("layers" in line for line in english)
    with using_language(ARABIC):
        arabic = about_lines(AT, "4f2a", LeftOut(Coarseness.DISTRICT))
    assert len(arabic) == 4
    assert not any("Left out" in line for line in arabic)
    assert f"{MOST_EVENTS:,}" in too_many_events()


def test_evidence_is_made_of_the_events_of_the_file_alone(arrests: SelectedEvents):
    nodes = Nodes()
    parts = evidence_parts(arrests, nodes)
    assert len(parts) == len(arrests.events)


def test_coloured_areas_have_the_events_that_the_filter_by_place_finds(
    corpus: Corpus, index: EventIndex
):
    query = Query(kinds=("arrest", "clash"), shading="governorate", colour="initiator")
    chosen = selected_events(corpus, index, query)
    data = content(replace(sharing_of(chosen, corpus), query=query))
    areas = data["map"]["shading"]["areas"]
    assert areas
    at = COLUMNS["containment"].index("place")
    for event in data["events"]:
        within = {row[at] for row in event["rows"]["containment"]}
        assert event["shaded"] == [i for i, it in enumerate(areas) if within & set(it["ids"])]
        assert event["split"] in {it["id"] for it in data["languages"]["en"]["legend"]}
    assert file_shading(chosen, "density").layer is None
    assert "squares" in " ".join(
        about_lines(AT, "4f2a", LeftOut(Coarseness.ORIGINAL, shading=True))
    )
