"""Verifications, ratings and relations in exported files, for people and for programs."""

import csv
import io
import json
from pathlib import Path

import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest
from lxml import etree
from openpyxl import load_workbook

from dashboard.datasets.build.curated import curated_tables
from dashboard.datasets.event_map.judged_columns import RATINGS, RELATIONS, VERIFICATIONS
from dashboard.datasets.event_map.layouts import Layout
from dashboard.engine.datasets import Datasets
from dashboard.engine.duckdb_engine import DuckDB
from dashboard.engine.library import write_curated
from dashboard.export.bulk import write_bulk
from dashboard.export.coarsen import Coarseness
from dashboard.export.formats import FORMATS
from dashboard.export.options import ExportOptions
from dashboard.export.selection import Export, export_of
from dashboard.model.corpus import Corpus
from dashboard.model.verification import Verification, VerifiedPart
from dashboard.query.bulk import flat
from dashboard.query.query import Query
from tests.judged import AT, HOSTILE, judged
from tests.oracle.selected import selected_by_id

KML = "{http://www.opengis.net/kml/2.2}"


@pytest.fixture(scope="module")
def corpus_judged(corpus: Corpus) -> Corpus:
    return judged(corpus)


@pytest.fixture(scope="module")
def ids(corpus_judged: Corpus) -> list[str]:
    return list(corpus_judged.events.events)


@pytest.fixture(scope="module")
def export(corpus_judged: Corpus, ids: list[str]) -> Export:
    return export_of(selected_by_id(corpus_judged, ids), Coarseness.ORIGINAL, {})


def made(export: Export, name: str, layout: Layout = Layout.EVENT) -> bytes:
    return FORMATS[name].make(export, ExportOptions(layout))


def csv_rows(export: Export, layout: Layout = Layout.EVENT) -> list[dict[str, str]]:
    text = made(export, "csv", layout).decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_each_event_has_its_states_with_who_when_and_ground(export: Export, corpus_judged: Corpus):
    for row in csv_rows(export):
        key = row["event_id"]
        for part, prefix in (
            (VerifiedPart.EVENT, "verification"),
            (VerifiedPart.PLACE, "place_verification"),
        ):
            record = corpus_judged.judgements.verification(key, part)
            cells = [row[f"{prefix}{name}"] for name in ("", "_by", "_at", "_ground")]
            if record is None:
                assert cells == ["unverified", "", "", ""]
            else:
                # A spreadsheet would run the ground as a formula.
                ground = f"'{record.ground}"
                assert cells == [record.state, "رنا", AT.isoformat(), ground]


def test_claims_have_the_grades_of_their_source_and_their_own(
    export: Export, corpus_judged: Corpus
):
    rows = {row["claim_id"]: row for row in csv_rows(export, Layout.CLAIM)}
    rated = corpus_judged.judgements
    assert {rows[key]["credibility"] for key in rated.claims} == set("123456")
    articles = corpus_judged.articles
    for claim in corpus_judged.events.claims:
        source = rated.sources.get(articles[claim.article_id].outlet_id)
        assert rows[claim.claim_id]["reliability"] == (source.grade if source else "")
    assert set(RATINGS) <= rows[next(iter(rows))].keys()
    key = next(iter(rated.claims))
    assert rows[key]["credibility_why"] == f"'{HOSTILE}"


def test_a_relation_is_exported_where_both_events_are(
    corpus_judged: Corpus, ids: list[str], export: Export
):
    texts = {row["event_id"]: row["relations"] for row in csv_rows(export)}
    for row in corpus_judged.relations:
        assert texts[row.event_id] == f"{row.kind.value}: {row.related_id}"
    one = export_of(selected_by_id(corpus_judged, ids[:1]), Coarseness.ORIGINAL, {})
    assert csv_rows(one)[0]["relations"] == ""
    assert len(one.relations) == 0
    book = load_workbook(io.BytesIO(made(export, "xlsx")))
    rows = list(book["Relations"].values)
    titles = corpus_judged.events.events
    first = corpus_judged.relations[0]
    assert rows[0] == ("event_id", "title_en", *RELATIONS[1:], "related_title_en")
    assert rows[1] == (
        first.event_id,
        titles[first.event_id].title_en,
        first.kind.value,
        first.related_id,
        titles[first.related_id].title_en,
    )
    assert len(rows) == len(corpus_judged.relations) + 1
    features = json.loads(made(export, "geojson"))["features"]
    given = [row for it in features for row in it["properties"]["event_relations"]]
    assert [row["related_id"] for row in given] == [
        row.related_id for row in corpus_judged.relations
    ]


def test_google_earth_and_other_codebooks_say_what_is_refuted(export: Export):
    root = etree.fromstring(made(export, "kml"))
    data = [node for node in root.iter(f"{KML}Data") if node.get("name") == "verification"]
    assert {node.findtext(f"{KML}value") for node in data} == set(Verification)
    descriptions = [node.text or "" for node in root.iter(f"{KML}description")]
    assert any("<b>Verification</b>: refuted" in text for text in descriptions)
    for name in ("acled", "ucdp"):
        rows = list(csv.DictReader(io.StringIO(made(export, name).decode("utf-8"), newline="")))
        notes = [row["coding_note"] for row in rows]
        assert sum(note.startswith("verification: refuted") for note in notes) >= 5
        assert any("place verification: located" in note for note in notes)


def test_a_coarsened_export_has_no_ground_and_no_author(corpus_judged: Corpus, ids: list[str]):
    coarse = export_of(selected_by_id(corpus_judged, ids), Coarseness.DISTRICT, {})
    for row in csv_rows(coarse, Layout.CLAIM):
        cells = [row[name] for name in VERIFICATIONS if name.endswith(("_ground", "_by"))]
        assert not any(cells)
    for name in ("csv", "geojson", "xlsx", "kml"):
        assert HOSTILE.encode() not in made(coarse, name)
    assert {row["verification"] for row in csv_rows(coarse)} == set(Verification)


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_files_of_any_size_have_the_states(
    corpus_judged: Corpus, ids: list[str], tmp_path: Path, ending: str
):
    datasets = Datasets(tmp_path / "datasets")
    write_curated(datasets, curated_tables(corpus_judged))
    query = Query(verifications=("confirmed",))
    path = tmp_path / f"a.{ending}"
    write_bulk(path, ending, DuckDB(datasets).batches(flat, query), {}, {})
    table = pa_csv.read_csv(path) if ending == "csv" else pq.read_table(path)
    rows = {row["event_id"]: row for row in table.to_pylist()}
    state = corpus_judged.judgements.state
    confirmed = {key for key in ids if state(key, VerifiedPart.EVENT) == "confirmed"}
    assert rows.keys() == confirmed
    for key, row in rows.items():
        ground = corpus_judged.judgements.verification(key, VerifiedPart.EVENT).ground
        assert row["verification_by"] == "رنا"
        assert row["verification_ground"] == (f"'{ground}" if ending == "csv" else ground)
        assert row["place_verification"] == state(key, VerifiedPart.PLACE)
