"""Areas: what is inside, and which numbers are refused."""

import numpy as np
import pytest
import shapely
from pyproj import Geod

from dashboard.model.area import MOST_CORNERS, AreaError, CircleArea, parse_area, rings_of

GEOD = Geod(ellps="WGS84")


def _inside(text: str, lon: float, lat: float) -> bool:
    return bool(parse_area(text).contains(np.array([lon]), np.array([lat]))[0])


@pytest.mark.parametrize(
    "text",
    [
        "box:38.1,36.2,39,36.9",
        "polygon:38,36;39,36;38.5,37.12345",
        "circle:38.86292,36.38373,0.25",
        "circle:-70,-33.5,250",
    ],
)
def test_the_text_of_an_area_is_read_back(text: str):
    assert str(parse_area(text)) == text


def test_edges_belong_to_an_area():
    assert _inside("box:38,36,39,37", 38, 36.5)
    assert _inside("polygon:38,36;39,36;38,37", 38, 36.5)
    assert not _inside("box:38,36,39,37", 37.99999, 36.5)


@pytest.mark.parametrize("lat", [0.0, 36.4, 71.0])
@pytest.mark.parametrize("azimuth", range(0, 360, 45))
def test_a_circle_is_true_on_the_ellipsoid(lat: float, azimuth: int):
    circle = CircleArea(38.8, lat, 300)
    for metres, expected in ((299_999, True), (300_001, False)):
        lon, there, _back = GEOD.fwd(38.8, lat, azimuth, metres)
        assert _inside(str(circle), lon, there) is expected
        if expected:
            bounds = circle.bounds
            assert bounds.west < lon < bounds.east
            assert bounds.south < there < bounds.north


def test_an_outline_is_that_of_its_place():
    outlines = {
        "x": shapely.MultiPolygon([shapely.box(38, 36, 39, 37), shapely.box(40, 36, 41, 37)])
    }
    area = parse_area("outline:x", outlines)
    inside = area.contains(np.array([38.5, 39.5, 40.5]), np.array([36.5] * 3))
    assert inside.tolist() == [True, False, True]
    assert (area.bounds.west, area.bounds.east) == (38, 41)
    assert len(rings_of(area)) == 2
    assert str(area) == "outline:x"
    assert len(rings_of(parse_area("box:38,36,39,37"))) == 1
    with pytest.raises(AreaError, match="no outline of this place"):
        parse_area("outline:y", outlines)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "expected box"),
        ("box:38,36,39", "expected box"),
        ("circle:38,36,nan", "expected box"),
        ("square:38,36,39,37", "expected box"),
        ("circle:38,36,1e999", "expected box"),
        ("box:39,36,38,37", "in this order"),
        ("box:170,36,-170,37", "in this order"),
        ("polygon:38,36;39,37", "three corners"),
        ("polygon:38,36;39,37;39,36;38,37", "may not cross"),
        ("polygon:38,36;39,37;40,38", "may not cross"),
        ("polygon:170,36;-170,36;-170,40", "180th meridian"),
        ("polygon:" + ";".join(f"{at / 10},{at % 2}" for at in range(MOST_CORNERS + 1)), "at most"),
        ("circle:179.99,10,50", "180th meridian"),
        ("circle:10,89.9,50", "pole"),
        ("circle:38,36,0", "more than 0 km"),
        ("circle:190,36,5", "longitudes are from"),
    ],
)
def test_what_is_no_area_says_why(text: str, why: str):
    with pytest.raises(AreaError, match=why):
        parse_area(text)
