"""The signs of confirmed and refuted events on the printed map, its legend and its notes."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.map.from_records import map_from_records
from dashboard.model.corpus import Corpus
from dashboard.model.selected import SelectedEvents
from dashboard.model.verification import Verification, VerifiedPart
from dashboard.paper.content import Content
from dashboard.paper.figure import bytes_of, make_figure
from dashboard.paper.options import Area, FigureLanguage, FigureOptions, Format
from dashboard.query.query import Query
from dashboard.settings import Settings
from dashboard.summary.summary import Summary
from tests.judged import judged
from tests.oracle.selected import selected_by_id

SIGNS = ("tick: some are confirmed", "pale and crossed: all are refuted")
CAVEAT = "A tick or a cross says what analysts found."


def selected(corpus: Corpus, *states: Verification) -> SelectedEvents:
    """The judged events in one of these states."""
    known = judged(corpus)
    state = known.judgements.state
    ids = [key for key in known.events.events if state(key, VerifiedPart.EVENT) in states]
    return selected_by_id(known, ids)


def texts(events: SelectedEvents, settings: Settings) -> str:
    """All that is written on the figure of the events, in English."""
    content = Content(Summary(events, Query(), date(2026, 11, 27), 46))
    options = FigureOptions()
    printed = make_figure(content, options, settings.basemap, "0.1")
    written = [
        text.get_text() for text in printed.figure.findobj(lambda it: hasattr(it, "get_text"))
    ]
    return " ".join(" ".join(written).split())


def test_the_legend_has_the_signs_of_the_events_that_are_shown(corpus: Corpus, settings: Settings):
    both = texts(selected(corpus, Verification.CONFIRMED, Verification.REFUTED), settings)
    for words in (*SIGNS, CAVEAT, "confirmed: ", "refuted: "):
        assert words in both
    # Without judgements nothing of them is on paper.
    plain = texts(selected_by_id(corpus, list(corpus.events.events)), settings)
    for words in (*SIGNS, CAVEAT, "confirmed: ", "refuted: "):
        assert words not in plain
    assert "not what has been verified" in plain


def test_a_refuted_movement_is_refuted_as_a_whole_only(corpus: Corpus):
    known = judged(corpus)
    model = map_from_records(selected_by_id(known, list(known.events.events)))
    assert model.movements
    events = selected(corpus, Verification.REFUTED)
    assert all(events.refuted(key) and events.checked(key) for key in events.positions)
    one = events.events[0].event_id
    states = {one: dict.fromkeys(VerifiedPart, Verification.CONFIRMED)}
    rows = replace(events, states=states)
    assert rows.confirmed(one)
    assert not rows.refuted(one)


@pytest.mark.parametrize("language", FigureLanguage)
def test_the_figure_is_written_in_each_language(
    corpus: Corpus, settings: Settings, language: FigureLanguage
):
    events = selected(corpus, Verification.CONFIRMED, Verification.REFUTED)
    content = Content(Summary(events, Query(), date(2026, 11, 27), 46))
    options = FigureOptions(language=language, area=Area.ALL)
    printed = make_figure(content, options, settings.basemap, "0.1")
    assert any(mark.confirmed for mark in printed.ground.marks)
    assert any(mark.all_refuted for mark in printed.ground.marks)
    image = bytes_of(printed.figure, Format.PNG, "signs")
    assert image.startswith(b"\x89PNG")
