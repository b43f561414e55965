"""What was wrong in figures: numbers apart from their words, cut ticks, crossed labels, and more."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch
from matplotlib.path import Path
from matplotlib.text import Text

from dashboard.export.report.bidi import levels, visual_order
from dashboard.language.language import ARABIC, ENGLISH, using_language
from dashboard.model.corpus import Corpus
from dashboard.model.terms import DatasetTerms
from dashboard.paper.arrows import arrow_boxes, draw_arrows
from dashboard.paper.chart import draw_chart, heights_width, hidden_spans
from dashboard.paper.content import Content, marks_of
from dashboard.paper.day_labels import draw_days
from dashboard.paper.figure import Printed, make_figure
from dashboard.paper.frame import frame_around
from dashboard.paper.labels import LabelPlacer
from dashboard.paper.notes import Note, height, key_notes, notes_in, write
from dashboard.paper.options import LAYOUTS, REPORT, Area, FigureLanguage, FigureOptions
from dashboard.paper.typeset import Column, width_of, wrapped
from dashboard.query.query import Query
from dashboard.settings import Settings
from dashboard.summary.heading import sentence
from dashboard.summary.summary import Summary
from tests.oracle.select import EventIndex
from tests.oracle.selected import selected_by_id, selected_events

DAY = date(2026, 11, 28)
BOTH = (ENGLISH, ARABIC)
Make = Callable[..., Printed]


@pytest.fixture(scope="module")
def content(corpus: Corpus, index: EventIndex) -> Content:
    selected = selected_events(corpus, index, Query())
    return Content(Summary(selected, Query(), DAY, index.size))


@pytest.fixture(scope="module")
def make(content: Content, settings: Settings) -> Make:
    def build(summary: Summary | None = None, **options: object) -> Printed:
        given = FigureOptions(area=Area.ALL, **options)  # type: ignore[arg-type]
        made = Content(summary) if summary else content
        return make_figure(made, given, settings.basemap, "0")

    return build


def said(figure: Figure) -> list[str]:
    return [re.sub("[\u2066-\u2069\u200f]", "", text.get_text()) for text in figure.texts]


def seen(text: str) -> str:
    """A line from right to left as it is seen from left to right, without marks."""
    order = visual_order(levels(text, "rtl"))
    return re.sub("[\u2066-\u2069\u200f]", "", "".join(text[at] for at in order))


@pytest.mark.parametrize("mark", "\u2066\u2067\u2068\u2069\u200e\u200f")
def test_marks_of_direction_have_no_width(mark: str):
    for text in ("[1–5]", "3", "عين"):
        assert width_of(f"{mark}{text}", 20) == width_of(text, 20)


def test_an_isolate_is_closed_at_the_end_of_a_line_and_opened_on_the_next():
    for begin in "\u2066\u2067\u2068":
        first, *others = wrapped(f"a \u2066[1]\u2069 {begin}" + "كلمة " * 20 + "\u2069", 8, 1.5)
        assert others
        assert first.endswith("\u2069")
        assert all(line.startswith(begin) for line in others)


def test_numbers_are_on_the_line_of_their_words(content: Content):
    """ "contested: 3" and its sources stay together, however narrow the column is."""
    marks = marks_of(content, frame_around([(36.4, 39.5), (36.6, 40.5)], None, 1.4), 500)
    for note in key_notes(content, marks, BOTH, 20):
        for line in wrapped(note.text, 8, 1.2):
            shown = re.sub("[\u2066-\u2069]", "", line).strip()
            assert not re.fullmatch(r"[\d\s\[\]–,]+", shown), line
            assert not re.search(r"(contested|عليها):$", shown), line


def test_each_of_two_languages_has_lines_of_its_own(make: Make):
    lines = said(make(language=FigureLanguage.BOTH).figure)
    counted = [
        line for line in lines if re.search(r"\d", line) and re.search("[\u0621-\u064a]", line)
    ]
    assert len(counted) > 10
    for line in counted:
        assert " · " not in line
    assert any(line.startswith("Undated, so not in the timeline: 3") for line in lines)
    assert any(line.startswith("بلا تاريخ") and line.endswith("3") for line in lines)


def test_two_languages_share_a_line_only_if_both_fit():
    short, long = (notes_in(BOTH, lambda text=text: text) for text in ("a", "b"))
    assert [note.text for note in short] == ["a"]
    assert long
    pair = [Note("Sources", ENGLISH), Note("المصادر", ARABIC, beside=True)]
    wide, narrow = height(pair, 8, 3), height(pair, 8, 0.8)
    assert narrow == pytest.approx(2 * wide)
    column = Column(Figure(figsize=(4, 4)), 0, 3, 3)
    write(column, pair, 8)
    assert 3 - column.y == pytest.approx(wide)
    left, right = column.figure.texts
    assert left.get_position()[1] == right.get_position()[1]


@pytest.mark.parametrize("layout", [*LAYOUTS, REPORT])
def test_what_is_of_uncertain_date_has_a_line_below_the_days(make: Make, layout: str):
    printed = make(layout=layout, language=FigureLanguage.BOTH)
    figure = printed.figure
    figure.set_dpi(300)
    renderer = FigureCanvasAgg(figure).get_renderer()
    (line,) = [text for text in figure.texts if "more of uncertain date" in text.get_text()]
    (chart,) = [
        axes
        for axes in figure.axes
        if any("2021" in it.get_text() for it in axes.get_xticklabels())
    ]
    lowest = min(it.get_window_extent(renderer).y0 for it in chart.get_xticklabels())
    assert line.get_window_extent(renderer).y1 <= lowest + 3
    assert not [text for text in chart.texts if "uncertain" in text.get_text()]


def test_the_number_that_is_not_drawn_is_said_in_each_language(content: Content):
    data = replace(content.timeline, hidden_spans=18)
    assert hidden_spans(data) == "and 18 more of uncertain date"
    with using_language(ARABIC):
        assert "18" in hidden_spans(data)


@pytest.mark.parametrize("width", [2.5, 4.0, 7.0, 12.0])
@pytest.mark.parametrize("languages", [(ENGLISH,), (ARABIC,), BOTH])
@pytest.mark.parametrize("days", [1, 5, 20, 45, 100, 400, 3_000, 20_000])
def test_no_day_is_cut_and_none_covers_another(width: float, languages: tuple, days: int):
    figure = Figure(figsize=(width, 1.5), dpi=300)
    axes = figure.add_axes((0.0, 0.4, 1.0, 0.6))
    first = date(2020, 12, 27)
    axes.set_xlim(0, days)
    draw_days(axes, (first, date.fromordinal(first.toordinal() + days - 1)), 7, languages)
    renderer = FigureCanvasAgg(figure).get_renderer()
    from dashboard.paper.typeset import font

    for label in axes.get_xticklabels():
        label.set_fontproperties(font(7))
    boxes = sorted(
        (label.get_window_extent(renderer) for label in axes.get_xticklabels()),
        key=lambda box: box.x0,
    )
    assert boxes
    assert boxes[0].x0 >= -2
    assert boxes[-1].x1 <= width * 300 + 4
    for left, right in pairwise(boxes):
        assert left.x1 < right.x0


def test_the_numbers_beside_the_timeline_are_on_the_sheet(content: Content):
    data = content.timeline
    bins = tuple(replace(each, counts={"single_source": 123_456}) for each in data.bins[:1])
    many = replace(data, bins=bins)
    assert heights_width(many, 8) > heights_width(data, 8)
    axes = Figure().add_subplot()
    draw_chart(axes, replace(data, bins=()), 8, (ENGLISH,))
    assert [text.get_text() for text in axes.get_yticklabels()] == []


def test_utm_reads_from_left_to_right_in_arabic(make: Make):
    (line,) = [
        text.get_text() for text in make(language=FigureLanguage.ARABIC).figure.texts
        if "UTM" in text.get_text()
    ]  # fmt: skip
    assert "UTM 37N (EPSG:32637)" in seen(line)
    assert "Natural Earth; WDBII; GeoNames (CC BY 4.0)" in seen(line)


@pytest.mark.parametrize("layout", ["a4_landscape", "a4_portrait", "slide", REPORT])
@pytest.mark.parametrize("language", [FigureLanguage.ENGLISH, FigureLanguage.ARABIC])
def test_no_arrow_goes_through_a_label(make: Make, layout: str, language: FigureLanguage):
    figure = make(layout=layout, language=language).figure
    figure.set_dpi(200)
    renderer = FigureCanvasAgg(figure).get_renderer()
    chart = next(axes for axes in figure.axes if axes.findobj(FancyArrowPatch))
    arrows = [it for it in chart.patches if isinstance(it, FancyArrowPatch)]
    assert arrows
    labels = [it for it in chart.findobj(Text) if it.get_text() and it.get_zorder() == 30]
    assert len(labels) > 5
    for arrow in arrows:
        curve = arrow.get_transform().transform_path(arrow.get_path())
        lines = [Path(each) for each in curve.to_polygons(closed_only=False)]
        points = np.vstack([line.interpolated(20).vertices for line in lines])
        for label in labels:
            box = label.get_window_extent(renderer).padded(-2)
            inside = [box.contains(x, y) for x, y in points]
            assert not any(inside), label.get_text()


def test_the_room_of_an_arrow_is_along_its_curve(content: Content):
    frame = frame_around([(36.4, 39.5), (35.4, 35.9), (37.1, 41.2)], None, 1.4)
    boxes = arrow_boxes(content.map, frame, 500)
    axes = Figure(figsize=(8, 6)).add_axes((0, 0, 1, 1))
    axes.set(xlim=(frame.left, frame.right), ylim=(frame.bottom, frame.top), aspect="equal")
    assert draw_arrows(axes, content.map, frame, ())[0]
    middles = np.array([((a + c) / 2, (b + d) / 2) for a, b, c, d in boxes])
    assert len(middles) > 10
    placer = LabelPlacer(axes, frame, 500, (ENGLISH,))
    placer.keep_free(boxes)
    assert placer._room(*middles[len(middles) // 2], placer._words((), 6, "1"), -3_000) is None


def test_datasets_are_credited_on_the_sheet(make: Make, content: Content):
    terms = DatasetTerms(
        "acled", "ACLED 2021", "Own terms", credit="Armed Conflict Location", url="https://x.org"
    )
    for language in FigureLanguage:
        made = make(replace(content.summary, terms=(terms,)), language=language)
        text = " ".join(said(made.figure))
        assert "ACLED 2021" in text
        assert "Armed Conflict Location" in text
        assert "https://x.org" in text


def test_nothing_is_counted_as_0_events(make: Make, corpus: Corpus):
    nothing = Summary(selected_by_id(corpus, []), Query(text="nothing"), DAY, 46)
    for language in FigureLanguage:
        text = " ".join(said(make(nothing, language=language).figure))
        assert not re.search(r"(?<!\d)0 (events?|of|حدث|من)", text)
        assert "Legend" not in text
    assert sentence(nothing).startswith("None of 46 events")
    assert sentence(replace(nothing, all_events=0)).startswith("No events")
