"""Parameters of a request to one of our routes, each with the list of its values."""

from collections.abc import Mapping, Sequence

from starlette.requests import Request

from dashboard.model.errors import DashboardError

Params = Mapping[str, Sequence[str]]


class RequestError(DashboardError):
    """A parameter that is not understood; the text says what was expected and found."""


def params_of(request: Request) -> Params:
    """The parameters of a request, by name."""
    return {name: request.query_params.getlist(name) for name in request.query_params}


def one(params: Params, name: str) -> str:
    """The value of a parameter, "" without one. Raises RequestError if it has several."""
    values = params.get(name, ())
    if len(values) > 1:
        raise RequestError(f"{name}: expected one value, found {len(values)}")
    return values[0] if values else ""
