"""Features that somebody with an account reads are in the log of files, a line for each page."""

import json
from urllib.parse import urlencode

import pytest
from starlette.requests import Request

from dashboard.model.permissions import Role, permissions_of
from dashboard.model.viewer import Viewer, acting_as
from dashboard.project.project import Project
from dashboard.server.ogc import routes
from dashboard.settings import read_settings
from dashboard.store.taken_files import TakenFile, taken_files
from tests.engine.sample_data import KINDS

READER = Viewer("omar@example.org", "Omar", permissions_of(Role.READER))


@pytest.fixture
def project(environment: dict[str, str], catalog: object) -> Project:
    assert catalog
    return Project(read_settings(environment))


def lines(project: Project) -> list[TakenFile]:
    return taken_files(project.workspace)


def read(project: Project, method: str = "GET", **params: str) -> dict[str, object]:
    request = Request({
        "type": "http", "method": method, "scheme": "http", "server": ("127.0.0.1", 80),
        "path": "/ogc/collections/events/items", "headers": [], "path_params": {"collection": "events"},
        "query_string": urlencode(params).encode(),
    })  # fmt: skip
    with acting_as(READER):
        answer = routes._answered(lambda: project, "", routes._items, request)
    assert answer.status_code == 200
    content: dict[str, object] = json.loads(bytes(answer.body))
    return content


def test_each_page_is_a_line_with_what_was_asked(project: Project):
    before = len(lines(project))
    read(project, limit="3", kind=KINDS[0])
    (line,) = lines(project)[: len(lines(project)) - before]
    assert (line.account, line.format, line.events) == (READER.account, "ogc json", 3)
    assert line.link == f"/ogc/collections/events/items?limit=3&kind={KINDS[0]}"


def test_an_empty_page_and_a_question_for_headers_are_no_lines(project: Project):
    before = len(lines(project))
    read(project, method="HEAD", limit="3")
    read(project, bbox="0,0,1,1")
    assert len(lines(project)) == before
