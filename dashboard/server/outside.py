"""The route that counts events outside of the map's view, e.g. /outside?bbox=38,36,39,37&zoom=9.

Asked when the map has come to rest; the parameters are those of the map's own route (`map_data.py`).
"""

from collections.abc import Callable

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.browser.outside import outside_of
from dashboard.browser.script_data import json_bytes
from dashboard.project.project import Project
from dashboard.server.computed_route import computed_route
from dashboard.server.map_data import map_request
from dashboard.server.parameters import Params, params_of

PATH = "/outside"
_CACHE = {"Cache-Control": "no-store"}


def outside_route(project: Callable[[], Project], base_path: str) -> Route:
    """The route; `base_path` is "" or begins with a slash."""

    def answer(request: Request) -> Response:
        return _answer(project(), params_of(request))

    return computed_route(f"{base_path}{PATH}", answer)


def _answer(project: Project, params: Params) -> Response:
    unreviewed = params.get("unreviewed", ())[-1:] == ["shown"]
    catalog = project.catalog(project.load(unreviewed=unreviewed))
    query, view = map_request(params, catalog.vocabulary)
    found = msgspec.to_builtins(outside_of(catalog, query, view))
    return Response(json_bytes(found), headers=_CACHE, media_type="application/json")
