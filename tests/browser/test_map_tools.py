"""What the map computes in the browser, compared with libraries: MGRS, distances, areas."""

import json
import math
import random
import shutil
import subprocess
from collections.abc import Sequence
from typing import Any

import mgrs
import pytest
from pyproj import Geod

from dashboard.static_files import FRONTEND

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not here")
WGS84 = Geod(ellps="WGS84")
Point = dict[str, float]


def in_browser(module: str, call: str, values: Sequence[Any]) -> list[Any]:
    """The answers of an exported function for each of some lists of arguments."""
    script = (
        f'import {{ {call} }} from "{(FRONTEND / "map" / module).as_uri()}";\n'
        'import { readFileSync } from "node:fs";\n'
        f"const answers = JSON.parse(readFileSync(0)).map((each) => {call}(...each));\n"
        "console.log(JSON.stringify(answers));"
    )
    command = ["node", "--input-type=module", "--eval", script]
    sent = json.dumps(values)
    ran = subprocess.run(
        command, input=sent, capture_output=True, text=True, check=True, timeout=60
    )
    answers: list[Any] = json.loads(ran.stdout)
    return answers


def test_the_grid_is_that_of_the_library_within_a_metre():
    chance = random.Random(7)
    points = [(chance.uniform(-80, 84), chance.uniform(-180, 180)) for _ in range(4000)]
    ours = in_browser("utm.js", "mgrs", [(*point, 5) for point in points])
    library = mgrs.MGRS()
    equal = 0
    for point, answer in zip(points, ours, strict=True):
        expected, found = library.toMGRS(*point), answer.replace(" ", "")
        equal += expected == found
        assert expected[:5] == found[:5], point
        for start in (5, 10):
            assert abs(int(expected[start : start + 5]) - int(found[start : start + 5])) <= 1
    # A metre is cut off, not rounded: a few differ by the last bits of the computation.
    assert equal >= 0.995 * len(points)


def test_distances_are_those_of_the_library_within_a_millimetre():
    chance = random.Random(7)
    lines = [[_point(chance, 85, 180), _point(chance, 85, 180)] for _ in range(2000)]
    ours = in_browser("geodesic.js", "distance", lines)
    for (one, other), metres in zip(lines, ours, strict=True):
        expected = WGS84.inv(one["lng"], one["lat"], other["lng"], other["lat"])[2]
        # Almost opposite each other: docs say that these are of the sphere.
        tolerance = 0.001 if expected < 19.9e6 else 0.005 * expected
        assert abs(metres - expected) < tolerance


def test_areas_are_those_of_the_library_within_a_thousandth():
    """Of a thin strip, whose edges matter more than its area: 2 millionths of its length squared."""
    chance = random.Random(7)
    polygons = [_polygon(chance) for _ in range(1500)]
    ours = in_browser("geodesic.js", "areaOf", [[polygon] for polygon in polygons])
    for polygon, square in zip(polygons, ours, strict=True):
        lons, lats = ([point[name] for point in polygon] for name in ("lng", "lat"))
        area, around = WGS84.polygon_area_perimeter(lons, lats)
        assert abs(square - abs(area)) <= max(0.001 * abs(area), 2e-6 * around**2)


def _point(chance: random.Random, lat: float, lon: float) -> Point:
    return {"lat": chance.uniform(-lat, lat), "lng": chance.uniform(-lon, lon)}


def _polygon(chance: random.Random) -> list[Point]:
    """A polygon without crossing edges, from a hundred metres to 500 km wide."""
    middle, size = _point(chance, 70, 170), 10 ** chance.uniform(-3, 0.7)
    angles = sorted(chance.uniform(0, 2 * math.pi) for _ in range(chance.randint(3, 12)))
    radii = [size * chance.uniform(0.3, 1) for _ in angles]
    return [
        {
            "lat": middle["lat"] + radius * math.sin(angle),
            "lng": middle["lng"] + radius * math.cos(angle),
        }
        for radius, angle in zip(radii, angles, strict=True)
    ]
