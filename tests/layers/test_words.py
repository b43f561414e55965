"""A layer in words."""

from datetime import date

from dashboard.layers.folder import LayerTexts
from dashboard.layers.words import layer_days


def test_days_of_a_layer_in_words():
    def days(start: date | None, end: date | None) -> str:
        return layer_days(LayerTexts("a", "b", "", start, end))

    assert days(None, None) == ""
    assert days(date(2021, 1, 18), date(2021, 1, 18)) == "18 January 2021"
    assert days(date(2021, 1, 1), date(2021, 1, 31)) == "January 2021"
    assert days(date(2020, 1, 1), date(2021, 12, 31)) == "1 January 2020 to 31 December 2021"
    assert days(date(2020, 1, 1), None) == "from 1 January 2020"
