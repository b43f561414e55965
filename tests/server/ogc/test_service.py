"""The running service, read by GDAL's client (as QGIS reads it) and by hand-written requests."""

import csv
import io
import json
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pyogrio
import pytest

from dashboard.project.catalog import Catalog
from dashboard.server import health
from dashboard.server.ogc import routes
from tests.e2e.server import serve

pytestmark = pytest.mark.e2e
_MODULES = (health, routes)


@pytest.fixture(scope="module")
def address(environment: dict[str, str], catalog: Catalog) -> Iterator[str]:
    assert catalog.events
    with serve(environment) as url:
        yield url


def get(address: str, path: str) -> tuple[int, dict[str, str], bytes]:
    connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
    with closing(connection):
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()


def test_gdal_reads_every_event_with_its_geometry(address: str, catalog: Catalog):
    service = f"OAPIF:{address}/ogc"
    layers = {str(name) for name, _type in pyogrio.list_layers(service)}
    assert {"events", "places", "claims", "dataset.curated", "dataset.made"} == layers
    events = pyogrio.read_dataframe(service, layer="events")
    assert len(events) == events["event_id"].nunique() == catalog.events
    assert events.crs == "EPSG:4326"
    placed = events[events.geometry.notna()]
    assert len(placed) > 0.8 * len(events)
    first = placed.iloc[0].geometry
    assert 34 < first.y < 38 < first.x + 3
    box = (38.0, 36.0, 39.5, 37.0)
    inside = pyogrio.read_dataframe(service, layer="events", bbox=box)
    expected = placed.cx[box[0] : box[2], box[1] : box[3]]
    assert set(inside["event_id"]) == set(expected["event_id"])
    claims = pyogrio.read_dataframe(service, layer="claims")
    assert claims["quote"].str.contains("عين عيسى").any()


def test_a_csv_page_says_where_the_next_one_is(address: str):
    status, headers, body = get(address, "/ogc/collections/places/items?f=csv&limit=3")
    assert status == 200
    assert headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(body.decode())))
    assert len(rows) == 3
    assert rows[0]["longitude"]
    following = headers["link"].removeprefix("<").split(">")[0]
    status, _headers, body = get(address, following.removeprefix(address))
    assert status == 200
    more = list(csv.DictReader(io.StringIO(body.decode())))
    assert {row["id"] for row in rows}.isdisjoint(row["id"] for row in more)


@pytest.mark.parametrize(
    ("path", "status", "text"),
    [
        ("/ogc/collections/events/items?foo=1", 400, "found foo"),
        ("/ogc/collections/events/items?bbox=<script>", 400, "bbox"),
        ("/ogc/collections/nothing/items", 404, "no such"),
        ("/ogc/collections/events/items/%27;DROP%20TABLE", 404, "no such"),
    ],
)
def test_a_refusal_is_a_sentence(address: str, path: str, status: int, text: str):
    answered, headers, body = get(address, path)
    assert answered == status
    assert headers["content-type"] == "application/problem+json"
    assert headers["x-content-type-options"] == "nosniff"
    assert text in json.loads(body)["detail"]


def test_links_lead_to_documents(address: str):
    _status, _headers, body = get(address, "/ogc/")
    for one in json.loads(body)["links"]:
        status, headers, _body = get(address, one["href"].removeprefix(address))
        assert status == 200
        assert headers["content-type"] == one["type"]
    _status, _headers, body = get(address, "/ogc/collections/events/items?limit=1")
    (feature,) = json.loads(body)["features"]
    status, _headers, body = get(address, f"/ogc/collections/events/items/{feature['id']}")
    assert status == 200
    assert json.loads(body)["properties"] == feature["properties"]


def test_health_says_what_works(address: str, catalog: Catalog):
    status, _headers, body = get(address, "/health")
    assert status == 200
    answer = json.loads(body)
    assert (answer["status"], answer["events"]) == ("pass", catalog.events)
