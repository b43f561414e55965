"""The documents that describe the service: landing page, conformance, collections, OpenAPI.

Source: OGC API - Features - Part 1: Core corrigendum, OGC 17-069r4.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from dashboard.model.event_tables import day_of
from dashboard.project.catalog import Catalog
from dashboard.query.facets import FACETS
from dashboard.server.ogc.collections import Collection
from dashboard.server.ogc.requests import DEFAULT_LIMIT, FILTERS, FORMATS, MOST
from dashboard.settings import PROGRAM

JSON, GEOJSON, CSV = "application/json", "application/geo+json", "text/csv; charset=utf-8"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
_TITLE = "Event map"
_DESCRIPTION = (
    "Events of conflict news with who asserts and who denies them. They are claims of their sources, "
    "not verified facts."
)
_CONFORMANCE = tuple(
    f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{name}"
    for name in ("core", "oas30", "geojson")
)
_CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_WORLD = (-180.0, -90.0, 180.0, 90.0)


def link(href: str, rel: str, type_: str, title: str) -> dict[str, str]:
    """A link of a document."""
    return {"href": href, "rel": rel, "type": type_, "title": title}


def landing(root: str) -> dict[str, Any]:
    """The landing page; `root` is the address of the service without a slash at its end."""
    return {
        "title": _TITLE,
        "description": _DESCRIPTION,
        "links": [
            link(root, "self", JSON, "This document"),
            link(f"{root}/api", "service-desc", OPENAPI, "The API as an OpenAPI document"),
            link(f"{root}/conformance", "conformance", JSON, "The parts of the standard"),
            link(f"{root}/collections", "data", JSON, "The collections"),
        ],
    }


def conformance() -> dict[str, Any]:
    """The parts of the standard to which the service conforms."""
    return {"conformsTo": list(_CONFORMANCE)}


def collection_list(
    root: str, collections: Iterable[Collection], catalog: Catalog
) -> dict[str, Any]:
    """All collections."""
    return {
        "links": [link(f"{root}/collections", "self", JSON, "This document")],
        "collections": [collection_document(root, each, catalog) for each in collections],
    }


def collection_document(root: str, collection: Collection, catalog: Catalog) -> dict[str, Any]:
    """One collection with its extent: the days of all events, and no narrower area than the world."""
    address = f"{root}/collections/{collection.id}"
    days = [day_of(day).isoformat() for day in (catalog.extent.first, catalog.extent.last)]
    return {
        "id": collection.id,
        "title": collection.title,
        "description": collection.description,
        "itemType": "feature",
        "crs": [_CRS84],
        "extent": {
            "spatial": {"bbox": [list(_WORLD)], "crs": _CRS84},
            "temporal": {"interval": [[f"{day}T00:00:00Z" for day in days]]},
        },
        "links": [
            link(address, "self", JSON, "This document"),
            link(f"{address}/items", "items", GEOJSON, f"{collection.title} as GeoJSON"),
            link(f"{address}/items?f=csv", "items", CSV, f"{collection.title} as CSV"),
        ],
    }


def openapi(root: str, collections: Mapping[str, Collection]) -> dict[str, Any]:
    """The API as an OpenAPI 3.0 document."""
    items = _operation("A page of features", _parameters(), GEOJSON)
    paths: dict[str, Any] = {
        "/": {"get": _operation("Landing page", [], JSON)},
        "/api": {"get": _operation("This document", [], OPENAPI)},
        "/conformance": {"get": _operation("Parts of the standard", [], JSON)},
        "/collections": {"get": _operation("All collections", [], JSON)},
    }
    for collection in collections.values():
        address = f"/collections/{collection.id}"
        feature_id = _parameter("featureId", {"type": "string"}, "Id of the feature", place="path")
        paths |= {
            address: {"get": _operation(collection.title, [], JSON)},
            f"{address}/items": {"get": items},
            f"{address}/items/{{featureId}}": {
                "get": _operation("One feature", [feature_id], GEOJSON)
            },
        }
    return {
        "openapi": "3.0.3",
        "info": {"title": _TITLE, "description": _DESCRIPTION, "version": PROGRAM},
        "servers": [{"url": root}],
        "paths": paths,
    }


def _operation(summary: str, parameters: list[dict[str, Any]], type_: str) -> dict[str, Any]:
    return {
        "summary": summary,
        "parameters": parameters,
        "responses": {
            "200": {"description": summary, "content": {type_: {"schema": {"type": "object"}}}},
            "400": {"description": "A parameter is not understood; the answer says which."},
        },
    }


def _parameters() -> list[dict[str, Any]]:
    number: dict[str, Any] = {
        "type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT_LIMIT
    }  # fmt: skip
    box = {"type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"}}
    several = {"type": "array", "items": {"type": "string"}}
    lists = {*(facet.key for facet in FACETS), "area"}
    return [
        _parameter("limit", number, "Most features of a page"),
        _parameter("bbox", box, "west,south,east,north in degrees", style={"explode": False}),
        _parameter(
            "datetime", {"type": "string"}, "A day, or an interval as 2020-12-01/2020-12-31"
        ),
        _parameter("next", {"type": "string"}, "Where the page begins, as a next link has it"),
        _parameter("f", {"type": "string", "enum": list(FORMATS)}, "Format of the answer"),
        *(
            _parameter(
                name, several if name in lists else {"type": "string"}, "A filter of the page"
            )
            for name in FILTERS
        ),
    ]


def _parameter(
    name: str,
    schema: Mapping[str, Any],
    description: str,
    *,
    place: str = "query",
    style: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """A parameter; one in the path is required."""
    return {
        "name": name, "in": place, "required": place == "path", "schema": dict(schema),
        "description": description, **(style or {}),
    }  # fmt: skip
