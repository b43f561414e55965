"""Verifications, ratings and relations in exported files, for people and for programs."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
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
from dashboard.export.authors import ABOUT, without_names
from dashboard.export.bulk import write_bulk
from dashboard.export.bulk_judged import JUDGED, JudgedColumns
from dashboard.export.coarsen import Coarseness
from dashboard.export.formats import FORMATS
from dashboard.export.options import ExportOptions
from dashboard.export.selection import Export, export_of
from dashboard.model.capture import ExportedProof
from dashboard.model.corpus import Corpus
from dashboard.model.event_link import EventLink, EventRef
from dashboard.model.message import message
from dashboard.model.selected import SelectedEvents
from dashboard.model.verification import Verification, VerifiedPart, with_author
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
                lapsed = (key, part) in corpus_judged.judgements.lapsed
                assert cells == ["lapsed" if lapsed else "unverified", "", "", ""]
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


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_files_of_any_size_have_ratings_relations_and_proof(
    corpus_judged: Corpus, ids: list[str], tmp_path: Path, ending: str
):
    claim = corpus_judged.events.claims[0]
    proof = ExportedProof(claim.claim_id, "https://a.example/1", None, ("ab" * 32, "cd" * 32))
    corpus = replace(corpus_judged, proof={claim.claim_id: proof})
    datasets = Datasets(tmp_path / "datasets")
    write_curated(datasets, curated_tables(corpus))
    batches = DuckDB(datasets).batches(flat, Query(), records=True)
    path = tmp_path / f"a.{ending}"
    write_bulk(path, ending, JudgedColumns(corpus).added(batches), {}, {})
    table = pa_csv.read_csv(path) if ending == "csv" else pq.read_table(path)
    assert "record" not in table.column_names
    rows = {row["event_id"]: row for row in table.to_pylist()}
    assert rows.keys() == set(ids)
    for row in corpus.relations:
        assert rows[row.event_id]["relations"] == f"{row.kind.value}: {row.related_id}"
    rated = corpus.judgements
    for each in corpus.events.claims:
        row = rows[each.event_id]
        if each.claim_id in rated.claims:
            grade = rated.claims[each.claim_id].grade.value
            assert f"{each.claim_id}: {grade}" in row["credibility"].split("; ")
        outlet = corpus.articles[each.article_id].outlet_id
        if outlet in rated.sources:
            grade = rated.sources[outlet].grade.value
            assert f"{outlet}: {grade}" in row["reliability"].split("; ")
    proven = rows[claim.event_id]
    assert proven["original_url"] == "https://a.example/1"
    assert proven["capture_sha256"] == "; ".join(proof.captures)
    assert sum(bool(row["capture_sha256"]) for row in rows.values()) == 1


def test_an_imported_event_of_this_program_has_what_its_record_has(
    corpus_judged: Corpus, export: Export
):
    given = csv_rows(export)
    names = ("event_id", "dataset", "outlets", "record", "verification_by")
    cells = [(row["event_id"], "other", None, row["event_map_record"], "رنا") for row in given]
    rated = corpus_judged.judgements.claims
    events = {claim.claim_id: claim.event_id for claim in corpus_judged.events.claims}
    key = next(iter(rated))
    (one,) = (row for row in cells if row[0] == events[key])
    cells += [("plain", "other", None, None, None), ("renamed", *one[1:])]
    batch = pa.RecordBatch.from_pylist([dict(zip(names, row, strict=True)) for row in cells])
    batch = batch.append_column("place_verification_by", pa.nulls(len(cells), pa.string()))
    (added,) = JudgedColumns(corpus_judged).added([batch], authors=False)
    rows = {row["event_id"]: row for row in added.to_pylist()}
    assert not any(row["verification_by"] for row in rows.values())
    assert not any(rows["plain"][name] for name in JUDGED)
    for row in given:
        assert (rows[row["event_id"]]["relations"] or "") == row["relations"]
    assert rows["renamed"]["credibility"].startswith(f"other:{key}: ")
    for key, rating in rated.items():
        assert f"{key}: {rating.grade.value}" in rows[events[key]]["credibility"].split("; ")


@pytest.mark.parametrize("name", FORMATS)
def test_no_file_has_the_name_of_an_analyst_if_they_are_left_out(
    corpus_judged: Corpus, ids: list[str], name: str
):
    rated, dated = "Rana Analyst", "Sara Analyst"
    reason = message("stated by {who}: {why}", who=dated, why="its page")
    articles = {
        key: replace(article, published_reason=reason)
        for key, article in corpus_judged.articles.items()
    }
    judgements = with_author(corpus_judged.judgements, rated)
    selected = selected_by_id(replace(corpus_judged, articles=articles, judgements=judgements), ids)
    whole = _text(made(export_of(selected, Coarseness.ORIGINAL, {}), name))
    without = _text(made(export_of(without_names(selected), Coarseness.ORIGINAL, ABOUT), name))
    assert "Analyst" not in without
    if name in ("csv", "geojson", "xlsx", "gpkg"):
        assert rated in whole
        assert dated in whole
        assert "the names of analysts" in without
        assert "=1+1" in without


def _text(data: bytes) -> str:
    """All text of a file, also of one that is compressed or a database."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return " ".join(book.read(part).decode() for part in book.namelist())
    return data.decode("utf-8-sig", errors="replace")


def test_a_link_of_two_datasets_is_exported_where_both_events_are(
    corpus_judged: Corpus, ids: list[str]
):
    first, second = ids[0], ids[-1]
    link = EventLink(EventRef("curated", first), EventRef("acled", second), True, "one video")
    corpus = replace(corpus_judged, relations=(), links=(link,))
    selected = replace(
        selected_by_id(corpus, [first, second]), datasets={first: "curated", second: "acled"}
    )
    texts = {row["event_id"]: row["relations"] for row in csv_rows(_whole(selected))}
    assert texts == {first: f"same_event: {second}", second: ""}
    alone = replace(selected_by_id(corpus, [first]), datasets={first: "curated"})
    assert [row["relations"] for row in csv_rows(_whole(alone))] == [""]


def _whole(selected: SelectedEvents) -> Export:
    return export_of(selected, Coarseness.ORIGINAL, {})


def test_files_of_any_size_have_a_link_with_each_of_its_events(
    corpus_judged: Corpus, ids: list[str]
):
    link = EventLink(EventRef("curated", ids[0]), EventRef("acled", "acled:1"), True, "one video")
    corpus = replace(corpus_judged, relations=(), links=(link,))
    names = ("event_id", "dataset", "outlets", "record")
    rows = [(ids[0], "curated", None, None), ("acled:1", "acled", None, None)]
    batch = pa.RecordBatch.from_pylist([dict(zip(names, row, strict=True)) for row in rows])
    (added,) = JudgedColumns(corpus).added([batch])
    assert added.column("relations").to_pylist() == ["same_event: acled:1", f"same_event: {ids[0]}"]
