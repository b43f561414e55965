"""What the size and the number of a printed mark stand for: its events, or their figures summed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from babel.numbers import format_compact_decimal

from dashboard.model.estimate import Figure, FigureSum, Measure, sum_figures
from dashboard.model.selected import SelectedEvents

_SMALLEST_PT, _GROWTH_PT, _LARGEST_PT = 5.2, 1.5, 14
# From this number on all marks are equally large, unless figures are scaled to the largest.
_MOST = ((_LARGEST_PT - _SMALLEST_PT) / _GROWTH_PT) ** 2
# Numbers of more digits have no room in a mark.
_MOST_WRITTEN = 9_999
# What is written in a mark of which no event has a figure.
DASH = "–"


@dataclass(frozen=True, slots=True)
class MarkSizes:
    """The numbers for which sizes of marks stand; with a `measure` of `None` the numbers of events.

    `figures` are those of the measure by the position of the event in the selection.
    """

    measure: Measure | None
    figures: Mapping[int, Figure]

    def of(self, positions: Iterable[int]) -> int | None:
        """The number for a mark of these events; `None` if none of them has a figure.

        An event counts with its best figure, or with its lowest if it has no best one.
        """
        if self.measure is None:
            return len(list(positions))
        figures = [self.figures[at] for at in positions if at in self.figures]
        sizes = [each.low if each.best is None else each.best for each in figures]
        return sum(sizes) if sizes else None

    def total(self, positions: Iterable[int]) -> FigureSum | None:
        """The range of the sum over these events; `None` if none of them has a figure."""
        if self.measure is None:
            return None
        each = [{self.measure: self.figures[at]} for at in positions if at in self.figures]
        return sum_figures(each).get(self.measure)


def mark_sizes(selected: SelectedEvents, measure: Measure | None) -> MarkSizes:
    """The sizes of marks of these events."""
    if measure is None:
        return MarkSizes(None, {})
    figures = {
        selected.positions[event_id]: by_measure[measure]
        for event_id, by_measure in selected.corpus.figures().items()
        if event_id in selected.positions and measure in by_measure
    }
    return MarkSizes(measure, figures)


def scale(sizes: Sequence[int | None], measure: Measure | None) -> float:
    """By what figures are multiplied so that the largest can be told from others; 1 for events."""
    most = max((size or 0 for size in sizes), default=0)
    return 1.0 if measure is None else min(1.0, _MOST / max(most, 1))


def radius_pt(size: int | None, scale: float) -> float:
    """The radius of a mark in points, with the same proportions as on the screen."""
    return min(_SMALLEST_PT + _GROWTH_PT * sqrt((size or 0) * scale), _LARGEST_PT)


def number_in(size: int | None) -> str:
    """What is written in a mark, e.g. "12", "12k", or a dash for no figure."""
    if size is None:
        return DASH
    if size <= _MOST_WRITTEN:
        return f"{size}"
    short: str = format_compact_decimal(size, locale="en")
    return short.lower()
