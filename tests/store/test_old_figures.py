"""Figures of claims of workspaces before version 4 become estimates."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from dashboard.model.records import EventRecord, Table
from dashboard.store import schema
from dashboard.store.backup import backups_folder, backups_of
from dashboard.store.codec import decode
from dashboard.store.old_figures import convert_figures
from dashboard.store.workspace import Workspace


def record(kind: str, figure: float | None, unit: str | None, note: str | None = None) -> bytes:
    event = {
        "event_id": "e", "kind": kind, "title_en": "t", "title_ar": "", "date_reason": "r",
        "when": {"start": None, "end": None, "precision": None}, "summary_en": "",
        "date_reason_ar": "", "summary_ar": "",
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


def test_a_workspace_of_version_3_is_opened_with_its_figures(tmp_path: Path):
    path = tmp_path / "old.sqlite"
    value = record("reinforcement", 500.0, "soldiers", "why").decode()
    with closing(sqlite3.connect(path)) as connection:
        connection.create_function("convert_text", 2, lambda *_: None)
        connection.create_function("convert_record", 2, lambda *_: None)
        for step in schema._STEPS[:3]:
            connection.executescript(step)
        connection.execute(
            "INSERT INTO entry VALUES (1, '2026-01-01T00:00:00+00:00', 'w', '\"x\"', '\"\"', NULL)"
        )
        connection.execute("INSERT INTO record VALUES ('event', 'e', ?, 1)", (value,))
        connection.execute("INSERT INTO change VALUES (1, 'event', 'e', NULL, ?)", (value,))
        connection.execute("PRAGMA user_version = 3")
        connection.commit()
    workspace = Workspace(path)
    stored = workspace.get(Table.EVENT, "e")
    assert stored is not None
    assert isinstance(stored.value, EventRecord)
    (estimate,) = stored.value.claims[0].estimates
    assert (estimate.measure, estimate.best, stored.value.claims[0].note) == ("troops", 500, "why")
    (difference,) = workspace.differences(1)
    assert decode(EventRecord, json.dumps(difference.after)) == stored.value
    assert backups_of(path, backups_folder(path, None))
