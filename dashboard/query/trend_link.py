"""A trend as parameters of a link, e.g. split=kind, step=week."""

from datetime import date

from dashboard.model.trend import Period, Step, Trend, TrendView
from dashboard.query.read_one import ReadOne
from dashboard.query.splits import SPLITS

TREND_KEYS = ("trend", "split", "cross", "step", "count", "compare")
_DEFAULT = Trend()
_FIGURES = "figures"


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


def trend_from(read_one: ReadOne) -> Trend:
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
