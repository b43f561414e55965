"""The route of the search field, e.g. /suggestions?find=sohr&kind=arrest&lang=ar.

Asked while somebody types. The filters have the words of the page's link, and are refused if they are
not understood, as by the route of the map.
"""

from collections.abc import Callable, Container, Mapping

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.browser.script_data import json_bytes
from dashboard.browser.suggestions import suggestions
from dashboard.language.language import Language, using_language
from dashboard.project.project import Project
from dashboard.query.link import MAX_TEXT, from_params, language_from, unknown_keys
from dashboard.query.query import Query
from dashboard.server.computed_route import computed_route
from dashboard.server.parameters import Params, RequestError, one, params_of

PATH = "/suggestions"
_TEXT = "find"
_CACHE = {"Cache-Control": "no-store"}


def suggestions_route(project: Callable[[], Project], base_path: str) -> Route:
    """The route; `base_path` is "" or begins with a slash."""

    def answer(request: Request) -> Response:
        return _answer(project(), params_of(request))

    return computed_route(f"{base_path}{PATH}", answer)


def _answer(project: Project, params: Params) -> Response:
    text = one(params, _TEXT)
    if len(text) > MAX_TEXT:
        raise RequestError(f"{_TEXT}: expected at most {MAX_TEXT} characters, found {len(text)}")
    unreviewed = params.get("unreviewed", ())[-1:] == ["shown"]
    catalog = project.catalog(project.load(unreviewed=unreviewed))
    query = linked_query(params, (_TEXT,), catalog.vocabulary)
    with using_language(language_from(params, Language())):
        body = json_bytes(msgspec.to_builtins(suggestions(catalog, query, text)))
    return Response(body, headers=_CACHE, media_type="application/json")


def linked_query(params: Params, own: Container[str], known: Mapping[str, Container[str]]) -> Query:
    """The query of a link with parameters besides it; raises RequestError.

    `own` are the names of these; `known` has the valid values of the filters.
    """
    link = {name: values for name, values in params.items() if name not in own}
    if unknown := unknown_keys(link):
        raise RequestError(f"expected the keys of a link, found {', '.join(unknown)}")
    query, notices = from_params(link, known)
    if notices:
        raise RequestError(" ".join(notices))
    return query
