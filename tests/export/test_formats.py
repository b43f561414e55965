"""Each export read back with the tools that come next, counts and values compared."""

import csv
import io
import json
import re
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

from dashboard.datasets.event_map.acled_columns import FURTHER
from dashboard.datasets.event_map.layouts import Layout
from dashboard.datasets.formats.codebook_columns import ACLED
from dashboard.export.coarsen import Coarseness, coarsened
from dashboard.export.formats import FORMATS
from dashboard.export.options import ExportOptions
from dashboard.export.selection import CREDITS, Export, export_of, records
from dashboard.export.tables import cell, write_csv
from dashboard.language.language import ARABIC, using_language
from dashboard.model.corpus import Corpus
from dashboard.model.event import Stance
from dashboard.model.place import FeatureClass
from dashboard.query.query import Query
from tests.oracle.select import EventIndex
from tests.oracle.selected import selected_events

Make = Callable[..., Export]
CLAIMS = ExportOptions(Layout.CLAIM)
_RUN = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture(scope="session")
def export(corpus: Corpus, index: EventIndex) -> Make:
    def build(query: Query | None = None, coarseness: Coarseness = Coarseness.ORIGINAL) -> Export:
        selected = selected_events(corpus, index, query or Query())
        return export_of(selected, coarseness, {"selection": "a test"})

    return build


def _rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_selection_and_nothing_else(export: Make, corpus: Corpus, index: EventIndex):
    query = Query(kinds=("arrest",))
    exported = export(query)
    expected = {key for key, event in corpus.events.events.items() if event.kind == "arrest"}
    assert set(exported.events["event_id"]) == expected
    assert set(exported.claims["event_id"]) == expected
    assert set(exported.articles["article_id"]) == set(exported.claims["article_id"])


@pytest.mark.parametrize("name", ["csv", "csv_bom"])
def test_csv_has_every_claim_with_its_event(export: Make, corpus: Corpus, name: str):
    data = FORMATS[name].make(export(), CLAIMS)
    assert data.startswith("\ufeff".encode()) == (name == "csv_bom")
    rows = _rows(data)
    assert {row["claim_id"] for row in rows} == {claim.claim_id for claim in corpus.events.claims}
    by_id = {claim.claim_id: claim for claim in corpus.events.claims}
    for row in rows:
        claim = by_id[row["claim_id"]]
        assert row["quote"] == claim.quote
        assert row["stance"] == claim.stance
        assert row["disputes"] == (claim.disputes or "")
        assert row["quote_start"] == str(claim.start)
        assert row["attestation"] in {"contested", "corroborated", "single_source"}
        assert row["title_ar"] == corpus.events.events[claim.event_id].title_ar
        assert row["file_credits"] == CREDITS
        assert row["sha256"] == corpus.articles[claim.article_id].sha256


def test_csv_keeps_an_event_without_a_claim(export: Make):
    exported = export()
    gone = exported.claims["event_id"].iloc[0]
    without = replace(exported, claims=exported.claims[exported.claims["event_id"] != gone])
    rows = _rows(FORMATS["csv"].make(without, CLAIMS))
    assert sum(row["event_id"] == gone for row in rows) == 1


@pytest.mark.parametrize("language", ["en", "ar"])
def test_workbook_has_a_sheet_a_table(export: Make, language: str):
    exported = export()
    if language == "ar":
        with using_language(ARABIC):
            book = load_workbook(io.BytesIO(FORMATS["xlsx"].make(exported)))
        assert book.sheetnames == [
            "الأحداث",
            "الادعاءات",
            "الأماكن",
            "الأطراف",
            "الأرقام",
            "العلاقات",
            "المقالات",
            "عن الملف",
        ]
    else:
        book = load_workbook(io.BytesIO(FORMATS["xlsx"].make(exported)))
        assert book.sheetnames == [
            "Events",
            "Claims",
            "Places",
            "Actors",
            "Figures",
            "Relations",
            "Articles",
            "About",
        ]
    for sheet, table in zip(
        book.worksheets,
        (
            exported.events,
            exported.claims,
            exported.places,
            exported.actors,
            exported.estimates,
            exported.relations,
            exported.articles,
        ),
        strict=False,
    ):
        header = [item.value for item in sheet[1]]
        assert set(header) >= {*table.columns}
        assert {"latitude", "longitude"} <= set(header) or sheet in book.worksheets[3:]
        assert sheet.max_row == len(table) + 1
        assert sheet.freeze_panes == "B2"
        assert bool(sheet.sheet_view.rightToLeft) == (language == "ar")
        first = dict(zip(header, (item.value for item in sheet[2]), strict=True))
        # No event of the seeds is related to another: tests/export/test_judged.py has rows of relations.
        for name, value in next(iter(records(table)), {}).items():
            read = first[name]
            day = read.date().isoformat() if isinstance(read, datetime) else read
            assert day == (None if value == "" else cell(value))
        arabic = [name for name in header if name.endswith("_ar")]
        for name in arabic:
            item = sheet.cell(row=2, column=header.index(name) + 1)
            assert item.value is None or item.alignment.readingOrder == 2


def test_geojson_reads_back(export: Make, tmp_path: Path):
    exported = export()
    data = FORMATS["geojson"].make(exported)
    document = json.loads(data)
    assert document["about"]["credits"] == CREDITS
    assert len(document["articles"]) == len(exported.articles)
    path = tmp_path / "events.geojson"
    path.write_bytes(data)
    frame = gpd.read_file(path)
    events = frame[frame["layer"] == "event"]
    assert set(events["event_id"]) == set(exported.events["event_id"])
    assert events["event_id"].is_unique
    path.write_bytes(FORMATS["geojson"].make(exported, ExportOptions(Layout.PLACE)))
    frame = gpd.read_file(path)
    placed = frame[(frame["layer"] == "place") & frame.geometry.notna()]
    assert len(placed) == len(exported.places)
    assert {"movement", "area"} <= set(frame["layer"])
    placed = placed.drop(columns=["role"]).rename(columns={"place_role": "role"})
    merged = placed.merge(
        exported.places, on=["event_id", "place_id", "role"], suffixes=("", "_export")
    )
    assert len(merged) == len(exported.places)
    assert (merged.geometry.x - merged["longitude_export"]).abs().max() < 1e-6
    assert (merged.geometry.y - merged["latitude_export"]).abs().max() < 1e-6
    claims = [claim for f in document["features"] for claim in f["properties"].get("claims", [])]
    assert {claim["claim_id"] for claim in claims} == set(exported.claims["claim_id"])


def test_geopackage_reads_back_with_its_style(export: Make, tmp_path: Path):
    exported = export()
    path = tmp_path / "events.gpkg"
    path.write_bytes(FORMATS["gpkg"].make(exported))
    layers = {name for name, _kind in pyogrio.list_layers(path)}
    assert {"events", "movements", "areas", "claims", "articles", "about"} <= layers
    events = gpd.read_file(path, layer="events")
    assert events.crs.to_epsg() == 4326
    assert set(events["event_id"]) == set(exported.events["event_id"])
    assert events.geometry.notna().sum() == len(exported.places)
    moves = gpd.read_file(path, layer="movements")
    assert (moves.geometry.geom_type == "LineString").all()
    assert len(moves)
    assert len(gpd.read_file(path, layer="claims")) == len(exported.claims)
    with sqlite3.connect(path) as connection:
        styles = dict(connection.execute("SELECT f_table_name, styleQML FROM layer_styles"))
        default = connection.execute(
            "SELECT count(*) FROM layer_styles WHERE useAsDefault"
        ).fetchone()
    connection.close()
    assert default == (len(styles),)
    for style in styles.values():
        assert etree.fromstring(style.encode()).tag == "qgis"
    assert 'attr="group"' in styles["events"]


def test_kml_reads_back(export: Make, tmp_path: Path):
    exported = export()
    data = FORMATS["kml"].make(exported)
    root = etree.fromstring(data)
    space = {"k": "http://www.opengis.net/kml/2.2"}
    placemarks = root.xpath("//k:Placemark[k:Point]", namespaces=space)
    assert len(placemarks) == len(exported.places)
    assert all(mark.findtext(".//k:coordinates", namespaces=space) for mark in placemarks)
    bare = root.xpath("//k:Placemark[k:visibility=0]", namespaces=space)
    unplaced = int((~exported.events["located"].astype(bool)).sum())
    assert unplaced
    assert len(bare) == unplaced
    assert not root.xpath("//k:Placemark[k:visibility=0]//k:coordinates", namespaces=space)
    described = " ".join(root.xpath("//k:description/text()", namespaces=space))
    for quote in exported.claims["quote"].head(20):
        assert quote[:20].replace('"', "&quot;") in described
    assert b"http://maps" not in data
    path = tmp_path / "events.kml"
    path.write_bytes(data)
    groups = {name for name, _kind in pyogrio.list_layers(path)}
    assert {"violence", "movements"} <= groups


def test_acled_has_its_columns_and_says_what_has_no_code(export: Make, corpus: Corpus):
    rows = _rows(FORMATS["acled"].make(export()))
    assert list(rows[0]) == [*ACLED, *FURTHER]
    assert len(rows) == len(corpus.events.events)
    for row in rows:
        kind = corpus.lexicon.kinds[row["kind"]]
        assert row["event_type"] == (kind.acled_event_type or "")
        if not kind.acled_event_type:
            assert f"no ACLED code for kind {kind.kind}" in row["coding_note"]
        event = corpus.events.events[row["event_id_cnty"]]
        day = event.when.start or event.when.end
        assert row["event_date"] == (day.isoformat() if day else "")
        assert (
            (row["time_precision"] == "") == event.when.undated == ("undated" in row["coding_note"])
        )
        if event.when.precision in {"year", "open"}:
            assert row["time_precision"] == "3"
            assert f"{event.when.start or 'unknown'} to" in row["coding_note"]
        if not row["location"]:
            assert "not located" in row["coding_note"]
        assert row["fatalities"] == ""
        assert "nan" not in row.values()
        assert row["geo_precision"] in {"", "1", "2", "3"}


def test_citations_cite_each_article(export: Make, corpus: Corpus):
    exported = export()
    text = FORMATS["citations"].make(exported).decode()
    bib = FORMATS["bibtex"].make(exported).decode()
    csl = json.loads(FORMATS["csl"].make(exported))
    assert len(csl) == len(exported.articles) == bib.count("@online{")
    for article in corpus.articles.values():
        assert article.headline in text
        assert article.sha256 in bib
        item = next(item for item in csl if item["id"] == article.article_id)
        assert ("issued" in item) == (article.published is not None)
    entries = bib[bib.index("@online") :]
    assert entries.count("{") == entries.count("}")


@pytest.mark.parametrize("level", [c for c in Coarseness if c is not Coarseness.ORIGINAL])
def test_coarsened_places_are_no_finer(export: Make, corpus: Corpus, level: Coarseness):
    fine = {
        Coarseness.SETTLEMENT: {
            "neighbourhood",
            "military_base",
            "school",
            "camp",
            "silo",
            "airport",
        },
        Coarseness.SUBDISTRICT: {"city", "town", "village", "neighbourhood", "military_base"},
        Coarseness.DISTRICT: {"city", "town", "village", "subdistrict", "neighbourhood"},
    }[level]
    exported = export(coarseness=level)
    assert not set(exported.places["feature_class"]) & fine
    assert not {g.geom_type for g in exported.geometry} & {"LineString"}
    assert exported.about["coarsened"].startswith("yes")
    assert exported.places["coarsened"].any()
    for row in records(exported.places):
        place = corpus.gazetteer.places[row["place_id"]]
        assert (row["latitude"], row["longitude"]) == (place.lat, place.lon)
    coarse = set(zip(exported.places["latitude"], exported.places["longitude"], strict=True))
    finer = {
        (place.lat, place.lon)
        for place_id in export().places["place_id"]
        if (place := corpus.gazetteer.places[place_id]).feature_class.value in fine
    }
    files = {
        name: FORMATS[name].make(exported).decode("utf-8-sig")
        for name in ("csv", "geojson", "kml", "acled")
    }
    for data in files.values():
        assert "yes: no place finer" in data
    # Some precise places have the point of their container: that point is no secret.
    for lat, lon in finer - coarse:
        assert f"{lat}, {lon} ±" not in files["csv"]
        assert f"[{lon}, {lat}]" not in files["geojson"]
        assert f"{lon},{lat}," not in files["kml"]
        assert f",{lat},{lon}," not in files["acled"]


def test_a_place_without_a_coarse_container_is_left_out(corpus: Corpus):
    roads = [
        key
        for key, place in corpus.gazetteer.places.items()
        if place.feature_class is FeatureClass.ROAD and place.tier == 1
    ]
    assert coarsened(corpus.gazetteer, roads[0], Coarseness.DISTRICT) is None


def _hostile(exported: Export) -> Export:
    """The export with texts as an attacker would write them."""
    bad = '=HYPERLINK("http://x","y")<script>alert(1)</script>\u202e\x07'
    return replace(
        exported,
        events=exported.events.assign(title_en=bad, title_ar="@" + bad, summary_en="\t+1"),
        claims=exported.claims.assign(quote="-2+3" + bad, gloss_en="\r=1"),
    )


@pytest.mark.parametrize("name", ["csv", "csv_bom", "acled", "ucdp"])
def test_no_cell_of_a_csv_runs(export: Make, name: str):
    for row in csv.reader(io.StringIO(FORMATS[name].make(_hostile(export())).decode("utf-8-sig"))):
        for value in row:
            if not re.fullmatch(r"-?\d+(\.\d+)?", value):
                assert not value.startswith(_RUN), value


def test_no_cell_of_a_workbook_runs(export: Make):
    book = load_workbook(io.BytesIO(FORMATS["xlsx"].make(_hostile(export()))))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for item in row:
                assert item.data_type != "f"
                if isinstance(item.value, str):
                    assert not item.value.startswith(_RUN)


def test_kml_of_hostile_text_is_text(export: Make):
    data = FORMATS["kml"].make(_hostile(export()))
    root = etree.fromstring(data)
    space = {"k": "http://www.opengis.net/kml/2.2"}
    for description in root.xpath("//k:description/text()", namespaces=space):
        assert "<script" not in description


@given(st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=2), max_size=5))
def test_any_text_comes_back_from_a_csv(rows: list[list[str]]):
    data = write_csv(["a", "b"], rows).decode("utf-8")
    back = list(csv.reader(io.StringIO(data, newline="")))[1:]
    assert len(back) == len(rows)
    for got, given_row in zip(back, rows, strict=True):
        assert got == [cell(value) for value in given_row]


@given(st.sampled_from(_RUN), st.text(max_size=10))
def test_a_cell_that_would_run_is_defused(start: str, rest: str):
    value = cell(start + rest)
    assert isinstance(value, str)
    assert value.startswith("'")


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_selection_makes_a_file(export: Make, name: str):
    assert FORMATS[name].make(export(Query(text="nothing holds these words")))


def test_counts_of_stances_are_those_of_the_claims(export: Make):
    exported = export()
    for stance, column in (
        (Stance.ASSERTS, "claims_asserting"),
        (Stance.DENIES, "claims_denying"),
        (Stance.DOUBTS, "claims_doubting"),
    ):
        assert exported.events[column].sum() == (exported.claims["stance"] == stance).sum()
    assert isinstance(exported.events, pd.DataFrame)
