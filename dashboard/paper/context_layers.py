"""The layers of analysts on the printed map, above its ground and below all that is about events."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import geopandas as gpd
import shapely
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from dashboard.language.messages import _
from dashboard.language.words import comma, isolate
from dashboard.layers.drawn import DrawnLayer, Window
from dashboard.layers.words import layer_source, other_labels, undated_note
from dashboard.legend import palette
from dashboard.model.event_tables import OPEN_END, OPEN_START, day_number
from dashboard.model.layer_style import ShownLayer
from dashboard.paper.basemap import clipped
from dashboard.paper.frame import Frame
from dashboard.query.query import Query

# Above the roads of the basemap (4), and below areas of events (5).
_LOWEST, _STEP = 4.2, 0.05
# A pixel of the screen in points of print; points of layers are as large as on the screen.
_POINTS_PER_PX, _POINT_SIZE = 0.75, 4.5
_AREAS, _LINES = ("Polygon", "MultiPolygon"), ("LineString", "MultiLineString")
_POINTS = ("Point", "MultiPoint")


@dataclass(frozen=True, slots=True)
class LayerSign:
    """The row of a layer in the legend: the layer, and whether any of it is in the frame."""

    drawn: DrawnLayer
    is_seen: bool


def layer_signs(
    layers: Sequence[DrawnLayer], frame: Frame, window: Window | None
) -> tuple[LayerSign, ...]:
    """The rows of the legend for the layers, the topmost first."""
    area = _outline(frame)
    return tuple(
        LayerSign(drawn, bool(shapely.intersects(area, drawn.shapes(window)).any()))
        for drawn in reversed(layers)
    )


def draw_layers(
    axes: Axes, layers: Sequence[DrawnLayer], frame: Frame, window: Window | None
) -> None:
    """Draw the layers, from the lowest on."""
    for at, drawn in enumerate(layers):
        columns = {"colour": drawn.colours(window)}
        shapes = gpd.GeoDataFrame(columns, geometry=drawn.shapes(window), crs="EPSG:4326")
        inside = clipped(shapes, frame, frame.box)
        for name, of_colour in inside[~inside.is_empty].groupby("colour", sort=False):
            colour = palette.colour(f"layer-{name}")
            _draw(axes, drawn.style, colour, of_colour.geometry, _LOWEST + at * _STEP)


def _outline(frame: Frame) -> shapely.Polygon:
    """The frame in degrees, where its edges are curves."""
    edge = shapely.segmentize(shapely.box(*frame.box), frame.width / 20).exterior.coords
    area = shapely.Polygon(frame.lon_lat(*zip(*edge, strict=True)))
    shapely.prepare(area)
    return area


def window_of(query: Query) -> Window | None:
    """The days of the query, as the map has them; `None` for all."""
    if query.start is None and query.end is None:
        return None
    return (
        OPEN_START if query.start is None else day_number(query.start),
        OPEN_END if query.end is None else day_number(query.end),
    )


def _draw(axes: Axes, style: ShownLayer, colour: str, shapes: gpd.GeoSeries, zorder: float) -> None:
    # Intersections at the edge may have parts of several kinds.
    parts = shapes.explode()
    kinds = parts.geom_type
    opacity, width = style.opacity / 100, style.width * _POINTS_PER_PX
    line = {"color": colour, "alpha": opacity, "linewidth": width, "zorder": zorder + 0.01}
    areas = parts[kinds.isin(_AREAS)]
    if len(areas):
        fill = {"facecolor": colour, "alpha": opacity * style.fill / 100, "edgecolor": "none"}
        areas.plot(ax=axes, aspect=None, zorder=zorder, **fill)
        if width:
            areas.boundary.plot(ax=axes, aspect=None, **line)
    lines, points = parts[kinds.isin(_LINES)], parts[kinds.isin(_POINTS)]
    if len(lines) and width:
        lines.plot(ax=axes, aspect=None, **line)
    for point in points:
        axes.plot(
            [point.x], [point.y], "o", color=colour, alpha=opacity, markersize=_POINT_SIZE,
            markeredgewidth=0, zorder=zorder + 0.02,
        )  # fmt: skip


def layer_rows(signs: tuple[LayerSign, ...]) -> Iterator[tuple[partial[None], partial[str]]]:
    """A sign and its words for each layer and its coloured labels, as other rows of the legend."""
    for sign in signs:
        layer, style = sign.drawn.layer, sign.drawn.style
        by_label = layer.label_colours(style)
        draw = partial(_draw_sign, sign.drawn, layer.colour(style))
        yield partial(_draw_nothing) if by_label else draw, partial(_words, sign)
        for label, name in by_label.items():
            yield partial(_draw_sign, sign.drawn, name), partial(isolate, label)
        if by_label and layer.record.counts.more_labels:
            yield draw, partial(other_labels)


def _words(sign: LayerSign) -> str:
    """Title, source and date, and what the figure does not show of it."""
    layer = sign.drawn.layer
    parts = [layer_source(layer.texts), undated_note(layer)]
    if not sign.is_seen:
        parts.append(_("nothing of it in this map"))
    return f"{isolate(layer.texts.title)}: {comma([part for part in parts if part])}"


def _draw_nothing(_axes: Axes) -> None:
    """Leave the place of the sign free: the labels below have signs."""


def _draw_sign(drawn: DrawnLayer, name: str, axes: Axes) -> None:
    """Draw the sign within -1..1 by -0.5..0.5, in the colour of that name."""
    style, kinds = drawn.style, drawn.layer.record.counts.kinds
    colour, opacity = palette.colour(f"layer-{name}"), style.opacity / 100
    line: dict[str, Any] = {"linewidth": style.width * _POINTS_PER_PX, "alpha": opacity}
    if "polygon" in kinds:
        box = ((-0.9, -0.38), 1.8, 0.76)
        fill = opacity * style.fill / 100
        axes.add_patch(Rectangle(*box, facecolor=colour, edgecolor="none", alpha=fill))
        if style.width:
            axes.add_patch(Rectangle(*box, facecolor="none", edgecolor=colour, **line))
    elif "line" in kinds:
        axes.plot([-1, -0.3, 0.3, 1], [-0.25, 0.25, -0.25, 0.25], color=colour, **line)
    if "point" in kinds:
        axes.plot(
            [0], [0], "o", color=colour, alpha=opacity, markersize=_POINT_SIZE, markeredgewidth=0
        )
