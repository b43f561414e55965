"""Estimates of claims become the figures of events, and sums over events."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model.estimate import (
    Counted,
    Estimate,
    Figure,
    FigureSum,
    Measure,
    event_figures,
    source_figures,
    sum_figures,
)

KILLED, WOUNDED = Measure.KILLED, Measure.WOUNDED


def killed(
    low: int | None = None,
    best: int | None = None,
    high: int | None = None,
    counted: Counted = Counted.EVERYONE,
    side: str | None = None,
) -> Estimate:
    return Estimate(KILLED, low, best, high, counted, side, "")


@pytest.mark.parametrize(
    ("low", "best", "high"), [(None, None, None), (5, 3, 7), (None, 8, 7), (-1, None, None)]
)
def test_bounds_are_in_order_and_one_is_known(low: int | None, best: int | None, high: int | None):
    with pytest.raises(ValueError, match="expected"):
        killed(low, best, high)


@pytest.mark.parametrize(
    ("estimate", "figure"),
    [
        (killed(best=7), Figure(7, 7, 7)),
        (killed(3, 4, 9), Figure(3, 4, 9)),
        (killed(3, None, 5), Figure(3, None, 5)),
        (killed(low=3), Figure(3, None, None)),
        (killed(high=10), Figure(0, None, 10)),
        (killed(4, None, 4), Figure(4, 4, 4)),
    ],
)
def test_an_unknown_bound_is_never_invented(estimate: Estimate, figure: Figure):
    assert event_figures([[estimate]]) == {KILLED: figure}


def test_rival_claims_are_a_range_and_never_a_sum_or_a_mean():
    assert event_figures([[killed(best=3)], [killed(best=7)]]) == {KILLED: Figure(3, None, 7)}
    assert event_figures([[killed(best=3)], [killed(best=3)]]) == {KILLED: Figure(3, 3, 3)}
    assert event_figures([[killed(best=3)], [killed(low=5)]]) == {KILLED: Figure(3, None, None)}
    assert event_figures([[killed(2, 3, 9)], [killed(best=4)]]) == {KILLED: Figure(2, None, 9)}


def test_the_best_of_ucdp_is_the_best():
    row = [
        killed(10, 12, 15),
        killed(best=4, counted=Counted.COMBATANTS, side="A"),
        killed(best=8, counted=Counted.CIVILIANS),
    ]
    assert event_figures([row]) == {KILLED: Figure(10, 12, 15)}


def test_groups_that_one_claim_counts_apart_are_added():
    parts = [
        killed(best=3, counted=Counted.CIVILIANS),
        killed(2, None, 4, Counted.COMBATANTS, "A"),
        killed(best=1, counted=Counted.COMBATANTS, side="B"),
    ]
    assert source_figures(parts) == {KILLED: Figure(6, None, 8)}


def test_a_claim_without_a_figure_changes_nothing():
    assert event_figures([[], [killed(best=3)]]) == {KILLED: Figure(3, 3, 3)}
    assert event_figures([[]]) == {}


def test_sums_are_of_distinct_events_and_say_which_ends_are_open():
    events = [
        {KILLED: Figure(3, 3, 3)},
        {KILLED: Figure(4, None, None), WOUNDED: Figure(1, 1, 1)},
        {},
        {KILLED: Figure(5, None, 9)},
    ]
    assert sum_figures(events) == {
        KILLED: FigureSum(events=3, low=12, high=16, open_events=1),
        WOUNDED: FigureSum(1, 1, 1, 0),
    }


bounds = st.lists(st.integers(0, 1000), min_size=3, max_size=3).map(sorted)


@given(st.lists(bounds, min_size=1, max_size=6))
def test_the_range_of_an_event_contains_each_claim(claims: list[list[int]]):
    figure = event_figures([[killed(*claim)] for claim in claims])[KILLED]
    assert figure.low == min(claim[0] for claim in claims)
    assert figure.high == max(claim[2] for claim in claims)
    assert figure.best in {claim[1] for claim in claims} | {None}
