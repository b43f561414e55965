"""Pairs of events that may be one event reported twice, and those that an analyst found to be two."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dashboard.extraction.reader import Reader
from dashboard.model.corpus import Corpus
from dashboard.model.estimate import Figure, Measure
from dashboard.model.event import Event, EventGroup, PlaceRole
from dashboard.model.event_link import EventLink, EventRef
from dashboard.model.place import Place, PlacePrecision
from dashboard.model.when import DatePrecision, When
from dashboard.review.claims import ClaimError, Opened
from dashboard.review.draft import Draft, event_draft
from dashboard.review.edit_session import EditSession
from dashboard.review.event_facts import EventFacts
from dashboard.review.event_links import decide_link, decided_links, remove_link
from dashboard.review.events import create_event, distinct_events, merge_events, tell_apart
from dashboard.review.notes import note_of
from dashboard.review.rereading import reader_of
from dashboard.review.same_event import compare, likely_pairs
from dashboard.store.merge import event_record, with_workspace
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


def _linked(session: EditSession, *, same: bool) -> EventLink:
    curated = next(iter(session.corpus.events.events))
    link = EventLink(EventRef("curated", curated), EventRef("acled", "acled:1"), same, "one video")
    decide_link(session, link, ("a", "b"))
    return link


def test_an_event_is_linked_with_a_row_of_a_dataset_until_it_is_undone(session, corpus):
    link = _linked(session, same=True)
    assert decided_links(session.workspace) == (link,)
    assert with_workspace(corpus, session.workspace).links == (link,)
    entry = session.workspace.log()[0]
    assert (str(entry.what), str(entry.why)) == ("a and b are one happening", "one video")
    session.workspace.undo(entry.seq, who="Rana", why="")
    assert decided_links(session.workspace) == ()
    assert with_workspace(corpus, session.workspace).links == ()


def test_two_that_were_found_to_be_two_are_decided_and_no_link(session, corpus):
    link = _linked(session, same=False)
    assert decided_links(session.workspace) == (link,)
    assert with_workspace(corpus, session.workspace).links == ()
    # The later decision on the same two counts.
    _linked(session, same=True)
    assert [each.same for each in decided_links(session.workspace)] == [True]
    remove_link(session, link, ("a", "b"))
    assert decided_links(session.workspace) == ()


def test_a_link_of_a_merged_event_is_one_of_the_event_that_it_became(session, corpus):
    first, second = list(corpus.events.events)[:2]
    link = EventLink(EventRef("curated", second), EventRef("acled", "acled:1"), True, "w")
    decide_link(session, link, ("a", "b"))
    into, other = (Opened(event_record(corpus, key), 0) for key in (first, second))
    merge_events(session, into, other, event_draft(into.record), why="one")
    (link,) = with_workspace(corpus, session.workspace).links
    assert link.first == EventRef("curated", first)


def test_events_of_one_dataset_are_not_linked(session):
    ref = EventRef("acled", "acled:1")
    with pytest.raises(ClaimError, match="two datasets"):
        decide_link(session, EventLink(ref, EventRef("acled", "acled:2"), True, "w"), ("a", "b"))


def _facts(corpus: Corpus, dataset: str, **changes: object) -> EventFacts:
    """A shelling of Ain Issa on one day."""
    day = date(2021, 1, 9)
    event = Event("e", "shelling", "Shelling", "", When(day, day, DatePrecision.DAY), "", "")
    place = corpus.gazetteer.places["ain_issa"]
    none: frozenset[str] = frozenset()
    facts = EventFacts(
        event, dataset, EventGroup.VIOLENCE, {dataset: place}, none, none, none, none, none
    )
    return replace(facts, **changes)


def _moved(corpus: Corpus, km: float, **changes: object) -> dict[str, Place]:
    place = corpus.gazetteer.places["ain_issa"]
    return {"moved": replace(place, lat=place.lat + km / 111.2, **changes)}


@pytest.mark.parametrize(
    ("km", "names", "precision", "reason"),
    [
        (1.0, (), "settlement", "the same place"),
        (4.0, (), "settlement", "places at most 5 km apart"),
        (8.0, (), "settlement", None),
        (8.0, ("ain issa",), "settlement", "the same place"),
        (12.0, ("ain issa",), "settlement", None),
        (1.0, (), "district", "places near each other, one of them known only roughly"),
    ],
)
def test_places_of_two_datasets_are_compared_by_distance_and_name(
    corpus: Corpus, km: float, names: tuple[str, ...], precision: str, reason: str | None
):
    one = _facts(corpus, "curated", names=frozenset(names))
    places = _moved(corpus, km, precision=PlacePrecision(precision))
    other = _facts(corpus, "acled", names=frozenset(names), places=places)
    pair = compare(one, other)
    assert (str(pair.reasons[0]) if pair else None) == reason


def test_kinds_of_one_group_are_enough_for_two_datasets_only(corpus: Corpus):
    clash = replace(_facts(corpus, "acled").event, kind="clash")
    other = _facts(corpus, "acled", event=clash)
    pair = compare(_facts(corpus, "curated"), other)
    assert pair is not None
    assert "kinds of one group" in [str(reason) for reason in pair.reasons]
    assert compare(_facts(corpus, "acled"), other) is None


def test_other_known_parties_speak_against(corpus: Corpus):
    one = _facts(corpus, "curated", parties=frozenset({"turkey"}))
    other = _facts(corpus, "acled", parties=frozenset({"russia"}))
    pair, unknown = compare(one, other), compare(one, _facts(corpus, "acled"))
    assert pair is not None
    assert unknown is not None
    assert [str(doubt) for doubt in pair.doubts] == ["other parties"]
    assert unknown.doubts == ()
    assert pair.points < unknown.points


def test_a_date_of_a_month_says_nothing_and_equal_figures_of_some_size_speak_for_a_pair(
    corpus: Corpus,
):
    month = When(date(2021, 1, 1), date(2021, 1, 31), DatePrecision.MONTH)
    event = replace(_facts(corpus, "acled").event, when=month)
    seven, two = (Figure(number, number, number) for number in (7, 2))

    def points(mine: Figure | None, theirs: Figure | None) -> tuple[int, list[str], list[str]]:
        one, other = ({Measure.KILLED: each} if each else {} for each in (mine, theirs))
        pair = compare(
            _facts(corpus, "curated", figures=one),
            _facts(corpus, "acled", event=event, figures=other),
        )
        assert pair is not None
        return pair.points, [str(why) for why in pair.reasons], [str(why) for why in pair.doubts]

    number, _reasons, doubts = points(None, None)
    assert doubts == ["a date that is known only roughly"]
    more, reasons, _doubts = points(seven, seven)
    assert "the same figures" in reasons
    assert more > number
    # Two dead are two dead by chance; an open end ("at least 7") is no number.
    assert points(two, two)[0] == number
    assert points(Figure(7, None, None), Figure(7, None, None))[0] == number
    day = compare(_facts(corpus, "curated"), _facts(corpus, "acled"))
    assert day is not None
    assert (day.points > number, day.doubts) == (True, ())
