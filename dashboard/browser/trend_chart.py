"""A trend as an Altair chart: bars by period, stacked by category; what is only possible is lighter."""

from typing import Any

import altair as alt
import pandas as pd

from dashboard.language.messages import _
from dashboard.language.words import without_isolates
from dashboard.legend.palette import colour, on_dark
from dashboard.text.escape import escape
from dashboard.trends.labels import period_days, period_name
from dashboard.trends.over_time import OverTime

# The name of the selection of a bar, and the fields that it has: the numbers of period and category.
PICKED = "picked"
AT, CATEGORY = "at", "category"
_HEIGHT, _LIGHT = 280, 0.35


def trend_chart(data: OverTime, counted: str, *, dark: bool = False) -> alt.Chart:
    """The chart of a trend, on a light page or a dark one; `counted` names what the bars count."""
    names = [_plain(series.name) for series in data.series]
    labels = [_plain(period_name(period, data.step)) for period in data.periods]
    colours = alt.Scale(domain=names, range=_colours(data, dark=dark))
    certainty = alt.Scale(domain=list(_certainties()), range=[1, _LIGHT])
    chart = alt.Chart(bars(data)).mark_bar(stroke=colour("paper", dark=dark), strokeWidth=0.4)
    drawn: alt.Chart = chart.encode(
        x=alt.X("label:N", scale=alt.Scale(domain=labels), title=None, axis=_axis()),
        y=alt.Y("events:Q", title=counted, axis=alt.Axis(tickMinStep=1, format="~s")),
        color=alt.Color("name:N", scale=colours, legend=None),
        opacity=alt.Opacity("certainty:N", scale=certainty, legend=None),
        order=alt.Order("order:Q"),
        tooltip=[
            alt.Tooltip("name:N", title=_("Category")),
            alt.Tooltip("days:N", title=_("Days")),
            alt.Tooltip("events:Q", title=counted),
            alt.Tooltip("certainty:N", title=_("In these days")),
        ],
    )
    picked = alt.selection_point(name=PICKED, fields=[AT, CATEGORY])
    return drawn.add_params(picked).properties(height=_HEIGHT)


def key_html(data: OverTime, *, dark: bool = False) -> str:
    """The names of the categories with their colours."""
    items = "".join(
        f'<li><i style="background:{hexadecimal}"></i>{_bdi(series.name)}</li>'
        for series, hexadecimal in zip(data.series, _colours(data, dark=dark), strict=True)
    )
    return f'<ul class="trend-key">{items}</ul>'


def bars(data: OverTime) -> pd.DataFrame:
    """A row for each part of a bar: certain events, and those that may lie in the period besides."""
    labels = [_plain(period_name(period, data.step)) for period in data.periods]
    rows: list[dict[str, Any]] = []
    for number, series in enumerate(data.series):
        for at, (period, count) in enumerate(zip(data.periods, series.counts, strict=True)):
            parts = zip(_certainties(), (count.low, count.high - count.low), strict=True)
            for uncertain, (certainty, events) in enumerate(parts):
                if events:
                    rows.append(
                        {
                            AT: at,
                            CATEGORY: number,
                            "label": labels[at],
                            "days": _plain(period_days(period)),
                            "name": _plain(series.name),
                            "certainty": certainty,
                            "events": events,
                            "order": uncertain * len(data.series) + number,
                        }
                    )
    columns = [AT, CATEGORY, "label", "days", "name", "certainty", "events", "order"]
    return pd.DataFrame(rows, columns=columns)


def _colours(data: OverTime, *, dark: bool) -> list[str]:
    return [on_dark(series.colour) if dark else series.colour for series in data.series]


def _axis() -> alt.Axis:
    return alt.Axis(labelOverlap="greedy", labelAngle=0, labelSeparation=8, ticks=False)


def _bdi(text: str) -> str:
    return f"<bdi>{escape(without_isolates(text))}</bdi>"


def _certainties() -> tuple[str, str]:
    return _("certain"), _("possible")


def _plain(text: str) -> str:
    """Text for a label of its own, without the characters that isolate it from others."""
    return without_isolates(text)
