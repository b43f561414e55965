"""Where everything goes on the sheet, at the largest text that it holds.

The map's shape depends on the room that text leaves, and the text on the marks that the map shows; so
`figure.py` lays a sheet out again until the map's shape stays.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from dashboard.language.language import Language
from dashboard.paper.legend import Seen, legend_height
from dashboard.paper.notes import Note, height
from dashboard.paper.options import FigureOptions, Layout
from dashboard.paper.typeset import height_of, wrapped

Box = tuple[float, float, float, float]

# Text no smaller than this many points is still read in print.
_SMALLEST, _STEP = 5.2, 0.95
GAP = 0.12
# The timeline's height, and the room that the graticule's names take beside and below the map.
_CHART, _NAMES = 1.05, 0.13
# A sheet narrower than this is one column.
_NARROW = 5.0
# A map no taller than this share of its width: what is left over is better left white.
_TALLEST = 0.95
# How many marks, and how many events of a list, are named: fewer and fewer until they fit.
LIMITS = ((60, 12), (30, 8), (16, 5), (10, 3), (6, 2), (4, 1))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the sheet's head, before it is broken."""

    text: str
    language: Language
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Texts:
    """All that is written, at one size."""

    size: float
    head: tuple[Line, ...]
    key: tuple[Note, ...]
    rest: tuple[Note, ...]
    caveat: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The parts of the page; boxes are left, bottom, width, height in inches."""

    width: float
    height: float
    heads: tuple[Box, ...]
    map: Box
    chart: Box | None
    columns: tuple[Box, ...]
    caveat: Box

    @property
    def narrow(self) -> bool:
        """Whether there is no room for a locator."""
        return self.width < _NARROW


def fitted(
    options: FigureOptions, seen: Seen, texts_of: Callable[[int, int], Texts]
) -> tuple[Texts, Sheet]:
    """The texts, at the largest size and with the longest lists that the sheet holds.

    `texts_of` makes them for limits of marks and of lists. If nothing fits, the smallest comes back.
    """
    layout = options.sheet
    for marks, listed in LIMITS:
        made = texts_of(marks, listed)
        size = layout.text
        while size >= min(_SMALLEST, layout.text):
            texts = replace(made, size=size)
            sheet, holds = _laid_out(layout, options, texts, seen)
            if holds:
                return texts, sheet
            size *= _STEP
    return texts, sheet


def _laid_out(
    layout: Layout, options: FigureOptions, texts: Texts, seen: Seen
) -> tuple[Sheet, bool]:
    inner = layout.width - 2 * layout.margin
    heads, head_height = _heads(layout, texts, inner)
    caveat_height = height(texts.caveat, texts.size, inner)
    if layout.beside and layout.height is not None:
        return _beside(layout, options, texts, seen, (heads, head_height, caveat_height))
    return _below(layout, options, texts, seen, (heads, head_height, caveat_height))


def _heads(layout: Layout, texts: Texts, inner: float) -> tuple[tuple[float, ...], float]:
    """The widths of the head's columns, one a language where there is room, and its height."""
    languages = list(dict.fromkeys(line.language for line in texts.head))
    count = len(languages) if layout.width > _NARROW else 1
    width = (inner - GAP * (count - 1)) / count
    heights = [
        sum(
            height_of(line.size) * len(wrapped(line.text, line.size, width, bold=line.bold))
            for line in texts.head
            if count == 1 or line.language == language
        )
        for language in languages[:count]
    ]
    return (width,) * count, max(heights)


def _head_boxes(
    layout: Layout, widths: Sequence[float], top: float, high: float
) -> tuple[Box, ...]:
    return tuple(
        (layout.margin + at * (width + GAP), top - high, width, high)
        for at, width in enumerate(widths)
    )


def _chart_room(options: FigureOptions, texts: Texts, width: float) -> tuple[float, float]:
    """The height of the timeline, and of the names of its days below it."""
    if not options.timeline:
        return 0.0, 0.0
    return max(0.62, _CHART * min(1.0, width / 7)), height_of(texts.size) * (
        0.5 + 0.95 * len(options.languages)
    )


def _beside(
    layout: Layout,
    options: FigureOptions,
    texts: Texts,
    seen: Seen,
    measured: tuple[tuple[float, ...], float, float],
) -> tuple[Sheet, bool]:
    """Map and timeline on the left, legend and notes on the right, the caveat under both."""
    widths, head_height, caveat_height = measured
    page = layout.height or 0.0
    edge, inner = layout.margin, layout.width - 2 * layout.margin
    top = page - edge - head_height - GAP
    bottom = edge + caveat_height + GAP
    map_width = inner * layout.map_share - GAP
    chart, days = _chart_room(options, texts, map_width)
    map_bottom = bottom + chart + days + _NAMES + (GAP if chart else 0)
    side = edge + map_width + 2 * GAP
    column = (side, bottom, layout.width - edge - side, top - bottom)
    needed = legend_height(seen, texts.size, column[2], options.languages) + height(
        [*texts.key, *texts.rest], texts.size, column[2]
    )
    sheet = Sheet(
        layout.width,
        page,
        _head_boxes(layout, widths, page - edge, head_height),
        (edge + _NAMES, map_bottom, map_width - _NAMES, top - map_bottom),
        (edge + _NAMES, bottom + days, map_width - _NAMES, chart) if chart else None,
        (column,),
        (edge, edge, inner, caveat_height),
    )
    return sheet, needed <= column[3]


def _below(
    layout: Layout,
    options: FigureOptions,
    texts: Texts,
    seen: Seen,
    measured: tuple[tuple[float, ...], float, float],
) -> tuple[Sheet, bool]:
    """Map, timeline, then legend and notes in one or two columns, the caveat last."""
    widths, head_height, caveat_height = measured
    edge, inner = layout.margin, layout.width - 2 * layout.margin
    count = 1 if layout.width < _NARROW else 2
    width = (inner - 2 * GAP * (count - 1)) / count
    legend = legend_height(seen, texts.size, width, options.languages)
    legend += height(texts.key, texts.size, width)
    rest = height(texts.rest, texts.size, width)
    columns = max(legend, rest) if count == 2 else legend + rest
    chart, days = _chart_room(options, texts, inner)
    others = head_height + columns + caveat_height + chart + days + _NAMES + 4 * GAP + 2 * edge
    map_width = inner - _NAMES
    least = map_width * layout.map_share
    page = layout.height or others + least
    map_height = min(page - others, map_width * _TALLEST)
    top = page - edge - head_height - GAP
    chart_bottom = top - map_height - _NAMES - GAP - chart
    columns_top = chart_bottom - days - GAP if chart else top - map_height - _NAMES - GAP
    bottom = edge + caveat_height + GAP
    sheet = Sheet(
        layout.width,
        page,
        _head_boxes(layout, widths, page - edge, head_height),
        (edge + _NAMES, top - max(map_height, 1.0), map_width, max(map_height, 1.0)),
        (edge + _NAMES, chart_bottom, map_width, chart) if chart else None,
        tuple(
            (edge + at * (width + 2 * GAP), bottom, width, columns_top - bottom)
            for at in range(count)
        ),
        (edge, edge, inner, caveat_height),
    )
    return sheet, map_height >= least * 0.999
