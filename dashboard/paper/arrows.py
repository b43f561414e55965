"""Movements on the printed map: curved arrows from place to place."""

from collections.abc import Sequence
from math import ceil, hypot

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch

from dashboard.legend import palette
from dashboard.map.map_model import MapModel
from dashboard.map.outlines import Movement
from dashboard.model.event import EventGroup
from dashboard.paper.frame import Frame, Points
from dashboard.paper.marks import DASHES, PALE, PrintedMark, draw_cross

Box = tuple[float, float, float, float]
# How far the control point of an arrow is from its chord, as a share of its length.
_CURVE = 0.18
# Half of the width that an arrow takes from labels, in points.
_HALF_PT = 2.0


def draw_arrows(
    axes: Axes, model: MapModel, frame: Frame, marks: Sequence[PrintedMark]
) -> tuple[bool, bool]:
    """Draw movements. Returns whether any was drawn, and whether any of these is contested."""
    drawn = contested = False
    for arrow in model.movements:
        ends = _ends(arrow, frame)
        if ends is None:
            continue
        drawn, contested = True, contested or arrow.contested
        axes.add_patch(
            FancyArrowPatch(
                tuple(ends[0]),
                tuple(ends[1]),
                arrowstyle="-|>,head_length=5,head_width=2.8",
                connectionstyle=f"arc3,rad={_CURVE}",
                color=palette.GROUPS[EventGroup.MOVEMENT],
                linewidth=1.6,
                linestyle=DASHES if arrow.contested else "-",
                alpha=PALE if arrow.refuted else None,
                shrinkA=2,
                shrinkB=_shrink(ends[1], marks),
                zorder=15,
                clip_on=True,
            )
        )
        if arrow.refuted:
            draw_cross(axes, _middle(ends), frame.width / 120)
    return drawn, contested


def arrow_boxes(model: MapModel, frame: Frame, metres_per_pt: float) -> list[Box]:
    """Boxes (left, bottom, right, top, in metres) along the drawn arrows, which no label may cover."""
    half = _HALF_PT * metres_per_pt
    boxes = []
    for arrow in model.movements:
        ends = _ends(arrow, frame)
        if ends is None:
            continue
        start, end = ends
        along = np.linspace(0, 1, max(2, ceil(hypot(*(end - start)) / half)))[:, None]
        control = ends.mean(axis=0) + _CURVE * np.array([end[1] - start[1], start[0] - end[0]])
        points = (1 - along) ** 2 * start + 2 * along * (1 - along) * control + along**2 * end
        boxes += [(x - half, y - half, x + half, y + half) for x, y in points.tolist()]
    return boxes


def _ends(arrow: Movement, frame: Frame) -> Points | None:
    """Where an arrow begins and ends; `None` if it is outside the frame or too short to be drawn."""
    ends = frame.xy([arrow.start[1], arrow.end[1]], [arrow.start[0], arrow.end[0]])
    if not frame.contains(ends).any() or hypot(*(ends[1] - ends[0])) < frame.width / 60:
        return None
    return ends


def _middle(ends: Points) -> tuple[float, float]:
    """The middle of a curved arrow: half as far from the chord as its control point is."""
    (x, y), (dx, dy) = ends.mean(axis=0), ends[1] - ends[0]
    return float(x + _CURVE / 2 * dy), float(y - _CURVE / 2 * dx)


def _shrink(end: Sequence[float], marks: Sequence[PrintedMark]) -> float:
    """The distance in points at which an arrow ends before a mark."""
    at = [mark for mark in marks if hypot(mark.x - end[0], mark.y - end[1]) < mark.radius]
    return max((mark.radius_pt + 3.5 for mark in at), default=2.0)
