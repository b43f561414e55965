"""The outlines of chosen areas on the printed map."""

import numpy as np
from matplotlib.figure import Figure

from dashboard.model.area import parse_area
from dashboard.paper.chosen_areas import draw_chosen_areas
from dashboard.paper.frame import frame_around


def test_outlines_lie_where_their_areas_are():
    frame = frame_around([(36.0, 38.0), (37.0, 40.5)], None, 1.5)
    axes = Figure(figsize=(6, 4)).add_axes((0, 0, 1, 1))
    areas = (parse_area("circle:39,36.5,20"), parse_area("box:38.2,36.1,40,36.9"))
    assert draw_chosen_areas(axes, areas, frame)
    circle, box = (np.column_stack(line.get_data()) for line in axes.lines)
    centre = frame.xy([39.0], [36.5])[0]
    # The projection of the sheet keeps lengths to some per mille.
    assert np.allclose(np.hypot(*(circle - centre).T), 20_000, rtol=0.01)
    corner = frame.xy([38.2], [36.1])[0]
    assert np.hypot(*(box - corner).T).min() < 1
    assert not draw_chosen_areas(axes, (), frame)
