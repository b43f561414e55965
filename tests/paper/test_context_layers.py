"""The layers of analysts in the printed figure: where they are, clipped, and in the legend."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
import shapely
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from dashboard.figure.manifest import manifest_layers
from dashboard.language.words import without_isolates
from dashboard.layers.drawn import DrawnLayer, drawn_layers
from dashboard.layers.folder import LayerFolder
from dashboard.legend.palette import colour
from dashboard.model.event_tables import OPEN_END
from dashboard.model.layer_style import BY_LABEL, LABEL_COLOURS, ShownLayer
from dashboard.paper.context_layers import draw_layers, layer_rows, layer_signs, window_of
from dashboard.paper.frame import Frame, frame_around
from dashboard.query.query import Query
from tests.layers import make

JANUARY, FEBRUARY = 18628, 18659


@pytest.fixture
def folder(tmp_path: Path) -> LayerFolder:
    return LayerFolder(tmp_path / "layers")


@pytest.fixture
def frame() -> Frame:
    return frame_around([(36.2, 38.2), (36.8, 38.8)], None, 1.4)


def _drawn(folder: LayerFolder, path: Path, **style: object) -> DrawnLayer:
    layer = make.added(folder, path)
    (drawn,) = drawn_layers([ShownLayer(layer.layer_id, **style)], folder.layers())  # type: ignore[arg-type]
    return drawn


def _axes(frame: Frame) -> Axes:
    figure = Figure(figsize=(7, 5), facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(frame.left, frame.right)
    axes.set_ylim(frame.bottom, frame.top)
    return axes


def _pixel(axes: Axes, frame: Frame, lon: float, lat: float) -> tuple[int, ...]:
    canvas = axes.figure.canvas
    assert isinstance(canvas, FigureCanvasAgg)
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())
    ((x, y),) = axes.transData.transform(frame.xy([lon], [lat]))
    return tuple(int(each) for each in pixels[len(pixels) - 1 - int(y), int(x), :3])


def test_an_area_is_filled_with_its_colour_where_it_is(
    folder: LayerFolder, tmp_path: Path, frame: Frame
):
    axes = _axes(frame)
    drawn = _drawn(folder, make.shapefile(tmp_path / "a.zip"), colour="rose", opacity=100, fill=100)
    draw_layers(axes, [drawn], frame, None)
    assert [sign.is_seen for sign in layer_signs([drawn], frame, None)] == [True]
    assert _pixel(axes, frame, 38.5, 36.5) == _rgb("layer-rose")
    assert _pixel(axes, frame, 37.97, 36.5) == (255, 255, 255)


def test_a_layer_outside_of_the_frame_says_so_in_the_legend(folder: LayerFolder, tmp_path: Path):
    far = frame_around([(10.0, 10.0), (11.0, 11.0)], None, 1.4)
    drawn = _drawn(folder, make.geojson(tmp_path / "a.geojson"))
    axes = _axes(far)
    draw_layers(axes, [drawn], far, None)
    assert len(axes.collections) == len(axes.lines) == 0
    signs = layer_signs([drawn], far, None)
    ((sign, words),) = layer_rows(signs)
    assert "Areas of control" in words()
    assert "A Mapping Group" in words()
    assert "nothing of it in this map" in words()
    axes = Figure().add_axes((0, 0, 1, 1))
    sign(axes)
    assert len(axes.patches) == 2
    assert len(axes.lines) == 1


def test_a_window_leaves_the_shapes_of_its_days_and_those_without(
    folder: LayerFolder, tmp_path: Path
):
    drawn = _drawn(folder, make.geojson(tmp_path / "a.geojson"))
    assert window_of(Query()) is None
    february = window_of(Query(start=date(2021, 3, 3)))
    assert february == (FEBRUARY + 30, OPEN_END)
    kinds = {
        window: [shape.geom_type for shape in drawn.shapes(window)]
        for window in (None, (JANUARY, JANUARY + 5), february)
    }
    assert kinds == {
        None: ["Polygon", "LineString", "Point"],
        (JANUARY, JANUARY + 5): ["Polygon", "Point"],
        february: ["LineString", "Point"],
    }


def test_the_manifest_names_the_layer_and_its_file(folder: LayerFolder, tmp_path: Path):
    drawn = _drawn(folder, make.geojson(tmp_path / "a.geojson"))
    (named,) = manifest_layers([drawn])
    assert (named.title, named.source) == ("Areas of control", "A Mapping Group")
    assert named.layer_id == drawn.layer.layer_id
    assert named.sha256 == drawn.layer.record.sha256


def test_labels_have_their_colours_on_the_map_and_in_the_legend(
    folder: LayerFolder, tmp_path: Path, frame: Frame
):
    rows = {"name": ["Party A", "Party B"]}
    areas = [shapely.box(38.0, 36.0, 38.5, 37.0), shapely.box(38.5, 36.0, 39.0, 37.0)]
    path = make.geojson(tmp_path / "a.geojson", rows=rows, shapes=areas)
    drawn = _drawn(folder, path, colour=BY_LABEL, opacity=100, fill=100)
    axes = _axes(frame)
    draw_layers(axes, [drawn], frame, None)
    seen = [_pixel(axes, frame, lon, 36.5) for lon in (38.3, 38.7)]
    assert seen == [_rgb(f"layer-{name}") for name in LABEL_COLOURS[:2]]
    words = [text() for _sign, text in layer_rows(layer_signs([drawn], frame, None))]
    assert "Areas of control" in words[0]
    assert list(map(without_isolates, words[1:])) == ["Party A", "Party B"]


def _rgb(name: str) -> tuple[int, ...]:
    return tuple(round(each * 255) for each in to_rgb(colour(name)))
