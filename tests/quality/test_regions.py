"""The texts of regions.txt, their expected places and the record of their first scores agree."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from dashboard.gazetteer.context import MentionUse
from dashboard.model.corpus import Corpus
from tests.quality.annotated import Annotated
from tests.quality.measure_regions import ACCEPTED_USES
from tests.quality.regions import ExpectedPlace, accepted_spans, expected_places, regions

HERE = Path(__file__).parent
SETS = {"regions": False, "regions_apart": True}
MEASURE = re.compile(
    r"(place spans|event places|place uses) (precision|recall|f1)"
    r"|[A-Z]{2} (mentions|event places) recall"
)


def _rows(file: str) -> list[dict[str, str]]:
    with (HERE / file).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.mark.parametrize("apart", [False, True])
def test_each_half_has_twenty_texts_of_many_years(apart: bool):
    texts = regions(apart=apart)
    assert len(texts) >= 20
    assert len({text.published.year for text in texts if text.published}) >= 8
    assert len({text.name[:3] for text in texts}) == len(texts)


def test_every_expected_place_is_named_and_every_named_place_is_expected():
    texts = regions(apart=False) + regions(apart=True)
    named = {key for text in texts for _, _, key, _ in text.places}
    assert named == set(expected_places())
    assert len(_rows("regions_places.csv")) == len(named)


def test_every_expected_place_is_well_formed():
    for row in _rows("regions_places.csv"):
        place = expected_places()[row["key"]]
        assert place.kind in {"point", "area", "country"}, row
        assert re.fullmatch("[A-Z]{2}", place.country), row
        assert -5 <= place.lat <= 60, row
        assert -80 <= place.lon <= 60, row
        assert 0 < place.within_km <= 900, row
        assert row["name_ar"], row
        assert row["name_en"], row
        assert re.fullmatch(r"GeoNames \d+|general reference, approximate", row["source"]), row


def test_every_use_is_one_of_the_model_or_of_the_header():
    texts = regions(apart=False) + regions(apart=True)
    uses = {use for text in texts for _, _, _, use in text.places}
    assert uses <= {use.value for use in MentionUse} | set(ACCEPTED_USES)
    assert set(ACCEPTED_USES) <= uses


def test_no_mark_is_left_in_a_text():
    for text in regions(apart=False) + regions(apart=True):
        assert not re.search(r"[\[\]|_]", text.text), text.name


def test_a_span_may_have_the_word_for_its_kind_or_not():
    text = "في مخيم جباليا وبلدة هجين وريف حلب"
    item = Annotated("", text, places=frozenset({(3, 14, "a", ""), (21, 25, "b", "")}))
    assert accepted_spans(item) == {
        (3, 14): (3, 14),
        (8, 14): (3, 14),
        (21, 25): (21, 25),
        (16, 25): (21, 25),
    }


def test_a_place_matches_by_distance_and_an_area_by_its_class_too(corpus: Corpus):
    places = corpus.gazetteer.places
    near = ExpectedPlace("a", "SY", "point", 36.2, 37.2, 15)
    assert near.matches(places["aleppo"])
    assert not near.matches(places["manbij"])
    area = ExpectedPlace("b", "SY", "area", 35.9, 36.7, 150)
    assert area.matches(places["idlib_governorate"])
    assert not area.matches(places["idlib"])


def test_first_scores_are_well_formed_and_both_sets_have_them():
    rows = _rows("first_scores.csv")
    keys = [(row["set"], row["measure"]) for row in rows]
    assert len(keys) == len(set(keys))
    for row in rows:
        assert re.fullmatch("[0-9a-f]{7,40}", row["commit"]), row
        assert date.fromisoformat(row["date"]), row
        assert row["set"] not in SETS or MEASURE.fullmatch(row["measure"]), row
        assert 0 <= float(row["score"]) <= 1, row
    for name in SETS:
        measures = [measure for texts, measure in keys if texts == name]
        assert sum(measure.startswith(("place", "event")) for measure in measures) == 9
