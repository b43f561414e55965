"""Areas coloured by their numbers of events on the printed map, below the marks, and their legend."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path as Curve

from dashboard.language.messages import _
from dashboard.language.numbers import number
from dashboard.legend.palette import SHADES, colour
from dashboard.map.class_limits import class_limits, class_of, class_shade
from dashboard.map.shading_from_records import CountedArea, CountedAreas
from dashboard.paper.basemap import projected
from dashboard.paper.frame import Frame

_OPACITY = 0.7
_EDGE = colour("grey")
_DASHES = (0, (4, 3))
# The side of the sign of an area without an outline, in points.
_SIGN = 7


@dataclass(frozen=True, slots=True)
class ShadeRow:
    """A row of the legend: the numbers of a class and its colour; `None` for only possible events."""

    first: int
    last: int
    fill: str | None


def shade_rows(counted: CountedAreas) -> tuple[ShadeRow, ...]:
    """The classes of the areas, and what an area without certain events looks like if there is one."""
    limits = class_limits(counted.most)
    firsts = (1, *(limit + 1 for limit in limits))
    rows = [
        ShadeRow(first, last, _fill(at, limits))
        for at, (first, last) in enumerate(zip(firsts, limits, strict=False))
    ]
    if any(not area.certain for area in counted.areas):
        rows.append(ShadeRow(0, 0, None))
    return tuple(rows)


def _fill(position: int, limits: tuple[int, ...]) -> str:
    return SHADES[class_shade(position, len(limits))]


def draw_shaded_areas(axes: Axes, counted: CountedAreas, frame: Frame) -> None:
    """Draw the areas; one without an outline as a square at its middle."""
    limits = class_limits(counted.most)
    for area in counted.areas:
        at = class_of(area.certain, limits)
        _draw(axes, area, frame, None if at is None else _fill(at, limits))


def _draw(axes: Axes, counted: CountedArea, frame: Frame, fill: str | None) -> None:
    place = counted.area.place
    if place.geometry.geom_type not in {"Polygon", "MultiPolygon"}:
        x, y = frame.xy([place.lon], [place.lat])[0]
        axes.plot(
            [x], [y], marker="s", markersize=_SIGN, markerfacecolor=fill or "none",
            markeredgecolor=_EDGE, markeredgewidth=0.6, zorder=5, clip_on=True,
        )  # fmt: skip
        return
    geometry = projected(place.geometry, frame)
    for part in getattr(geometry, "geoms", [geometry]):
        curve = Curve(part.exterior.coords)
        if fill:
            axes.add_patch(
                PathPatch(curve, facecolor=fill, edgecolor="none", alpha=_OPACITY, zorder=3.5)
            )
        style = "-" if fill else _DASHES
        axes.add_patch(
            PathPatch(
                curve, facecolor="none", edgecolor=_EDGE, linewidth=0.6, linestyle=style, zorder=3.6
            )
        )


Row = tuple[Callable[[Axes], None], Callable[[], str]]


def shade_legend(rows: Sequence[ShadeRow], level: str) -> list[Row]:
    """A sign and its words for each class; the first says what is counted."""
    return [
        (partial(_sign, row.fill), partial(_words, row, level if at == 0 else ""))
        for at, row in enumerate(rows)
    ]


def _sign(fill: str | None, axes: Axes) -> None:
    axes.add_patch(
        Rectangle(
            (-0.7, -0.34), 1.4, 0.68, facecolor=fill or "none", edgecolor=_EDGE, linewidth=0.6,
            linestyle="-" if fill else _DASHES, alpha=_OPACITY if fill else None,
        )
    )  # fmt: skip


def _words(row: ShadeRow, level: str) -> str:
    if row.fill is None:
        return _("grey, dashed: only possibly within the dates")
    numbers = number(row.last)
    if row.first != row.last:
        numbers = _("{start} to {end}").format(start=number(row.first), end=number(row.last))
    if not level:
        return numbers
    texts = {
        "governorate": _("events in a governorate: {numbers}"),
        "district": _("events in a district: {numbers}"),
    }
    return texts[level].format(numbers=numbers)
