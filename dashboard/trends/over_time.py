"""A trend as data for charts, tables and figures: categories with a count for each period."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from dashboard.model.trend import Period, Step
from dashboard.project.catalog import Catalog
from dashboard.query.query import Query
from dashboard.trends.count import Bounds, in_periods, outside
from dashboard.trends.from_engine import MOST_COLOURS, Counted, certain_only, counted
from dashboard.trends.labels import category_colours, category_name
from dashboard.trends.periods import periods, step_of, window


@dataclass(frozen=True, slots=True)
class Series:
    """One category with its counts, one for each period."""

    id: str
    name: str
    colour: str
    counts: Sequence[Bounds]


@dataclass(frozen=True)
class OverTime:
    """The counts of the window by period and category.

    `everything` counts each event once. `outside` dated events have no day in the window. `shortened`
    says that the chosen step had too many periods, and `step` is a longer one.
    """

    days: Period
    step: Step
    shortened: bool
    periods: Sequence[Period]
    series: Sequence[Series]
    everything: Sequence[Bounds]
    outside: int

    @cached_property
    def certain(self) -> bool:
        """Whether every count is exact."""
        return all(count.low == count.high and not count.open for count in self.everything)


def over_time(catalog: Catalog, query: Query) -> OverTime:
    """The trend of a query."""
    trend = query.trend
    found = certain_only(counted(catalog, query, MOST_COLOURS), query)
    days = window(query, catalog.extent)
    step = step_of(trend.step, days)
    parts = periods(days, step)
    return OverTime(
        days=days,
        step=step,
        shortened=trend.step is not None and step is not trend.step,
        periods=parts,
        series=_series(catalog, trend.split, found, parts),
        everything=in_periods(found.everything, parts),
        outside=outside(found.everything, days),
    )


def _series(
    catalog: Catalog, split: str, found: Counted, parts: Sequence[Period]
) -> Sequence[Series]:
    catalog.places.fetch([key for key in found.categories if key])
    colours = category_colours(catalog.names, split, found.categories)
    return [
        Series(key, category_name(catalog.names, split, key), colour, in_periods(rows, parts))
        for (key, rows), colour in zip(found.categories.items(), colours, strict=True)
    ]
