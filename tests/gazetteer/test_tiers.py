"""The second tier: lists that nobody curated, whose names need support before they match."""

from pathlib import Path

import pytest

from dashboard.gazetteer.index import PlaceIndex
from dashboard.gazetteer.resolve import find_places
from dashboard.gazetteer.tiers import add_tier, read_geonames, read_places_csv, read_tier
from dashboard.model.corpus import Corpus
from dashboard.model.place import NameStrength
from dashboard.text.prepared import prepare

# Two lines in the format of GeoNames' country dumps (19 columns), and one that is broken.
DUMP = "\n".join(
    "\t".join(cells)
    for cells in (
        [
            "1",
            "Sarjah",
            "Sarjah",
            "Sarja,سرجة",
            "35.71",
            "36.55",
            "P",
            "PPL",
            "SY",
            "",
            "12",
            *[""] * 4,
            "600",
            "600",
            "Asia/Damascus",
            "2020-01-01",
        ],
        [
            "2",
            "A river",
            "A river",
            "نهر",
            "35.0",
            "36.0",
            "H",
            "STM",
            "SY",
            "",
            "12",
            *[""] * 4,
            "0",
            "0",
            "",
            "",
        ],
        ["3", "short"],
        [
            "4",
            "Nowhere",
            "Nowhere",
            "لا مكان",
            "95.0",
            "36.0",
            "P",
            "PPL",
            "SY",
            "",
            "12",
            *[""] * 4,
            "0",
            "0",
            "",
            "",
        ],
    )
)


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "SY.txt"
    path.write_text(DUMP, encoding="utf-8")
    return path


def test_a_geonames_dump_is_read_and_its_faults_name_line_and_field(dump: Path):
    tier = read_geonames(dump)
    (place,) = tier.places.values()
    assert (place.name_ar, place.name_en, place.lat, place.lon) == ("سرجة", "Sarjah", 35.71, 36.55)
    assert place.tier == 2
    assert (place.geometry.x, place.geometry.y) == (36.55, 35.71)
    assert "GeoNames 1" in place.sources
    assert {name.strength for name in tier.names} == {NameStrength.WEAK}
    assert [(fault.file, fault.row) for fault in tier.faults] == [("SY.txt", 3), ("SY.txt", 4)]


def test_alternate_names_add_to_it(dump: Path, tmp_path: Path):
    alternates = tmp_path / "alternateNames.txt"
    alternates.write_text("9\t1\tar\tسرجا\t\n9\t1\tlink\thttps://example.org\t\n", "utf-8")
    names = {name.name for name in read_geonames(dump, alternates).names}
    assert "سرجا" in names
    assert "https://example.org" not in names
    assert read_tier(tmp_path).places == read_geonames(dump, alternates).places


def test_a_plain_csv_is_read_and_its_faults_reported(tmp_path: Path):
    path = tmp_path / "places.csv"
    path.write_text(
        "name_ar,name_en,lat,lon,feature_class,source\n"
        "زنوبيا,Zenobia,36.4,38.9,village,a resident\n"
        "بلا مكان,Nowhere,north,38.9,village,a resident\n"
        "قرية,Odd,36.4,38.9,castle,a resident\n",
        encoding="utf-8",
    )
    tier = read_places_csv(path)
    assert [place.name_en for place in tier.places.values()] == ["Zenobia"]
    assert [(fault.row, fault.field) for fault in tier.faults] == [
        (3, "lat"),
        (4, "feature_class"),
    ]


def test_an_empty_folder_is_a_fault(tmp_path: Path):
    (fault,) = read_tier(tmp_path).faults
    assert fault.found == "none"


def test_its_names_match_only_where_the_text_supports_them(corpus: Corpus, dump: Path):
    index = PlaceIndex(add_tier(corpus.gazetteer, read_geonames(dump)))
    supported = "قصف على قرية سرجة بريف إدلب"
    place_ids = [mention.place_id for mention in find_places(prepare(supported, ()), index)]
    (place_id,) = read_geonames(dump).places
    assert place_id in place_ids
    alone = find_places(prepare("قال سرجة إن الوضع سيئ", ()), index)
    assert place_id not in [mention.place_id for mention in alone]


def test_curated_places_are_unchanged(corpus: Corpus):
    curated = {key: p for key, p in corpus.gazetteer.places.items() if p.tier == 1}
    second = {key: p for key, p in corpus.gazetteer.places.items() if p.tier == 2}
    assert len(second) > 1_000
    assert "ain_issa" in curated
    assert all(place.sources for place in second.values())
    strong = {n.name for n in corpus.gazetteer.names if n.place_id in curated}
    assert strong, "the curated names are still there"
    assert all(
        n.strength is NameStrength.WEAK for n in corpus.gazetteer.names if n.place_id in second
    )
