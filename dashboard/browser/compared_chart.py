"""Two periods as an Altair chart: two bars for each category; what is only possible is paler."""

from collections.abc import Iterator, Sequence
from typing import Any

import altair as alt
import pandas as pd

from dashboard.language.messages import _
from dashboard.language.words import without_isolates
from dashboard.legend.palette import colour, on_dark
from dashboard.trends.compared import Compared, Row

# The name of the selection of a bar, and the field that it has: the number of the category.
PICKED, CATEGORY = "picked_category", "category"
# The categories with bars: more are in the table only.
MOST_BARS = 12
_BAR_PX, _PALE = 15, 0.35
_COLOURS = ("series-others", "series-1")


def compared_chart(data: Compared, counted: str, *, dark: bool = False) -> alt.Chart:
    """The chart of a comparison, on a light page or a dark one; `counted` names what the bars count."""
    names = _names(data.rows[:MOST_BARS])
    periods = _periods()
    colours = [on_dark(colour(name)) if dark else colour(name) for name in _COLOURS]
    certainty = alt.Scale(domain=[_("certain"), _("possible")], range=[1, _PALE])
    chart = alt.Chart(compared_bars(data)).mark_bar(height=_BAR_PX - 3)
    drawn: alt.Chart = chart.encode(
        y=alt.Y("name:N", sort=None, title=None, scale=alt.Scale(domain=names), axis=_axis()),
        yOffset=alt.YOffset("period:N", scale=alt.Scale(domain=periods)),
        x=alt.X("events:Q", title=counted, axis=alt.Axis(tickMinStep=1, format="~s")),
        color=alt.Color("period:N", scale=alt.Scale(domain=periods, range=colours), legend=None),
        opacity=alt.Opacity("certainty:N", scale=certainty, legend=None),
        order=alt.Order("order:Q"),
        tooltip=[
            alt.Tooltip("name:N", title=_("Category")),
            alt.Tooltip("period:N", title=_("Period")),
            alt.Tooltip("events:Q", title=counted),
            alt.Tooltip("certainty:N", title=_("In these days")),
        ],
    )
    picked = alt.selection_point(name=PICKED, fields=[CATEGORY])
    height = len(names) * (2 * _BAR_PX + 8)
    return drawn.add_params(picked).properties(height=height)


def compared_key(*, dark: bool = False) -> str:
    """The two periods with their colours, as HTML."""
    items = "".join(
        f'<li><i style="background:{on_dark(colour(name)) if dark else colour(name)}"></i>{words}</li>'
        for name, words in zip(_COLOURS, _periods(), strict=True)
    )
    return f'<ul class="trend-key">{items}</ul>'


def compared_bars(data: Compared) -> pd.DataFrame:
    """A row for each part of a bar: certain events, and those that may lie in the period besides."""
    columns = [CATEGORY, "name", "period", "certainty", "events", "order"]
    return pd.DataFrame(list(_parts(data)), columns=columns)


def _parts(data: Compared) -> Iterator[dict[str, Any]]:
    rows = data.rows[:MOST_BARS]
    for at, (row, name) in enumerate(zip(rows, _names(rows), strict=True)):
        for period, count in zip(_periods(), (row.earlier, row.later), strict=True):
            parts = ((_("certain"), count.low), (_("possible"), count.high - count.low))
            for order, (certainty, events) in enumerate(parts):
                if events:
                    yield {
                        CATEGORY: at,
                        "name": name,
                        "period": period,
                        "certainty": certainty,
                        "events": events,
                        "order": order,
                    }


def _names(rows: Sequence[Row]) -> list[str]:
    """The names of the categories; of two with one name the later has its number."""
    names = [without_isolates(row.name) for row in rows]
    return [
        name if name not in names[:at] else f"{name} ({at + 1})" for at, name in enumerate(names)
    ]


def _periods() -> list[str]:
    return [_("Earlier"), _("Later")]


def _axis() -> alt.Axis:
    return alt.Axis(labelLimit=150, ticks=False)
