"""A shaded map: its numbers are those of the list with the same filter, and no event is left out."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from shapely import Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from dashboard.browser.shading_layer import shading_words
from dashboard.legend.palette import SHADES, colour
from dashboard.map.same_areas import same_areas
from dashboard.map.shading import Shading, counted_again, shading_from_engine
from dashboard.model.event_tables import OPEN_END, OPEN_START, day_number
from dashboard.model.grid import box_of
from dashboard.model.place import FeatureClass, Place, PlacePrecision
from dashboard.project.catalog import Catalog
from dashboard.project.project import Project
from dashboard.query.query import DENSITY, DISTRICTS, GOVERNORATES, Query
from dashboard.settings import read_settings

NORTH = box_of(35, 36, 37.5, 43, 8)
WORLD = box_of(-85, -180, 85, 180, 2)
LEVELS = (GOVERNORATES, DISTRICTS)
QUERIES = (
    Query(),
    Query(kinds=("clash", "arrest")),
    Query(start=date(2020, 12, 10), end=date(2021, 1, 10)),
    Query(start=date(2020, 12, 10), end=date(2021, 1, 10), certain=True),
    Query(places=("ain_issa",)),
)


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    path: Path = tmp_path_factory.mktemp("shading") / "w.sqlite"
    project = Project(read_settings({"EVENT_MAP_WORKSPACE": str(path)}))
    return project.catalog(project.load())


def _inside(shading: Shading, query: Query) -> "pd.Series[int]":
    """Events by position of an area within the dates of the query, as the browser sums them."""
    rows, edges = shading.counts, np.array(shading.bins.edges)
    first = OPEN_START if query.start is None else day_number(query.start)
    last = OPEN_END if query.end is None else day_number(query.end)
    if query.start or query.end:
        low, high = (np.searchsorted(edges, day, side="right") for day in (first, last))
        begins, ends = (rows["begins"], rows["ends"])
        if query.certain:
            begins, ends = ends, begins
            rows = rows[rows["dated"] & (ends >= low) & (begins <= high)]
        else:
            rows = rows[rows["dated"] & (begins <= high) & (ends >= low)]
    return rows.groupby("mark")["events"].sum()


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("level", LEVELS)
def test_an_area_has_the_number_of_the_list_with_its_filter(
    catalog: Catalog, level: str, query: Query
):
    shading = shading_from_engine(catalog, replace(query, shading=level), NORTH)
    counts = _inside(shading, query)
    known = catalog.vocabulary["places"]
    for at, area in enumerate(shading.areas):
        ids = tuple(key for key in area.ids if key in known)
        if query.places or not ids:
            continue
        listed, _counted = catalog.totals(replace(query, places=ids))
        assert counts.get(at, 0) == listed.shown, area.name_en
    if not query.places:
        every = tuple(key for area in shading.areas for key in area.ids if key in known)
        assert every
        in_any, _counted = catalog.totals(replace(query, places=every))
        without = counts.get(len(shading.areas), 0)
        assert without == catalog.totals(query)[0].shown - in_any.shown


def test_an_event_in_one_area_by_two_of_its_ids_counts_once():
    """The table's "Aleppo" and the gazetteer's are the same area, and an event may be in both."""
    rows = pd.DataFrame(
        {"event": [1, 1, 2, 2], "place_id": ["a", "b", "a", "c"], "group": "politics"}
    )
    less = counted_again(rows, {"a": 0, "b": 0, "c": 1})
    assert less[["mark", "events"]].to_numpy().tolist() == [[0, -1]]
    assert "event" not in less


def test_areas_without_events_are_drawn_where_the_country_has_others(catalog: Catalog):
    shading = shading_from_engine(catalog, Query(shading=GOVERNORATES), NORTH)
    names = [area.name_en for area in shading.areas]
    assert "Homs governorate" in names
    assert "Nineveh governorate" not in names
    assert all(area.geometry for area in shading.areas)
    districts = shading_from_engine(catalog, Query(shading=DISTRICTS), NORTH)
    assert not any(area.geometry for area in districts.areas)


def test_a_coarse_place_adds_to_no_square(catalog: Catalog):
    query = Query(shading=DENSITY)
    shading = shading_from_engine(catalog, query, WORLD)
    sharp = {
        row.event_id
        for row in catalog.curated.events.places
        if catalog.curated.gazetteer.places[row.place_id].precision in ("exact", "settlement")
    }
    counts = _inside(shading, query)
    assert counts[len(shading.areas)] == catalog.totals(Query())[0].shown - len(sharp)
    near = shading_from_engine(catalog, query, replace(NORTH, zoom=16))
    assert near.side == shading_from_engine(catalog, query, replace(NORTH, zoom=10)).side
    assert 3_500 < near.side_m < 4_500
    assert "3.9" in str(shading_words(DENSITY, near.side_m)["title"])


def _area(place_id: str, name: str, geometry: BaseGeometry) -> Place:
    middle = geometry.centroid
    return Place(
        place_id, name, "", FeatureClass.GOVERNORATE, (), geometry, middle.y, middle.x, 1,
        PlacePrecision.GOVERNORATE, "test", None,
    )  # fmt: skip


def test_squares_are_in_one_order_from_north_to_south(catalog: Catalog):
    shading = shading_from_engine(catalog, Query(shading=DENSITY), NORTH)
    corners = [area.corner for area in shading.areas if area.corner is not None]
    assert len(corners) > 2
    assert corners == sorted(corners, key=lambda corner: (corner[1], corner[0]))


def test_an_area_of_a_table_is_that_of_the_gazetteer_if_it_lies_there():
    curated = _area("a", "Aleppo governorate", box(36, 35, 38, 37))
    here = _area("b", "Aleppo", Point(37, 36))
    far = _area("c", "Aleppo", Point(10, 50))
    other = _area("d", "Homs", Point(37, 36))
    spelt = _area("e", "Halab", Point(37, 36))
    beside = _area("f", "Aleppo", Point(10.1, 50))
    areas = same_areas([curated], [here, far, other, spelt, beside], {"a": ("Halab",)})
    assert [area.ids for area in areas] == [("a", "b", "e"), ("c", "f"), ("d",)]
    assert isinstance(curated.geometry, Polygon)


def _lightness(hexadecimal: str) -> float:
    """Of CIE L*a*b*, 0 to 100."""
    red, green, blue = _linear(hexadecimal)
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return float(116 * np.cbrt(luminance) - 16)


def _linear(hexadecimal: str) -> np.ndarray:
    srgb = np.array([int(hexadecimal[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def test_each_class_is_clearly_darker_than_the_one_before():
    """Lightness is what every colour vision sees, and what a copy in grey has left."""
    values = [_lightness(it) for it in SHADES]
    assert all(before - after >= 12 for before, after in pairwise(values))
    assert _lightness(colour("land")) - values[0] >= 6
