"""The sum of the selected measure in the sentence and in the key of the printed figure."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.language.language import ARABIC, ENGLISH
from dashboard.model.corpus import Corpus
from dashboard.model.estimate import Counted, Estimate, Measure
from dashboard.paper.content import Content
from dashboard.paper.notes import figure_notes
from dashboard.query.query import EstimateRange, Query
from dashboard.summary.heading import sentence
from dashboard.summary.summary import Summary
from tests.oracle.estimates import sums
from tests.oracle.selected import selected_by_id


def _killed(number: int) -> tuple[Estimate, ...]:
    return (Estimate(Measure.KILLED, None, number, None, Counted.EVERYONE, None, str(number)),)


@pytest.fixture(scope="module")
def deadly(corpus: Corpus) -> Corpus:
    """Each claim of the first ten events gives a number of killed: rival claims another one."""
    first = list(corpus.events.events)[:10]
    claims = tuple(
        replace(claim, estimates=_killed(at % 4)) if claim.event_id in first else claim
        for at, claim in enumerate(corpus.events.claims)
    )
    return replace(corpus, events=replace(corpus.events, claims=claims))


def _summary(corpus: Corpus, query: Query) -> Summary:
    selected = selected_by_id(corpus, list(corpus.events.events))
    return Summary(selected, query, date(2026, 11, 27), len(corpus.events.events))


def test_sums_are_those_of_distinct_events(deadly: Corpus):
    assert _summary(deadly, Query()).figures == sums(deadly, deadly.events.events)


def test_the_key_has_the_sum_in_each_language(deadly: Corpus):
    summary = _summary(deadly, Query())
    total, events = summary.figures[Measure.KILLED], len(deadly.events.events)
    assert total.low < total.high
    note, arabic = figure_notes(Content(summary), (ENGLISH, ARABIC))
    assert (
        f"Killed: {total.low} to {total.high} in 10 of {events} events; "
        f"{events - 10} without a figure"
    ) in note.text
    assert "قتلى" in arabic.text
    assert f"{total.low} to {total.high} killed" in sentence(summary)


def test_print_says_nothing_of_a_measure_without_figures(deadly: Corpus):
    summary = _summary(deadly, Query(measure=Measure.DISPLACED))
    assert figure_notes(Content(summary), (ENGLISH,)) == []
    assert "displaced" not in sentence(summary)
    filtered = replace(
        summary, query=replace(summary.query, estimate=EstimateRange(Measure.DISPLACED, 1, None))
    )
    assert "displaced: no figure, with at least 1 displaced" in sentence(filtered)
