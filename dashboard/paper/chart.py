"""The timeline in print: events per day by attestation, and below it those of uncertain date."""

from datetime import date

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from dashboard.language.language import Language
from dashboard.language.messages import _, plural
from dashboard.language.numbers import number
from dashboard.legend import palette
from dashboard.model.event import Attestation
from dashboard.paper.day_labels import draw_days
from dashboard.paper.typeset import INK, QUIET, RULE, font, joined, width_of
from dashboard.timeline.timeline import Span, TimelineData

_HATCHES = {
    Attestation.CONTESTED: "//////",
    Attestation.SINGLE_SOURCE: "",
    Attestation.CORROBORATED: "",
}
# The size of labels as a share of that of text, and the length of a tick with its gap, in inches.
_LABELS, _TICK = 0.9, 0.06


def draw_chart(
    axes: Axes, data: TimelineData, size: float, languages: tuple[Language, ...]
) -> None:
    """Draw bars above and spans below a base line, from left to right in every language."""
    first, last = date.fromisoformat(data.first), date.fromisoformat(data.last)
    top = highest_bar(data)
    axes.set_xlim(0, (last - first).days + 1)
    lane = max(1, top) * 0.09
    lowest = max((span.lane for span in data.spans), default=-1) + 1
    # Without bars the spans have all of the height.
    axes.set_ylim(-lane * (lowest + 1.2), top * 1.12 if top else lane * 1.5)
    for each in data.bins:
        _bar(axes, (date.fromisoformat(each.start) - first).days, each.days, each.counts)
    for span in data.spans:
        _span(axes, span, first, lane)
    axes.axhline(0, color=INK, linewidth=0.6)
    heights = [0, top] if top else []
    axes.set_yticks(heights)
    axes.set_yticklabels([number(tick) for tick in heights])
    draw_days(axes, (first, last), size * _LABELS, languages)
    for name in ("top", "right", "left"):
        axes.spines[name].set_visible(False)
    axes.spines["bottom"].set(color=RULE, linewidth=0.6)
    axes.tick_params(length=2, width=0.5, colors=QUIET, pad=1.5)
    for text in [*axes.get_yticklabels(), *axes.get_xticklabels()]:
        text.set_fontproperties(font(size * _LABELS))
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


def highest_bar(data: TimelineData) -> int:
    """The number of events of the day, or other period, with most; 0 without bars."""
    return max((sum(each.counts.values()) for each in data.bins), default=0)


def heights_width(data: TimelineData, size: float) -> float:
    """The width of the numbers left of the chart, in inches."""
    return width_of(number(highest_bar(data)), size * _LABELS) + _TICK


def hidden_spans(data: TimelineData) -> str:
    """How many events of uncertain date are not drawn, in the current language."""
    return plural(
        "and {n} more of uncertain date", "and {n} more of uncertain date", data.hidden_spans
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
