"""A trend as parameters of a link, e.g. split=kind, step=week."""

from collections.abc import Callable
from datetime import date
from typing import Protocol, TypeVar

from dashboard.model.trend import Period, Step, Trend, TrendView
from dashboard.query.splits import SPLITS

T = TypeVar("T")
TREND_KEYS = ("trend", "split", "cross", "step", "count", "compare")
_DEFAULT = Trend()
_FIGURES = "figures"


class _ReadOne(Protocol):
    """Reads the value of a key; `None` where it is missing, or raises ValueError and is dropped."""

    def __call__(self, key: str, read: Callable[[str], T]) -> T | None:
        """The value of the key."""


def trend_params(trend: Trend) -> dict[str, list[str]]:
    """The parameters of a trend; what is as in `Trend()` is omitted."""
    periods = ",".join(f"{each.start}..{each.end}" for each in trend.periods or ())
    values = {
        "trend": trend.view.value if trend.view is not _DEFAULT.view else "",
        "split": trend.split if trend.split != _DEFAULT.split else "",
        "cross": trend.cross if trend.cross != _DEFAULT.cross else "",
        "step": trend.step.value if trend.step else "",
        "count": _FIGURES if trend.figures else "",
        "compare": periods,
    }
    return {key: [value] for key, value in values.items() if value}


def trend_from(read_one: _ReadOne) -> Trend:
    """The trend of a link, whose parameters `read_one` reads."""
    return Trend(
        view=read_one("trend", TrendView) or _DEFAULT.view,
        split=read_one("split", _split) or _DEFAULT.split,
        cross=read_one("cross", _split) or _DEFAULT.cross,
        step=read_one("step", Step),
        figures=read_one("count", _figures) is not None,
        periods=read_one("compare", _periods),
    )


def _split(value: str) -> str:
    if value not in SPLITS:
        raise ValueError(value)
    return value


def _figures(value: str) -> str:
    if value != _FIGURES:
        raise ValueError(value)
    return value


def _periods(value: str) -> tuple[Period, Period]:
    first, second = (_period(text) for text in value.split(","))
    return first, second


def _period(value: str) -> Period:
    start, end = (date.fromisoformat(text) for text in value.split(".."))
    return Period(start, end)
