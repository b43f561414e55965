"""Lists join the gazetteer: new places, and names of known ones; the page builds none of them."""

import pickle
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.gazetteer.index import PlaceIndex
from dashboard.gazetteer.known_places import KnownPlaces
from dashboard.gazetteer.new_places import ListPlaces
from dashboard.gazetteer.place_lists import MergeCounts, with_lists
from dashboard.gazetteer.place_names import place_names
from dashboard.gazetteer.resolve import find_places
from dashboard.gazetteer.search import PlaceSearch
from dashboard.model.corpus import Corpus
from dashboard.model.listed_places import (
    ListedPlaces,
    checked_places,
    names_of_places,
    replace_places,
    tier_of,
)
from dashboard.model.place import FeatureClass, Gazetteer, PlaceName
from dashboard.model.place_list import LOCAL, ListedPlace, PlaceList, is_arabic
from dashboard.model.sites import place_sites
from dashboard.place_lists.change import UsedPlacesError, remove_list, save_list
from dashboard.place_lists.read import place_list
from dashboard.place_lists.report import add_report, report_lines
from dashboard.store.merged_lists import gazetteer_with_lists
from dashboard.store.place_lists import NoListError, PlaceLists
from dashboard.text.prepared import prepare

VILLAGE, GOVERNORATE = FeatureClass.VILLAGE, FeatureClass.GOVERNORATE


def row(
    key: str,
    *names: str,
    kind: FeatureClass | None = VILLAGE,
    point: tuple[float | None, float | None] = (35.71, 36.55),
    within: Sequence[str] = (),
    same_as: Sequence[str] = (),
) -> ListedPlace:
    return ListedPlace(key, kind, *point, "SY", names, f"made {key}", tuple(within), tuple(same_as))


def listed(*rows: ListedPlace, name: str = "made.csv", format_: str = "osm") -> PlaceList:
    return place_list(name, format_, rows, {})


def merged(gazetteer: Gazetteer, *lists: PlaceList) -> tuple[Gazetteer, list[MergeCounts]]:
    both, counts = with_lists(gazetteer, lists)
    return both, list(counts)


def names(gazetteer: Gazetteer, place_id: str) -> set[str]:
    return {each.name for each in names_of_places(gazetteer, (place_id,))}


def test_a_point_elsewhere_in_a_city_is_the_city(corpus: Corpus):
    aleppo = corpus.gazetteer.places["aleppo"]
    near, far = (
        row(f"x_{km}", "حلب", point=(aleppo.lat + km / 111.2, aleppo.lon)) for km in (9, 40)
    )
    both, (count,) = merged(corpus.gazetteer, listed(near, far))
    assert (count.merged, count.new) == (1, 1)
    assert "x_40" in both.places
    assert "x_9" not in both.places


def test_a_country_gets_no_names_from_a_list(corpus: Corpus):
    country = row("x_sy", "سوريا", "السورية", kind=FeatureClass.COUNTRY, point=(35.0, 38.5))
    both, (count,) = merged(corpus.gazetteer, listed(country))
    assert (count.merged, count.added_names) == (1, 0)
    assert names(both, "syria") == names(corpus.gazetteer, "syria")


def test_a_new_place_is_of_the_second_tier_and_in_its_area(corpus: Corpus):
    area = row("a", "محافظة حماه المصنوعة", kind=GOVERNORATE, same_as=(f"{LOCAL}x",))
    village = row("v", "Sarjah", "سرجة", within=(f"{LOCAL}x",))
    both, (count,) = merged(corpus.gazetteer, listed(village, area))
    place = both.places["v"]
    assert (place.name_en, place.name_ar, place.tier) == ("Sarjah", "سرجة", 2)
    assert place.within == ("a",)
    assert both.containers("v") == ("a", "syria")
    assert (count.new, count.new_arabic, count.merged) == (2, 2, 0)
    assert count.new_classes == {"governorate": 1, "village": 1}


def test_the_same_name_within_both_uncertainties_is_the_same_place(corpus: Corpus):
    known = corpus.gazetteer.places["ain_issa"]
    near = (known.lat + 0.01, known.lon)
    far = (known.lat + 0.5, known.lon)
    rows = (
        row("near", "عين عيسى", "Ain Issa the new", point=near),
        row("far", "عين عيسى", point=far),
        row("area", "عين عيسى", point=near, kind=GOVERNORATE),
    )
    both, (count,) = merged(corpus.gazetteer, listed(*rows))
    assert (count.merged, count.new, count.added_names) == (1, 2, 1)
    assert "near" not in both.places
    assert "Ain Issa the new" in names(both, "ain_issa")
    assert both.places["ain_issa"] is known


def test_the_same_id_of_geonames_is_the_same_place_wherever_it_lies(corpus: Corpus):
    other = row("wof_9", "اسم آخر", point=(10.0, 10.0), same_as=("geonames_172134",))
    both, (count,) = merged(corpus.gazetteer, listed(other))
    assert (count.merged, count.new) == (1, 0)
    assert "اسم آخر" in names(both, "ain_issa")


def test_an_id_that_several_places_name_as_their_source_decides_nothing(corpus: Corpus):
    known = KnownPlaces(corpus.gazetteer)
    assert known.by_key("pcode_C5905") is None
    assert known.by_key("ain_issa") == "ain_issa"


def test_names_of_other_lists_come_in_any_order(corpus: Corpus):
    further = row("geonames_2", "سرجا", kind=None, point=(None, None))
    unknown = row("geonames_3", "لا أحد", kind=None, point=(None, None))
    names_list = listed(further, unknown, format_="geonames_names")
    both, counts = merged(corpus.gazetteer, names_list, listed(row("geonames_2", "Sarjah")))
    assert both.places["geonames_2"].name_ar == "سرجا"
    assert (counts[0].merged, counts[0].unknown, counts[0].added_names) == (1, 1, 1)


def test_areas_without_a_point_get_that_of_a_known_area(corpus: Corpus):
    blank = (None, None)
    idlib = row("pcode_SY07", "Idlib", "إدلب", kind=GOVERNORATE, point=blank)
    district = row("d", "Ariha", kind=FeatureClass.DISTRICT, point=blank, within=("pcode_SY07",))
    lost = ListedPlace("x", FeatureClass.DISTRICT, None, None, "", ("Nowhere",), "made")
    both, (count,) = merged(corpus.gazetteer, listed(idlib, district, lost))
    assert count.unplaced == 1
    place = both.places["d"]
    (holder,) = place.within
    assert (place.lat, place.precision) == (both.places[holder].lat, both.places[holder].precision)
    assert "no point" in (place.doubt or "")


def test_short_names_count_from_three_letters(corpus: Corpus):
    both, _counts = merged(corpus.gazetteer, listed(row("v", "رفح", "رم")))
    assert names(both, "v") == {"رفح"}


@pytest.fixture
def lists(tmp_path: Path) -> PlaceLists:
    folder = PlaceLists(tmp_path / "w_places")
    folder.save(listed(row("v1", "Sarjah", "سرجة"), row("v2", "سرمين الجديدة", point=(35.9, 36.7))))
    return folder


def test_lists_are_saved_replaced_and_removed(lists: PlaceLists):
    (card,) = lists.cards()
    assert (card.list_id, card.places, card.arabic) == ("osm_made", 2, 2)
    (read,), faults = lists.read()
    assert (list(read.key), faults) == (["v1", "v2"], ())
    lists.save(listed(row("v3", "Other")))
    assert [list(each.key) for each in lists.read()[0]] == [["v3"]]
    with pytest.raises(NoListError):
        lists.remove("../osm_made")
    lists.remove("osm_made")
    assert lists.cards() == ()
    assert lists.version() == ""


def test_a_damaged_list_is_reported_and_the_others_are_read(lists: PlaceLists, corpus: Corpus):
    (lists.folder / "osm_bad.parquet").write_bytes(b"PAR1 no")
    both, faults = gazetteer_with_lists(corpus.gazetteer, lists)
    assert "v1" in both.places
    assert [fault.file for fault in faults] == ["osm_bad.parquet"]


def test_the_stored_result_is_that_of_merging_and_is_made_again_when_a_list_changes(
    lists: PlaceLists, corpus: Corpus
):
    first, _faults = gazetteer_with_lists(corpus.gazetteer, lists)
    stored = {path.name: path.stat().st_mtime_ns for path in lists.folder.glob("*.arrow")}
    again, _faults = gazetteer_with_lists(corpus.gazetteer, lists)
    assert len(stored) == 2
    assert stored == {p.name: p.stat().st_mtime_ns for p in lists.folder.glob("*.arrow")}
    merged_directly, _counts = merged(corpus.gazetteer, *lists.read()[0])
    for gazetteer in (first, again):
        assert dict(gazetteer.places) == dict(merged_directly.places)
        assert tuple(gazetteer.names) == tuple(merged_directly.names)
    lists.save(listed(row("v3", "Other")))
    assert "v1" not in gazetteer_with_lists(corpus.gazetteer, lists)[0].places


def test_places_of_lists_behave_as_others(lists: PlaceLists, corpus: Corpus):
    both, _faults = gazetteer_with_lists(corpus.gazetteer, lists)
    assert isinstance(both.places, ListedPlaces)
    assert set(both.places) == {*corpus.gazetteer.places, "v1", "v2"}
    assert len(both.places) == len(corpus.gazetteer.places) + 2
    assert tier_of(both.places, "v1") == 2
    assert "v1" not in checked_places(both.places)
    assert len(both.names) == len(corpus.gazetteer.names) + 3
    sent = pickle.loads(pickle.dumps(both))  # noqa: S301 our own bytes
    assert dict(sent.places) == dict(both.places)
    assert tuple(sent.names) == tuple(both.names)
    assert both.names[-1] == tuple(both.names)[-1]
    sites = place_sites(both.places)
    assert sites["v1"] == "v1"
    assert sites["ain_issa"] == place_sites(corpus.gazetteer.places)["ain_issa"]


def test_an_analysts_change_replaces_a_place_of_a_list(lists: PlaceLists, corpus: Corpus):
    both, _faults = gazetteer_with_lists(corpus.gazetteer, lists)
    name = PlaceName("v1", "سرجة الجديدة", "ar", both.names[0].strength, "a resident")
    changed = replace_places(both, {"v1", "v2"}, {"v1": both.places["v1"]}, [name])
    assert names(changed, "v1") == {"سرجة الجديدة"}
    assert "v2" not in changed.places
    assert names(changed, "v2") == set()
    assert set(place_sites(changed.places)) == set(changed.places)


def test_places_of_lists_are_found_in_texts_and_in_tables(lists: PlaceLists, corpus: Corpus):
    both, _faults = gazetteer_with_lists(corpus.gazetteer, lists)
    index = PlaceIndex(both)
    mentions = find_places(prepare("قصف على قرية سرجة بريف إدلب", ()), index)
    assert "v1" in [mention.place_id for mention in mentions]
    known = place_names(index)
    assert "v1" in {key for ids in known.by_name.values() for key in ids}
    assert known.places["v1"].lat == 35.71


def test_the_report_says_what_is_new_merged_and_left_out(lists: PlaceLists, corpus: Corpus):
    both, _faults = gazetteer_with_lists(corpus.gazetteer, lists)
    new = listed(row("v9", "قرية مصنوعة"), row("v1", "سرجة"), name="other.csv")
    report = add_report(new, both, lists)
    assert (report.counts.new, report.counts.merged, report.replaced) == (1, 1, None)
    text = "\n".join(report_lines(report))
    assert "New: 1 place, 1 with an Arabic name" in text
    again = add_report(listed(row("v1", "سرجة")), both, lists)
    assert (again.counts.new, again.replaced) == (1, lists.cards()[0])
    assert "It replaces the list" in report_lines(again)[-1]


def test_rows_are_ordered_with_areas_first(corpus: Corpus):
    both = listed(row("v", "قرية"), row("a", "منطقة", kind=GOVERNORATE))
    assert list(ListPlaces(both, KnownPlaces(corpus.gazetteer)).areas_first()) == [1, 0]
    assert is_arabic("قرية")


def test_the_search_finds_places_of_lists_after_curated_ones(lists: PlaceLists, corpus: Corpus):
    both, _faults = gazetteer_with_lists(corpus.gazetteer, lists)
    search = PlaceSearch(both)
    found, number = search.find("سرج", 100)
    assert "v1" in [place.place_id for place in found]
    assert number == len(found)
    assert search.find("", 5)[1] == len(both.places)
    assert [place.tier for place in search.find("عين", 3)[0]] == [1, 1, 1]
    assert search.second_tier == sum(place.tier > 1 for place in both.places.values())


def test_a_list_with_places_of_events_stays(lists: PlaceLists, corpus: Corpus):
    both, _faults = gazetteer_with_lists(corpus.gazetteer, lists)
    moved = replace(corpus.events.places[0], place_id="v1")
    events = replace(corpus.events, places=(moved, *corpus.events.places[1:]))
    used = replace(corpus, gazetteer=both, events=events)
    with pytest.raises(UsedPlacesError, match="found 1: Sarjah"):
        remove_list(lists, "osm_made", used)
    without = add_report(listed(row("v2", "سرمين")), both, lists)
    with pytest.raises(UsedPlacesError):
        save_list(lists, without, used)
    unused = replace(corpus, gazetteer=both)
    save_list(lists, without, unused)
    assert lists.cards()[0].since == without.replaced.added
    remove_list(lists, "osm_made", unused)
    assert lists.cards() == ()
