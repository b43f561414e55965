"""The rows, features and citations of exports, each made alone of the real corpus."""

import csv
import io
import json
from datetime import date

import pytest
from lxml import etree

from dashboard.datasets.event_map.claim_rows import article_row, claim_row
from dashboard.datasets.event_map.row_columns import ARTICLES, CLAIMS, EVENTS, PLACES
from dashboard.datasets.event_map.rows import ChildRows, event_row, place_row
from dashboard.export.about import about_selection
from dashboard.export.citations import to_bibtex, to_csl, to_text
from dashboard.export.coarsen import Coarseness
from dashboard.export.geojson import to_geojson
from dashboard.export.geometry import CRS, areas, event_points, movements, to_geopackage
from dashboard.export.kml import to_kml
from dashboard.export.selection import Export, export_of
from dashboard.export.tables import to_csv
from dashboard.model.corpus import Corpus
from dashboard.model.selected import SelectedEvents
from dashboard.project.catalog import Catalog
from dashboard.project.project import Project
from dashboard.query.answers import totals_from_engine
from dashboard.query.query import Query
from dashboard.settings import read_settings
from tests.oracle.select import EventIndex
from tests.oracle.selected import selected_events


@pytest.fixture(scope="module")
def selected(corpus: Corpus, index: EventIndex) -> SelectedEvents:
    return selected_events(corpus, index, Query())


@pytest.fixture(scope="module")
def export(selected: SelectedEvents) -> Export:
    return export_of(selected, Coarseness.ORIGINAL, {"selection": "a test"})


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    path = tmp_path_factory.mktemp("about") / "w.sqlite"
    return Project(read_settings({"EVENT_MAP_WORKSPACE": str(path)}))


@pytest.fixture(scope="module")
def catalog(project: Project) -> Catalog:
    return project.catalog(project.load())


def _children(corpus: Corpus, event_id: str) -> ChildRows:
    places = corpus.gazetteer.places
    return ChildRows(
        [claim for claim in corpus.events.claims if claim.event_id == event_id],
        [actor for actor in corpus.events.actors if actor.event_id == event_id],
        [
            (places[row.place_id], row.role.value, False)
            for row in corpus.events.places
            if row.event_id == event_id
        ],
    )


def test_every_row_has_exactly_the_columns_of_its_table(corpus: Corpus):
    for key, event in corpus.events.events.items():
        children = _children(corpus, key)
        row = event_row(corpus, event, "curated", corpus.attestations()[key].value, children)
        assert tuple(row) == EVENTS
        assert row["claims_asserting"] + row["claims_denying"] + row["claims_doubting"] == len(
            children.claims
        )
        for place, role, moved in children.places:
            assert tuple(place_row(corpus.gazetteer, key, place, role, moved)) == PLACES
    for claim in corpus.events.claims:
        assert tuple(claim_row(corpus, claim)) == CLAIMS
    for article in corpus.articles.values():
        row = article_row(corpus, article)
        assert tuple(row) == ARTICLES
        assert article.text not in row.values()


def test_each_event_is_one_row_of_the_flat_table(selected: SelectedEvents, export: Export):
    rows = list(csv.DictReader(io.StringIO(to_csv(export).decode("utf-8-sig"))))
    assert [row["event_id"] for row in rows] == [event.event_id for event in selected.events]


def test_points_movements_and_areas_are_in_degrees(export: Export, corpus: Corpus):
    points = event_points(export)
    assert points.crs == CRS
    assert set(points["event_id"]) == set(export.events["event_id"])
    assert (points.geometry.dropna().geom_type == "Point").all()
    lines = movements(export)
    assert "withdrawal_ain_issa" in set(lines["event_id"])
    assert (lines.geometry.geom_type == "LineString").all()
    outlined = {key for key, place in corpus.gazetteer.places.items() if place.geometry.area > 0}
    assert set(areas(export)["place_id"]) & outlined


def test_geojson_has_longitude_first(export: Export, corpus: Corpus):
    features = json.loads(to_geojson(export))["features"]
    place = corpus.gazetteer.places["ain_issa"]
    points = {
        tuple(feature["geometry"]["coordinates"])
        for feature in features
        if feature["geometry"] and feature["geometry"]["type"] == "Point"
    }
    assert any(point == pytest.approx((place.lon, place.lat)) for point in points)


def test_a_geopackage_is_an_sqlite_file(export: Export):
    assert to_geopackage(export).startswith(b"SQLite format 3\x00")


def test_kml_has_a_placemark_for_each_located_event(export: Export):
    root = etree.fromstring(to_kml(export))
    placemarks = root.findall(".//{*}Placemark")
    assert len(placemarks) >= export.places["event_id"].nunique()


def test_articles_are_cited_in_three_forms(export: Export):
    cited = len(export.articles)
    assert (
        len([line for line in to_text(export).decode().splitlines() if line.startswith("[")])
        == cited
    )
    assert to_bibtex(export).decode().count("@online{") == cited
    items = json.loads(to_csl(export))
    assert {item["id"] for item in items} == set(export.articles["article_id"])
    dated = export.articles.set_index("article_id")["published"].notna()
    assert {item["id"] for item in items if "issued" in item} == set(dated[dated].index)


def test_a_file_says_what_was_selected(catalog: Catalog):
    query = Query(kinds=("arrest",), start=date(2021, 1, 18))
    totals, _ = totals_from_engine(catalog.engine, query, catalog.events)
    about = about_selection(catalog, query, totals, "kind=arrest")
    assert about["link"] == "?kind=arrest"
    assert "arrest" in about["selection"].lower()
    assert date.fromisoformat(about["made"])
