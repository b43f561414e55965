"""A route whose answer is computed: its errors, and how many are computed at a time."""

import threading

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.model.errors import DashboardError
from dashboard.server.computed_route import computed_route
from dashboard.server.parameters import RequestError, params_of
from tests.server.asgi import answered


def test_the_answer_is_that_of_the_function():
    route = computed_route("/x", lambda request: Response(params_of(request)["a"][0]))
    answer = answered(route, b"a=1")
    assert (answer.status_code, answer.body) == (200, b"1")


def test_errors_of_ours_are_sentences():
    def fails(error: DashboardError) -> Response:
        raise error

    refused = answered(computed_route("/x", lambda _: fails(RequestError("expected a"))), b"")
    assert (refused.status_code, refused.body) == (400, b"expected a")
    failed = answered(computed_route("/x", lambda _: fails(DashboardError("no data"))), b"")
    assert (failed.status_code, failed.body) == (503, b"no data")
    assert failed.headers["cache-control"] == "no-store"


def test_it_is_not_computed_in_the_thread_of_the_loop():
    threads = []

    def compute(_request: Request) -> Response:
        threads.append(threading.current_thread())
        return Response()

    route = computed_route("/x", compute)
    looping = []

    async def endpoint(request: Request) -> Response:
        looping.append(threading.current_thread())
        answer: Response = await route.endpoint(request)
        return answer

    answered(Route("/x", endpoint), b"")
    assert threads
    assert threads != looping
