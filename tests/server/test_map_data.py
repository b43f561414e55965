"""The route of the map's events: the same events as the query, refusals, caching, language."""

import asyncio
import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

from dashboard.model.corpus import Corpus
from dashboard.model.grid import Box
from dashboard.project.project import Project
from dashboard.query.link import to_params
from dashboard.query.query import Query
from dashboard.server.map_data import map_data_route, map_request
from dashboard.server.parameters import RequestError
from dashboard.settings import read_settings
from tests.engine import sample_data
from tests.server.asgi import scope

# All places of the curated events.
VIEW = {"bbox": "35,32,43,39", "zoom": "7"}
Pairs = Iterable[tuple[str, str]]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, corpus: Corpus) -> Project:
    folder = tmp_path_factory.mktemp("map_data")
    sample_data.folder_of(folder / "datasets", corpus)
    settings = {
        "EVENT_MAP_WORKSPACE": str(folder / "w.sqlite"),
        "EVENT_MAP_DATASETS": str(folder / "datasets"),
    }
    return Project(read_settings(settings))


def ask(project: Project, params: Pairs, headers: Pairs = ()) -> Response:
    route = map_data_route(lambda: project, "")
    query = urlencode(list(params)).encode()
    request = Request(
        scope(headers=headers, path="/map-data", query_string=query), _nothing_further
    )
    # In a thread of its own: that of a browser test may have a loop.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(route.endpoint(request))).result()


async def _nothing_further() -> Message:
    await asyncio.sleep(60)
    return {"type": "http.disconnect"}


def layer(project: Project, **params: str) -> dict[str, Any]:
    answer = ask(project, {**VIEW, **params}.items())
    assert answer.status_code == 200
    content: dict[str, Any] = json.loads(answer.body)
    return content


def test_the_answer_has_more_than_the_view_and_the_places_of_its_events(project: Project):
    content = layer(project, dataset="curated")
    west, south, east, north = content["bounds"]
    assert (west <= 35, south <= 32, east >= 43, north >= 39) == (True,) * 4
    assert content["zoom"] == 7
    names = {mark["name_en"] for mark in content["layer"]["marks"]}
    assert {"Ain Issa", "Raqqa"} & names
    assert len(names) > 5
    assert content["layer"]["places"]


def test_filters_and_dates_are_those_of_the_link(project: Project):
    content = layer(project, dataset="curated", kind="arrest")
    everything = layer(project, dataset="curated")
    assert 0 < len(content["layer"]["marks"]) < len(everything["layer"]["marks"])
    dated = layer(project, dataset="curated", **{"from": "2021-01-18", "to": "2021-01-18"})
    assert dated["layer"]["window"] == [18645, 18645]
    selected = layer(project, dataset="curated", at="ain_issa")
    assert [mark["name_en"] for mark in selected["layer"]["marks"] if mark["selected"]] == [
        "Ain Issa"
    ]


def test_the_legend_is_in_the_readers_language(project: Project):
    english, arabic = layer(project), layer(project, lang="ar")
    assert "Violence" in {shade["label"] for shade in english["layer"]["legend"]}
    assert "عنف" in " ".join(shade["label"] for shade in arabic["layer"]["legend"])


def test_an_answer_that_the_browser_has_is_not_sent_again(project: Project):
    first = ask(project, VIEW.items())
    tag = first.headers["etag"]
    again = ask(project, VIEW.items(), [("if-none-match", tag)])
    assert again.status_code == 304
    assert again.body == b""
    other = ask(project, {**VIEW, "kind": "arrest"}.items(), [("if-none-match", tag)])
    assert other.status_code == 200
    assert other.headers["etag"] != tag
    assert "no-cache" in other.headers["cache-control"]


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"zoom": "7.5"}, "zoom: expected 2 to 16"),
        ({"zoom": ""}, "zoom: expected 2 to 16"),
        ({"bbox": "1,2,3"}, "expected west,south,east,north"),
        ({"bbox": "nan,2,3,4"}, "expected west,south,east,north"),
        ({"bbox": "4,2,3,4"}, "expected west,south,east,north"),
        ({"bbox": "-180,-80,180,80", "zoom": "16"}, "expected at most 16384 pixels"),
        ({"bbox": "1e307,36,1e307,37"}, "expected west,south,east,north"),
        ({"bbox": "38,36,inf,37"}, "expected west,south,east,north"),
        ({"bbox": "38,-91,39,37"}, "expected west,south,east,north"),
        ({"kind": "{{7*7}}"}, "is not known here"),
        ({"kinds": "arrest"}, "found kinds"),
        ({"from": "18.1.2021"}, "is not known here"),
        ({"event": "' OR 1=1 --"}, "is not known here"),
    ],
)
def test_what_is_not_understood_is_refused(project: Project, params: dict[str, str], expected: str):
    answer = ask(project, {**VIEW, **params}.items())
    assert answer.status_code == 400
    assert expected in bytes(answer.body).decode()
    assert answer.headers["content-type"].startswith("text/plain")


def test_a_map_that_left_costs_nothing():
    async def left() -> Message:
        return {"type": "http.disconnect"}

    def opened() -> Project:
        raise AssertionError

    request = Request(scope(path="/map-data", query_string=urlencode(VIEW).encode()), left)
    route = map_data_route(opened, "")
    with ThreadPoolExecutor(1) as thread:
        answer = thread.submit(lambda: asyncio.run(route.endpoint(request))).result()
    assert answer.status_code == 499
    assert answer.body == b""


def test_a_view_is_named_once(project: Project):
    assert ask(project, [*VIEW.items(), ("zoom", "7")]).status_code == 400
    assert ask(project, []).status_code == 400


KNOWN = {name: {"a", "b"} for name in Query.__slots__}


@given(st.dictionaries(st.text(max_size=9), st.lists(st.text(max_size=40), max_size=2)))
def test_any_parameters_are_read_or_refused(params: dict[str, list[str]]):
    with suppress(RequestError):
        query, box = map_request(params, KNOWN)
        assert isinstance(box, Box)
        assert to_params(query).keys() <= params.keys() | {"from", "to"}


@given(st.lists(st.floats(), min_size=4, max_size=4), st.integers(-1, 20))
def test_any_part_of_the_map_is_one_of_a_screen_or_refused(edges: list[float], zoom: int):
    params = {"bbox": [",".join(map(str, edges))], "zoom": [str(zoom)]}
    with suppress(RequestError):
        _query, box = map_request(params, KNOWN)
        assert max(box.right - box.left, box.bottom - box.top) <= 17_000 * box.pixel
