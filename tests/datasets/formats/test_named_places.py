"""Rows without coordinates are placed by the gazetteer from their names, and never by a guess."""

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point

from dashboard.datasets import __main__ as command
from dashboard.datasets.files.errors import UnclearError
from dashboard.datasets.formats.answers import Answers
from dashboard.datasets.formats.column_mapping import ColumnMapping
from dashboard.datasets.formats.named_places import PLACE_ROLES, names_places
from dashboard.gazetteer.index import PlaceIndex
from dashboard.gazetteer.named_cells import NamedCells, Outcome, find_place
from dashboard.gazetteer.place_names import PlaceNames, place_names
from dashboard.gazetteer.tiers import Tier, add_tier
from dashboard.model.corpus import Corpus
from dashboard.model.place import FeatureClass, NameStrength, Place, PlaceName, PlacePrecision
from tests.datasets.formats import make
from tests.datasets.reading import read, rows


@pytest.fixture(scope="module")
def names(corpus: Corpus) -> PlaceNames:
    return place_names(PlaceIndex(corpus.gazetteer))


@pytest.mark.parametrize(
    ("cells", "place_id"),
    [
        (NamedCells("تل أبيض"), "tell_abyad"),
        (NamedCells("Tel-Abyad"), "tell_abyad"),
        # The town, not its governorate; and the governorate where the cell says so.
        (NamedCells("الرقة", country="سوريا"), "raqqa"),
        (NamedCells("محافظة الرقة"), "raqqa_governorate"),
        (NamedCells("مدينة الرقة", country="Syria"), "raqqa"),
        (NamedCells("Ain Issa town"), "ain_issa"),
        (NamedCells("عين عيسى", admin1="الرقة"), "ain_issa"),
        (NamedCells("عين عيسى", admin1="Ar-Raqqah", country="سوريا"), "ain_issa"),
        (NamedCells("عين عيسى", admin1="Lattakia"), "ain_issa_lattakia"),
        (NamedCells("صيدا", admin2="Tell Abyad"), "sayda_ain_issa"),
        # Areas alone, the smallest that is known.
        (NamedCells(admin2="تل أبيض", admin1="الرقة"), "tell_abyad_district"),
        (NamedCells(admin3="Nowhere", admin2="Tal Abyad"), "tell_abyad_district"),
        (NamedCells(admin1="Homs Governorate", country="Syria"), "homs_governorate"),
    ],
)
def test_names_of_places_and_areas_find_the_place(names, cells: NamedCells, place_id: str):
    result = find_place(cells, names)
    assert (result.outcome, result.place and result.place.place_id) == (Outcome.PLACED, place_id)


@pytest.mark.parametrize(
    ("cells", "outcome"),
    [
        (NamedCells("عين عيسى"), Outcome.SEVERAL),
        # A town of this name is in Kuwait, too.
        (NamedCells("الرقة"), Outcome.SEVERAL),
        (NamedCells("المشيرفة", admin3="ناحية عين عيسى", admin1="الرقة"), Outcome.SEVERAL),
        (NamedCells("Atlantis"), Outcome.UNKNOWN),
        # A general name of a quarter, that many towns have.
        (NamedCells("الحي الشرقي"), Outcome.UNKNOWN),
        (NamedCells("Tell Abyad", admin1="Aleppo"), Outcome.ELSEWHERE),
        (NamedCells("Raqqa", country="Mali"), Outcome.ELSEWHERE),
        (NamedCells("Qamishli", admin2="Tell Abyad"), Outcome.ELSEWHERE),
        (NamedCells(country="Syria"), Outcome.COUNTRY),
        (NamedCells(country="مالي"), Outcome.COUNTRY),
        (NamedCells("Syria"), Outcome.COUNTRY),
        (NamedCells(), Outcome.BLANK),
        (NamedCells(" - "), Outcome.BLANK),
    ],
)
def test_what_is_not_clear_has_no_place(names, cells: NamedCells, outcome: Outcome):
    result = find_place(cells, names)
    assert (result.outcome, result.place) == (outcome, None)


def test_an_area_that_the_gazetteer_does_not_have_drops_no_place_and_is_told(names):
    result = find_place(NamedCells("Mosul", admin1="Made-up Area", country="Iraq"), names)
    assert result.place is not None
    assert (result.place.place_id, result.unknown_areas) == ("mosul", ("admin1",))


def test_the_answer_of_the_analyst_counts_for_its_cells_alone(names):
    cells = NamedCells("عين عيسى", country="Syria")
    answered = replace(names, answers={cells.key: "ain_issa_lattakia"})
    assert cells.key == "عين عيسي | syria"
    result = find_place(cells, answered)
    assert result.place is not None
    assert result.place.place_id == "ain_issa_lattakia"
    assert find_place(NamedCells("عين عيسى"), answered).outcome is Outcome.SEVERAL
    wrong = replace(names, answers={cells.key: "no such place"})
    assert find_place(cells, wrong).outcome is Outcome.SEVERAL


@given(st.builds(NamedCells, *[st.text(max_size=20)] * 5))
def test_any_text_is_placed_only_where_its_names_are(names, cells: NamedCells):
    result = find_place(cells, names)
    assert (result.outcome is Outcome.PLACED) == (result.place is not None)
    if result.place is not None:
        assert result.place.place_id in result.candidates
        assert result.place.feature_class is not FeatureClass.COUNTRY


def _village(number: int, name: str, lat: float, lon: float) -> tuple[Place, PlaceName]:
    key = f"t{number}"
    place = Place(
        key, name, name, FeatureClass.VILLAGE, (), Point(lon, lat), lat, lon, 2_000,
        PlacePrecision.SETTLEMENT, "made up", "not checked", 2,
    )  # fmt: skip
    return place, PlaceName(key, name, "en", NameStrength.WEAK, "made up")


def _with_villages(corpus: Corpus, villages: list[tuple[Place, PlaceName]]) -> PlaceNames:
    tier = Tier({it.place_id: it for it, _ in villages}, tuple(it for _, it in villages), ())
    return place_names(PlaceIndex(add_tier(corpus.gazetteer, tier)))


def test_unchecked_places_are_narrowed_by_outlines_of_governorates(corpus: Corpus):
    twins = [_village(1, "Twinham", 36.0, 39.0), _village(2, "Twinham", 34.7, 37.5)]
    names = _with_villages(corpus, twins)
    assert find_place(NamedCells("Twinham"), names).outcome is Outcome.SEVERAL
    for area, place_id in (("Raqqa", "t1"), ("حمص", "t2")):
        result = find_place(NamedCells("Twinham", admin1=area), names)
        assert result.place is not None
        assert result.place.place_id == place_id


def test_a_large_list_of_places_is_indexed_in_seconds(corpus: Corpus):
    villages = [
        _village(at, f"Village {at}", 33 + at % 300 / 100, 36 + at % 500 / 100)
        for at in range(20_000)
    ]
    started = time.perf_counter()
    names = _with_villages(corpus, villages)
    assert find_place(NamedCells("Village 19999"), names).outcome is Outcome.PLACED
    assert time.perf_counter() - started < 30


TABLE = [
    {"الرقم": "1", "التاريخ": "2021-01-18", "المكان": "عين عيسى", "المحافظة": "الرقة"},
    {"الرقم": "2", "التاريخ": "2021-01-19", "المكان": "تل أبيض", "المحافظة": "الرقة"},
    {"الرقم": "3", "التاريخ": "2021-01-20", "المكان": "الرقة", "المحافظة": "محافظة الرقة"},
    {"الرقم": "4", "التاريخ": "2021-01-21", "المكان": "", "المحافظة": "حلب"},
]


def test_an_arabic_table_without_coordinates_is_placed_whole(importer, datasets, tmp_path: Path):
    done = read(importer, make.write(tmp_path / "جدول.csv", TABLE), name="arabic")
    assert (done.good, done.faults.total) == (4, 0)
    assert done.notices["placed_by_name", "المكان", "", ""] == 4
    places = {row["place_id"]: row for row in rows(datasets, "places")}
    at = [places[row["place_id"]] for row in rows(datasets, "event_places")]
    assert sorted(place["source"] for place in at) == [
        "gazetteer: ain_issa",
        "gazetteer: aleppo_governorate",
        "gazetteer: raqqa",
        "gazetteer: tell_abyad",
    ]
    widest = next(place for place in at if place["source"].endswith("aleppo_governorate"))
    assert (widest["precision"], widest["uncertainty_m"]) == ("governorate", 80_000)
    again = read(importer, tmp_path / "جدول.csv", name="arabic")
    assert again.written is not None
    assert again.written.unchanged == 4


def test_only_blank_coordinates_are_filled_and_no_place_is_sharper_than_its_row(
    importer, datasets, tmp_path: Path
):
    raqqa = {"date": "2021-01-18", "place": "Raqqa", "precision": ""}
    table = [
        raqqa | {"id": "given", "lat": "35.0", "lon": "38.0"},
        raqqa | {"id": "blank", "lat": "", "lon": "unknown"},
        raqqa | {"id": "wide", "lat": "", "lon": "", "precision": "district"},
        raqqa | {"id": "zero", "lat": "0", "lon": "0"},
        raqqa | {"id": "half", "lat": "35.9", "lon": ""},
        raqqa | {"id": "country", "lat": "", "lon": "", "precision": "country"},
        raqqa | {"id": "wrong", "lat": "95", "lon": ""},
    ]
    done = read(importer, make.write(tmp_path / "a.csv", table), name="mixed")
    assert (done.faults.total, done.faults.unread.total()) == (0, 1)
    assert done.notices["no_coordinates", "lat", "35.9", ""] == 1
    events = {row["event"]: row["event_id"].split(":")[-1] for row in rows(datasets, "events")}
    assert set(events.values()) == {"given", "blank", "wide", "zero", "half", "country", "wrong"}
    places = {row["place_id"]: row for row in rows(datasets, "places")}
    at = {events[row["event"]]: places[row["place_id"]] for row in rows(datasets, "event_places")}
    assert set(at) == {"given", "blank", "wide"}
    assert (at["given"]["lat"], at["given"]["source"]) == (35.0, "mixed")
    assert at["blank"]["source"] == at["wide"]["source"] == "gazetteer: raqqa"
    assert (at["blank"]["precision"], at["wide"]["precision"]) == ("settlement", "district")


def test_a_table_names_places_by_the_column_of_any_level():
    assert all(names_places(ColumnMapping(name="x", columns={role: "c"})) for role in PLACE_ROLES)
    assert not names_places(ColumnMapping(name="x", columns={"lat": "c"}))
    assert not names_places(None)


def test_what_is_not_placed_is_imported_without_a_place_and_listed(
    importer, datasets, tmp_path: Path
):
    table = [
        {"date": "2021-01-18", "place": "عين عيسى", "admin1": ""},
        {"date": "2021-01-19", "place": "Atlantis", "admin1": "Raqqa"},
        {"date": "2021-01-20", "place": "Tell Abyad", "admin1": "Aleppo"},
        {"date": "2021-01-21", "place": "Mosul", "admin1": "Made-up Area"},
    ]
    done = read(importer, make.write(tmp_path / "a.csv", table), name="shelf")
    assert done.good == 4
    assert done.notices == {
        ("placed_by_name", "place", "", ""): 1,
        ("several_places", "place", "عين عيسي", "ain_issa_lattakia ain_issa"): 1,
        ("unknown_place", "place", "atlantis | raqqa", ""): 1,
        ("place_elsewhere", "place", "tell abyad | aleppo", ""): 1,
        ("unknown_area", "admin1", "Made-up Area", ""): 1,
        ("no_kind", "", "", ""): 4,
    }
    assert sorted(row["located"] for row in rows(datasets, "events")) == [False] * 3 + [True]
    answers = Answers(places={"عين عيسي": "ain_issa"})
    done = read(importer, tmp_path / "a.csv", name="answered", answers=answers)
    assert done.notices["placed_by_name", "place", "", ""] == 2


def test_a_table_of_dates_alone_is_imported_without_places(importer, datasets, tmp_path: Path):
    table = [{"date": "2021-01-18", "notes": "one"}, {"date": "2021-01-19", "notes": "two"}]
    done = read(importer, make.write(tmp_path / "a.csv", table), name="dates")
    assert done.notices["no_coordinates", "", "", ""] == 2
    assert [row["located"] for row in rows(datasets, "events")] == [False, False]


@pytest.mark.parametrize(
    "row", [{"foo": "1", "bar": "x"}, {"date": "2021-01-18", "place": "Raqqa", "lon": "38.9"}]
)
def test_nothing_recognised_and_half_of_the_coordinates_are_questions(
    importer, tmp_path: Path, row: dict[str, str]
):
    with pytest.raises(UnclearError) as raised:
        read(importer, make.write(tmp_path / "a.csv", [row]))
    assert raised.value.option == "columns"


def test_the_command_places_by_name_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("EVENT_MAP_DATASETS", str(tmp_path / "datasets"))
    path = make.write(tmp_path / "a.csv", TABLE)
    command.main([str(path), "--json", "--name=arabic"])
    last = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (last["good"], last["faults"]) == (4, 0)
    assert ["placed_by_name", "المكان", "", "", 4] in last["notices"]


def test_twenty_thousand_rows_of_two_thousand_names_take_seconds(importer, tmp_path: Path):
    table = [
        {"date": "2021-01-18", "place": f"Village {at % 2_000}", "admin1": "Raqqa"}
        for at in range(20_000)
    ]
    path = make.write(tmp_path / "a.csv", table)
    started = time.perf_counter()
    done = read(importer, path, name="many")
    assert done.good == 20_000
    assert time.perf_counter() - started < 60


def test_a_place_by_its_name_is_in_the_areas_of_the_gazetteer(importer, datasets, tmp_path: Path):
    table = [
        {"id": "town", "date": "2021-01-18", "place": "Tell Abyad", "admin1": ""},
        {"id": "area", "date": "2021-01-19", "place": "", "admin1": "Aleppo"},
        {"id": "other", "date": "2021-01-20", "place": "Mosul", "admin1": "Made-up Area"},
        {"id": "nowhere", "date": "2021-01-21", "place": "Atlantis", "admin1": ""},
    ]
    read(importer, make.write(tmp_path / "a.csv", table), name="by name")
    names = {row["event"]: row["event_id"].split(":")[-1] for row in rows(datasets, "events")}
    within: dict[str, list[str]] = {name: [] for name in names.values()}
    for row in rows(datasets, "containment"):
        within[names[row["event"]]].append(row["place"])
    assert {"syria", "raqqa_governorate", "tell_abyad_district", "tell_abyad"} <= set(
        within["town"]
    )
    assert {"syria", "aleppo_governorate"} <= set(within["area"])
    # The area that only the row has, and those of the gazetteer.
    assert {"iraq", "mosul"} < set(within["other"])
    assert len(set(within["other"]) & {row["place_id"] for row in rows(datasets, "places")}) == 2
    assert within["nowhere"] == []
    assert all(len(set(places)) == len(places) for places in within.values())
    places = {row["place_id"]: row for row in rows(datasets, "places")}
    at = {names[row["event"]]: places[row["place_id"]] for row in rows(datasets, "event_places")}
    assert at["town"]["within"] == "tell_abyad"
