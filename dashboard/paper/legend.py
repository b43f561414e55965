"""The legend: the signs that appear on the map and in the timeline, and no others."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch, Rectangle, Wedge

from dashboard.language.figures import several_marks, size_words
from dashboard.language.labels import label, meaning
from dashboard.language.language import Language
from dashboard.language.messages import _
from dashboard.legend import palette
from dashboard.legend.palette import AREA_COLOUR
from dashboard.model.estimate import Measure
from dashboard.model.event import Attestation, EventGroup
from dashboard.paper.chart import attestation_swatch
from dashboard.paper.chosen_areas import COLOUR as CHOSEN
from dashboard.paper.chosen_areas import WIDTH
from dashboard.paper.context_layers import LayerSign, layer_rows
from dashboard.paper.marks import (
    CONTESTED,
    DASHES,
    DOTS,
    HATCHES,
    POSSIBLE_ALPHA,
    draw_cross,
    draw_tick,
)
from dashboard.paper.shaded_areas import ShadeRow, shade_legend
from dashboard.paper.typeset import INK, Column, height_of, joined, wrapped

# The height of a row and the width of its sign, in lines of text.
_ROW, _SIGN = 1.25, 2.6
_SWATCH = (-0.7, -0.34, 1.4, 0.68)
_MOVEMENT = palette.GROUPS[EventGroup.MOVEMENT]
_GREY = palette.colour("grey")


@dataclass(frozen=True, slots=True)
class Seen:
    """The signs that appear in a figure.

    `measure` is the one for which sizes of marks stand, `None` for events; `no_figure` means that a
    mark has none, `at_several` that an event is at several marks. `shades` are the classes of coloured
    areas, `level` says which. `extents` is that of the query.
    """

    groups: frozenset[str]
    contested: bool
    unreviewed: bool
    hollow: bool
    merged: bool
    arrows: bool
    contested_arrows: bool
    areas: bool
    lines: bool
    circles: bool
    attestations: tuple[str, ...]
    measure: Measure | None = None
    no_figure: bool = False
    at_several: bool = False
    confirmed: bool = False
    refuted: bool = False
    only_possible: bool = False
    chosen: bool = False
    layers: tuple[LayerSign, ...] = ()
    shades: tuple[ShadeRow, ...] = ()
    level: str = ""
    extents: bool = True


Sign = Callable[[Axes], None]
Row = tuple[Sign, Callable[[], str]]


def legend_rows(seen: Seen) -> list[Row]:
    """A sign and its words for all that appears; a sign is drawn within -1..1 by -0.5..0.5."""
    rows: list[Row] = [
        (partial(_group_sign, group), partial(label, group))
        for group in EventGroup
        if group.value in seen.groups
    ]
    if seen.groups:
        rows += _size_rows(seen)
    for there, sign, words in (
        (seen.merged, _merged_sign, lambda: _("one mark for places too near to be told apart")),
        (
            seen.contested,
            partial(_ring_sign, CONTESTED, DASHES),
            lambda: _("dashed ring: some are contested"),
        ),
        (
            seen.unreviewed,
            partial(_ring_sign, palette.UNREVIEWED, DOTS),
            lambda: _("dotted ring: some are not reviewed"),
        ),
        (seen.confirmed, _tick_sign, lambda: _("tick: some are confirmed")),
        (
            seen.refuted,
            _cross_sign,
            lambda: _("pale and crossed: all are refuted (a small cross: some)"),
        ),
        (
            seen.only_possible,
            _possible_sign,
            lambda: _("pale: all of them only possibly within the dates"),
        ),
        (
            seen.extents and (seen.hollow or seen.circles),
            _hollow_sign,
            lambda: _("hollow: place uncertain, within the circle"),
        ),
        (
            seen.hollow and not seen.extents,
            _hollow_mark,
            lambda: _("hollow: place uncertain"),
        ),
        (seen.arrows, partial(_arrow_sign, "-"), lambda: _("arrow: movement")),
        (
            seen.contested_arrows,
            partial(_arrow_sign, DASHES),
            lambda: _("dashed arrow: contested movement"),
        ),
        (seen.lines, _line_sign, lambda: _("broad line: somewhere along it")),
        (seen.areas, _area_sign, lambda: _("filled: somewhere in this area")),
        (seen.chosen, _chosen_sign, lambda: _("outline: the chosen area")),
    ):
        if there:
            rows.append((sign, words))
    rows.extend(
        (partial(attestation_swatch, kind=kind, box=_SWATCH), partial(_attestation, kind))
        for kind in Attestation
        if kind.value in seen.attestations
    )
    rows.extend(shade_legend(seen.shades, seen.level))
    rows.extend(layer_rows(seen.layers))
    return rows


def _size_rows(seen: Seen) -> list[Row]:
    """What the size of a mark and its number stand for."""
    measure = seen.measure
    if measure is None:
        return [(_size_sign, lambda: _("size and number: events"))]
    rows: list[Row] = [(_size_sign, partial(size_words, measure))]
    if seen.no_figure:
        rows.append((_dash_sign, lambda: _("grey with a dash: no event here has a figure")))
    rows.append((_shares_sign, lambda: _("colours: shares of the events")))
    if seen.at_several:
        rows.append((_several_sign, several_marks))
    return rows


def _chosen_sign(axes: Axes) -> None:
    axes.add_patch(
        Rectangle((-0.7, -0.34), 1.4, 0.68, facecolor="none", edgecolor=CHOSEN, linewidth=WIDTH)
    )


def _attestation(kind: Attestation) -> str:
    return f"{label(kind)}: {meaning(kind)}"


def legend_height(seen: Seen, size: float, width: float, languages: tuple[Language, ...]) -> float:
    """The height of the legend in a column of this width, in inches."""
    rows = [len(_lines(words, size, width, languages)) for _sign, words in legend_rows(seen)]
    return height_of(size) * (1 + sum(lines + _ROW - 1 for lines in rows)) if rows else 0.0


def _indent(size: float) -> float:
    return height_of(size) * _SIGN + 0.05


def _lines(
    words: Callable[[], str], size: float, width: float, languages: tuple[Language, ...]
) -> list[str]:
    return wrapped(joined(languages, words), size, width - _indent(size))


def draw_legend(
    figure: Figure, column: Column, seen: Seen, size: float, languages: tuple[Language, ...]
) -> None:
    """Draw the legend at the top of a column; nothing if there is nothing to explain."""
    first = languages[0]
    if not legend_rows(seen):
        return
    column.line(joined(languages, lambda: _("Legend")), size, first, bold=True)
    for sign, words in legend_rows(seen):
        column.skip(height_of(size) * (_ROW - 1))
        _draw_sign(figure, column, sign, size, first)
        for line in _lines(words, size, column.width, languages):
            column.line(line, size, first, indent=_indent(size))


def _draw_sign(figure: Figure, column: Column, sign: Sign, size: float, language: Language) -> None:
    """Draw the sign of the next row."""
    high = height_of(size)
    wide = high * _SIGN
    right = language.direction == "rtl"
    left = column.left + column.width - wide if right else column.left
    page = figure.get_size_inches()
    axes = figure.add_axes(
        (left / page[0], (column.y - high) / page[1], wide / page[0], high * 1.1 / page[1])
    )
    axes.set(xlim=(-1.3, 1.3), ylim=(-0.55, 0.55))
    axes.axis("off")
    sign(axes)


def _group_sign(group: EventGroup, axes: Axes) -> None:
    axes.add_patch(
        Circle(
            (0, 0),
            0.45,
            facecolor=palette.GROUPS[group],
            edgecolor="white",
            hatch=HATCHES[group],
            linewidth=0.3,
        )
    )


def _size_sign(axes: Axes) -> None:
    axes.add_patch(Circle((-0.7, 0), 0.22, facecolor=_GREY))
    axes.add_patch(Circle((0.35, 0), 0.5, facecolor=_GREY))
    axes.add_patch(Circle((0.35, 0), 0.3, facecolor="white"))


def _dash_sign(axes: Axes) -> None:
    axes.add_patch(Circle((0, 0), 0.38, facecolor="white", edgecolor=_GREY, linewidth=1.5))
    axes.plot([-0.15, 0.15], [0, 0], color=INK, linewidth=0.8)


def _shares_sign(axes: Axes) -> None:
    for start, end, group in ((-30, 90, EventGroup.VIOLENCE), (90, 330, EventGroup.POLITICS)):
        wedge = Wedge((0, 0), 0.45, start, end, width=0.2, edgecolor="white", linewidth=0.3)
        wedge.set(facecolor=palette.GROUPS[group], hatch=HATCHES[group])
        axes.add_patch(wedge)


def _several_sign(axes: Axes) -> None:
    for x in (-0.5, 0.5):
        axes.add_patch(Circle((x, 0), 0.38, facecolor="white", edgecolor=_GREY, linewidth=1))


def _merged_sign(axes: Axes) -> None:
    for x in (-0.25, 0.25):
        axes.add_patch(Circle((x, 0), 0.42, facecolor="white", edgecolor=_GREY, linewidth=1))


def _ring_sign(colour: str, dashes: object, axes: Axes) -> None:
    axes.add_patch(
        Circle((0, 0), 0.42, facecolor="none", edgecolor=colour, linewidth=1.2, linestyle=dashes)
    )


def _tick_sign(axes: Axes) -> None:
    axes.add_patch(Circle((0, 0), 0.42, facecolor="white", edgecolor=INK, linewidth=0.6))
    draw_tick(axes, (0, 0), 0.22)


def _cross_sign(axes: Axes) -> None:
    axes.add_patch(Circle((0, 0), 0.45, facecolor=_GREY, alpha=0.3))
    draw_cross(axes, (0, 0), 0.33)


def _possible_sign(axes: Axes) -> None:
    axes.add_patch(Circle((0, 0), 0.45, facecolor=_GREY, alpha=POSSIBLE_ALPHA))


def _hollow_sign(axes: Axes) -> None:
    axes.add_patch(
        Circle(
            (0, 0), 0.5, facecolor="none", edgecolor=AREA_COLOUR, linewidth=0.7, linestyle=DASHES
        )
    )
    _hollow_mark(axes)


def _hollow_mark(axes: Axes) -> None:
    axes.add_patch(Circle((0, 0), 0.22, facecolor="white", edgecolor=_GREY, linewidth=1.2))


def _arrow_sign(linestyle: object, axes: Axes) -> None:
    axes.add_patch(
        FancyArrowPatch(
            (-1.15, 0),
            (1.15, 0),
            arrowstyle="-|>,head_length=4,head_width=2.2",
            color=_MOVEMENT,
            linewidth=1.4,
            shrinkA=0,
            shrinkB=0,
            linestyle=linestyle,
        )
    )


def _line_sign(axes: Axes) -> None:
    axes.plot([-1.1, 1.1], [0, 0], color=AREA_COLOUR, linewidth=3.4, alpha=0.35)


def _area_sign(axes: Axes) -> None:
    axes.add_patch(
        Rectangle(
            (-0.9, -0.38),
            1.8,
            0.76,
            facecolor=f"{AREA_COLOUR}22",
            edgecolor=AREA_COLOUR,
            linewidth=0.7,
        )
    )
