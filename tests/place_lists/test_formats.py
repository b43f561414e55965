"""Each format of place lists: classes, names, points and areas, and what is left out with its reason."""

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.gazetteer.country_names import country_codes, country_names
from dashboard.model.place import FeatureClass
from dashboard.model.place_list import LOCAL, ListedPlace, PlaceList
from dashboard.place_lists import cod_ab, geonames, openstreetmap, rows, tables, whos_on_first
from dashboard.place_lists.read import ListError, list_id, read_list
from dashboard.place_lists.rows import Rows
from tests.place_lists.samples import (
    feature,
    geojson,
    geonames_row,
    geonames_zip,
    geopackage,
    names_row,
    wof_csv,
    workbook,
)


def by_key(listed: PlaceList) -> dict[str, ListedPlace]:
    """The rows of a list by key."""
    columns = [getattr(listed, name) for name in ListedPlace.__struct_fields__]
    return {row[0]: ListedPlace(*row) for row in zip(*columns, strict=True)}


def left_out(listed: PlaceList) -> dict[str, int]:
    return {each.reason: each.number for each in listed.card.left_out}


def test_geonames_dump_in_its_archive(tmp_path: Path):
    path = geonames_zip(
        tmp_path / "SY.zip",
        geonames_row(1, "Idlib Governorate", "محافظة إدلب", code="ADM1"),
        geonames_row(2, "Sarjah", "Sarja,سرجة"),
        geonames_row(3, "A river", "نهر", code="STM"),
        geonames_row(4, "Nowhere", lat=95),
        geonames_row(2, "Sarjah again"),
        "short\tline\n",
    )
    listed = read_list(path, "SY.zip")
    area, village = by_key(listed).values()
    assert village == ListedPlace(
        "geonames_2", FeatureClass.VILLAGE, 35.71, 36.55, "SY", ("Sarjah", "Sarja", "سرجة"),
        "GeoNames 2", (f"{LOCAL}SY.12",),
    )  # fmt: skip
    assert area.feature_class is FeatureClass.GOVERNORATE
    assert area.same_as == village.within
    assert listed.card.list_id == "geonames_sy"
    assert (listed.card.places, listed.card.arabic) == (2, 2)
    assert left_out(listed) == {
        rows.OTHER_FEATURE: 1, rows.OFF_GLOBE: 1, rows.TWICE: 1, rows.DAMAGED_ROW: 1,
    }  # fmt: skip


def test_alternate_names_without_links_codes_and_history(tmp_path: Path):
    path = geonames_zip(
        tmp_path / "SY_names.zip",
        names_row(1, 2, "ar", "سرجا"),
        names_row(2, 2, "link", "https://example.org"),
        names_row(3, 2, "post", "1234"),
        names_row(4, 2, "ar", "اسم قديم", historic="1"),
        names_row(5, 2, "ja", "サルジャ"),
    )
    (row,) = by_key(read_list(path, path.name)).values()
    assert (row.key, row.feature_class, row.names) == ("geonames_2", None, ("سرجا",))
    assert left_out(read_list(path, path.name)) == {
        rows.NO_NAME_OF_PLACE: 2, rows.HISTORIC: 1, rows.OTHER_LANGUAGE: 1,
    }  # fmt: skip


def test_whos_on_first_csv(tmp_path: Path):
    path = wof_csv(
        tmp_path / "wof_sy.csv",
        "1,country,35,38.5,Syria,سوريا|سورية,Syria,,,163843,17070135",
        "2,admin1,35.9,36.6,Idlib,إدلب|محافظة إدلب,Idlib,Idlib,,169388,",
        "3,admin2,35.7,36.5,Ariha,منطقة أريحا,Ariha,Idlib,Ariha,,",
        "4,P,35.71,36.55,Sarjah,سرجة,Sarja,Idlib,Ariha,2,600",
        "5,P,35.81,36.6,Ariha,أريحا,Ariha,Idlib,Ariha,,40000",
        "6,campus,35.81,36.6,School,مدرسة,,,,,",
    )
    places = by_key(read_list(path, path.name))
    village, town = places["wof_4"], places["wof_5"]
    assert village.country == "SY"
    assert village.names == ("Sarjah", "سرجة", "Sarja")
    assert village.same_as == ("geonames_2",)
    assert village.within == (places["wof_3"].same_as[0], places["wof_2"].same_as[0])
    assert town.feature_class is FeatureClass.TOWN
    assert "wof_6" not in places


def test_whos_on_first_features(tmp_path: Path):
    properties = {
        "wof:id": 421168685,
        "wof:placetype": "locality",
        "wof:name": "Sarjah",
        "wof:country": "SY",
        "name:ara_x_preferred": ["سرجة"],
        "name:fra_x_preferred": ["Sarja-les-Bains"],
        "wof:concordances": {"gn:id": 2},
        "wof:hierarchy": [
            {"region_id": 85678365, "country_id": 85632413, "locality_id": 421168685}
        ],
    }
    nested = {"wof:id": 5, "wof:placetype": "locality", "names": {"ara_x_preferred": ["قرية"]}}
    past = {"wof:id": 6, "wof:placetype": "locality", "wof:name": "Gone", "edtf:cessation": "1967"}
    features = [feature(each, 36.55, 35.71) for each in (properties, nested, past)]
    listed = read_list(geojson(tmp_path / "a.geojson", *features), "a.geojson")
    first, second = by_key(listed).values()
    assert (first.names, first.same_as) == (("Sarjah", "سرجة"), ("geonames_2",))
    assert first.within == ("wof_85678365", "wof_85632413")
    assert second.names == ("قرية",)
    assert left_out(listed) == {rows.HISTORIC: 1}


OLD_HEADER = [
    "ADM0_EN", "ADM0_AR", "ADM0_PCODE", "ADM1_EN", "ADM1_AR", "ADM1_PCODE", "ADM2_EN", "ADM2_AR",
    "ADM2_PCODE",
]  # fmt: skip
OLD_ROW = [
    "Syrian Arab Republic",
    "سوريا",
    "SY",
    "Idleb",
    "إدلب",
    "SY07",
    "Ariha",
    "أريحا",
    "SY0703",
]


def test_cod_ab_workbook_of_several_sheets_without_points(tmp_path: Path):
    path = workbook(
        tmp_path / "syr_adm.xlsx",
        {
            "ADM1": [OLD_HEADER[:6], OLD_ROW[:6]],
            "ADM2": [OLD_HEADER, OLD_ROW],
            "About": [["A note", "without P-codes"], ["x", "y"]],
        },
    )
    places = by_key(read_list(path, path.name))
    assert list(places) == ["pcode_SY", "pcode_SY07", "pcode_SY0703"]
    district = places["pcode_SY0703"]
    assert district.names == ("Ariha", "أريحا")
    assert (district.feature_class, district.lat) == (FeatureClass.DISTRICT, None)
    assert district.within == ("pcode_SY07", "pcode_SY")


def test_cod_ab_with_the_newer_header_and_centres(tmp_path: Path):
    path = tmp_path / "adm2.csv"
    path.write_text(
        "adm0_name,adm0_name1,adm0_pcode,adm1_name,adm1_name1,adm1_pcode,adm2_name,adm2_name1,"
        "adm2_pcode,lang,lang1,center_lat,center_lon\n"
        "Yemen,اليمن,YE,Aden,عدن,YE24,Al Mualla,المعلا,YE2405,en,ar,12.79,45.0\n",
        encoding="utf-8",
    )
    places = by_key(read_list(path, path.name))
    district = places["pcode_YE2405"]
    assert (district.names, district.lat, district.lon) == (("Al Mualla", "المعلا"), 12.79, 45.0)
    assert places["pcode_YE24"].lat is None


def test_cod_ab_settlements(tmp_path: Path):
    header = [*OLD_HEADER[:6], "PCODE", "NAME_EN", "NAME_AR", "LATITUDE", "LONGITUDE"]
    cells = [*OLD_ROW[:6], "C4209", "Sarja", "سرجة", 35.71, 36.55]
    path = workbook(tmp_path / "pplp.xlsx", {"pplp": [header, cells]})
    village = by_key(read_list(path, path.name))["pcode_C4209"]
    assert (village.feature_class, village.lat) == (FeatureClass.VILLAGE, 35.71)
    assert (village.names, village.within[0]) == (("Sarja", "سرجة"), "pcode_SY07")


def test_openstreetmap_geojson(tmp_path: Path):
    village = {"@id": "node/27", "place": "village", "name": "سرجة", "name:en": "Sarja"}
    shop = {"@id": "node/28", "shop": "bakery", "name": "خبز"}
    path = geojson(
        tmp_path / "a.geojson", feature(village, 36.55, 35.71), feature(shop, 36.5, 35.7)
    )
    listed = read_list(path, path.name)
    (place,) = by_key(listed).values()
    assert (place.key, place.names) == ("osm_node_27", ("سرجة", "Sarja"))
    assert left_out(listed) == {rows.OTHER_FEATURE: 1}


def test_openstreetmap_geopackage_with_other_tags(tmp_path: Path):
    tags = r'"name:ar"=>"سرجة","name:en"=>"Sarja \"old\"","population"=>"600"'
    path = geopackage(tmp_path / "a.gpkg", [("27", "Sarjah", "hamlet", tags, 36.55, 35.71)])
    (place,) = by_key(read_list(path, path.name)).values()
    assert place.names == ("Sarjah", "سرجة", 'Sarja "old"')
    assert (place.lat, place.lon) == (35.71, 36.55)


def test_other_tables_are_refused_in_one_line(tmp_path: Path):
    path = tmp_path / "events.csv"
    path.write_text("event_date,actor1,notes\n2021-01-01,A,x\n", encoding="utf-8")
    with pytest.raises(ListError, match=r"^events\.csv: expected places of GeoNames [^\n]+$"):
        read_list(path, path.name)


def test_ids_of_lists():
    assert list_id("geonames", "SY.zip") == "geonames_sy"
    assert list_id("osm", "../../سوريا.geojson") == "osm_list"


def test_countries_by_code_and_name():
    assert country_codes()["syria"] == "SY"
    assert country_names("SY")[0] == "syria"
    assert country_names("XX-") == ()


TEXT = st.text(st.characters(codec="utf-8"), max_size=20)


@settings(max_examples=200)
@given(st.lists(TEXT, max_size=20), st.binary(max_size=40))
def test_any_text_is_places_or_left_out(cells: list[str], noise: bytes):
    file = b"\t".join([b"1", *(cell.encode() for cell in cells)]) + b"\n" + noise
    for read in (geonames.read_places, geonames.read_names):
        for place in read(io.BytesIO(file), Rows()):
            assert place.names
            assert all(name == name.strip() and name.isprintable() for name in place.names)


@settings(max_examples=200)
@given(
    st.dictionaries(
        st.sampled_from([
            "wof_id", "wof:id", "level", "wof:placetype", "name", "names_ar", "lat", "lon", "names",
            "wof:hierarchy", "adm1_en", "adm1_pcode", "place", "other_tags", "@id", "osm_id",
        ]),
        TEXT | st.none() | st.floats() | st.integers() | st.just("[[[{}") | st.just("village"),
    )
)  # fmt: skip
def test_any_cells_are_places_or_left_out(cells: dict[str, object]):
    readers = (whos_on_first.WhosOnFirst(), cod_ab.CodAb(), openstreetmap.OpenStreetMap())
    for reader in readers:
        for place in reader.read(cells, Rows()):
            assert place.names
            assert place.lat is None or -90 <= place.lat <= 90


@given(TEXT)
def test_lists_in_cells_never_fail(text: str):
    assert isinstance(tables.as_list(text), list)
    assert isinstance(openstreetmap.tags_of(text), dict)
