"""The route that counts what lies outside of the map's view, compared with the corpus."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import msgspec
import pytest
from starlette.responses import Response

from dashboard.browser.outside import marked_bounds
from dashboard.map.first_view import around
from dashboard.model.corpus import Corpus
from dashboard.model.grid import box_of
from dashboard.project.project import Project
from dashboard.query.outside import events_in_box, extent_of_marks
from dashboard.query.query import Query
from dashboard.server.outside import outside_route
from dashboard.settings import read_settings
from tests.server.asgi import answered

WEST, SOUTH, EAST, NORTH = 38.0, 36.0, 39.5, 37.0
WORLD = {"bbox": "-180,-80,180,80", "zoom": "3"}
VIEW = {"bbox": f"{WEST},{SOUTH},{EAST},{NORTH}", "zoom": "9"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("outside")
    settings = {
        "EVENT_MAP_WORKSPACE": str(folder / "w.sqlite"),
        "EVENT_MAP_DATASETS": str(folder / "datasets"),
    }
    return Project(read_settings(settings))


def ask(project: Project, params: Mapping[str, str]) -> Response:
    return answered(outside_route(lambda: project, ""), urlencode(params).encode())


def outside(project: Project, **params: str) -> dict[str, Any]:
    answer = ask(project, params)
    assert answer.status_code == 200, answer.body
    content: dict[str, Any] = msgspec.json.decode(bytes(answer.body))
    return content


def points(corpus: Corpus) -> dict[str, list[tuple[float, float]]]:
    """The points of the marks of each event, as latitude and longitude."""
    found: dict[str, list[tuple[float, float]]] = {}
    for row in corpus.events.places:
        place = corpus.gazetteer.places[row.place_id]
        if place.on_map:
            found.setdefault(row.event_id, []).append((place.lat, place.lon))
    return found


def is_inside(point: tuple[float, float]) -> bool:
    return SOUTH <= point[0] <= NORTH and WEST <= point[1] <= EAST


def test_events_without_a_mark_in_the_view_are_outside(project: Project, corpus: Corpus):
    marked = points(corpus)
    expected = sum(not any(map(is_inside, some)) for some in marked.values())
    assert 0 < expected < len(marked)
    assert outside(project, **VIEW)["outside"] == expected


def test_nothing_is_outside_of_the_world(project: Project, corpus: Corpus):
    content = outside(project, **WORLD)
    assert content["outside"] == 0
    every = [point for some in points(corpus).values() for point in some]
    lats, lons = zip(*every, strict=True)
    assert content["bounds"] == [min(lats), min(lons), max(lats), max(lons)]
    assert content["selected"] is None


def test_the_engine_counts_an_event_once_however_many_marks_it_has(
    project: Project, corpus: Corpus
):
    engine = project.catalog(project.load()).engine
    world = box_of(-80, -180, 80, 180, 3)
    marked = points(corpus)
    assert sum(map(len, marked.values())) > len(marked)
    assert engine.ask(events_in_box, Query(), world)["events"].tolist() == [len(marked)]
    assert engine.ask(extent_of_marks, Query())["events"].tolist() == [len(marked)]


def test_filters_and_dates_count(project: Project, corpus: Corpus):
    arrests = {key for key, event in corpus.events.events.items() if event.kind == "arrest"}
    marked = {key: some for key, some in points(corpus).items() if key in arrests}
    expected = sum(not any(map(is_inside, some)) for some in marked.values())
    assert outside(project, kind="arrest", **VIEW)["outside"] == expected > 0
    day = {"from": "2021-01-18", "to": "2021-01-18"}
    assert 0 < outside(project, **day, **VIEW)["outside"] < outside(project, **VIEW)["outside"]
    nothing = outside(project, q="zzzz", **VIEW)
    assert nothing == {"outside": 0, "bounds": None, "selected": None}


def test_the_selection_has_bounds_of_its_own(project: Project, corpus: Corpus):
    place = corpus.gazetteer.places["ain_issa"]
    selected = outside(project, at="ain_issa", **VIEW)["selected"]
    assert selected == [place.lat, place.lon, place.lat, place.lon]
    event_id = next(row.event_id for row in corpus.events.places if row.place_id == "ain_issa")
    south, west, north, east = outside(project, event=event_id, **VIEW)["selected"]
    assert south <= place.lat <= north
    assert west <= place.lon <= east


def test_a_session_begins_with_the_selection_or_the_marks_of_its_filters(
    project: Project, corpus: Corpus
):
    catalog = project.catalog(project.load())
    place = corpus.gazetteer.places["ain_issa"]
    at = marked_bounds(catalog, Query(place_ids=("ain_issa",)))
    assert at == (place.lat, place.lon, place.lat, place.lon)
    arrests, every = (
        marked_bounds(catalog, query) for query in (Query(kinds=("arrest",)), Query())
    )
    assert arrests
    assert every
    assert arrests != every
    assert every[0] <= arrests[0] <= arrests[2] <= every[2]
    assert marked_bounds(catalog, Query(text="zzzz")) is None


def test_the_first_view_has_a_margin_and_is_never_a_point():
    south, west, north, east = around((36.0, 38.0, 36.0, 38.0))
    assert north - south == pytest.approx(east - west) == pytest.approx(0.3)
    south, west, north, east = around((35.0, 36.0, 37.0, 41.0))
    assert south < 35
    assert west < 36
    assert north > 37
    assert east > 41


def test_the_view_is_that_of_a_screen(project: Project):
    answer = ask(project, {"bbox": "1,2,3", "zoom": "9"})
    assert answer.status_code == 400
    assert ask(project, {**VIEW, "kind": "{{7*7}}"}).status_code == 400
