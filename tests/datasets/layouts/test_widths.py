"""Points that are no sharper than their table says: rounded degrees, wide names, units."""

from pathlib import Path

import pandas as pd
import pytest

from dashboard.datasets.formats import point_precisions, rounded_points, wide_places
from dashboard.datasets.formats.points import Points
from dashboard.datasets.formats.precision_values import precision_of
from dashboard.datasets.formats.sheet import Sheet
from dashboard.datasets.run import Importer
from dashboard.engine.datasets import Datasets
from tests.datasets.formats import make
from tests.datasets.reading import OWN, read, rows

COUNTRY = {"id": "1", "date": "2021-03-02", "lat": "36.7012", "lon": "39.1004", "type": "clash"}


def _read(importer: Importer, folder: Path, cells: dict[str, str]) -> dict[str, str]:
    """The notices of a table with one row, by kind; each has the value that it is about."""
    done = read(importer, make.write(folder / "a.csv", [COUNTRY | cells]))
    return {kind.value: value for kind, _column, value, _meaning in done.notices}


@pytest.mark.parametrize(
    ("lat", "lon", "metres"),
    [
        ("36", "39", 71_400), ("36.7", "39.1", 7_130), ("36.70", "39.10", 0), ("36.7", "39.12", 0),
        ("36.5", "39°06'E", 0), ("36°30'", "39°06'", 0),
    ],
)  # fmt: skip
def test_rounded_degrees_are_as_uncertain_as_their_last_digit(lat: str, lon: str, metres: int):
    frame = pd.DataFrame({"lat": [lat], "lon": [lon]})
    sheet = Sheet("a.csv", frame, frame.index.to_numpy(), lambda _fault: None)
    blank = frame["lat"].isna().to_numpy()
    degrees = (float(text.split("°")[0]) + 0.5 * ("°30" in text) for text in (lat, lon))
    points = Points(*(pd.Series([value]) for value in degrees), None, blank, blank)
    (found,) = rounded_points.rounding_m(sheet, {"lat": "lat", "lon": "lon"}, points)
    assert found == pytest.approx(metres, rel=0.01)


def test_a_rounded_point_is_drawn_as_uncertain_and_noted(
    importer: Importer, datasets: Datasets, tmp_path: Path
):
    assert (
        _read(importer, tmp_path, {"lat": "36.7", "lon": "39.1"})["rounded_coordinates"] == "36.7"
    )
    (place,) = rows(datasets, "places")
    assert (place["precision"], place["uncertainty_m"]) == (
        "vicinity",
        pytest.approx(7_130, rel=0.01),
    )
    assert point_precisions.UNKNOWN_PRECISION == "region"


@pytest.mark.parametrize(
    ("place", "precision"),
    [
        ("Countrywide", None), ("عدة مناطق", "region"), ("near Tell Abyad", "vicinity"),
        ("between Tell Abyad and Ras al-Ayn", "vicinity"), ("southern Syria", "region"),
        ("near the bakery", "settlement"), ("Tell Abyad", "settlement"),
    ],
)  # fmt: skip
def test_a_place_wider_than_one_is_no_town(
    importer: Importer, datasets: Datasets, tmp_path: Path, place: str, precision: str | None
):
    notices = _read(importer, tmp_path, {"place": place})
    assert [row["precision"] for row in rows(datasets, "places")] == [precision] * bool(precision)
    assert ("too_wide" in notices) == (precision is None)


def test_words_for_wide_places_are_folded(importer: Importer):
    find = wide_places.precision_of_wide_place
    assert find("nationwide", importer.names_of_places) == ""
    assert find("قرب", importer.names_of_places) is None


def test_a_row_at_the_middle_of_its_country_has_no_place(
    importer: Importer, datasets: Datasets, tmp_path: Path
):
    places = importer.names_of_places
    middle = next(place for place in places.places.values() if place.place_id == "syria")
    row = {"country": "Syria", "place": "", "lat": f"{middle.lat:.5f}", "lon": f"{middle.lon:.5f}"}
    assert "too_wide" in _read(importer, tmp_path, row)
    assert not [place for place in rows(datasets, "places") if place["feature_class"] == "locality"]


@pytest.mark.parametrize(
    ("text", "column", "precision"),
    [
        ("not exact", "accuracy", None), ("غير دقيق", "الدقة", None), ("kesin değil", "accuracy", None),
        ("40", "accuracy_m", "exact"), ("900", "radius (m)", "settlement"),
        ("12", "error radius km", "vicinity"),
        ("60000", "coordinateUncertaintyInMeters", "governorate"), ("0.5", "radius (km)", "settlement"),
        ("2500", "accuracy", None),
    ],
)  # fmt: skip
def test_a_precision_turned_round_and_a_number_of_metres(
    text: str, column: str, precision: str | None
):
    assert precision_of(text, column) == precision


@pytest.mark.parametrize(
    ("lat", "lon", "notice"),
    [("0", "39.1", "zero_coordinates"), ("36.71", "0.000", "zero_coordinates"), ("-9", "-9", "")],
)
def test_numbers_for_no_place_are_none(
    importer: Importer, datasets: Datasets, tmp_path: Path, lat: str, lon: str, notice: str
):
    done = read(
        importer, make.write(tmp_path / "a.csv", [OWN | {"lat": lat, "lon": lon, "place": ""}])
    )
    assert not rows(datasets, "places")
    assert not done.understood
    assert not notice or notice in {kind for kind, *_ in done.notices}


def test_a_wrong_number_of_a_geometry_is_shown_as_people_write_it(
    importer: Importer, tmp_path: Path
):
    path = tmp_path / "a.geojson"
    path.write_text(
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"date": '
        '"2021-03-02"}, "geometry": {"type": "Point", "coordinates": [4325875.4, 4354000.1]}}]}'
    )
    done = read(importer, path)
    assert {fault.found for fault in done.faults.first} == {"4325875.4", "4354000.1"}
