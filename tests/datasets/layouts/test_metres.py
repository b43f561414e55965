"""Points in metres of UTM, in whole numbers of ten millionths, in lists; Arabic commas between cells."""

import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from dashboard.datasets.formats import cell_forms, column_words, guessed_points, scaled_degrees
from dashboard.datasets.formats.guessed_columns import guess_columns
from dashboard.datasets.formats.utm import Zone, degrees, utm_pair, zone_in_name, zone_of
from dashboard.datasets.run import Importer
from dashboard.engine.datasets import Datasets
from tests.datasets.formats import make
from tests.datasets.reading import read, rows

# Of 36.70 N, 39.10 E; the zone 37 is from 36 to 42 degrees.
EAST, NORTH = Transformer.from_crs(4326, 32637, always_xy=True).transform(39.1, 36.7)
POINT = (pytest.approx(36.7, abs=1e-4), pytest.approx(39.1, abs=1e-4))


def _points(importer: Importer, datasets: Datasets, path: Path) -> list[tuple[float, float]]:
    read(importer, path)
    return [
        (row["lat"], row["lon"]) for row in rows(datasets, "places") if row["lat"] == row["lat"]
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"37N {EAST:.0f} {NORTH:.0f}", f"37S {EAST:.0f} {NORTH:.0f}",
        f"UTM 37 N {EAST:.1f}, {NORTH:.1f}",
        f"{EAST:.0f}E {NORTH:.0f}N 37N", f"zone 37S N {NORTH:.0f} E {EAST:.0f}",
        f"37N: {EAST:.0f} mE {NORTH:.0f} mN",
    ],
)  # fmt: skip
def test_metres_with_their_zone_in_one_cell(text: str):
    assert utm_pair(text) == POINT


@pytest.mark.parametrize(
    "text",
    [
        "37 510000 4060000", "37N 5100 4060000", "61N 510000 4060000", "37N 510000 4060000 12",
        "20S 510000 4060000", "37C 510000 4060000", "36.7 39.1",
    ],
)  # fmt: skip
def test_what_is_not_clear_is_no_point(text: str):
    assert utm_pair(text) is None


@given(st.floats(-79, 83), st.floats(-179, 179))
def test_metres_and_half_of_the_earth_give_the_point_back(lat: float, lon: float):
    number = int((lon + 180) // 6) + 1
    south = lat < 0
    to_metres = Transformer.from_crs(4326, (32700 if south else 32600) + number, always_xy=True)
    point = degrees(*to_metres.transform(lon, lat), Zone(number, "south" if south else "north"))
    assert point == (pytest.approx(lat, abs=1e-6), pytest.approx(lon, abs=1e-6))


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("X (UTM 37N)", Zone(37, "n")), ("Easting EPSG:32637", Zone(37, "north")),
        ("E_UTM_38", Zone(38, "")),
        ("Northing (37S)", Zone(37, "s")), ("Zone", None), ("Y", None), ("lat 2021", None),
    ],
)  # fmt: skip
def test_the_zone_in_the_name_of_a_column(name: str, zone: Zone | None):
    assert zone_in_name(name) == zone


def test_the_zone_in_a_cell():
    texts = ("37N", "zone 37 S", "UTM 37", "32637", "Northern zone", "99N")
    assert list(map(zone_of, texts)) == [
        Zone(37, "n"), Zone(37, "s"), Zone(37, ""), Zone(37, "north"), None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "cells",
    [
        {"Easting": f"{EAST:.0f}", "Northing": f"{NORTH:.0f}", "UTM zone": "37N"},
        {"X": f"{EAST:.0f}", "Y": f"{NORTH:.0f}", "Zone": "37S"},
        {"X (UTM 37N)": f"{EAST:.0f}", "Y (UTM 37N)": f"{NORTH:.0f}"},
        {"Easting": f"{EAST:,.0f}", "Northing": f"{NORTH:,.0f}", "Zone": "37 N"},
        {"latitudeE7": "367000000", "longitudeE7": "391000000"},
        {"lat": "367000000", "lon": "391000000"},
        {"Where (UTM)": f"37N {EAST:.0f} {NORTH:.0f}"},
    ],
)  # fmt: skip
def test_columns_of_metres_and_of_whole_numbers_are_points(
    importer: Importer, datasets: Datasets, tmp_path: Path, cells: dict[str, str]
):
    path = make.write(
        tmp_path / "a.csv", [{"id": "1", "date": "2021-03-02", "type": "clash"} | cells]
    )
    assert _points(importer, datasets, path) == [POINT]


@pytest.mark.parametrize(
    "cells",
    [
        {"Easting": "510000", "Northing": "4060000"},
        {"lat": "36700000", "lon": "39100000"},
    ],
)  # fmt: skip
def test_metres_without_a_zone_and_other_whole_numbers_are_refused(
    importer: Importer, tmp_path: Path, cells: dict[str, str]
):
    path = make.write(
        tmp_path / "a.csv", [{"id": "1", "date": "2021-03-02", "type": "clash"} | cells]
    )
    done = read(importer, path)
    assert {fault.field for fault in done.faults.first} == set(list(cells)[:2])


def test_a_zone_that_is_an_area_is_no_zone_of_metres():
    sample = pd.DataFrame({"Zone": ["North"], "lat": ["36.7"], "lon": ["39.1"]})
    assert guess_columns(list(sample), sample) == {"lat": "lat", "lon": "lon"}
    both = pd.DataFrame({"Zone": ["37N"], "lat": ["36.7"], "lon": ["39.1"]})
    assert "zone" not in guess_columns(list(both), both)
    mapping = {"zone": "Zone", "lat": "lat", "lon": "lon"}
    guessed_points.drop_other_zones(mapping, both)
    assert "zone" not in mapping
    assert cell_forms.sample_texts(both, ["Zone", "no"]) == ["37N"]
    assert column_words.reduced_name("X (UTM 37N)") == "x"


@pytest.mark.parametrize(
    "member",
    [
        {"coordinates": [39.1, 36.7]}, {"location": {"lat": 36.7001, "lon": 39.1001}},
        {"position": {"lng": 39.1001, "lat": 36.7001}}, {"latlng": [36.7, 39.1]},
        {"geo": {"point": {"latitude": 36.7001, "longitude": 39.1001}}},
        {"place": {"latitudeE7": 367000000, "longitudeE7": 391000000}},
    ],
)  # fmt: skip
def test_points_of_json_need_no_mapping(
    importer: Importer, datasets: Datasets, tmp_path: Path, member: dict[str, object]
):
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"id": 1, "date": "2021-03-02", "type": "clash"} | member]))
    ((lat, lon),) = _points(importer, datasets, path)
    assert (lat, lon) == (pytest.approx(36.7, abs=1e-3), pytest.approx(39.1, abs=1e-3))


def test_a_list_of_coordinates_says_which_is_the_first(importer: Importer, tmp_path: Path):
    path = tmp_path / "a.json"
    path.write_text('[{"date": "2021-03-02", "coordinates": [39.1234, 36.7123]}]')
    assert "lon_first" in {kind for kind, *_ in read(importer, path).notices}


def test_an_arabic_comma_divides_cells(importer: Importer, datasets: Datasets, tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text(
        "الرقم، التاريخ، النوع، خط العرض، خط الطول\n1، 2/3/2021، مظاهرة، ٣٦٫٧١، ٣٩٫١٢\n"
        "2، 25/3/2021، قصف, واشتباك، ٣٦٫٧٢، ٣٩٫١٣\n",
        encoding="utf-8",
    )
    assert sorted(_points(importer, datasets, path)) == [(36.71, 39.12), (36.72, 39.13)]


def test_whole_numbers_are_read_so_only_if_no_other_way_is_possible():
    frame = pd.DataFrame({"lat": ["367000000", "20000000"], "lon": ["391000000", "391000000"]})
    columns = {"lat": "lat", "lon": "lon"}
    sheet = scaled_degrees.Sheet("a", frame, frame.index.to_numpy(), lambda _fault: None)
    assert scaled_degrees.scale_of_degrees(sheet, columns) == 10**7
    few = frame[1:].assign(lon="39100000")
    sheet = scaled_degrees.Sheet("a", few, few.index.to_numpy(), lambda _fault: None)
    assert scaled_degrees.scale_of_degrees(sheet, columns) == 1


def test_an_arabic_semicolon_divides_cells(importer: Importer, datasets: Datasets, tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text(
        "id؛date؛lat؛lon\n1؛2021-01-18؛36.71؛39.12\n2؛2021-01-19؛36.72؛39.13\n", encoding="utf-8"
    )
    assert sorted(_points(importer, datasets, path)) == [(36.71, 39.12), (36.72, 39.13)]


def test_a_zone_without_a_letter_is_said_by_the_zone(
    importer: Importer, datasets: Datasets, tmp_path: Path
):
    path = tmp_path / "a.csv"
    rows_ = "".join(f"{EAST:.0f},{NORTH:.0f},{zone},2021-01-18\n" for zone in ("37", "37N"))
    path.write_text(f"easting,northing,zone,date\n{rows_}")
    assert _points(importer, datasets, path) == [POINT]
    ((key, count),) = read(importer, path).faults.unread.items()
    assert (key[0], count) == ("zone", 1)
    assert "37N" in str(key[1])
