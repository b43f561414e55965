"""The printed map on a basemap of a file: pictures where they belong, and vectors by their kind."""

from pathlib import Path

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from dashboard.legend.palette import colour
from dashboard.paper.frame import Frame, frame_around
from dashboard.paper.tile_ground import draw_tiles
from dashboard.tiles.folder import Basemap, BasemapFolder
from tests.tiles import make

RED = (200, 40, 40)
# Two points around the tile of zoom 8 with Ain Issa, whose edges are these meridians and parallels.
AROUND = [(35.0, 37.0), (38.0, 41.0)]
WEST, EAST, NORTH, SOUTH = 37.96875, 39.375, 36.5979, 35.4606


def _basemap(path: Path) -> Basemap:
    folder = BasemapFolder(path.parent)
    folder.check_new()
    return folder.basemaps()[path.name]


@pytest.fixture
def frame() -> Frame:
    return frame_around(AROUND, None, 1.4)


def _colours(axes: Axes, frame: Frame, points: list[tuple[float, float]]) -> list[tuple[int, ...]]:
    """The colour of the drawn map at points (lon, lat)."""
    canvas = axes.figure.canvas
    assert isinstance(canvas, FigureCanvasAgg)
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())
    xy = axes.transData.transform(frame.xy(*map(list, zip(*points, strict=True))))
    return [
        tuple(int(each) for each in pixels[len(pixels) - 1 - int(y), int(x), :3]) for x, y in xy
    ]


def _axes(frame: Frame) -> Axes:
    figure = Figure(figsize=(7, 5), facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(frame.left, frame.right)
    axes.set_ylim(frame.bottom, frame.top)
    return axes


def test_a_picture_is_where_its_tile_is(tmp_path: Path, frame: Frame):
    axes = _axes(frame)
    # Only zoom 8 is wanted: the tiles of the other zooms are larger.
    draw_tiles(axes, frame, _basemap(make.raster_pmtiles(tmp_path / "scan.pmtiles", RED)))
    near = 0.05
    inside = [
        (WEST + near, NORTH - near), (EAST - near, NORTH - near),
        (WEST + near, SOUTH + near), (EAST - near, SOUTH + near),
    ]  # fmt: skip
    outside = [(WEST - near, 36.0), (EAST + near, 36.0), (38.5, NORTH + near), (38.5, SOUTH - near)]
    assert _colours(axes, frame, inside) == [RED] * 4
    assert _colours(axes, frame, outside) == [(255, 255, 255)] * 4


@pytest.mark.parametrize("layers", [make.PROTOMAPS, make.OPENMAPTILES])
def test_water_and_main_roads_have_their_colours(tmp_path: Path, frame: Frame, layers: dict):
    axes = _axes(frame)
    (town,) = draw_tiles(axes, frame, _basemap(make.vector(tmp_path / "extract.mbtiles", layers)))
    assert (town.name_en, town.name_ar, town.rank) == ("Rural Centre", "مركز ريفي", 2)
    assert frame.lon_lat([town.x], [town.y])[0] == pytest.approx((38.9, 36.5), abs=0.01)
    water, road, beside = _colours(axes, frame, [(38.15, 36.15), (38.4, 36.38), (38.4, 36.45)])
    assert water == _rgb("print-water")
    # The line is thinner than two pixels, so it has a mixture of its colours.
    assert road != beside
    assert road[2] < min(beside[2], 200)


def test_layers_that_are_not_known_are_drawn_alike(tmp_path: Path, frame: Frame):
    axes = _axes(frame)
    path = make.vector(tmp_path / "other.pmtiles", {"lines": make.PROTOMAPS["roads"]})
    draw_tiles(axes, frame, _basemap(path))
    assert len(axes.collections) == 1


def _rgb(name: str) -> tuple[int, ...]:
    return tuple(round(each * 255) for each in to_rgb(colour(name)))
