"""The printed figure in its parts: basemap, chart, legend, notes, labels, sheet, comparison."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from dashboard.accounts.accounts import accounts_of, silent_outlets
from dashboard.accounts.sides import positions, sides
from dashboard.extraction.reader import Reading
from dashboard.language.language import ENGLISH, using_language
from dashboard.model.corpus import Corpus
from dashboard.model.event import Attestation, EventGroup
from dashboard.paper.basemap import draw_basemap, draw_roads, layer, projected
from dashboard.paper.chart import attestation_swatch, draw_chart
from dashboard.paper.compare_figure import compare_figure, positions_figure
from dashboard.paper.content import Content, coverage_of, marks_of
from dashboard.paper.frame import Frame, frame_around
from dashboard.paper.labels import LabelPlacer, shipped_towns
from dashboard.paper.legend import Seen, draw_legend, legend_height, legend_rows
from dashboard.paper.notes import (
    Note,
    caveat_notes,
    heading,
    height,
    key_notes,
    left_out_notes,
    source_notes,
    write,
)
from dashboard.paper.options import LAYOUTS, FigureOptions
from dashboard.paper.sheet import LIMITS, Texts, fitted
from dashboard.paper.typeset import Column
from dashboard.query.query import Query
from dashboard.review.rereading import reader_of
from dashboard.settings import Settings
from dashboard.summary.summary import Summary
from dashboard.timeline.from_records import days_from_records, extent_of_events
from dashboard.timeline.timeline import timeline_of
from tests.oracle.select import EventIndex
from tests.oracle.selected import selected_events

DAY = date(2026, 11, 23)
NONE_SEEN = Seen(
    frozenset(),
    False,
    False,
    False,
    False,
    False,
    False,
    False,
    False,
    False,
    (),
)
ALL_SEEN = Seen(
    frozenset(group.value for group in EventGroup),
    True, True, True, True, True, True, True, True, True,
    tuple(value.value for value in Attestation),
    chosen=True,
)  # fmt: skip
ONE = (ENGLISH,)
# North Syria.
POINTS = [(36.0, 38.0), (37.0, 40.5)]


@pytest.fixture(scope="module")
def frame() -> Frame:
    return frame_around(POINTS, None, 1.5)


@pytest.fixture(scope="module")
def content(corpus: Corpus, index: EventIndex) -> Content:
    selected = selected_events(corpus, index, Query())
    return Content(Summary(selected, Query(), DAY, index.size))


@pytest.fixture
def axes(frame: Frame) -> Axes:
    axes = Figure(figsize=(6, 4)).add_axes((0, 0, 1, 1))
    axes.set_xlim(frame.left, frame.right)
    axes.set_ylim(frame.bottom, frame.top)
    return axes


def _texts(figure: Figure) -> str:
    return " ".join(text.get_text() for text in figure.findobj(Text))


def test_a_layer_is_read_once_in_degrees(settings: Settings):
    lakes = layer(settings.basemap, "lakes")
    assert lakes is layer(settings.basemap, "lakes")
    assert lakes.crs.to_epsg() == 4326
    ranks = layer(settings.basemap, "towns")["rank"]
    assert ranks.min() == 1


def test_a_geometry_is_drawn_where_its_points_are(settings: Settings, frame: Frame):
    town = layer(settings.basemap, "towns").iloc[0].geometry
    ((x, y),) = frame.xy([town.x], [town.y])
    assert projected(town, frame).distance(type(town)(x, y)) < 1


def test_land_water_and_roads_fill_the_frame(
    axes: Axes, frame: Frame, settings: Settings, corpus: Corpus
):
    draw_basemap(axes, frame, settings.basemap)
    assert len(axes.collections) + len(axes.patches) > 0
    shields = draw_roads(axes, frame, corpus.gazetteer.places)
    assert any("4" in number for number in shields)
    for points in shields.values():
        assert all(frame.left <= x <= frame.right for x, _y in points)


def test_the_chart_draws_each_day_with_events(content: Content):
    selected = content.selected
    data = timeline_of(days_from_records(selected, extent_of_events(selected.events)))
    axes = Figure(figsize=(6, 1.5)).add_axes((0, 0, 1, 1))
    draw_chart(axes, data, 7, ONE)
    assert len(axes.patches) >= len(data.bins)
    before = len(axes.patches)
    attestation_swatch(axes, Attestation.CONTESTED, (0, 0, 1, 1))
    assert len(axes.patches) > before


def test_the_legend_has_what_is_seen_and_nothing_else():
    assert legend_rows(NONE_SEEN) == []
    words = [text() for _sign, text in legend_rows(ALL_SEEN)]
    assert len(words) == len(set(words)) >= len(EventGroup) + len(Attestation)
    fewer = replace(ALL_SEEN, contested=False, arrows=False, contested_arrows=False)
    assert len(legend_rows(fewer)) < len(words)
    assert legend_height(ALL_SEEN, 8, 2, ONE) > legend_height(fewer, 8, 2, ONE)


def test_the_legend_is_as_high_as_it_says():
    figure = Figure(figsize=(4, 6))
    column = Column(figure, 0.2, 3, 5.8)
    draw_legend(figure, column, ALL_SEEN, 8, ONE)
    assert 5.8 - column.y == pytest.approx(legend_height(ALL_SEEN, 8, 3, ONE), abs=0.15)
    assert "Legend" in _texts(figure)


def test_each_mark_is_noted_with_its_sources_up_to_a_limit(content: Content, frame: Frame):
    marks = marks_of(content, frame, 500)
    notes = key_notes(content, marks, ONE, 3)
    assert [note.tag for note in notes[1:4]] == [str(mark.number) for mark in marks[:3]]
    assert all("[" in note.text for note in notes[1:4])
    assert ("more place" in notes[-1].text) == (len(marks) > 3)
    assert key_notes(content, (), ONE, 3) == []


def test_what_is_not_on_the_map_is_listed(content: Content, frame: Frame):
    coverage = coverage_of(content, marks_of(content, frame, 500))
    text = " ".join(note.text for note in left_out_notes(content, coverage, ONE, 5, timeline=True))
    assert f"Undated, so not in the timeline: {len(coverage.undated)}" in text
    without = left_out_notes(content, coverage, ONE, 5, timeline=False)
    assert "timeline" not in " ".join(note.text for note in without)


def test_sources_are_numbered_and_the_caveat_says_what_claims_are(content: Content, frame: Frame):
    sources = source_notes(content, ONE)
    assert len(sources) > len(content.summary.sources) - 1
    caveat = " ".join(note.text for note in caveat_notes(content, frame, "9.9", ONE))
    assert "Reports are claims" in caveat
    assert "9.9" in caveat


def test_notes_take_the_height_that_was_measured(content: Content):
    notes = source_notes(content, ONE)
    figure = Figure(figsize=(4, 20))
    column = Column(figure, 0.2, 3, 19)
    write(column, notes, 8)
    assert 19 - column.y == pytest.approx(height(notes, 8, 3), abs=0.2)
    assert all(note.bold for note in heading(ONE, lambda: "A"))


def test_labels_do_not_overlap(axes: Axes, frame: Frame, content: Content, settings: Settings):
    placer = LabelPlacer(axes, frame, 500, ONE)
    marks = marks_of(content, frame, 500)
    placer.name_marks(marks, 6)
    named = len(axes.findobj(Text))
    assert named >= len(marks)
    placer.keep_free([(frame.left, frame.bottom, frame.right, frame.top)])
    placer.name_towns(shipped_towns(settings.basemap, frame), marks, 6)
    assert len(axes.findobj(Text)) == named
    placer.name_roads({"4": [(frame.left, frame.bottom)]}, 6)
    assert len(axes.findobj(Text)) == named


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_longest_text_that_fits_is_used(layout: str):
    options = FigureOptions(layout=layout)

    def texts(marks: int, listed: int) -> Texts:
        notes = tuple(heading(ONE, lambda: "A place and more words")[0] for _ in range(marks))
        head = (Note("Title", ENGLISH, bold=True, share=1.75),)
        return Texts(options.sheet.text, head, notes, notes[:listed], notes[:1])

    fitting, sheet = fitted(options, ALL_SEEN, texts)
    assert len(fitting.key) in {marks for marks, _listed in LIMITS}
    assert fitting.size <= options.sheet.text
    assert sheet.width == options.sheet.width
    assert sheet.narrow == (sheet.width < 5)
    for left, bottom, width, high in (*sheet.heads, sheet.map, *sheet.columns, sheet.caveat):
        assert left >= 0
        assert bottom >= -0.01
        assert left + width <= sheet.width + 0.01
        assert bottom + high <= sheet.height + 0.01


@pytest.fixture(scope="module")
def readings(corpus: Corpus) -> Callable[[str], Reading]:
    reader = reader_of(corpus)
    return cache(lambda article_id: reader.read(corpus.articles[article_id].text))


def test_a_comparison_has_each_account_with_its_quotes(
    corpus: Corpus, readings: Callable[[str], Reading]
):
    event_id = next(claim.event_id for claim in corpus.events.claims if claim.stance == "denies")
    accounts = accounts_of(corpus, event_id, readings)
    with using_language(ENGLISH):
        figure = compare_figure(corpus, "A title", accounts, silent_outlets(corpus, accounts), DAY)
    text = _texts(figure)
    assert "A title" in text
    assert len(accounts) >= 2
    assert figure.get_figheight() > 2


def test_two_outlets_are_compared_over_all_events(corpus: Corpus):
    first, second, *_ = sides(corpus, "outlet")
    shared = positions(corpus, "outlet", (first.key, second.key))
    with using_language(ENGLISH):
        figure = positions_figure((first, second), shared, DAY)
    assert first.name in _texts(figure)
    assert second.name in _texts(figure)
