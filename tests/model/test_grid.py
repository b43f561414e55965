"""The squares of the grid are nested, and points are converted without loss."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model.grid import box_around, box_of, degrees_of, tile_units, zoom_to_fit

LAT, LON = st.floats(-84, 84), st.floats(-179.9, 179.9)


@given(LAT, LON)
def test_a_point_is_converted_and_back(lat: float, lon: float):
    x, y = tile_units(np.array([lat]), np.array([lon]))
    back = degrees_of(float(x[0]), float(y[0]))
    assert abs(back[0] - lat) < 1e-5
    assert abs(back[1] - lon) < 1e-5


@given(LAT, LON, st.integers(5, 15))
def test_a_square_lies_in_one_square_of_the_zoom_before(lat: float, lon: float, zoom: int):
    fine, coarse = box_around(lat, lon, zoom + 1, 800, 400), box_around(lat, lon, zoom, 800, 400)
    assert coarse.cell == 2 * fine.cell


@given(LAT, LON, st.integers(5, 16))
def test_a_padded_box_contains_the_view_and_a_short_pan(lat: float, lon: float, zoom: int):
    seen = box_around(lat, lon, zoom, 800, 400)
    padded = seen.padded()
    # A quarter of the view further in each direction.
    across, down = (seen.right - seen.left) // 4, (seen.bottom - seen.top) // 4
    assert padded.left <= seen.left - across
    assert padded.right >= seen.right + across
    assert padded.top <= seen.top - down
    assert padded.bottom >= seen.bottom + down


def test_zoom_to_fit_is_that_of_leaflet():
    # Leaflet 1.9: map of 800 by 460 pixels, fitBounds([[35, 36], [37.5, 42.5]]) gives zoom 7.
    assert zoom_to_fit(35, 36, 37.5, 42.5, 800, 460) == 7
    box = box_of(35, 36, 37.5, 42.5, 7)
    assert box.right > box.left
    assert box.bottom > box.top
