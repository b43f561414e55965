"""Names and colours of categories, and the names of periods, in the reader's language."""

from collections.abc import Iterable

from dashboard.language.labels import label, sentence_case
from dashboard.language.messages import _
from dashboard.language.numbers import in_digits
from dashboard.language.words import day, month, span
from dashboard.legend import palette
from dashboard.legend.shades import shades
from dashboard.model.event import EventGroup
from dashboard.model.trend import Period, Step
from dashboard.query.names import Names, facet_label
from dashboard.query.query import Query
from dashboard.query.splits import OTHERS, SPLITS

_SERIES = tuple(palette.colour(f"series-{number}") for number in range(1, 8))
_OTHERS = palette.colour("series-others")


def category_name(names: Names, split: str, value: str) -> str:
    """The name of a category."""
    if value == OTHERS:
        return _("All others")
    field = SPLITS[split].field
    return facet_label(names, field, value)[0] if field else label(EventGroup(value))


def category_colours(names: Names, split: str, values: Iterable[str]) -> list[str]:
    """The colour of each category; groups, attestations and datasets have those of the map."""
    fixed = {}
    if split in ("group", "attestation", "dataset"):
        fixed = {shade.id: shade.colour for shade in shades(split, names.datasets)}
    return [
        _OTHERS if value == OTHERS else fixed.get(value, _SERIES[at % len(_SERIES)])
        for at, value in enumerate(values)
    ]


def period_name(period: Period, step: Step) -> str:
    """A short name, e.g. "3 January 2021", "January 2021"; of a week its first day."""
    if step is Step.YEAR:
        return in_digits(str(period.start.year))
    return month(period.start) if step is Step.MONTH else day(period.start)


def period_days(period: Period) -> str:
    """The first and the last day, e.g. "3 January 2021 to 9 January 2021"."""
    return day(period.start) if period.days == 1 else span(period.start, period.end)


def counted_words(query: Query) -> str:
    """What is counted, e.g. "Events", "Killed"."""
    return sentence_case(label(query.measure)) if query.trend.figures else _("Events")
