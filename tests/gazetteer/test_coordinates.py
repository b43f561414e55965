"""Coordinates as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.gazetteer.coordinates import CoordinatesError, parse_coordinates
from dashboard.language.language import ARABIC, using_language
from dashboard.language.stored_text import translate

AIN_ISSA = (36.38373, 38.86292)


@pytest.mark.parametrize(
    "text",
    [
        "36.38373, 38.86292",
        "36.38373 38.86292",
        "36.38373;38.86292",
        "٣٦٫٣٨٣٧٣، ٣٨٫٨٦٢٩٢",
        "38.86292E, 36.38373N",
        "36°23'01.4\"N 38°51'46.5\"E",
        "36°23′01.4″N, 38°51′46.5″E",
        "N36 23.024, E38 51.775",
        "37SDA8770526519",
        "37S DA 87705 26519",
        "Lat: 36.38373, Lon: 38.86292",
        "(longitude 38.86292; latitude 36.38373)",
        "geo:36.38373,38.86292;u=35",
        "https://www.google.com/maps?q=36.38373,38.86292",
        "https://www.google.com/maps/place/Ain+Issa/@36.38373,38.86292,15z",
        "https://www.openstreetmap.org/?mlat=36.38373&mlon=38.86292#map=15/36.3/38.8",
    ],
)
def test_every_form_names_the_same_point(text: str):
    point = parse_coordinates(text)
    assert (point.lat, point.lon) == pytest.approx(AIN_ISSA, abs=0.0005)
    assert point.uncertainty_m < 100


@pytest.mark.parametrize(
    ("text", "metres"), [("36.4, 38.9", 5560), ("36.38, 38.86", 556), ("36°23'N 38°51'E", 927)]
)
def test_coordinates_with_few_digits_are_uncertain(text: str, metres: int):
    assert parse_coordinates(text).uncertainty_m == pytest.approx(metres, rel=0.02)


def test_a_grid_reference_is_the_middle_of_its_square():
    point = parse_coordinates("37SDA8726")
    assert str(point.form) == "MGRS"
    assert point.uncertainty_m == 500
    assert (point.lat, point.lon) == pytest.approx(AIN_ISSA, abs=0.01)


@pytest.mark.parametrize(
    ("text", "expected", "found"),
    [
        ("", "two numbers", "“”"),
        ("somewhere", "two numbers", "“somewhere”"),
        ("36.4", "two numbers", "“36.4”"),
        ("96.4, 38.8", "latitude from −90 to 90 degrees", "“96.4”"),
        ("36.4, 190", "longitude from −180 to 180 degrees", "“190”"),
        ("https://goo.gl/maps/abc", "two numbers", "“https://goo.gl/maps/abc”"),
        ("POINT(38.8 36.4)", "latitude from −90 to 90 degrees", "“POINT(38.8”"),
        ("a, b", "latitude from −90 to 90 degrees", "“a”"),
        ("99ZZZ1", "two numbers", "“99ZZZ1”"),
    ],
)
def test_the_error_for_other_texts_says_what_was_expected_and_found(
    text: str, expected: str, found: str
):
    with pytest.raises(CoordinatesError) as error:
        parse_coordinates(text)
    assert str(error.value).startswith(expected)
    assert str(error.value).endswith(f"found {found}")


def test_the_error_is_shown_in_arabic():
    with pytest.raises(CoordinatesError) as error:
        parse_coordinates("96.4, 38.8")
    with using_language(ARABIC):
        # Values are kept apart from the text around them, which is written from the right.
        shown = translate(error.value.reason).replace("\u2068", "").replace("\u2069", "")
        assert shown == "خط العرض من −90 إلى 90 درجة، والموجود «96.4»"


@given(st.text(max_size=40))
def test_any_text_is_a_point_or_an_error(text: str):
    try:
        point = parse_coordinates(text)
    except CoordinatesError:
        return
    assert -90 <= point.lat <= 90
    assert -180 <= point.lon <= 180
