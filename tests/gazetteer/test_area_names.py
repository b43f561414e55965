"""Names of areas as tables write them, without the word for their level."""

from dashboard.gazetteer.area_names import name_key, without_area_word
from dashboard.model.place import FeatureClass


def test_names_are_compared_by_their_folded_words():
    assert name_key("Ar-Raqqah") == "ar raqqah"
    assert name_key("عين عيسى") == name_key(" عين  عيسي ")


def test_the_word_for_the_level_is_left_out():
    words = {"محافظه": frozenset({FeatureClass.GOVERNORATE})}
    assert without_area_word("محافظه الرقه", FeatureClass.GOVERNORATE, words) == "الرقه"
    assert without_area_word("raqqa governorate", FeatureClass.GOVERNORATE, words) == "raqqa"
    assert without_area_word("raqqa", FeatureClass.GOVERNORATE, words) == "raqqa"
