"""Coloured areas in the printed figure: their numbers are those of the live map, and in the legend."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from dashboard.language.words import without_isolates
from dashboard.legend.palette import SHADES
from dashboard.map.shading_from_records import areas_from_records
from dashboard.model.corpus import Corpus
from dashboard.paper.content import Content
from dashboard.paper.frame import frame_around
from dashboard.paper.notes import figure_notes
from dashboard.paper.options import FigureLanguage, FigureOptions
from dashboard.paper.shaded_areas import draw_shaded_areas, shade_legend, shade_rows
from dashboard.project.project import Project
from dashboard.query.query import DENSITY, DISTRICTS, GOVERNORATES, Query
from dashboard.settings import read_settings
from dashboard.summary.summary import Summary
from tests.oracle.select import EventIndex
from tests.oracle.selected import selected_events

QUERY = Query(start=date(2020, 12, 10), end=date(2021, 1, 10))
ENGLISH = FigureOptions(language=FigureLanguage.ENGLISH).languages


def _content(corpus: Corpus, index: EventIndex, query: Query) -> Content:
    selected = selected_events(corpus, index, query)
    return Content(Summary(selected, query, date(2026, 11, 23), index.size))


@pytest.mark.parametrize("level", [GOVERNORATES, DISTRICTS])
def test_the_numbers_are_those_of_the_list(
    corpus: Corpus, index: EventIndex, tmp_path: Path, level: str
):
    project = Project(read_settings({"EVENT_MAP_WORKSPACE": str(tmp_path / "w.sqlite")}))
    catalog = project.catalog(project.load())
    selected = selected_events(corpus, index, QUERY)
    counted = areas_from_records(selected, level, (QUERY.start, QUERY.end))
    assert counted.areas
    for area in counted.areas:
        ids = area.area.ids
        totals, _counts = catalog.totals(replace(QUERY, places=ids))
        assert area.certain + area.possible == totals.shown
        assert area.possible == totals.possible
    every = tuple(key for area in counted.areas for key in area.area.ids)
    in_any, _counts = catalog.totals(replace(QUERY, places=every))
    assert counted.without == len(selected.events) - in_any.shown


def test_areas_have_the_colours_of_the_legend(corpus: Corpus, index: EventIndex):
    content = _content(corpus, index, replace(QUERY, shading=GOVERNORATES))
    assert content.shaded
    axes = Figure(figsize=(7, 5)).add_axes((0, 0, 1, 1))
    FigureCanvasAgg(axes.figure)
    frame = frame_around([(34.2, 36.2), (37.2, 41.8)], None, 1.4)
    draw_shaded_areas(axes, content.shaded, frame)
    drawn = {to_hex(patch.get_facecolor()) for patch in axes.patches if patch.get_alpha()}
    rows = shade_rows(content.shaded)
    assert drawn <= {row.fill.lower() for row in rows if row.fill} <= {it.lower() for it in SHADES}
    words = [text() for _sign, text in shade_legend(rows, GOVERNORATES)]
    assert words[0].startswith("events in a governorate: 1")
    (note, *_others) = figure_notes(content, ENGLISH)
    assert "certainly within the dates" in without_isolates(note.text)


def test_squares_are_not_printed_and_the_figure_says_so(corpus: Corpus, index: EventIndex):
    content = _content(corpus, index, replace(QUERY, shading=DENSITY, colour="outlet"))
    assert content.shaded is None
    texts = [without_isolates(note.text) for note in figure_notes(content, ENGLISH)]
    assert any("colours squares" in text for text in texts)
    marks = _content(corpus, index, replace(QUERY, colour="outlet"))
    texts = [without_isolates(note.text) for note in figure_notes(marks, ENGLISH)]
    assert any("another column (Outlet)" in text for text in texts)
