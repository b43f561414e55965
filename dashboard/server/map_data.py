"""The route of the map's events, e.g. /map-data?bbox=38,36,39,37&zoom=9&kind=arrest.

The map in the browser asks it at each change of the filters or of the visible part, so that a map needs
no run of the page. The filters have the words of the page's link; what is not understood is refused:
without one of its filters a map would show more than was asked for, and not say so.
"""

from collections.abc import Callable, Container, Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.browser.map_data import map_data
from dashboard.language.language import Language, using_language
from dashboard.model.grid import MAX_ZOOM, MIN_ZOOM, Box, box_of
from dashboard.project.map_priority import map_priority
from dashboard.project.project import Project
from dashboard.query.link import from_params, language_from, unknown_keys
from dashboard.query.query import Query
from dashboard.server.computed_route import computed_route
from dashboard.server.parameters import Params, RequestError, one, params_of

PATH = "/map-data"
# Parameters besides those of the link; `data` is the version of the data that the page shows.
_OWN = ("bbox", "zoom", "data")
# No screen is wider or higher than this, in pixels; a larger part would count too many squares.
_MOST_PIXELS = 16_384
# Ten worlds side by side, in degrees: the map may be moved around the world.
_MOST_LON = 3_600.0
# The browser keeps an answer, and asks each time whether it is still the same.
_CACHE = "private, no-cache"


def map_data_route(project: Callable[[], Project], base_path: str) -> Route:
    """The route; `base_path` is "" or begins with a slash."""
    return computed_route(f"{base_path}{PATH}", lambda request: _answer(project(), request))


def _answer(project: Project, request: Request) -> Response:
    params = params_of(request)
    unreviewed = params.get("unreviewed", ())[-1:] == ["shown"]
    catalog = project.catalog(project.load(unreviewed=unreviewed))
    query, visible = map_request(params, catalog.vocabulary)
    # The run of the page for the same click lets this map be drawn first.
    with map_priority.drawing(), using_language(language_from(params, Language())):
        data = map_data(catalog, query, visible)
    headers = {"Cache-Control": _CACHE, "ETag": f'"{data.tag}"', "Vary": "Accept-Encoding"}
    if data.tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(data.body, headers=headers, media_type="application/json")


def map_request(params: Params, known: Mapping[str, Container[str]]) -> tuple[Query, Box]:
    """The query and the visible part of the map; raises RequestError.

    `known` has the valid values of the filters.
    """
    link = {name: values for name, values in params.items() if name not in _OWN}
    if unknown := unknown_keys(link):
        raise RequestError(f"expected the keys of a link, found {', '.join(unknown)}")
    query, notices = from_params(link, known)
    if notices:
        raise RequestError(" ".join(notices))
    return query, _box(one(params, "bbox"), one(params, "zoom"))


def _box(bounds: str, zoom: str) -> Box:
    """The part of the map; `bounds` are west, south, east and north in degrees."""
    if zoom not in map(str, range(MIN_ZOOM, MAX_ZOOM + 1)):
        raise RequestError(f"zoom: expected {MIN_ZOOM} to {MAX_ZOOM}, found {zoom}")
    try:
        west, south, east, north = map(float, bounds.split(","))
    except ValueError:
        west = south = east = north = float("nan")
    if not (-_MOST_LON <= west <= east <= _MOST_LON and -90 <= south <= north <= 90):
        raise RequestError(f"bbox: expected west,south,east,north in degrees, found {bounds}")
    box = box_of(south, west, north, east, int(zoom))
    pixels = max(box.right - box.left, box.bottom - box.top) // box.pixel
    if pixels > _MOST_PIXELS:
        raise RequestError(f"bbox: expected at most {_MOST_PIXELS} pixels, found {pixels}")
    return box
