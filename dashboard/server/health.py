"""Whether the server works, for those who watch it: /health answers 200, or 503 and what is wrong."""

from collections.abc import Callable

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.engine.vocabulary import count_all
from dashboard.model.errors import DashboardError
from dashboard.project.project import Project
from dashboard.settings import PROGRAM

_HEADERS = {"Cache-Control": "no-store"}


def health_route(project: Callable[[], Project], base_path: str) -> Route:
    """The route; it asks the workspace for its version and the engine for the number of events."""

    # Not async: the engine's answer would stop all others.
    def answer(_request: Request) -> Response:
        status, content = _health(project)
        body = msgspec.json.encode({**content, "program": PROGRAM})
        return Response(body, status, _HEADERS, "application/json")

    return Route(f"{base_path}/health", answer, methods=["GET", "HEAD"])


def _health(project: Callable[[], Project]) -> tuple[int, dict[str, object]]:
    try:
        opened = project()
        version = opened.workspace.version()
        catalog = opened.catalog(opened.load())
        events = count_all(catalog.engine, unreviewed=False)
    except DashboardError as error:
        return 503, {"status": "fail", "reason": str(error)}
    engine = type(catalog.engine).__name__
    return 200, {"status": "pass", "workspace": version, "engine": engine, "events": events}
