"""The answer to the map: JSON that holds any text as it is, one for all who ask the same."""

import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import example, given

from dashboard.browser.map_data import map_data
from dashboard.browser.map_layer import MapLayer, map_layer
from dashboard.browser.packed_counts import PackedCounts
from dashboard.browser.script_data import json_bytes
from dashboard.language.language import ARABIC, using_language
from dashboard.legend.shades import Shade, legend_of
from dashboard.map.colouring import map_colours
from dashboard.map.marks import Mark
from dashboard.map.outlines import Movement, Outline
from dashboard.model.grid import box_of
from dashboard.project.catalog import Catalog
from dashboard.project.project import Project
from dashboard.query.query import COLOURS, Query
from dashboard.settings import read_settings
from tests.browser.test_script_data import BREAKING, TEXTS, texts_in

NORTH = box_of(35, 36, 37.5, 43, 8)


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    path: Path = tmp_path_factory.mktemp("map_data") / "w.sqlite"
    project = Project(read_settings({"EVENT_MAP_WORKSPACE": str(path)}))
    return project.catalog(project.load())


@given(TEXTS)
@example(BREAKING[7])
def test_the_browser_gets_any_text_of_a_layer_as_it_is(text: str):
    layer = MapLayer(
        places=True,
        marks=(Mark(text, 36.0, 38.0, text, text),),
        circles=(),
        counts=PackedCounts((text,), (0, 1), 0, (1, 1, 1, 1, 1), ""),
        figure_words=None,
        window=None,
        certain=False,
        outlines=(Outline(text, {"type": "Point", "coordinates": [38, 36]}, False, False, ()),),
        movements=(Movement((36, 38), (36, 39), text, 1, False, False, text, False, ()),),
        focus=(),
        focus_id=text,
        legend=(Shade(text, text, "#000000"),),
    )
    sent = json.loads(json_bytes(msgspec.to_builtins(layer)))
    assert sent["marks"][0]["name_en"] == sent["legend"][0]["label"] == sent["focus_id"] == text
    assert text in texts_in(sent["outlines"])
    assert text in texts_in(sent["movements"])


def test_what_only_the_page_shows_makes_no_other_answer(catalog: Catalog):
    first = map_data(catalog, Query(), NORTH)
    assert map_data(catalog, Query(tab="table", basemap="online"), NORTH) is first
    assert map_data(catalog, Query(kinds=("arrest",)), NORTH).tag != first.tag
    with using_language(ARABIC):
        assert map_data(catalog, Query(), NORTH).tag != first.tag


def test_a_short_pan_has_the_same_answer(catalog: Catalog):
    first = map_data(catalog, Query(), NORTH)
    assert map_data(catalog, Query(), box_of(35.01, 36.01, 37.51, 43.01, 8)) is first
    content = json.loads(first.body)
    west, south, east, north = content["bounds"]
    assert west < 36
    assert south < 35
    assert east > 43
    assert north > 37.5


@pytest.mark.parametrize("column", COLOURS)
def test_each_colour_of_the_counts_is_in_the_legend(catalog: Catalog, column: str):
    layer = map_layer(catalog, Query(colour=column), NORTH)
    colours = map_colours(catalog, Query(colour=column))
    assert layer.legend == legend_of(colours.colouring, catalog.names, colours.others)
    assert layer.counts.splits == tuple(shade.id for shade in layer.legend)
    assert len({shade.colour for shade in layer.legend}) == len(layer.legend)


def test_the_words_for_a_figure_come_with_marks_of_that_size(catalog: Catalog):
    assert map_layer(catalog, Query(), NORTH).figure_words is None
    words = map_layer(catalog, Query(size="figure"), NORTH).figure_words
    assert words
    assert "illed" in str(words["figure"])
