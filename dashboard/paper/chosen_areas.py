"""The outlines of the areas by which events were selected, on the printed map."""

from collections.abc import Sequence

import shapely
from matplotlib.axes import Axes

from dashboard.legend import palette
from dashboard.model.area import Area, rings_of
from dashboard.paper.basemap import projected
from dashboard.paper.frame import Frame

COLOUR = palette.colour("accent")
# Edges are straight in degrees: drawn in pieces of this length they are so in any projection.
_PIECE_DEGREES = 0.05
WIDTH = 1.1


def draw_chosen_areas(axes: Axes, areas: Sequence[Area], frame: Frame) -> bool:
    """Draw the outlines. Returns whether there is any."""
    for area in areas:
        bounds = area.bounds
        piece = max(_PIECE_DEGREES, (bounds.east - bounds.west) / 200)
        for edge in rings_of(area):
            ring = shapely.segmentize(shapely.LinearRing(edge), piece)
            axes.plot(*projected(ring, frame).xy, color=COLOUR, linewidth=WIDTH, zorder=7)
    return bool(areas)
