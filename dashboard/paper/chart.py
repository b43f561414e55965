"""The timeline in print: events per day by attestation, and below it those of uncertain date."""

from datetime import date, timedelta
from functools import partial

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from dashboard.language.language import Language
from dashboard.language.messages import _, plural
from dashboard.language.numbers import number
from dashboard.language.words import day, month
from dashboard.legend import palette
from dashboard.model.event import Attestation
from dashboard.paper.typeset import INK, QUIET, RULE, directed, font, joined
from dashboard.timeline.timeline import Span, TimelineData

_HATCHES = {
    Attestation.CONTESTED: "//////",
    Attestation.SINGLE_SOURCE: "",
    Attestation.CORROBORATED: "",
}
# Ticks at most every so many days: days, weeks, months, quarters, years.
_MOST_TICKS = 8
# The room for the number of spans that are left out, in lanes.
_LANES_OF_TEXT = 2.6


def draw_chart(
    axes: Axes, data: TimelineData, size: float, languages: tuple[Language, ...]
) -> None:
    """Draw bars above and spans below a base line, from left to right in every language."""
    first, last = date.fromisoformat(data.first), date.fromisoformat(data.last)
    top = max((sum(each.counts.values()) for each in data.bins), default=0)
    axes.set_xlim(0, (last - first).days + 1)
    lane = max(1, top) * 0.09
    lowest = max((span.lane for span in data.spans), default=-1) + 1
    room = _LANES_OF_TEXT if data.hidden_spans else 0
    axes.set_ylim(-lane * (lowest + 1.2 + room), max(1, top) * 1.12)
    for each in data.bins:
        _bar(axes, (date.fromisoformat(each.start) - first).days, each.days, each.counts)
    for span in data.spans:
        _span(axes, span, first, lane)
    axes.axhline(0, color=INK, linewidth=0.6)
    axes.set_yticks([0, top] if top else [0])
    axes.set_yticklabels([number(tick) for tick in ([0, top] if top else [0])])
    _ticks(axes, first, last, languages)
    for name in ("top", "right", "left"):
        axes.spines[name].set_visible(False)
    axes.spines["bottom"].set(color=RULE, linewidth=0.6)
    axes.tick_params(length=2, width=0.5, colors=QUIET, pad=1.5)
    for text in [*axes.get_yticklabels(), *axes.get_xticklabels()]:
        text.set_fontproperties(font(size * 0.9))
    if data.hidden_spans:
        more = joined(
            languages,
            lambda: plural(
                "and {n} more of uncertain date",
                "and {n} more of uncertain date",
                data.hidden_spans,
            ),
        )
        axes.text(
            1,
            0.02,
            directed(more, languages[0]),
            transform=axes.transAxes,
            ha="right",
            va="bottom",
            fontproperties=font(size * 0.85),
            color=QUIET,
        )
    if not data.bins and not data.spans:
        axes.text(
            0.5,
            0.5,
            joined(languages, lambda: _("No dated event.")),
            ha="center",
            transform=axes.transAxes,
            fontproperties=font(size),
            color=QUIET,
        )


def _bar(axes: Axes, start: int, days: int, counts: object) -> None:
    base = 0
    for kind in Attestation:
        count = counts[kind.value]  # type: ignore[index]
        if count:
            attestation_swatch(axes, kind, (start + 0.06 * days, base, days * 0.88, count))
        base += count


def _span(axes: Axes, span: Span, first: date, lane: float) -> None:
    start = (date.fromisoformat(span.start) - first).days
    days = (date.fromisoformat(span.end) - date.fromisoformat(span.start)).days + 1
    kind = Attestation(span.attestation)
    y = -lane * (span.lane + 1.35)
    attestation_swatch(axes, kind, (start, y, days, lane * 0.72), 0.25)
    for is_open, x, sign in ((span.open_start, start, "<"), (span.open_end, start + days, ">")):
        if is_open:
            axes.plot([x], [y + lane * 0.36], marker=sign, color=INK, markersize=2.2, clip_on=False)


def _ticks(axes: Axes, first: date, last: date, languages: tuple[Language, ...]) -> None:
    days = (last - first).days + 1
    if days <= 62:
        step = next(step for step in (1, 2, 3, 7, 14) if days / step <= _MOST_TICKS or step == 14)
        at = [first + timedelta(days=n) for n in range(0, days, step)]
        label = day
    else:
        step = next(
            step for step in (1, 2, 3, 6, 12, 24, 60, 120, 600) if days / 30.4 / step <= _MOST_TICKS
        )
        months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
        at = [date(m // 12, m % 12 + 1, 1) for m in months if m % step == 0]
        at = [tick for tick in at if first <= tick <= last]
        label = month
    axes.set_xticks([(tick - first).days for tick in at])
    axes.set_xticklabels([joined(languages, partial(label, tick), "\n") for tick in at], ha="left")


def attestation_swatch(
    axes: Axes, kind: Attestation, box: tuple[float, float, float, float], edge_pt: float = 0.3
) -> None:
    """Draw a bar, a span or a sign of the legend; `box` is x, y, width, height."""
    axes.add_patch(
        Rectangle(
            box[:2],
            box[2],
            box[3],
            facecolor=palette.ATTESTATIONS[kind],
            edgecolor="white",
            linewidth=edge_pt,
            hatch=_HATCHES[kind],
        )
    )
