"""The numbers for which the sizes of printed marks stand."""

from dashboard.model.estimate import Figure, FigureSum, Measure
from dashboard.paper.mark_sizes import MarkSizes

SIZES = MarkSizes(Measure.KILLED, {0: Figure(3, 4, 9), 1: Figure(2, None, None)})


def test_a_mark_has_the_best_figure_of_each_event_or_its_lowest():
    assert SIZES.of([0, 1, 2]) == 6
    assert SIZES.of([2]) is None
    assert SIZES.total([0, 1, 2]) == FigureSum(events=2, low=5, high=11, open_events=1)
    assert SIZES.total([2]) is None


def test_without_a_measure_a_mark_has_its_number_of_events():
    assert MarkSizes(None, {}).of([0, 1, 2]) == 3
    assert MarkSizes(None, {}).total([0]) is None
