"""Pairs of events that may be one event reported twice, and those that an analyst found to be two."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dashboard.extraction.reader import Reader
from dashboard.model.corpus import Corpus
from dashboard.model.event import PlaceRole
from dashboard.model.when import DatePrecision, When
from dashboard.review.draft import Draft
from dashboard.review.edit_session import EditSession
from dashboard.review.events import create_event, distinct_events, tell_apart
from dashboard.review.notes import note_of
from dashboard.review.rereading import reader_of
from dashboard.review.same_event import likely_pairs
from dashboard.store.merge import with_workspace
from dashboard.store.workspace import Workspace
from tests.quality.same_events import measure_pairs, text_pairs


@pytest.fixture
def session(tmp_path: Path, corpus: Corpus) -> EditSession:
    return EditSession(Workspace(tmp_path / "w.sqlite"), corpus, "Rana")


@pytest.fixture(scope="module")
def reader(corpus: Corpus) -> Reader:
    return reader_of(corpus)


def add(session: EditSession, corpus: Corpus, text: str, day: date, place: str) -> EditSession:
    """The session with one more event by hand, a shelling."""
    note = note_of(session, text)
    when = When(day, day, DatePrecision.DAY)
    fields = Draft("shelling", text, text, when, "w", ((place, PlaceRole.AT),), ())
    create_event(
        note.session, fields, [note.claim], why="w", sources=note.changes, texts=note.texts
    )
    return replace(session, corpus=with_workspace(corpus, session.workspace))


def test_the_curated_events_are_not_offered_as_one(corpus: Corpus):
    assert likely_pairs(corpus) == ()


def test_one_shelling_reported_twice_is_offered_until_it_is_recorded_as_two(session, corpus):
    day = date(2021, 1, 9)
    session = add(session, corpus, "Shells fell on the silos.", day, "ain_issa")
    session = add(session, corpus, "The silos were shelled at night.", day, "ain_issa")
    session = add(session, corpus, "Shells on another town.", day, "tell_abyad")
    session = add(session, corpus, "Shells of March.", date(2021, 3, 9), "ain_issa")
    (pair,) = likely_pairs(session.corpus)
    reasons = [str(reason) for reason in pair.reasons]
    assert {"the same place", "the same kind"} <= set(reasons)
    assert pair.doubts == ()
    tell_apart(session, pair.first, pair.second, why="one at noon, one at night")
    assert likely_pairs(session.corpus, distinct_events(session)) == ()
    assert str(session.workspace.log()[0].why) == "one at noon, one at night"
    session.workspace.undo(session.workspace.version(), who="Rana", why="")
    assert likely_pairs(session.corpus, distinct_events(session)) == (pair,)


def test_made_pairs_of_texts(corpus: Corpus, reader: Reader):
    """What is offered is one act; of those that are, some are not offered (`make quality`)."""
    score = measure_pairs(corpus, reader).scores["pairs"]
    assert len(list(text_pairs())) == 16
    assert score.precision >= 0.8
    assert score.recall >= 0.5
