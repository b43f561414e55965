"""Proof and verifications in files: read back whole, also under other ids, and refused if wrong."""

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from dashboard.datasets.event_map.encode import RecordError, from_json, to_json
from dashboard.datasets.event_map.layouts import Layout
from dashboard.model.capture import ExportedProof
from dashboard.model.corpus import Corpus
from dashboard.model.exported_event import ExportedEvent
from dashboard.model.local_ids import with_event_id
from dashboard.model.selected import SelectedEvents
from dashboard.model.verification import (
    EventJudgements,
    Verification,
    VerificationRecord,
    VerifiedPart,
)
from tests.datasets.event_map.files import FILES, Analyst, export_file, records_of, without_events
from tests.judged import AT
from tests.oracle.selected import selected_by_id
from tests.store.capture_samples import EVENT, claim_of


@pytest.fixture(scope="module")
def proof(corpus: Corpus) -> ExportedProof:
    hashes = ("a" * 64, "0" * 64)
    return ExportedProof(claim_of(corpus).claim_id, "https://a.example/?a=1", None, hashes)


@pytest.fixture(scope="module")
def selected(corpus: Corpus, proof: ExportedProof) -> SelectedEvents:
    return selected_by_id(replace(corpus, proof={proof.claim_id: proof}), [EVENT])


@pytest.fixture(scope="module")
def record(selected: SelectedEvents) -> ExportedEvent:
    return records_of(selected)[EVENT]


@pytest.mark.parametrize(("name", "layout"), FILES)
def test_proof_is_read_back(
    selected: SelectedEvents,
    corpus: Corpus,
    proof: ExportedProof,
    tmp_path: Path,
    name: str,
    layout: Layout,
):
    path = export_file(tmp_path, selected, name, layout)
    other = Analyst(tmp_path / "datasets", without_events(corpus))
    done = other.read(path)
    assert list(done.faults.first) == []
    assert records_of(other.selected())[EVENT].proven == (proof,)


def test_an_event_of_an_id_that_is_taken_keeps_its_proof(
    selected: SelectedEvents,
    corpus: Corpus,
    proof: ExportedProof,
    tmp_path: Path,
    record: ExportedEvent,
):
    renamed = with_event_id(record, "theirs:1", "theirs")
    (row,) = renamed.proven
    assert row == replace(proof, claim_id=f"theirs:{proof.claim_id}")
    assert row.claim_id in {claim.claim_id for claim in renamed.claims}
    path = export_file(tmp_path, selected, "geojson")
    other = Analyst(tmp_path / "datasets", corpus)
    other.read(path)
    (found,) = (each for each in records_of(other.selected()).values() if each.proven)
    assert found.event.event_id != EVENT
    assert found.proven[0].captures == proof.captures


@pytest.mark.parametrize(
    "wrong",
    [
        {"claim_id": "nowhere"},
        {"original": "javascript:alert(1)"},
        {"archived": "data:text/html,x"},
        {"captures": ("../../etc/passwd",)},
        {"captures": ("A" * 64,)},
        {"captures": ("a" * 64,) * 3_000},
    ],
)
def test_a_record_with_wrong_proof_is_refused(
    record: ExportedEvent, corpus: Corpus, proof: ExportedProof, wrong: dict[str, object]
):
    changed = msgspec.structs.replace(record, proof=(replace(proof, **wrong),))  # type: ignore[arg-type]
    assert from_json(to_json(record), corpus.lexicon.kinds).proven == (proof,)
    with pytest.raises(RecordError):
        from_json(to_json(changed), corpus.lexicon.kinds)


def test_a_record_of_an_earlier_program_has_none(record: ExportedEvent, corpus: Corpus):
    earlier = msgspec.json.decode(to_json(record))
    del earlier["proof"]
    text = msgspec.json.encode(earlier).decode()
    assert from_json(text, corpus.lexicon.kinds).proven == ()


def test_a_state_that_nobody_enters_is_refused_as_a_verification(
    record: ExportedEvent, corpus: Corpus
):
    confirmed = VerificationRecord(
        EVENT, VerifiedPart.EVENT, Verification.CONFIRMED, "", AT, "", ""
    )
    lapsed = EventJudgements(lapsed=(confirmed,))
    known = msgspec.structs.replace(record, judgements=lapsed)
    assert from_json(to_json(known), corpus.lexicon.kinds).judged == lapsed
    for wrong in (
        EventJudgements((replace(confirmed, state=Verification.LAPSED),)),
        EventJudgements(lapsed=(confirmed, confirmed)),
    ):
        changed = msgspec.structs.replace(record, judgements=wrong)
        with pytest.raises(RecordError):
            from_json(to_json(changed), corpus.lexicon.kinds)
