"""The figure for print: complete, within its sheet, correctly shaped, reproducible."""

import io
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.testing.compare import compare_images
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from PIL import Image
from pypdf import PdfReader

from dashboard.language.language import ARABIC, using_language
from dashboard.model.corpus import Corpus
from dashboard.model.estimate import Measure
from dashboard.paper.content import Content
from dashboard.paper.figure import STYLE, Printed, bytes_of, make_figure, preview, save
from dashboard.paper.frame import frame_around
from dashboard.paper.furniture import scale_length
from dashboard.paper.options import LAYOUTS, Area, FigureLanguage, FigureOptions, Format
from dashboard.paper.typeset import font, wrapped
from dashboard.query.query import MapView, Query
from dashboard.settings import Settings
from dashboard.summary.heading import suggested_title
from dashboard.summary.summary import Summary
from tests.oracle.select import EventIndex
from tests.oracle.selected import selected_events

MADE = date(2026, 11, 23)
BASELINE = Path(__file__).parent / "baseline"
# Root mean square of the differences of pixels, of 255: antialiasing of another build of the
# font renderer stays below, a label that moved does not.
TOLERANCE = 6.0

Make = Callable[..., Printed]
Contents = Callable[..., Content]


@pytest.fixture(scope="session")
def contents(corpus: Corpus, index: EventIndex) -> Contents:
    def content(query: Query | None = None) -> Content:
        query_or_all = query or Query()
        selected = selected_events(corpus, index, query_or_all)
        return Content(Summary(selected, query_or_all, MADE, index.size))

    return content


@pytest.fixture(scope="session")
def make(contents: Contents, settings: Settings) -> Make:
    def build(query: Query | None = None, **options: object) -> Printed:
        figure_options = FigureOptions(**options)  # type: ignore[arg-type]
        return make_figure(contents(query), figure_options, settings.basemap, "0")

    return build


def _boxes(figure: Figure) -> list[tuple[Text, Bbox]]:
    """Each line of text with its box in pixels, as it is set in the file."""
    # As fine as print: on a screen letters are moved to whole pixels, and lines grow longer.
    figure.set_dpi(300)
    with rc_context(STYLE):
        renderer = FigureCanvasAgg(figure).get_renderer()
        return [(text, text.get_window_extent(renderer)) for text in figure.texts]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", FigureLanguage)
def test_nothing_is_written_beyond_the_sheet(make: Make, layout: str, language: FigureLanguage):
    figure = make(layout=layout, language=language).figure
    page = figure.bbox
    for text, box in _boxes(figure):
        assert box.x0 >= page.x0 - 5, text.get_text()
        assert box.x1 <= page.x1 + 5, text.get_text()
        assert box.y0 >= page.y0 - 5, text.get_text()
        assert box.y1 <= page.y1 + 5, text.get_text()


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", FigureLanguage)
def test_columns_do_not_run_into_each_other(make: Make, layout: str, language: FigureLanguage):
    """No line of text lies over another one."""
    figure = make(layout=layout, language=language).figure
    boxes = [(box.shrunk(0.97, 0.5), text.get_text()) for text, box in _boxes(figure)]
    for at, (box, box_text) in enumerate(boxes):
        for other, other_text in boxes[at + 1 :]:
            assert not box.overlaps(other), (box_text, other_text)


@pytest.mark.parametrize("language", FigureLanguage)
@pytest.mark.parametrize("view", [None, MapView(36.4, 38.9, 9), MapView(36.5, 39.5, 6)])
def test_names_on_the_map_overlap_nothing(
    make: Make, language: FigureLanguage, view: MapView | None
):
    printed = make(Query(view=view), language=language)
    axes = printed.figure.axes[0]
    printed.figure.set_dpi(300)
    with rc_context(STYLE):
        renderer = FigureCanvasAgg(printed.figure).get_renderer()
        boxes = [
            (text.get_window_extent(renderer).shrunk(0.92, 0.6), text.get_text())
            for text in axes.texts
            if text.get_zorder() in {30, 31}
        ]
    assert len(boxes) >= len(printed.ground.marks)
    for at, (box, box_text) in enumerate(boxes):
        for other, other_text in boxes[at + 1 :]:
            assert not box.overlaps(other), (box_text, other_text)
    for mark in printed.ground.marks:
        # The square within the mark that contains its number.
        reach = mark.radius * 0.5
        corners = [(mark.x - reach, mark.y - reach), (mark.x + reach, mark.y + reach)]
        square = Bbox(axes.transData.transform(corners))
        assert not any(square.overlaps(box) for box, _text in boxes), mark.number


@given(data=st.data())
@hypothesis_settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_event_is_drawn_or_listed(
    data: st.DataObject, make: Make, contents: Contents, index: EventIndex
):
    kinds = sorted(index.values(index.columns["kinds"].facet))
    query = Query(
        kinds=tuple(data.draw(st.lists(st.sampled_from(kinds), max_size=3, unique=True))),
        start=data.draw(st.none() | st.dates(date(2020, 11, 1), date(2021, 3, 1))),
        view=data.draw(
            st.none()
            | st.builds(MapView, st.floats(35.0, 37.0), st.floats(36.0, 42.0), st.integers(6, 12))
        ),
    )
    area = data.draw(st.sampled_from(Area))
    printed = make(query, area=area)
    coverage = printed.ground.coverage
    drawn = {event for events in coverage.drawn.values() for event in events}
    everything = set(range(len(contents(query).selected.events)))
    assert drawn | set(coverage.outside) | set(coverage.unlocated) == everything
    assert not drawn & set(coverage.outside)
    assert not drawn & set(coverage.unlocated)
    if area is Area.ALL:
        assert not coverage.outside
    assert [mark.number for mark in printed.ground.marks] == list(
        range(1, len(printed.ground.marks) + 1)
    )


def test_what_is_not_on_the_map_is_listed_by_title(make: Make, contents: Contents):
    printed = make()
    text = _text_of(printed.figure)
    events = contents().selected.events
    assert printed.ground.coverage.unlocated
    for position in printed.ground.coverage.unlocated:
        assert events[position].title_en[:30] in text
    assert f"Undated, so not in the timeline: {len(printed.ground.coverage.undated)}" in text


def _text_of(figure: Figure) -> str:
    """All text, lines that were broken put together."""
    return re.sub(r"[\u2066-\u2069\u200f]", "", " ".join(t.get_text() for t in figure.texts))


def test_the_figure_has_title_legend_sources_and_caveat(make: Make, corpus: Corpus):
    text = _text_of(make().figure)
    for expected in (
        "Reported events",
        "46 of 46 events",
        "Legend",
        "Violence",
        "Projection: UTM 37N (EPSG:32637)",
        "Natural Earth",
        "Made on 23 November 2026",
        "Reports are claims",
        "[1]",
    ):
        assert expected in text
    outlets = {article.outlet_id for article in corpus.articles.values()}
    assert len(outlets) > 1
    for outlet_id in outlets:
        assert corpus.lexicon.outlets[outlet_id].name_en in text


def test_the_legend_has_only_what_appears(make: Make):
    text = _text_of(make(Query(kinds=("arrest",))).figure)
    assert "Coercion and threats" in text
    assert "Violence" not in text
    assert "arrow" not in text
    assert "dashed ring" not in text


def test_sizes_stand_for_the_figures_of_events_if_the_link_says_so(make: Make, corpus: Corpus):
    printed = make(Query(size="figure", measure=Measure.TROOPS), area=Area.ALL)
    given = {
        event_id: by_measure[Measure.TROOPS]
        for event_id, by_measure in corpus.figures().items()
        if Measure.TROOPS in by_measure
    }
    ((event_id, figure),) = given.items()
    assert (figure.low, figure.best, figure.high) == (1800, 1800, 1800)
    sizes = {mark.number: mark.size for mark in printed.ground.marks}
    at = {row.place_id for row in corpus.events.places if row.event_id == event_id}
    having = {mark.number for mark in printed.ground.marks if mark.place_ids & at}
    assert having
    assert {number for number, size in sizes.items() if size is not None} == having
    assert {sizes[number] for number in having} == {1800}
    map_texts = [text.get_text() for axes in printed.figure.axes for text in axes.texts]
    assert map_texts.count("1800") == len(having)
    assert map_texts.count("–") == len(sizes) - len(having)
    text = _text_of(printed.figure)
    assert "size and number: troops, the best figure of each event, else its lowest" in text
    assert "grey with a dash: no event here has a figure" in text
    assert "1,800 troops" in text
    assert "size and number: events" not in text


def test_titles_can_be_given(make: Make):
    printed = make(
        language=FigureLanguage.BOTH, title_en="Ain Issa in winter", title_ar="عين عيسى شتاءً"
    )
    text = _text_of(printed.figure)
    assert "Ain Issa in winter" in text
    assert "عين عيسى شتاءً" in text


def test_the_suggested_title_names_the_filters(contents: Contents):
    query = Query(kinds=("arrest",), actors=("russian_forces",))
    assert suggested_title(contents(Query(kinds=("arrest",))).summary).startswith("Arrest, ")
    assert "involving Russian forces" in suggested_title(contents(query).summary)
    with using_language(ARABIC):
        assert suggested_title(contents(Query(kinds=("arrest",))).summary).startswith("اعتقال، ")


def test_an_empty_selection_makes_a_figure(make: Make):
    query = Query(text="nothing holds these words")
    text = _text_of(make(query).figure)
    assert "None of 46 events" in text


def test_marks_that_would_overlap_are_one_mark(make: Make):
    wide = make(Query(view=MapView(36.4, 39.5, 6)))
    assert any(len(mark.marks) > 1 for mark in wide.ground.marks)
    for mark in wide.ground.marks:
        assert mark.count == len(set(mark.positions))
        for other in wide.ground.marks:
            if other is not mark:
                apart = np.hypot(mark.x - other.x, mark.y - other.y)
                assert apart > 0.7 * max(mark.radius, other.radius)


def test_arabic_is_shaped_and_in_order():
    """Of alef and beh the alef, which is tall, is on the right; joined letters are narrower."""
    image = _ink("اب")
    tall = [int(column.sum()) for column in image.T]
    middle = len(tall) // 2
    assert max(_heights(image[:, middle:])) > max(_heights(image[:, :middle]))
    assert _ink("عيسى").shape[1] < _ink("ع ي س ى".replace(" ", "\u200c")).shape[1]


def _heights(image: np.ndarray) -> list[int]:
    """The extent of ink in each column of pixels."""
    return [
        int(rows.max() - rows.min()) if len(rows := np.flatnonzero(column)) else 0
        for column in image.T
    ]


def _ink(text: str) -> np.ndarray:
    figure = Figure(figsize=(4, 1.5), dpi=100)
    figure.text(0.5, 0.5, text, fontproperties=font(40), ha="center", va="center")
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    dark = np.asarray(canvas.buffer_rgba())[:, :, 0] < 128
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    return dark[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def test_a_quotation_keeps_its_direction_over_a_line_break():
    lines = wrapped("Orient Net, “\u2068" + "كلمة " * 30 + "\u2069”, published", 8, 2)
    assert len(lines) > 2
    assert all(line.count("\u2068") == line.count("\u2069") for line in lines)


@pytest.mark.parametrize("language", [FigureLanguage.ENGLISH, FigureLanguage.ARABIC])
def test_a_pdf_has_real_text_and_its_manifest(make: Make, language: FigureLanguage):
    manifest = {"title": "A title", "link": "?a=--b"}
    reader = PdfReader(io.BytesIO(save(make(language=language), Format.PDF, manifest)))
    text = reader.pages[0].extract_text()
    # Each word of Arabic comes out in its own order, the line from left to right.
    assert ("Reported events" if language is FigureLanguage.ENGLISH else "أحداث") in text
    assert json.loads(reader.metadata["/Keywords"]) == manifest
    width = float(reader.pages[0].mediabox.width)
    assert width == pytest.approx(297 / 25.4 * 72, abs=0.5)


def test_a_png_is_for_print_and_has_its_manifest(make: Make):
    manifest = {"title": "عنوان"}
    image = Image.open(io.BytesIO(save(make(), Format.PNG, manifest)))
    assert image.size[0] == pytest.approx(297 / 25.4 * 300, abs=2)
    assert json.loads(image.text["Manifest"]) == manifest


def test_an_svg_is_well_formed_with_its_manifest(make: Make):
    from lxml import etree

    manifest = {"title": "-->", "link": "?q=a--b"}
    svg = save(make(), Format.SVG, manifest)
    root = etree.fromstring(svg)
    assert root.tag.endswith("svg")
    comment = re.search(rb"<!-- manifest: (.*?) -->", svg)
    assert comment
    assert json.loads(comment.group(1)) == manifest


def test_the_same_figure_is_the_same_file(make: Make):
    assert bytes_of(make().figure, Format.PDF, "") == bytes_of(make().figure, Format.PDF, "")


@pytest.mark.parametrize("width", [3_000.0, 47_000.0, 260_000.0, 2_000_000.0])
def test_scale_bars_are_round(width: float):
    length = scale_length(width)
    assert str(int(length)).rstrip("0") in {"1", "2", "5"}
    assert 0.09 * width < length <= 0.25 * width


@pytest.mark.parametrize(
    ("lat", "lon", "name"),
    [
        (36.4, 38.9, "UTM 37N (EPSG:32637)"),
        (33.3, 44.4, "UTM 38N (EPSG:32638)"),
        (-1.3, 36.8, "UTM 37S (EPSG:32737)"),
    ],
)
def test_the_projection_follows_the_ground(lat: float, lon: float, name: str):
    assert frame_around([(lat, lon)], None, 1.4).name == name


def test_wide_ground_gets_a_projection_without_zones():
    assert "Lambert" in frame_around([(36.0, 30.0), (36.0, 50.0)], None, 1.4).name


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a4_landscape_en", {"layout": "a4_landscape"}),
        ("a4_portrait_ar", {"layout": "a4_portrait", "language": FigureLanguage.ARABIC}),
        ("slide_both", {"layout": "slide", "language": FigureLanguage.BOTH, "area": Area.ALL}),
    ],
)
def test_looks_as_it_was_approved(make: Make, tmp_path: Path, name: str, options: dict):
    """Against images that a person looked at; the difference is saved beside the test.

    After a wanted change: look at tests/paper/diffs, then copy what is right over the baseline.
    """
    diffs = Path(__file__).parent / "diffs"
    diffs.mkdir(exist_ok=True)
    actual = diffs / f"{name}.png"
    actual.write_bytes(preview(make(**options), dpi=80))
    failure = compare_images(str(BASELINE / f"{name}.png"), str(actual), tol=TOLERANCE)
    assert failure is None, failure


def test_groups_are_distinguishable_in_grey_print():
    """Two groups never share both their grey and their hatching."""
    from matplotlib.colors import to_rgb

    from dashboard.legend.palette import GROUPS
    from dashboard.paper.marks import HATCHES

    assert len(set(HATCHES.values())) == len(GROUPS)
    greys = [np.dot(to_rgb(colour), (0.2126, 0.7152, 0.0722)) for colour in GROUPS.values()]
    assert all(0.05 < grey < 0.7 for grey in greys)
