"""The outlines of areas, as the map in the browser gets them."""

import pytest
from pyproj import Geod

from dashboard.browser.area_outlines import area_outlines
from dashboard.model.area import parse_area


def test_an_outline_has_its_edge_latitude_first_and_what_removes_it():
    areas = (parse_area("box:38,36,39,37"), parse_area("circle:38.5,36.5,20"))
    box, circle = area_outlines(areas, lambda area: f"<{area}>")
    assert box.text == "box:38,36,39,37"
    assert set(*box.rings) == {(36, 38), (36, 39), (37, 39), (37, 38)}
    assert box.remove == "Remove the filter: <box:38,36,39,37>"
    for lat, lon in circle.rings[0]:
        metres = Geod(ellps="WGS84").inv(38.5, 36.5, lon, lat)[2]
        assert metres == pytest.approx(20_000, abs=2)
