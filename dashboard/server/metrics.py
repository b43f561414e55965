"""What the server does, in the text format of Prometheus: /metrics.

Requests by route and status, the time until their answers are complete, open pages, imports that run,
and the memory and processor seconds of this process (by prometheus_client).
"""

import os

import psutil
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

# Routes that are counted apart, by the first part of their path; all others are "page".
_ROUTES = frozenset(
    [
        "map-data",
        "suggestions",
        "changes",
        "outside",
        "ogc",
        "captures",
        "health",
        "metrics",
        "app",
        "static",
        "component",
        "_stcore",
    ]
)
# In seconds: from an answer out of a cache to an export.
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
# How an import is started (ui/data/import_job.py).
_IMPORT = "dashboard.datasets"


class Metrics:
    """The counters of one server; a page's websocket is a session of an analyst."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "event_map_requests", "Requests answered.", ["route", "status"], registry=self.registry
        )
        self._seconds = Histogram(
            "event_map_request_seconds",
            "Seconds until an answer is complete.",
            ["route"],
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self._sessions = Gauge("event_map_sessions", "Pages that are open.", registry=self.registry)
        imports = Gauge(
            "event_map_imports_running", "Imports that run now.", registry=self.registry
        )
        imports.set_function(_imports)
        PlatformCollector(registry=self.registry)
        ProcessCollector(registry=self.registry)

    def answered(self, route: str, status: int, seconds: float) -> None:
        """Count one answer."""
        self._requests.labels(route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def opened(self) -> None:
        """A page has opened its websocket."""
        self._sessions.inc()

    def closed(self) -> None:
        """A page has left."""
        self._sessions.dec()

    def text(self) -> bytes:
        """All figures, in Prometheus' text format."""
        return generate_latest(self.registry)


def route_of(path: str, base_path: str) -> str:
    """The route of a path, one of a few names: what a stranger asks for makes no new one."""
    first = path.removeprefix(base_path).lstrip("/").partition("/")[0]
    return first if first in _ROUTES else "page"


def metrics_route(metrics: Metrics, base_path: str) -> Route:
    """The route that Prometheus asks."""

    def answer(_request: Request) -> Response:
        headers = {"Cache-Control": "no-store", "Content-Type": CONTENT_TYPE_LATEST}
        return Response(metrics.text(), headers=headers)

    return Route(f"{base_path}/metrics", answer, methods=["GET", "HEAD"])


def _imports() -> int:
    """The imports that this server has started and that have not ended."""
    return sum(_IMPORT in _command(child) for child in psutil.Process(os.getpid()).children())


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        # It has ended meanwhile.
        return []
