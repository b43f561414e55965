"""Verifications of imported events in every engine: filters, counts, lists and exports agree."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import pandas as pd
import pyarrow as pa
import pytest

from dashboard.engine import verified
from dashboard.engine.datasets import Datasets
from dashboard.engine.duckdb_engine import DuckDB
from dashboard.engine.engine import Engine
from dashboard.engine.load import EventLoader
from dashboard.engine.open import open_engine
from dashboard.engine.places import Places
from dashboard.engine.verified import ImportedVerifications, find_verified, imported_events
from dashboard.model.corpus import Corpus
from dashboard.model.event_tables import CURATED
from dashboard.model.grid import box_of
from dashboard.model.verification import (
    ImportedVerification,
    Verification,
    VerificationRecord,
    VerifiedPart,
)
from dashboard.query import map_counts, pages
from dashboard.query import verified as joined
from dashboard.query.answers import facet_counts_from_engine, totals_from_engine
from dashboard.query.bulk import BETWEEN, flat
from dashboard.query.colouring import Colouring
from dashboard.query.query import Query
from tests import engines

AT = datetime(2026, 11, 28, 5, 0, tzinfo=UTC)
GROUND = '=\'; DROP TABLE events; -- «صورة», "quoted"\nsecond line'
CONFIRMED = Query(verifications=("confirmed",), datasets=("made",))
LAPSED = Query(verifications=("lapsed",), datasets=("made",))
WHOLE = box_of(20.0, 20.0, 50.0, 60.0, 5)


def of(event_id: str, subjects: object, state: Verification, **other: str) -> ImportedVerification:
    part = VerifiedPart(other.get("part", "event"))
    subject = other.get("subject") or subjects[event_id].subjects[part]
    record = VerificationRecord(event_id, part, state, "رنا", AT, GROUND, subject)
    return ImportedVerification(other.get("dataset", "made"), "a title", record)


@pytest.fixture(scope="module")
def ids(engine: Engine) -> list[str]:
    """Some events of the imported dataset that have a place."""
    rows = engine.ask(map_counts.marks_in, Query(datasets=("made",)), WHOLE)
    keys = rows[["event", "first_day"]].head(3)
    numbers = tuple(keys["event"].tolist())
    return list(engine.ask(_ids, numbers)["event_id"])


def _ids(tables, numbers):
    return tables.events.filter(tables.events.event.isin(list(numbers))).select("event_id")


@pytest.fixture(scope="module")
def found(engine: Engine, ids: list[str]) -> ImportedVerifications:
    """One is confirmed, one refuted with its place located; one has lapsed, three are not here."""
    events = imported_events(engine, ids)
    rows = [
        of(ids[0], events, Verification.CONFIRMED),
        of(ids[1], events, Verification.REFUTED),
        of(ids[1], events, Verification.LOCATED, part="place"),
        of(ids[2], events, Verification.CONFIRMED, subject="what it said before"),
        of("gone", events, Verification.CONFIRMED, subject="x"),
        of(ids[0], events, Verification.REFUTED, dataset="another"),
    ]
    return find_verified(engine, rows)


@pytest.fixture(scope="module")
def with_states(
    engine: Engine, datasets: Datasets, found: ImportedVerifications
) -> Iterator[Engine]:
    """The same engine, opened with the verifications."""
    if isinstance(engine, DuckDB):
        yield open_engine("duckdb://", datasets, found.table())
    elif type(engine).__name__ == "Spark":
        # Both share the session of this process.
        yield open_engine("spark:local[2]", datasets, found.table())
    else:
        with (
            engines.postgresql() as address,
            closing(open_engine(address, datasets, found.table())) as opened,
        ):
            yield opened


def test_a_verification_counts_lapses_or_rests(found: ImportedVerifications, ids: list[str]):
    states = {key: row.state for key, row in found.judgements.verifications.items()}
    assert states == {
        (ids[0], "event"): "confirmed",
        (ids[1], "event"): "refuted",
        (ids[1], "place"): "located",
    }
    assert list(found.judgements.lapsed) == [(ids[2], "event")]
    resting = {(row.dataset, row.record.event_id) for row in found.resting}
    assert resting == {("made", "gone"), ("another", ids[0])}


def test_filter_counts_map_and_list_agree(with_states: Engine, engine: Engine, ids: list[str]):
    assert totals_from_engine(engine, CONFIRMED, 0)[0].shown == 0
    assert totals_from_engine(with_states, CONFIRMED, 0)[0].shown == 1
    keys = with_states.ask(pages.all_numbers, CONFIRMED, most=10)
    assert list(with_states.ask(_ids, tuple(keys["event"].tolist()))["event_id"]) == ids[:1]
    marks = with_states.ask(map_counts.marks_in, CONFIRMED, WHOLE)
    assert set(marks["verification"]) == {"confirmed"}
    assert set(marks["event"]) == set(keys["event"])
    days = map_counts.bins(18_000, 19_000, (None, None))
    every = Query(datasets=("made",))
    counted = with_states.ask(map_counts.counts_by_place, every, WHOLE, days, Colouring("kind"))
    assert counted[counted["confirmed"]]["events"].sum() == 1
    assert counted[counted["refuted"]]["events"].sum() == 1
    totals, shared = totals_from_engine(with_states, every, 0)
    counts = facet_counts_from_engine(with_states, every, shared)["verifications"]
    assert (counts["confirmed"], counts["refuted"], counts["lapsed"]) == (1, 1, 1)
    assert sum(counts.values()) == totals.shown
    changed = with_states.ask(pages.all_numbers, LAPSED, most=10)
    assert list(with_states.ask(_ids, tuple(changed["event"].tolist()))["event_id"]) == ids[2:]


def test_exports_have_state_author_time_and_ground(
    with_states: Engine, found: ImportedVerifications, ids: list[str]
):
    rows = with_states.ask(flat, Query(datasets=("made",))).set_index("event_id")
    assert list(rows.loc[ids[0], ["verification", "verification_by"]]) == ["confirmed", "رنا"]
    assert rows.loc[ids[0], "verification_ground"] == GROUND
    assert rows.loc[ids[0], "verification_at"] == AT.isoformat()
    assert rows.loc[ids[0], "place_verification"] == "unverified"
    assert rows.loc[ids[1], "place_verification"] == "located"
    assert rows.loc[ids[2], "verification"] == "lapsed"
    assert rows.loc[ids[2], "place_verification"] == "unverified"
    others = rows.drop(index=ids[:2])
    assert others["verification_by"].isna().all()


def test_records_of_lists_and_figures_have_the_same_states(
    with_states: Engine,
    found: ImportedVerifications,
    datasets: Datasets,
    corpus: Corpus,
    ids: list[str],
):
    cards = {card.dataset_id: card for card in datasets}
    places = Places(corpus.gazetteer.places, with_states)
    loader = EventLoader(with_states, corpus, cards, places, found.judgements)
    keys = with_states.ask(pages.numbers_of, tuple(ids))
    for claims in (True, False):
        selected = loader.load(keys, claims=claims)
        for part in VerifiedPart:
            for key in ids:
                state = selected.state(key, part)
                assert state == selected.corpus.judgements.state(key, part)
        assert selected.state(ids[2], VerifiedPart.EVENT) is Verification.LAPSED
        assert selected.confirmed(ids[0])
        assert selected.refuted(ids[1])
        assert (ids[2], "event") in selected.corpus.judgements.lapsed


def test_the_curated_events_are_not_touched(with_states: Engine, engine: Engine):
    query = Query(datasets=(CURATED,))
    with_them, without = (each.ask(flat, query) for each in (with_states, engine))
    assert _values_in_order(with_them).equals(_values_in_order(without))


def _values_in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the values of each cell in one order: that of an engine is by chance."""
    cells = {
        name: [None if pd.isna(cell) else sorted(cell.split(BETWEEN)) for cell in rows[name]]
        for name in ("actors", "outlets")
    }
    return rows.assign(**cells)


def test_without_verifications_nothing_is_joined(engine: Engine):
    assert find_verified(engine, ()).table() is None
    assert verified.VERIFIED_SCHEMA is joined.VERIFIED_SCHEMA
    statement, _values = engine._bound(pages.all_numbers, (Query(),), {"most": 10})
    assert joined.VERIFIED_TABLE not in statement.sql


def test_the_table_has_a_row_for_each_event_even_if_both_parts_are_verified(
    found: ImportedVerifications,
):
    table = found.table()
    assert isinstance(table, pa.Table)
    assert table.schema == joined.VERIFIED_SCHEMA
    assert len(set(table["verified_event"].to_pylist())) == table.num_rows == 3
