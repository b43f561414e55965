"""The days below the printed timeline: as many as fit, none cut and none on another."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import pairwise

from matplotlib.axes import Axes

from dashboard.language.language import Language
from dashboard.language.words import day, month
from dashboard.paper.typeset import joined, width_of

Languages = tuple[Language, ...]
_MOST = 8
# Days up to this many have labels of days, more have labels of months.
_MOST_DAYS = 62
_DAYS, _MONTHS = (1, 2, 3, 7, 14, 31), (1, 2, 3, 6, 12, 24, 60, 120, 600)
# The least distance between two labels, in inches.
_GAP = 0.08


def draw_days(axes: Axes, ends: tuple[date, date], size: float, languages: Languages) -> None:
    """Label the x axis, whose unit is a day from the first of `ends`."""
    width = axes.bbox.width / axes.figure.dpi
    first, last = ends
    inch = width / ((last - first).days + 1)
    for days, label in _choices(first, last):
        texts = [joined(languages, partial(label, each), "\n") for each in days]
        lefts = _lefts([(each - first).days * inch for each in days], texts, size, width)
        if len(days) <= _MOST and _apart(lefts, texts, size):
            break
    shown = [at for at, left in enumerate(lefts) if left is not None]
    if not _apart(lefts, texts, size):
        shown = shown[:1]
    axes.set_xticks([(days[at] - first).days for at in shown])
    axes.set_xticklabels([texts[at] for at in shown], ha="left")
    for at, tick in zip(shown, axes.get_xticklabels(), strict=True):
        left = lefts[at]
        if left is not None and left < (days[at] - first).days * inch:
            tick.set_horizontalalignment("right")


def _choices(first: date, last: date) -> Iterator[tuple[list[date], Callable[[date], str]]]:
    """The days to label with the words for them, from many to few."""
    count = (last - first).days + 1
    if count <= _MOST_DAYS:
        for step in _DAYS:
            yield [first + timedelta(days=at) for at in range(0, count, step)], day
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    for step in _MONTHS:
        starts = [date(at // 12, at % 12 + 1, 1) for at in months if at % step == 0]
        if inside := [each for each in starts if first <= each <= last]:
            yield inside, month
    yield [first], day


def _lefts(
    places: Sequence[float], texts: Sequence[str], size: float, width: float
) -> list[float | None]:
    """Where each label begins: at its tick; before it if it would be cut, or nowhere."""
    lefts: list[float | None] = []
    for place, text in zip(places, texts, strict=True):
        across = _across(text, size)
        if place + across <= width:
            lefts.append(place)
        else:
            lefts.append(place - across if place >= across else None)
    return lefts


def _apart(lefts: Sequence[float | None], texts: Sequence[str], size: float) -> bool:
    placed = [
        (left, left + _across(text, size))
        for left, text in zip(lefts, texts, strict=True)
        if left is not None
    ]
    return all(end + _GAP <= start for (_left, end), (start, _end) in pairwise(placed))


def _across(text: str, size: float) -> float:
    """The width of the widest line, in inches."""
    return max(width_of(line, size) for line in text.split("\n"))
