"""Figures of claims of workspaces before version 4 become estimates."""

import json
from typing import Any

import pytest

from dashboard.model.records import EventRecord
from dashboard.store.codec import decode
from dashboard.store.old_figures import convert_figures


def record(kind: str, figure: float | None, unit: str | None, note: str | None = None) -> bytes:
    event = {
        "event_id": "e", "kind": kind, "title_en": "t", "title_ar": "", "date_reason": "r",
        "when": {"start": None, "end": None, "precision": None}, "summary_en": "",
    }  # fmt: skip
    claim = {
        "claim_id": "c", "event_id": "e", "article_id": "a", "via_id": None, "speaker_id": None,
        "stance": "asserts", "start": 0, "end": 1, "quote": "q", "gloss_en": "",
        "figure_value": figure, "figure_unit": unit, "note": note,
    }  # fmt: skip
    whole: dict[str, Any] = {"event": event, "places": [], "actors": [], "claims": [claim]}
    return json.dumps(whole).encode()


@pytest.mark.parametrize(
    ("kind", "figure", "unit", "measure"),
    [
        ("reinforcement", 500.0, "soldiers", "troops"),
        ("arrest", 3.0, "persons", "detained"),
        ("withdrawal", 15.0, "military vehicles", "vehicles"),
    ],
)
def test_a_figure_in_a_unit_of_the_curators_becomes_an_estimate(
    kind: str, figure: float, unit: str, measure: str
):
    converted = decode(EventRecord, convert_figures(record(kind, figure, unit)) or "")
    (claim,) = converted.claims
    (estimate,) = claim.estimates
    assert (estimate.measure, estimate.best, estimate.words) == (
        measure,
        figure,
        f"{figure:g} {unit}",
    )
    assert claim.note is None


@pytest.mark.parametrize(
    ("kind", "figure", "unit", "note"),
    [
        ("clash", 12.0, "tonnes", "figure: 12 tonnes"),
        ("clash", 3.0, "persons", "figure: 3 persons"),
        ("arrest", 2.5, "persons", "figure: 2.5 persons"),
        ("clash", 4.0, None, "figure: 4"),
    ],
)
def test_any_other_figure_stays_in_the_note(kind: str, figure: float, unit: str | None, note: str):
    converted = decode(EventRecord, convert_figures(record(kind, figure, unit, "why")) or "")
    assert converted.claims[0].estimates == ()
    assert converted.claims[0].note == f"why; {note}"


def test_a_claim_without_a_figure_has_no_estimate():
    converted = decode(EventRecord, convert_figures(record("clash", None, None)) or "")
    assert converted.claims[0].estimates == ()
    assert converted.claims[0].note is None


@pytest.mark.parametrize("damaged", [b"", b"{", b"[]", b'{"event": 3, "claims": []}', None])
def test_a_damaged_record_is_left_as_it_is(damaged: bytes | None):
    assert convert_figures(damaged) is None
