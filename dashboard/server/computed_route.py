"""A route whose answer is computed for a map or a field that may ask for something else meanwhile."""

import asyncio
import os
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard.model.errors import DashboardError
from dashboard.server.parameters import RequestError

# So many answers of a route are computed at a time; more would only share the same cores.
_AT_ONCE = max(2, os.cpu_count() or 1)
# What nginx writes into its log for a client that left; nobody reads it.
_LEFT = 499


def computed_route(path: str, compute: Callable[[Request], Response]) -> Route:
    """The route; a RequestError of `compute` is answered with 400, another error of ours with 503."""
    slots = asyncio.Semaphore(_AT_ONCE)

    async def answer(request: Request) -> Response:
        async with slots:
            # While it waited, the browser may have asked for something else.
            if await request.is_disconnected():
                return Response(status_code=_LEFT)
            return await run_in_threadpool(_checked, compute, request)

    return Route(path, answer, methods=["GET", "HEAD"])


def _checked(compute: Callable[[Request], Response], request: Request) -> Response:
    try:
        return compute(request)
    except RequestError as error:
        return _sentence(400, str(error))
    except DashboardError as error:
        return _sentence(503, str(error))


def _sentence(status: int, sentence: str) -> Response:
    return PlainTextResponse(sentence, status, {"Cache-Control": "no-store"})
