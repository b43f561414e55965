"""The events on a printed map: marks that do not overlap, arrows and areas.

As on the screen, marks are places; places that would overlap on paper are drawn as one mark with
the number of its events, so that ten thousand events print as legibly as ten. Nothing is shown by
colour alone: each group of kinds has a hatching too, contested marks a dashed ring.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Circle as Disc
from matplotlib.patches import PathPatch, Wedge
from matplotlib.path import Path as Curve
from shapely.geometry import shape

from dashboard.language.names import either
from dashboard.legend import palette
from dashboard.legend.palette import AREA_COLOUR
from dashboard.map.map_model import MapModel
from dashboard.map.marks import Circle, Mark
from dashboard.model.event import Attestation, EventGroup
from dashboard.paper.basemap import projected
from dashboard.paper.frame import Frame
from dashboard.paper.mark_sizes import number_in, radius_pt
from dashboard.paper.typeset import INK, font

HATCHES: Mapping[EventGroup, str] = {
    EventGroup.VIOLENCE: "",
    EventGroup.COERCION: "//////",
    EventGroup.MOVEMENT: "......",
    EventGroup.POLITICS: "xxxxxx",
    EventGroup.UNKNOWN: "------",
}
CONTESTED = palette.ATTESTATIONS[Attestation.CONTESTED]
GREY = palette.colour("grey")
DASHES = (0, (3, 2.2))
DOTS = (0, (0.4, 1.8))
# Two marks whose centres are nearer than this share of their radii are one.
_APART = 0.95
# The distances of the rings from the mark, in points.
_CONTESTED_PT, _UNREVIEWED_PT = 2.2, 3.6
# The radius of a sign of verification, and how visible refuted marks and arrows are.
_BADGE_PT, PALE = 2.6, 0.3
# How visible a mark is of which no event lies within the dates for certain, as on the screen.
POSSIBLE_ALPHA = 0.45


@dataclass(frozen=True, slots=True)
class PrintedMark:
    """One printed mark; `number` keys it to the list beside the map, `marks` are those that it joins.

    `positions` are its events, each once, wherever in the mark it lies; `groups`, `contested`,
    `unreviewed`, `confirmed` and `refuted` count these, `possible` those that may lie outside of the
    dates. `size` is the number written in it, `None` if it stands for a figure that no event has.
    `x`, `y` and `radius` are metres of the frame.
    """

    number: int
    x: float
    y: float
    radius: float
    radius_pt: float
    size: int | None
    marks: tuple[Mark, ...]
    positions: tuple[int, ...]
    groups: Mapping[str, int]
    contested: int
    unreviewed: int
    confirmed: int = 0
    refuted: int = 0
    possible: int = 0

    @property
    def count(self) -> int:
        """The number of events at the mark."""
        return len(self.positions)

    @property
    def all_refuted(self) -> bool:
        """Whether all of its events, or their places, are refuted."""
        return self.count > 0 and self.refuted == self.count

    @property
    def only_possible(self) -> bool:
        """Whether each of its events may lie outside of the dates."""
        return self.count > 0 and self.possible == self.count

    @property
    def hollow(self) -> bool:
        """Whether all of its places are uncertain."""
        return all(mark.hollow for mark in self.marks)

    @property
    def place_ids(self) -> frozenset[str]:
        """The ids of the places at the mark."""
        return frozenset(key for mark in self.marks for key in mark.place_ids)


@dataclass(slots=True)
class Cluster:
    """Marks that are printed as one, at the point of the first, by their positions on the map.

    `size` is the sum of their sizes, in which events at two of them count twice; `None` if no event
    has a figure.
    """

    x: float
    y: float
    marks: list[int]
    size: int | None


def ring_pt(mark: PrintedMark) -> float:
    """The width of a mark's rings beyond its radius, in points."""
    if mark.unreviewed:
        return _UNREVIEWED_PT
    return _CONTESTED_PT if mark.contested else 1.2


def clusters(
    marks: Sequence[Mark],
    sizes: Sequence[int | None],
    frame: Frame,
    metres_per_pt: float,
    scale: float = 1.0,
) -> list[Cluster]:
    """The marks inside the frame, overlapping ones merged, the largest first.

    `sizes` are the numbers for which the size of each mark stands.
    """
    if not marks:
        return []

    def radius(size: int | None) -> float:
        return radius_pt(size, scale) * metres_per_pt

    def overlap(other: Cluster, x: float, y: float, size: int | None) -> bool:
        reach = (radius(other.size) + radius(size)) * _APART
        return hypot(other.x - x, other.y - y) < reach

    points = frame.xy([mark.lon for mark in marks], [mark.lat for mark in marks])
    merged: list[Cluster] = []
    inside = frame.contains(points)
    for at in sorted(range(len(marks)), key=lambda at: _order(sizes[at])):
        size, (x, y) = sizes[at], points[at]
        if not inside[at]:
            continue
        near = next((one for one in merged if overlap(one, x, y, size)), None)
        if near is None:
            merged.append(Cluster(float(x), float(y), [at], size))
            continue
        near.marks.append(at)
        if size is not None:
            near.size = (near.size or 0) + size
    return sorted(merged, key=lambda cluster: _order(cluster.size))


def _order(size: int | None) -> int:
    """Sorts the largest size first, and none last."""
    return 1 if size is None else -size


def draw_mark(axes: Axes, mark: PrintedMark, pt: float, size: float) -> None:
    """One mark: a ring of its groups, a ring around it if contested, its number within.

    `pt` is metres per point, `size` that of the text in points.
    """
    at, r = (mark.x, mark.y), mark.radius
    axes.add_patch(Disc(at, r + 1.2 * pt, facecolor="white", edgecolor="none", zorder=20))
    angle_end = 90.0
    if mark.size is None:
        axes.add_patch(Disc(at, r, facecolor=GREY, edgecolor="none", zorder=21))
    for group, count in mark.groups.items():
        if count and mark.size is not None:
            angle = 360 * count / max(1, mark.count)
            wedge = _slice(at, r, angle_end - angle, angle_end, EventGroup(group))
            wedge.set_alpha(_visible(mark))
            axes.add_patch(wedge)
            angle_end -= angle
    inner = r * (0.74 if mark.hollow or mark.size is None else 0.56)
    axes.add_patch(Disc(at, inner, facecolor="white", edgecolor=INK, linewidth=0.3, zorder=22))
    rings = [
        (mark.contested, CONTESTED, DASHES, _CONTESTED_PT),
        (mark.unreviewed, palette.UNREVIEWED, DOTS, _UNREVIEWED_PT),
    ]
    for count, colour, dashes, out in rings:
        if count:
            axes.add_patch(
                Disc(
                    at,
                    r + out * pt,
                    facecolor="none",
                    edgecolor=colour,
                    linewidth=1.1,
                    linestyle=dashes,
                    zorder=23,
                )
            )
    _draw_verified(axes, mark, pt)
    axes.text(
        mark.x,
        mark.y,
        number_in(mark.size),
        fontproperties=font(size * 0.82, bold=True),
        color=INK,
        ha="center",
        va="center_baseline",
        zorder=24,
        clip_on=True,
    )


def _visible(mark: PrintedMark) -> float | None:
    """How visible the colours of a mark are; `None` for fully."""
    if mark.all_refuted:
        return PALE
    return POSSIBLE_ALPHA if mark.only_possible else None


def _draw_verified(axes: Axes, mark: PrintedMark, pt: float) -> None:
    """A cross over a mark of refuted events, and the signs at its edge if some are verified."""
    if mark.all_refuted:
        draw_cross(axes, (mark.x, mark.y), 0.85 * mark.radius, 0.4 * mark.radius)
    side = mark.radius * 0.71 + pt
    if mark.confirmed:
        _draw_badge(axes, (mark.x + side, mark.y + side), pt, draw_tick)
    if mark.refuted and not mark.all_refuted:
        _draw_badge(axes, (mark.x - side, mark.y + side), pt, draw_cross)


def _draw_badge(
    axes: Axes,
    at: tuple[float, float],
    pt: float,
    draw: Callable[[Axes, tuple[float, float], float], None],
) -> None:
    disc = Disc(at, _BADGE_PT * pt, facecolor="white", edgecolor=INK, linewidth=0.5, zorder=24)
    axes.add_patch(disc)
    draw(axes, at, 0.5 * _BADGE_PT * pt)


def draw_cross(axes: Axes, at: tuple[float, float], half: float, open_middle: float = 0.0) -> None:
    """A cross of that half width: refuted; `open_middle` is half the width left open for a number."""
    x, y = at
    for right, up in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
        xs = [x + open_middle * right, x + half * right]
        ys = [y + open_middle * up, y + half * up]
        axes.plot(xs, ys, color=INK, linewidth=1.0, zorder=25)


def draw_tick(axes: Axes, at: tuple[float, float], half: float) -> None:
    """A tick of that half width: confirmed."""
    x, y = at
    xs, ys = [x - half, x - half / 3, x + half], [y, y - half * 0.8, y + half * 0.8]
    axes.plot(xs, ys, color=INK, linewidth=1.0, zorder=25)


def _slice(at: tuple[float, float], r: float, start: float, end: float, group: EventGroup) -> Wedge:
    return Wedge(
        at,
        r,
        start,
        end,
        facecolor=palette.GROUPS[group],
        edgecolor="white",
        hatch=HATCHES[group],
        linewidth=0.35,
        zorder=21,
    )


def draw_areas(axes: Axes, model: MapModel, frame: Frame) -> tuple[bool, bool, bool]:
    """Draw outlines and circles. Returns whether any area, any circle and any line was drawn."""
    area = circle = line = False
    for outline in model.outlines:
        geometry = projected(shape(outline.geometry), frame)  # type: ignore[arg-type]
        if outline.line:
            line = True
            for part in getattr(geometry, "geoms", [geometry]):
                axes.plot(*part.xy, color=AREA_COLOUR, linewidth=3.4, alpha=0.35, zorder=6)
            continue
        area = True
        for part in getattr(geometry, "geoms", [geometry]):
            _fill(axes, Curve(part.exterior.coords), 0.07)
    for ring in model.circles:
        area, circle = area or ring.area, circle or not ring.area
        for curve in _curves(ring, frame):
            _fill(axes, curve, 0.05, linestyle=DASHES)
    return area, circle, line


def _curves(ring: Circle, frame: Frame) -> list[Curve]:
    """The edges of a circle, or of the parts of it that are in the country of its place."""
    if ring.part is None:
        at = tuple(map(float, frame.xy([ring.lon], [ring.lat])[0]))
        return [Curve.circle(at, ring.radius_m)]  # type: ignore[arg-type]
    inside = projected(shape(ring.part), frame)  # type: ignore[arg-type]
    return [
        Curve(part.exterior.coords)
        for part in getattr(inside, "geoms", [inside])
        if part.geom_type == "Polygon" and not part.is_empty
    ]


def _fill(axes: Axes, curve: Curve, alpha: float, **edge: Any) -> None:
    """An area with a faint filling, below its edge."""
    axes.add_patch(PathPatch(curve, facecolor=AREA_COLOUR, edgecolor="none", alpha=alpha, zorder=5))
    axes.add_patch(
        PathPatch(curve, facecolor="none", edgecolor=AREA_COLOUR, linewidth=0.7, zorder=6, **edge)
    )


def mark_name(mark: PrintedMark) -> str:
    """The names of its places, e.g. "Ain Issa", that of the largest mark first."""
    first = mark.marks[0]
    return either(first.name_en, first.name_ar)
