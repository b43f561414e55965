"""Geometries of rows become points in degrees, with the distance of their bounds in metres."""

import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely

from dashboard.datasets.files.chunks import EXTENT, Chunk
from dashboard.datasets.files.errors import UnclearError
from dashboard.datasets.files.geometries import (
    INVALID_GEOMETRY,
    geometries_from_wkb,
    reference_system,
    with_coordinates,
)
from dashboard.datasets.files.input_file import FileOptions
from dashboard.model.errors import Fault


def test_a_square_in_web_mercator_is_a_point_inside_it_in_degrees():
    square = shapely.box(4_000_000, 4_000_000, 4_010_000, 4_010_000)
    chunk = Chunk(pd.DataFrame({"latitude": ["x"]}), np.array([1]), 1.0)
    faults: list[Fault] = []
    shapes = np.array([square], dtype=object)
    done = with_coordinates("a", chunk, shapes, pyproj.CRS("EPSG:3857"), faults.append)
    (row,) = done.frame.to_dict("records")
    assert (row["latitude"], row["longitude"]) == pytest.approx((33.82, 35.98), abs=0.01)
    assert row["latitude (2)"] == "x"
    assert 5_000 < row[EXTENT] < 7_000
    assert faults == []


def test_bytes_that_are_no_geometry_are_a_fault_of_their_row():
    shapes = geometries_from_wkb(np.array([b"no geometry", None], dtype=object))
    assert shapes.tolist() == [INVALID_GEOMETRY, None]
    chunk = Chunk(pd.DataFrame({"a": ["1", "2"]}), np.array([7, 8]), 1.0)
    faults: list[Fault] = []
    done = with_coordinates("a", chunk, shapes, pyproj.CRS("EPSG:4326"), faults.append)
    assert [fault.row for fault in faults] == [7]
    assert done.numbers.tolist() == [8]
    assert np.isnan(done.frame["latitude"].iloc[0])


def test_a_file_without_a_reference_system_needs_one():
    with pytest.raises(UnclearError) as caught:
        reference_system("a", FileOptions(), None)
    assert caught.value.option == "crs"
    assert reference_system("a", FileOptions(crs="EPSG:3857"), None).to_epsg() == 3857
