"""Files that the program exported are imported without a question, with nothing lost."""

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.datasets.event_map.layouts import Layout
from dashboard.datasets.formats.terms import terms_of
from dashboard.datasets.report import result_lines
from dashboard.export.about import with_terms
from dashboard.export.coarsen import Coarseness
from dashboard.export.formats import FORMATS
from dashboard.export.options import ExportOptions
from dashboard.export.selection import export_of
from dashboard.model.corpus import Corpus, Events
from dashboard.model.event import PlaceRole
from dashboard.model.event_tables import CURATED
from dashboard.model.exported_event import ExportedEvent
from dashboard.model.selected import SelectedEvents
from dashboard.model.terms import DatasetTerms
from dashboard.model.verification import Verification, VerifiedPart
from dashboard.model.when import DatePrecision, When
from dashboard.review.draft import Draft
from dashboard.review.edit_session import EditSession
from dashboard.review.events import create_event
from dashboard.review.notes import note_of
from dashboard.store.merge import with_workspace
from dashboard.store.workspace import Workspace
from tests.datasets.event_map.files import (
    FILES,
    Analyst,
    export_file,
    records_of,
    subset,
    without_events,
)
from tests.datasets.formats import make
from tests.datasets.reading import rows
from tests.judged import judged

FIGURES = {"best": "5", "low": "3", "high": "9", "deaths_a": "1", "deaths_b": "2",
           "deaths_civilians": "2", "deaths_unknown": "0", "event_clarity": "1"}  # fmt: skip
PLACE_VERIFIED = [f"place_verification_{name}" for name in ("by", "at", "ground")]
QUICK = settings(
    max_examples=6,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def selected(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> SelectedEvents:
    """The curated events beside imported rows of ACLED, UCDP and a custom table, with figures."""
    folder = tmp_path_factory.mktemp("imported")
    analyst = Analyst(folder / "datasets", corpus)
    acled = [make.BATTLE | {"fatalities": "7", "tags": "a tag; =1+1"}, make.SHELLING]
    analyst.read(make.write(folder / "acled.csv", acled))
    analyst.read(make.write(folder / "ucdp.csv", [make.GED | FIGURES]))
    custom = [
        {"id": "x1", "date": "2021-01-18", "date_end": "..", "lat": 36.38, "lon": 38.86,
         "place": "عين عيسى", "type": "اشتباك", "killed": "3-5", "=column": "-1", "note": "'=a\nb"},
        {"id": "x2", "date": "", "date_end": "", "lat": "", "lon": "", "place": "", "type": "",
         "killed": "10+", "=column": "", "note": "_x0041_ \u2028 é \U0001f600"},
    ]  # fmt: skip
    analyst.read(make.write(folder / "table.csv", custom))
    return _with_curated(analyst, corpus)


def _with_curated(analyst: Analyst, seeds: Corpus) -> SelectedEvents:
    imported, corpus = analyst.selected(), judged(seeds)
    own, more = corpus.events, imported.corpus.events
    events = Events(
        {**own.events, **more.events},
        (*own.places, *more.places),
        (*own.actors, *more.actors),
        (*own.claims, *more.claims),
    )
    whole = replace(
        imported.corpus,
        events=events,
        articles={**corpus.articles, **imported.corpus.articles},
        judgements=corpus.judgements,
        relations=corpus.relations,
    )
    attested = {**corpus.attestations(), **imported.attestations}
    datasets = {**dict.fromkeys(own.events, CURATED), **imported.datasets}
    return SelectedEvents(whole, attested, datasets, whole)


def _read_back(path: Path, folder: Path, corpus: Corpus) -> tuple[Analyst, SelectedEvents]:
    analyst = Analyst(folder, without_events(corpus))
    done = analyst.read(path, "read back")
    assert list(map(str, done.faults.first)) == []
    assert done.stopped is None
    card = analyst.datasets.get("read_back")
    assert card is not None
    assert (done.undated, done.unplaced) == (card.undated, card.unlocated)
    return analyst, analyst.selected()


def _check_same(before: SelectedEvents, after: SelectedEvents) -> None:
    expected, found = records_of(before), records_of(after)
    assert expected.keys() == found.keys()
    for event_id, record in expected.items():
        for name in ExportedEvent.__struct_fields__:
            assert getattr(found[event_id], name) == getattr(record, name), (event_id, name)
    assert dict(before.attestations) == dict(after.attestations)


def test_the_selection_has_figures_and_source_columns(selected: SelectedEvents):
    events = selected.corpus.events
    assert len(events.events) > 45
    assert any(claim.estimates for claim in events.claims)
    assert any(event.source_columns for event in events.events.values())


@pytest.mark.parametrize(("name", "layout"), FILES)
def test_a_file_is_read_back_whole(
    selected: SelectedEvents, corpus: Corpus, tmp_path: Path, name: str, layout: Layout
):
    path = export_file(tmp_path, selected, name, layout)
    _, after = _read_back(path, tmp_path / "datasets", corpus)
    _check_same(selected, after)


@pytest.mark.parametrize(("name", "layout"), FILES)
def test_an_event_by_hand_is_read_back_with_its_note(
    corpus: Corpus, tmp_path: Path, name: str, layout: Layout
):
    session = EditSession(Workspace(tmp_path / "w.sqlite"), corpus, "Rana")
    note = note_of(session, "ملاحظة: يظهر في الفيديو قصف\nقرب الصوامع.")
    day = When(date(2021, 1, 3), date(2021, 1, 3), DatePrecision.DAY)
    places = (("ain_issa", PlaceRole.AT),)
    fields = Draft("unknown", "Seen on a video", "ظهر في فيديو", day, "its title", places, ())
    event_id = create_event(
        note.session, fields, [note.claim], why="seen", sources=note.changes, texts=note.texts
    )
    by_hand = with_workspace(corpus, session.workspace)
    attested = {event_id: by_hand.attestations()[event_id]}
    whole = SelectedEvents(
        by_hand, attested, dict.fromkeys(by_hand.events.events, CURATED), by_hand
    )
    selected = subset(whole, [event_id])
    path = export_file(tmp_path, selected, name, layout)
    _, after = _read_back(path, tmp_path / "datasets", corpus)
    _check_same(selected, after)


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_a_file_with_hxl_tags_is_read_back_whole(
    selected: SelectedEvents, corpus: Corpus, tmp_path: Path, name: str
):
    path = export_file(tmp_path, selected, name, hxl=True)
    _, after = _read_back(path, tmp_path / "datasets", corpus)
    _check_same(selected, after)


@pytest.mark.parametrize(("name", "layout"), FILES)
@QUICK
@given(data=st.data())
def test_any_part_of_a_selection_is_read_back_whole(
    selected: SelectedEvents, corpus: Corpus, tmp_path_factory, name: str, layout, data
):
    ids = data.draw(
        st.lists(st.sampled_from(sorted(selected.corpus.events.events)), min_size=1, unique=True)
    )
    few = subset(selected, ids)
    folder = tmp_path_factory.mktemp("part")
    path = export_file(folder, few, name, layout)
    _, after = _read_back(path, folder / "datasets", corpus)
    expected, found = records_of(few), records_of(after)
    assert found == expected


@pytest.mark.parametrize("level", [Coarseness.SETTLEMENT, Coarseness.DISTRICT])
def test_coarsened_places_are_read_back_coarse(
    selected: SelectedEvents, corpus: Corpus, tmp_path: Path, level: Coarseness
):
    path = export_file(tmp_path, selected, "csv", coarseness=level)
    text = path.read_text(encoding="utf-8")
    assert "a tag; =1+1" not in text, "cells of imported rows may say where it happened"
    _, after = _read_back(path, tmp_path / "datasets", corpus)
    expected = records_of(selected, level)
    found = records_of(after)
    for event_id, record in expected.items():
        other = msgspec.structs.replace(record, coarsened=())
        assert found[event_id] == other


def test_what_is_read_back_is_exported_and_read_back_again(
    selected: SelectedEvents, corpus: Corpus, tmp_path: Path
):
    path = export_file(tmp_path, selected, "xlsx")
    _, once = _read_back(path, tmp_path / "once", corpus)
    again = export_file(tmp_path, once, "kml")
    _, twice = _read_back(again, tmp_path / "twice", corpus)
    _check_same(once, twice)


def test_the_engine_has_the_figures_places_and_claims(
    selected: SelectedEvents, corpus: Corpus, tmp_path: Path
):
    path = export_file(tmp_path, selected, "geojson")
    analyst, _ = _read_back(path, tmp_path / "datasets", corpus)
    numbers = {row["event_id"]: row for row in rows(analyst.datasets, "events")}
    battle = numbers["acled:SYR1"]
    figures = {
        row["measure"]: (row["low"], row["best"], row["high"])
        for row in rows(analyst.datasets, "event_estimates")
        if row["event"] == battle["event"]
    }
    assert figures == {"killed": (7, 7, 7)}
    claims = rows(analyst.datasets, "claims")
    curated = numbers["withdrawal_ain_issa"]
    own_ids = corpus.events.events.keys()
    own = [claim for claim in corpus.events.claims if claim.event_id == "withdrawal_ain_issa"]
    assert {row["claim_id"] for row in claims if row["event"] == curated["event"]} == {
        claim.claim_id for claim in own
    }
    states = {row["event_id"]: row["verification"] for row in numbers.values()}
    assert set(states.values()) == set(Verification)
    assert states["acled:SYR1"] == "unverified"
    for key in own_ids:
        record = selected.corpus.judgements.verification(key, VerifiedPart.PLACE)
        cells = pd.Series([numbers[key][name] for name in PLACE_VERIFIED]).dropna().tolist()
        known = [record.who, record.at.isoformat(), record.ground] if record else []
        assert cells == known
        assert numbers[key]["place_verification"] == (record.state if record else "unverified")
    areas = {row["place"] for row in rows(analyst.datasets, "containment")}
    assert "raqqa_governorate" in areas
    (card,) = analyst.datasets
    assert card.credit.startswith("Places: GeoNames")
    assert card.origin is None


def test_an_event_that_is_curated_here_too_is_a_second_one(
    selected: SelectedEvents, corpus: Corpus, tmp_path: Path
):
    path = export_file(tmp_path, selected, "csv")
    analyst = Analyst(tmp_path / "datasets", corpus)
    done = analyst.read(path, "theirs")
    assert done.faults.total == 0
    ids = {row["event_id"] for row in rows(analyst.datasets, "events")}
    assert "theirs:withdrawal_ain_issa" in ids
    assert "acled:SYR1" in ids
    assert not ids & corpus.events.events.keys()
    relations = analyst.selected().corpus.relations
    assert len(relations) == len(selected.corpus.relations)
    assert {key for row in relations for key in (row.event_id, row.related_id)} <= ids
    again = analyst.read(path, "theirs")
    assert again.written is not None
    assert (again.written.added, again.written.changed) == (0, 0)


@pytest.mark.parametrize(("name", "layout"), FILES)
def test_rows_that_may_not_be_shared_stay_so(
    selected: SelectedEvents, corpus: Corpus, tmp_path: Path, name: str, layout: Layout
):
    terms = DatasetTerms("acled", "ACLED", "no redistribution", rows_may_be_shared=False)
    export = with_terms(export_of(selected, Coarseness.ORIGINAL, {}), [terms])
    path = tmp_path / f"a.{FORMATS[name].ending}"
    path.write_bytes(FORMATS[name].make(export, ExportOptions(layout)))
    analyst, _ = _read_back(path, tmp_path / "datasets", corpus)
    (card,) = analyst.datasets
    assert card.rows_may_be_shared is False
    assert "ACLED" in card.licence
    assert "no redistribution" in card.credit
    assert terms_of(card).rows_may_be_shared is False


def test_relations_to_events_that_the_file_lacks_are_counted(
    selected: SelectedEvents, corpus: Corpus, tmp_path: Path
):
    related = selected.corpus.relations
    gone = related[0].related_id
    leading = [row for row in related if gone == row.related_id and gone != row.event_id]
    ids = [key for key in selected.positions if key != gone]
    whole = export_file(tmp_path, selected, "csv")
    text = whole.read_text(encoding="utf-8-sig")
    listed = list(csv.DictReader(io.StringIO(text, newline="")))
    part = tmp_path / "part.csv"
    with part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, listed[0].keys())
        writer.writeheader()
        writer.writerows(row for row in listed if row["event_id"] in ids)
    analyst = Analyst(tmp_path / "datasets", without_events(corpus))
    done = analyst.read(part, "part")
    assert done.faults.total == 0
    assert done.written is not None
    assert done.written.related_elsewhere == len(leading)
    assert done.written.examples["related_elsewhere"] == (gone,)
    words = f"neither file nor dataset has: only its id is shown ({gone})"
    assert any(words in line for line in result_lines("part.csv", done, dry_run=False))
    # The event comes later: nothing is missing then.
    again = analyst.read(whole, "part").written
    assert again is not None
    assert (again.added, again.related_elsewhere) == (1, 0)
