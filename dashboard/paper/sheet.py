"""The layout of the sheet, with the largest text that fits.

The aspect ratio of the map depends on the space that text leaves, and the text on the marks of the map;
so `figure.py` repeats the layout until the ratio is stable.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from dashboard.paper.legend import Seen, legend_height
from dashboard.paper.notes import Note, height
from dashboard.paper.options import FigureOptions, Layout
from dashboard.paper.typeset import height_of

Box = tuple[float, float, float, float]

# The smallest legible text in print, in points, and the factor from one size to the next.
_SMALLEST, _STEP = 5.2, 0.95
GAP = 0.12
# Heights in inches of the timeline, and of the graticule's labels beside and below the map.
_CHART, _NAMES = 1.05, 0.13
# A sheet narrower than this (inches) has one column.
_NARROW = 5.0
# The largest height of the map as a share of its width; the rest of the sheet stays white.
_TALLEST = 0.95
# The most marks, and events per list, that are named: tried in order until the text fits.
LIMITS = ((60, 12), (30, 8), (16, 5), (10, 3), (6, 2), (4, 1))


@dataclass(frozen=True, slots=True)
class Texts:
    """All texts of the sheet; `size` is in points, that of `head` always the one of the layout.

    `below_chart` stands below the days of the timeline.
    """

    size: float
    head: tuple[Note, ...]
    key: tuple[Note, ...]
    rest: tuple[Note, ...]
    caveat: tuple[Note, ...]
    below_chart: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The boxes of the page as left, bottom, width, height in inches."""

    width: float
    height: float
    heads: tuple[Box, ...]
    map: Box
    chart: Box | None
    columns: tuple[Box, ...]
    caveat: Box

    @property
    def narrow(self) -> bool:
        """Whether the sheet is too narrow for a locator map."""
        return self.width < _NARROW


def fitted(
    options: FigureOptions, seen: Seen, texts_of: Callable[[int, int], Texts]
) -> tuple[Texts, Sheet]:
    """The texts with the longest lists and the largest size that fit on the sheet.

    `texts_of` builds them for limits of marks and of lists. If nothing fits, the smallest is returned.
    """
    layout = options.sheet
    for marks, listed in LIMITS:
        full_size = texts_of(marks, listed)
        size = layout.text
        while size >= min(_SMALLEST, layout.text):
            texts = replace(full_size, size=size)
            sheet, fits = _layout(layout, options, texts, seen)
            if fits:
                return texts, sheet
            size *= _STEP
    return texts, sheet


def _layout(layout: Layout, options: FigureOptions, texts: Texts, seen: Seen) -> tuple[Sheet, bool]:
    inner = layout.width - 2 * layout.margin
    heads, head_height = _heads(layout, texts, inner)
    caveat_height = height(texts.caveat, texts.size, inner)
    if layout.beside and layout.height is not None:
        return _beside(layout, options, texts, seen, (heads, head_height, caveat_height))
    return _below(layout, options, texts, seen, (heads, head_height, caveat_height))


def _heads(layout: Layout, texts: Texts, inner: float) -> tuple[tuple[float, ...], float]:
    """Widths of the heading's columns (one per language if the sheet is wide), and its height."""
    languages = list(dict.fromkeys(note.language for note in texts.head))
    if not languages:
        return (), 0.0
    count = len(languages) if layout.width > _NARROW else 1
    width = (inner - GAP * (count - 1)) / count
    heights = [
        height(
            [note for note in texts.head if count == 1 or note.language == language],
            layout.text,
            width,
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
    """The heights of the timeline, and of the day labels and the notes below it."""
    if not options.timeline:
        return 0.0, 0.0
    below = height(texts.below_chart, texts.size, width - _NAMES)
    return max(0.62, _CHART * min(1.0, width / 7)), days_height(options, texts.size) + below


def days_height(options: FigureOptions, size: float) -> float:
    """The height of the day labels below the timeline, in inches."""
    return height_of(size) * (0.5 + 0.95 * len(options.languages))


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
