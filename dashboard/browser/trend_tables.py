"""Trends as tables: for the page in words, for files in columns of numbers."""

from collections.abc import Sequence

import pandas as pd

from dashboard.language.figures import bounds_words
from dashboard.language.language import current
from dashboard.language.messages import _
from dashboard.language.numbers import number
from dashboard.language.words import from_left, without_isolates
from dashboard.model.trend import Trend
from dashboard.query.splits import SPLITS
from dashboard.trends.compared import Compared, Row
from dashboard.trends.count import Bounds
from dashboard.trends.cross_table import CrossTable
from dashboard.trends.labels import period_days
from dashboard.trends.over_time import OverTime


def count_words(count: Bounds) -> str:
    """E.g. "12", "12 to 15", "at least 12"."""
    return bounds_words(count.low, None if count.open else count.high)


def time_table(data: OverTime) -> pd.DataFrame:
    """A row for each period: its days, all events, and each category."""
    columns = {
        _("Days"): [without_isolates(period_days(period)) for period in data.periods],
        _("All events"): [count_words(count) for count in data.everything],
    }
    for series in data.series:
        columns[without_isolates(series.name)] = [count_words(count) for count in series.counts]
    return pd.DataFrame(columns)


def compared_table(data: Compared, category: str) -> pd.DataFrame:
    """A row for each category, that of all events first; `category` is the name of the column."""
    rows = [data.everything, *data.rows]
    return pd.DataFrame(
        {
            category: [without_isolates(row.name) for row in rows],
            _("Earlier"): [count_words(row.earlier) for row in rows],
            _("Later"): [count_words(row.later) for row in rows],
            _("Difference"): [difference_words(row.change.difference) for row in rows],
            _("Ratio"): [ratio_words(row) for row in rows],
        }
    )


def difference_words(difference: Bounds) -> str:
    """A difference with its sign, e.g. "+3", "−2 to +5"."""
    if difference.open:
        return _("not known: a figure has no upper end")
    low, high = _signed(difference.low), _signed(difference.high)
    return low if low == high else _("{low} to {high}").format(low=low, high=high)


def ratio_words(row: Row) -> str:
    """The later count as a multiple of the earlier, e.g. "2.5", "0.8 to 3"; "" where that is 0."""
    if row.change.ratio is None or row.change.difference.open:
        return ""
    low, high = (number(round(value, 2)) for value in row.change.ratio)
    return low if low == high else _("{low} to {high}").format(low=low, high=high)


def time_rows(data: OverTime) -> tuple[Sequence[str], list[list[object]]]:
    """Columns and rows of a file: period, category, lowest and highest count."""
    columns = ("start", "end", "category", "category_name", "at_least", "at_most", "open_end")
    rows: list[list[object]] = []
    for at, period in enumerate(data.periods):
        parts = [("all", _("All events"), data.everything[at])]
        parts += [(series.id or "others", series.name, series.counts[at]) for series in data.series]
        rows += [
            [str(period.start), str(period.end), key, without_isolates(name), *_numbers(count)]
            for key, name, count in parts
        ]
    return columns, rows


def compared_rows(data: Compared) -> tuple[Sequence[str], list[list[object]]]:
    """Columns and rows of a file: category, and both periods with their lowest and highest counts."""
    columns = (
        "category", "category_name",
        "earlier_start", "earlier_end", "earlier_at_least", "earlier_at_most", "earlier_open_end",
        "later_start", "later_end", "later_at_least", "later_at_most", "later_open_end",
    )  # fmt: skip
    earlier, later = ([str(period.start), str(period.end)] for period in data.periods)
    return columns, [
        [
            "all" if row.id is None else row.id or "others",
            without_isolates(row.name),
            *earlier,
            *_numbers(row.earlier),
            *later,
            *_numbers(row.later),
        ]
        for row in (data.everything, *data.rows)
    ]


def cross_rows(data: CrossTable, trend: Trend) -> tuple[Sequence[str], list[list[object]]]:
    """Columns and rows of a file: a row for each category, with its events by the other column."""
    names = [_(SPLITS[trend.split].label), *(column.name for column in data.columns)]
    return [without_isolates(name) for name in names], [
        [without_isolates(row.name), *map(int, counts)]
        for row, counts in zip(data.rows, data.events, strict=True)
    ]


def _numbers(count: Bounds) -> list[object]:
    return [count.low, None if count.open else count.high, "yes" if count.open else ""]


def _signed(value: int) -> str:
    sign = "+" if value > 0 else "\u2212" if value < 0 else ""
    text = f"{sign}{number(abs(value))}"
    return from_left(text) if current().direction == "rtl" else text
