"""Areas in links and in words."""

from urllib.parse import urlencode

import pandas as pd

from dashboard.model.area import MOST_AREAS, MOST_CORNERS, parse_area
from dashboard.model.corpus import Corpus
from dashboard.model.place import PlacePrecision
from dashboard.query.area_points import AreaPoints, area_points
from dashboard.query.area_words import areas_in_words, at_units_in_words, coarse_in_words
from dashboard.query.coarse_places import as_levels
from dashboard.query.describe import what_to_loosen
from dashboard.query.link import from_params, to_params
from dashboard.query.names import facet_label, names_of
from dashboard.server.limits import _MAX_ADDRESS_BYTES
from tests.query.test_link import VOCABULARY

CIRCLE, BOX = "circle:38.86292,36.38373,10", "box:38.1,36.2,39,36.9"


def test_bad_areas_of_a_link_are_dropped_with_the_reason():
    query, notices = from_params({"area": [CIRCLE, "box:2,1", BOX, CIRCLE]}, VOCABULARY)
    assert query.areas == (parse_area(CIRCLE), parse_area(BOX))
    assert len(notices) == 1
    assert "area='box:2,1'" in notices[0]
    assert "expected box:W,S,E,N" in notices[0]
    assert to_params(query) == {"area": [CIRCLE, BOX]}
    assert what_to_loosen(query) == ["Area"]


def test_a_link_has_a_bounded_number_of_areas():
    texts = [f"circle:38,36,{km}" for km in range(1, MOST_AREAS + 3)]
    query, notices = from_params({"area": texts}, VOCABULARY)
    assert list(map(str, query.areas)) == texts[:MOST_AREAS]
    assert len(notices) == 1


def test_a_circle_around_a_place_has_its_name(corpus: Corpus):
    names = names_of(corpus)
    place = corpus.gazetteer.places["ain_issa"]
    around = parse_area(f"circle:{place.lon:.5f},{place.lat:.5f},10")
    beside = parse_area(f"circle:{place.lon + 0.01:.5f},{place.lat:.5f},10")

    def label(field: str, value: str) -> str:
        return facet_label(names, field, value)[0]

    assert areas_in_words([around], label) == "within 10 km of Ain Issa"
    assert "Ain Issa" not in areas_in_words([beside], label)
    both = areas_in_words([around, parse_area(BOX)], label)
    assert both.startswith("within 10 km of Ain Issa or in the rectangle from ")
    polygon = areas_in_words([parse_area("polygon:38,36;39,36;38.5,37")], label)
    assert polygon.startswith("in the polygon of 3 corners around ")


def test_coarse_points_are_counted_in_words():
    assert coarse_in_words({}) == at_units_in_words(0) == []
    levels = {PlacePrecision.DISTRICT: 3, PlacePrecision.GOVERNORATE: 1}
    assert coarse_in_words(levels) == ["4 of them known only roughly (district: 3, governorate: 1)"]
    assert at_units_in_words(2) == ["2 of them known only to the chosen area itself"]


def test_the_points_inside_any_area_are_one_text():
    near = pd.DataFrame({"x": [1, 2], "y": [0, 3], "lat": [36.4, 36.6], "lon": [38.5, 38.5]})
    areas = (parse_area("box:38,36,39,36.5"), parse_area("box:38,36,39,37"))
    assert area_points(areas, [near, near]) == AreaPoints(f"-1,1,{3 * 2**30 + 2}", 1, 0, 2, 3)
    assert area_points(areas[:1], [near[1:]]) == AreaPoints("-1")


def test_levels_are_listed_from_the_most_exact():
    counted = pd.DataFrame({"level": [5, 2], "events": [7, 1]})
    levels = as_levels(counted)
    assert list(levels.items()) == [(PlacePrecision.VICINITY, 1), (PlacePrecision.GOVERNORATE, 7)]


def test_the_longest_link_of_areas_fits_into_an_address():
    corners = [
        (-179 + at / 1000 + 0.12345, -60 + at**2 / 1000 + 0.12345) for at in range(MOST_CORNERS)
    ]
    text = "polygon:" + ";".join(f"{lon:.5f},{lat:.5f}" for lon, lat in corners)
    query, notices = from_params({"area": [text] * MOST_AREAS}, VOCABULARY)
    assert not notices
    (area,) = query.areas
    assert len(area.ring) == MOST_CORNERS
    longest = urlencode({"area": [str(area)] * MOST_AREAS}, doseq=True)
    # What the longest link besides has in the tests (server/limits.py) is left.
    assert len(longest) < _MAX_ADDRESS_BYTES - 3 * 1024
