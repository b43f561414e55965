"""Estimates: numbers of people or vehicles that a claim gives, e.g. 3 to 5 civilians killed.

Per event they become one range and at most one best figure a measure; the rules are in docs/codebook.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

# The most that a file may give: sums of millions of events stay exact numbers of 64 bits.
MOST_COUNTED = 1_000_000_000


class Measure(StrEnum):
    """What is counted."""

    KILLED = "killed"
    WOUNDED = "wounded"
    DETAINED = "detained"
    DISPLACED = "displaced"
    VEHICLES = "vehicles"
    TROOPS = "troops"


class Counted(StrEnum):
    """Whom an estimate counts; `COMBATANTS` may be those of one side."""

    EVERYONE = "everyone"
    CIVILIANS = "civilians"
    COMBATANTS = "combatants"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number that a claim gives; at least one of `low`, `best` and `high` is known.

    `side` is the actor whose people or vehicles are counted (`None`: not one side), `words` are those
    of the source.
    """

    measure: Measure
    low: int | None
    best: int | None
    high: int | None
    counted: Counted
    side: str | None
    words: str

    def __post_init__(self) -> None:
        known = [value for value in (self.low, self.best, self.high) if value is not None]
        if not known:
            raise ValueError("expected a low, a best or a high figure, found none")
        if known[0] < 0 or known != sorted(known):
            raise ValueError(f"expected 0 <= low <= best <= high, found {known}")


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure of an event, or of a claim: from `low` to `high`, and `best` where there is one.

    A `high` of `None` is an open end ("at least 3").
    """

    low: int
    best: int | None
    high: int | None


def event_figures(sources: Iterable[Sequence[Estimate]]) -> dict[Measure, Figure]:
    """The figures of an event by measure, from the estimates of each of its sources.

    Lowest to highest of what the sources give, never a sum over them. `best` is the one that all
    sources with a figure agree on, else `None`. A source is one speaker in one article.
    """
    given: dict[Measure, list[Figure]] = {}
    for estimates in sources:
        for measure, figure in source_figures(estimates).items():
            given.setdefault(measure, []).append(figure)
    return {measure: _range(given[measure]) for measure in Measure if measure in given}


def source_figures(estimates: Sequence[Estimate]) -> dict[Measure, Figure]:
    """The figures of one source by measure.

    An estimate of everyone counts alone; else the groups that the source tells apart are added.
    """
    groups: dict[Measure, dict[tuple[Counted, str | None], list[Figure]]] = {}
    for estimate in estimates:
        by_group = groups.setdefault(estimate.measure, {})
        by_group.setdefault((estimate.counted, estimate.side), []).append(estimate_figure(estimate))
    figures = {}
    for measure, by_group in groups.items():
        whole = by_group.get((Counted.EVERYONE, None))
        parts = [whole] if whole else by_group.values()
        figures[measure] = added([_range(part) for part in parts])
    return figures


def added(figures: Sequence[Figure]) -> Figure:
    """The sum of figures of different people; a bound that one of them lacks is unknown."""
    best = [figure.best for figure in figures if figure.best is not None]
    high = [figure.high for figure in figures if figure.high is not None]
    return Figure(
        sum(figure.low for figure in figures),
        sum(best) if len(best) == len(figures) else None,
        sum(high) if len(high) == len(figures) else None,
    )


def estimate_figure(estimate: Estimate) -> Figure:
    """The bounds of an estimate: a missing one is the best figure, else 0 or open."""
    low = estimate.low if estimate.low is not None else estimate.best
    high = estimate.high if estimate.high is not None else estimate.best
    best = estimate.best if estimate.best is not None or low != high else low
    return Figure(low or 0, best, high)


def _range(figures: Sequence[Figure]) -> Figure:
    """From the lowest to the highest of rival figures; `best` where all have the same."""
    highs = [figure.high for figure in figures]
    best = {figure.best for figure in figures}
    return Figure(
        min(figure.low for figure in figures),
        best.pop() if len(best) == 1 else None,
        None if None in highs else max(high for high in highs if high is not None),
    )


@dataclass(frozen=True, slots=True)
class FigureSum:
    """One measure summed over distinct events: `events` of them have a figure.

    `low` and `high` are the sums of the events' bounds; `open_events` have no highest figure, so that
    the sum is "at least" where there are any.
    """

    events: int
    low: int
    high: int
    open_events: int


def sum_figures(events: Iterable[Mapping[Measure, Figure]]) -> dict[Measure, FigureSum]:
    """The sums by measure over events."""
    by_measure: dict[Measure, list[Figure]] = {}
    for figures in events:
        for measure, figure in figures.items():
            by_measure.setdefault(measure, []).append(figure)
    return {measure: _sum(by_measure[measure]) for measure in Measure if measure in by_measure}


def _sum(figures: Sequence[Figure]) -> FigureSum:
    highs = [figure.low if figure.high is None else figure.high for figure in figures]
    return FigureSum(
        len(figures),
        sum(figure.low for figure in figures),
        sum(highs),
        sum(figure.high is None for figure in figures),
    )
