"""Scale bar, north arrow, graticule and locator map of the printed map."""

from collections.abc import Sequence
from math import floor, log10
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle

from dashboard.language.language import Language
from dashboard.language.messages import _
from dashboard.language.numbers import in_digits, number
from dashboard.legend.palette import colour
from dashboard.paper.basemap import COUNTRY, LAND, SEA, clipped, layer
from dashboard.paper.frame import Frame
from dashboard.paper.labels import Box
from dashboard.paper.marks import PrintedMark
from dashboard.paper.typeset import INK, QUIET, font, joined

# The lengths of a scale bar to choose from, and its largest share of the map's width.
_ROUND = (1, 2, 5, 10)
_SHARE = 0.25
# Steps of the graticule in degrees, as far apart as leaves some three to five lines.
_STEPS = (0.05, 0.1, 0.2, 0.25, 0.5, 1, 2, 5, 10)
_LINES = 5
_ALONG = 24
_GRATICULE = colour("print-graticule")
# The small map that says where the frame is.
_BORDER, _HOME_BORDER = colour("inset-border"), colour("inset-country-border")
_EXTENT, _EXTENT_FILL = colour("inset-extent"), f"{colour('violence')}33"


def scale_length(width: float) -> float:
    """The longest round length that is at most a quarter of `width`; metres."""
    most = width * _SHARE
    power: float = 10.0 ** floor(log10(most))
    return max(step * power for step in _ROUND if step * power <= most)


def draw_scale(
    axes: Axes, frame: Frame, pt: float, size: float, languages: tuple[Language, ...]
) -> Box:
    """Draw a scale bar in the lower left corner. Returns the box that it covers."""
    length = scale_length(frame.width)
    left, bottom = frame.left + 9 * pt, frame.bottom + 9 * pt
    high = 2.6 * pt
    top = bottom + high + size * 1.5 * pt
    box = (left - 5 * pt, bottom - 5 * pt, left + length + 22 * pt, top + 2 * pt)
    axes.add_patch(
        Rectangle(
            box[:2],
            box[2] - box[0],
            box[3] - box[1],
            facecolor="white",
            alpha=0.82,
            edgecolor="none",
            zorder=40,
        )
    )
    for half, fill in ((0, INK), (1, "white")):
        axes.add_patch(
            Rectangle(
                (left + half * length / 2, bottom),
                length / 2,
                high,
                facecolor=fill,
                edgecolor=INK,
                linewidth=0.6,
                zorder=41,
            )
        )
    unit = joined(languages, lambda: _("km"), "/")
    labels = [(0.0, "0"), (length / 2, _km(length / 2)), (length, f"{_km(length)} {unit}")]
    for x, text in labels:
        axes.text(
            left + x,
            bottom + high + 1.6 * pt,
            text,
            fontproperties=font(size * 0.9),
            color=INK,
            ha="center",
            va="bottom",
            zorder=41,
        )
    return box


def _km(metres: float) -> str:
    return number(metres / 1000)


def draw_north(axes: Axes, frame: Frame, pt: float, size: float) -> Box:
    """Draw an arrow to grid north in the upper left corner. Returns the box that it covers."""
    x, top = frame.left + 14 * pt, frame.top - 8 * pt
    foot = top - 20 * pt
    tip = [(x, top), (x - 5 * pt, foot), (x, foot + 5 * pt)]
    for points, fill in ((tip, INK), ([(2 * x - px, py) for px, py in tip], "white")):
        axes.add_patch(Polygon(points, facecolor=fill, edgecolor=INK, linewidth=0.6, zorder=41))
    axes.text(
        x,
        foot - 1.5 * pt,
        "N",
        fontproperties=font(size, bold=True),
        color=INK,
        ha="center",
        va="top",
        zorder=41,
    )
    return x - 10 * pt, foot - 14 * pt, x + 10 * pt, top


def draw_graticule(axes: Axes, frame: Frame, size: float) -> None:
    """Draw lines at round degrees, labelled along the lower and left edge of the map."""
    edges = frame.lon_lat(
        [frame.left, frame.right, frame.left, frame.right],
        [frame.bottom, frame.bottom, frame.top, frame.top],
    )
    (west, south), (east, north) = edges.min(axis=0), edges.max(axis=0)
    step = next((s for s in _STEPS if (east - west) / s <= _LINES), _STEPS[-1])
    style: dict[str, Any] = {"color": _GRATICULE, "linewidth": 0.35, "zorder": 7, "alpha": 0.8}
    for lon in np.arange(np.ceil(west / step) * step, east, step):
        line = frame.xy([lon] * _ALONG, list(np.linspace(south, north, _ALONG)))
        axes.plot(line[:, 0], line[:, 1], **style)
        x = np.interp(frame.bottom, line[:, 1], line[:, 0])
        _edge(axes, frame, x, _degrees(lon, "E", "W"), size, below=True)
    for lat in np.arange(np.ceil(south / step) * step, north, step):
        line = frame.xy(list(np.linspace(west, east, _ALONG)), [lat] * _ALONG)
        axes.plot(line[:, 0], line[:, 1], **style)
        y = np.interp(frame.left, line[:, 0], line[:, 1])
        _edge(axes, frame, y, _degrees(lat, "N", "S"), size, below=False)


def _edge(axes: Axes, frame: Frame, at: float, text: str, size: float, *, below: bool) -> None:
    low, high = (frame.left, frame.right) if below else (frame.bottom, frame.top)
    if not low + 0.02 * (high - low) < at < high - 0.02 * (high - low):
        return
    axes.annotate(
        text,
        (at, frame.bottom) if below else (frame.left, at),
        (0, -2) if below else (-2, 0),
        textcoords="offset points",
        ha="center" if below else "right",
        va="top" if below else "center",
        rotation=0 if below else 90,
        fontproperties=font(size * 0.82),
        color=QUIET,
    )


def _degrees(value: float, positive: str, negative: str) -> str:
    return in_digits(f"{abs(value):g}°") + (positive if value >= 0 else negative)


def locator_corner(frame: Frame, marks: Sequence[PrintedMark], side: float) -> Box | None:
    """The box (metres) of a corner on the right without marks; `None` if both have some."""
    edge = side * 0.05
    right = frame.right - edge
    for bottom in (frame.top - edge - side, frame.bottom + edge):
        box = (right - side, bottom, right, bottom + side)
        if not any(
            box[0] < mark.x + mark.radius
            and box[1] < mark.y + mark.radius
            and mark.y - mark.radius < box[3]
            for mark in marks
        ):
            return box
    return None


def draw_locator(figure: Figure, map_box: Box, frame: Frame, folder: Path, corner: Box) -> None:
    """A small map of the country around with the frame on it.

    `map_box` is the map's left, bottom, width, height in inches; `corner` is in metres of the frame.
    """
    inch = map_box[2] / frame.width
    right = map_box[0] + (corner[2] - frame.left) * inch
    top = map_box[1] + (corner[3] - frame.bottom) * inch
    most = (corner[2] - corner[0]) * inch
    countries = layer(folder, "countries").to_crs(frame.crs)
    home = countries[countries["name_en"] == "Syria"]
    left, low, far, high = (home if len(home) else countries).total_bounds
    left, low = min(left, frame.left), min(low, frame.bottom)
    far, high = max(far, frame.right), max(high, frame.top)
    pad = 0.08 * (far - left)
    shape = (high - low + 2 * pad) / (far - left + 2 * pad)
    width = most / max(1.0, shape)
    height = width * shape
    if corner[1] - frame.bottom < frame.top - corner[3]:
        top = map_box[1] + (corner[1] - frame.bottom) * inch + height
    inset = figure.add_axes(
        (
            (right - width) / figure.get_figwidth(),
            (top - height) / figure.get_figheight(),
            width / figure.get_figwidth(),
            height / figure.get_figheight(),
        ),
        zorder=5,
    )
    inset.set_facecolor(SEA)
    around = (left - pad, low - pad, far + pad, high + pad)
    for name, style in (
        ("land", {"facecolor": LAND, "edgecolor": "none"}),
        ("borders", {"color": _BORDER, "linewidth": 0.3}),
    ):
        ground = clipped(layer(folder, name), frame, around)
        if len(ground):
            ground.plot(ax=inset, aspect=None, **style)
    countries.plot(ax=inset, aspect=None, facecolor=LAND, edgecolor="none", zorder=0)
    home.plot(ax=inset, aspect=None, facecolor=COUNTRY, edgecolor=_HOME_BORDER, linewidth=0.5)
    inset.add_patch(
        Rectangle(
            (frame.left, frame.bottom),
            frame.width,
            frame.height,
            facecolor=_EXTENT_FILL,
            edgecolor=_EXTENT,
            linewidth=1,
        )
    )
    edge_map(inset, around, linewidth=0.5)


def edge_map(axes: Axes, box: Box, **style: float) -> None:
    """Limit a map to a box (left, bottom, right, top), with a line around it and no ticks."""
    left, bottom, right, top = box
    axes.set(xlim=(left, right), ylim=(bottom, top), xticks=[], yticks=[], xlabel="", ylabel="")
    for spine in axes.spines.values():
        spine.set(edgecolor=INK, **style)
