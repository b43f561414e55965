"""The routes under /ogc; not async, so that a query of the engine stops no other answer."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dashboard.datasets.event_map.layouts import Layout
from dashboard.model.errors import DashboardError, DataError
from dashboard.project.catalog import Catalog
from dashboard.project.project import Project
from dashboard.query.query import Query
from dashboard.server.ogc import documents
from dashboard.server.ogc.collections import Access, Collection, access, collections
from dashboard.server.ogc.documents import CSV, GEOJSON, JSON, OPENAPI, link
from dashboard.server.ogc.pages import Feature, feature_of, page_of
from dashboard.server.ogc.requests import FeatureRequest, feature_request
from dashboard.server.parameters import RequestError, params_of
from dashboard.store.problems import WorkspaceError
from dashboard.store.taken_files import log_taken
from dashboard.store.workspace import Workspace
from dashboard.text.escape import defuse

_ROOT = "/ogc"
# Answers change with each decision of an analyst.
_HEADERS = {"Cache-Control": "no-cache"}


@dataclass(frozen=True, slots=True)
class _Service:
    """What an answer needs: the events, the collections that are answered, and the address of /ogc."""

    catalog: Catalog
    workspace: Workspace
    allowed: Access
    root: str

    @property
    def collections(self) -> Mapping[str, Collection]:
        return collections(self.catalog, self.allowed)


Answer = Callable[[_Service, Request], Response]


def ogc_routes(project: Callable[[], Project], base_path: str) -> list[BaseRoute]:
    """The routes; `base_path` is "" or begins with a slash."""

    def route(path: str, answer: Answer) -> Route:
        def answered(request: Request) -> Response:
            return _answered(project, base_path, answer, request)

        return Route(f"{base_path}{_ROOT}{path}", answered, methods=["GET", "HEAD"])

    return [
        route("", _landing),
        route("/", _landing),
        route("/api", _api),
        route("/conformance", _conformance),
        route("/collections", _collections),
        route("/collections/{collection}", _collection),
        route("/collections/{collection}/items", _items),
        route("/collections/{collection}/items/{feature:path}", _feature),
    ]


def _answered(
    project: Callable[[], Project], base_path: str, answer: Answer, request: Request
) -> Response:
    """Open the events and answer; an error is a sentence (RFC 9457), never a trace."""
    try:
        opened = project()
        unreviewed = request.query_params.get("unreviewed") == "shown"
        catalog = opened.catalog(opened.load(unreviewed=unreviewed))
        allowed = access(catalog, shared=opened.settings.shared)
        root = f"{request.url.scheme}://{request.url.netloc}{base_path}{_ROOT}"
        return answer(_Service(catalog, opened.workspace, allowed, root), request)
    except RequestError as error:
        return _problem(400, str(error))
    except (DataError, WorkspaceError) as error:
        return _problem(503, str(error))
    except DashboardError as error:
        return _problem(500, str(error))


def _landing(service: _Service, _request: Request) -> Response:
    return _json(documents.landing(service.root))


def _api(service: _Service, _request: Request) -> Response:
    return _json(documents.openapi(service.root, service.collections), OPENAPI)


def _conformance(_service: _Service, _request: Request) -> Response:
    return _json(documents.conformance())


def _collections(service: _Service, _request: Request) -> Response:
    made = service.collections.values()
    return _json(documents.collection_list(service.root, made, service.catalog))


def _collection(service: _Service, request: Request) -> Response:
    collection = service.collections.get(request.path_params["collection"])
    if collection is None:
        return _not_found()
    return _json(documents.collection_document(service.root, collection, service.catalog))


def _items(service: _Service, request: Request) -> Response:
    collection = service.collections.get(request.path_params["collection"])
    if collection is None:
        return _not_found()
    wanted = feature_request(params_of(request), service.catalog.vocabulary)
    query = service.allowed.restrict(wanted.query, collection)
    page = page_of(
        service.catalog, query, collection.layout, wanted.bounds, wanted.cursor, wanted.limit
    )
    if page.features and request.method == "GET":
        asked = f"{_ROOT}/collections/{collection.id}/items?{urlencode(wanted.params, doseq=True)}"
        events = _events_of(page.features, collection.layout)
        log_taken(service.workspace, f"ogc {wanted.format}", asked, events)
    following = None
    if page.following:
        following = _address(service, collection, {**wanted.params, "next": [str(page.following)]})
    if wanted.format == "csv":
        return _csv(page.features, following)
    return _json(_feature_list(service, collection, wanted, page.features, following), GEOJSON)


def _events_of(features: Iterable[Feature], layout: Layout) -> int:
    """The number of events; one may be several features, one for each place."""
    ids = [feature.id for feature in features]
    return len(set(ids if layout is Layout.EVENT else (one.rpartition(".")[0] for one in ids)))


def _feature_list(
    service: _Service,
    collection: Collection,
    wanted: FeatureRequest,
    features: Iterable[Feature],
    following: str | None,
) -> dict[str, object]:
    made = [_as_geojson(feature) for feature in features]
    links = [
        link(_address(service, collection, wanted.params), "self", GEOJSON, "This document"),
        link(f"{service.root}/collections/{collection.id}", "collection", JSON, collection.title),
    ]
    if following:
        links.append(link(following, "next", GEOJSON, "The next page"))
    return {
        "type": "FeatureCollection",
        "numberReturned": len(made),
        "links": links,
        "features": made,
    }


def _feature(service: _Service, request: Request) -> Response:
    collection = service.collections.get(request.path_params["collection"])
    if collection is None:
        return _not_found()
    everything = Query(unreviewed=service.catalog.unreviewed)
    query = service.allowed.restrict(everything, collection)
    feature = feature_of(service.catalog, query, collection.layout, request.path_params["feature"])
    if feature is None:
        return _not_found()
    address = f"{service.root}/collections/{collection.id}"
    links = [
        link(f"{address}/items/{feature.id}", "self", GEOJSON, "This document"),
        link(address, "collection", JSON, collection.title),
    ]
    return _json({**_as_geojson(feature), "links": links}, GEOJSON)


def _as_geojson(feature: Feature) -> dict[str, object]:
    geometry = None
    if feature.lon is not None and feature.lat is not None:
        geometry = {"type": "Point", "coordinates": [feature.lon, feature.lat]}
    return {
        "type": "Feature",
        "id": feature.id,
        "geometry": geometry,
        "properties": dict(feature.properties),
    }


def _csv(features: Iterable[Feature], following: str | None) -> Response:
    """The features as a table whose cells no spreadsheet runs; a Link header leads to the next page."""
    rows = [
        {"id": feature.id, "longitude": feature.lon, "latitude": feature.lat, **feature.properties}
        for feature in features
    ]
    columns = dict.fromkeys(name for row in rows for name in row)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    for row in rows:
        cells = (row.get(name) for name in columns)
        writer.writerow([defuse(cell) if isinstance(cell, str) else cell for cell in cells])
    headers = {"Link": f'<{following}>; rel="next"'} if following else {}
    return Response(text.getvalue().encode(), 200, _HEADERS | headers, CSV)


def _address(service: _Service, collection: Collection, params: Mapping[str, object]) -> str:
    query = urlencode(params, doseq=True)
    address = f"{service.root}/collections/{collection.id}/items"
    return f"{address}?{query}" if query else address


def _json(content: object, type_: str = JSON) -> Response:
    return Response(msgspec.json.encode(content), 200, _HEADERS, type_)


def _not_found() -> Response:
    return _problem(404, "There is no such collection or feature.")


def _problem(status: int, detail: str) -> Response:
    content = {"status": status, "title": "Not answered", "detail": detail}
    return Response(msgspec.json.encode(content), status, _HEADERS, "application/problem+json")
