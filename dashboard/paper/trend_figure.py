"""A trend as a figure for print: bars by period, with what they count, sources and caveat."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from dashboard.language.language import current
from dashboard.language.messages import _
from dashboard.language.numbers import number
from dashboard.paper.figure import figure_style
from dashboard.paper.notes import Note, caveat, height, write
from dashboard.paper.typeset import QUIET, RULE, Column, directed, font
from dashboard.trends.labels import period_name
from dashboard.trends.over_time import OverTime

_WIDTH, _MARGIN, _CHART, _KEY_ROW = 7.8, 0.4, 2.9, 0.2
_SIZE, _TITLE = 8.2, 1.7
_LIGHT = 0.35
_MOST_LABELS = 6


@dataclass(frozen=True, slots=True)
class TrendTexts:
    """What is written around the chart: `sentence` is the selection, `counted` the name of the axis.

    `created` is the day in the caveat, `None` for none: a document around it has one.
    """

    title: str
    sentence: str
    counted: str
    notes: Sequence[str]
    sources: Sequence[str]
    created: date | None


def trend_figure(data: OverTime, texts: TrendTexts) -> Figure:
    """A sheet as tall as its content, in the current language."""
    inner = _WIDTH - 2 * _MARGIN
    key = _KEY_ROW * -(-len(data.series) // 2) + 0.45
    head, tail = _head(texts), _tail(texts)
    texts_high = height(head, _SIZE, inner) + height(tail, _SIZE, inner)
    total = texts_high + _CHART + key + 2 * _MARGIN + 0.2
    with figure_style():
        figure = Figure(figsize=(_WIDTH, total), facecolor="white")
        column = Column(figure, _MARGIN, inner, total - _MARGIN)
        write(column, head, _SIZE)
        column.skip(_CHART + 0.1)
        left = _MARGIN + 0.35
        box = (left / _WIDTH, column.y / total, (inner - 0.35) / _WIDTH, _CHART / total)
        _draw(figure.add_axes(box), data, texts)
        column.skip(key)
        write(column, tail, _SIZE)
    return figure


def _head(texts: TrendTexts) -> list[Note]:
    language = current()
    return [
        Note(texts.title, language, bold=True, share=_TITLE),
        Note(texts.sentence, language, colour=QUIET),
    ]


def _tail(texts: TrendTexts) -> list[Note]:
    language = current()
    notes = [Note(text, language, colour=QUIET) for text in texts.notes]
    if texts.sources:
        notes.append(Note(_("Sources"), language, bold=True, before=0.6))
        notes += [Note(source, language, tag="–") for source in texts.sources]
    return [*notes, caveat(texts.created)] if texts.created else notes


def _draw(axes: Axes, data: OverTime, texts: TrendTexts) -> None:
    places = np.arange(len(data.periods))
    base = np.zeros(len(places))
    certain = [[count.low for count in series.counts] for series in data.series]
    possible = [[count.high - count.low for count in series.counts] for series in data.series]
    for parts, share in ((certain, 1.0), (possible, _LIGHT)):
        for series, values in zip(data.series, parts, strict=True):
            axes.bar(
                places, values, 0.86, base, color=_on_white(series.colour, share),
                edgecolor="white", linewidth=0.3,
            )  # fmt: skip
            base += values
    _labels(axes, data, texts)


def _on_white(colour: str, share: float) -> tuple[float, ...]:
    """A colour as it looks on white with this opacity; lines behind it stay hidden."""
    return tuple(1 - share * (1 - part) for part in to_rgb(colour))


def _labels(axes: Axes, data: OverTime, texts: TrendTexts) -> None:
    language = current()
    small = font(_SIZE * 0.9)
    every = -(-len(data.periods) // _MOST_LABELS)
    shown = list(range(0, len(data.periods), every))
    axes.set_xticks(shown)
    names = [directed(period_name(data.periods[at], data.step), language) for at in shown]
    axes.set_xticklabels(names, fontproperties=small)
    axes.yaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.yaxis.set_major_formatter(lambda value, _at: number(value))
    axes.set_ylabel(directed(texts.counted, language), fontproperties=small, color=QUIET)
    axes.set_xlim(-0.6, len(data.periods) - 0.4)
    for text in axes.get_yticklabels():
        text.set_fontproperties(small)
    for name in ("top", "right", "left"):
        axes.spines[name].set_visible(False)
    axes.spines["bottom"].set(color=RULE, linewidth=0.6)
    axes.tick_params(length=2, width=0.5, colors=QUIET, pad=2)
    axes.grid(axis="y", color=RULE, linewidth=0.4)
    axes.set_axisbelow(True)
    handles = [Patch(color=series.colour) for series in data.series]
    axes.legend(
        handles,
        [directed(series.name, language) for series in data.series],
        prop=small,
        ncols=2,
        frameon=False,
        loc="upper right" if language.direction == "rtl" else "upper left",
        bbox_to_anchor=(1 if language.direction == "rtl" else 0, -0.09),
        markerfirst=language.direction == "ltr",
        handlelength=1,
        handleheight=1,
    )
