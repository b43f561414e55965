"""What a layer has in words, and the texts that an analyst types about it."""

from datetime import date

from dashboard.language.language import ARABIC, using_language
from dashboard.layers.folder import LayerTexts
from dashboard.layers.layer_file import LayerCounts
from dashboard.ui.data.layer_facts import layer_facts, layer_losses
from dashboard.ui.data.layer_texts import Typed, texts_of

COUNTS = LayerCounts(
    {"polygon": 3, "point": 1},
    vertices=20,
    dated=2,
    undated=2,
    unread_dates=2,
    unread_samples=("soon {x}",),
    no_shape=1,
    faulty=2,
    heights=3,
    collections=4,
)


def test_facts_and_losses():
    assert layer_facts(COUNTS) == ["3 areas", "1 point", "2 of them with dates"]
    losses = " ".join(layer_losses(COUNTS))
    assert "1 row without a shape" in losses
    assert "2 faulty rows" in losses
    assert "heights of 3 shapes" in losses
    assert "4 collections" in losses
    assert "soon {x}" in losses
    assert layer_losses(LayerCounts({"line": 1}, vertices=2)) == []


def test_in_arabic():
    with using_language(ARABIC):
        assert layer_facts(COUNTS)[:2] == ["3 مساحات", "نقطة واحدة"]
        assert len(layer_losses(COUNTS)) == 5


def test_a_title_and_a_source_are_needed_and_the_date_must_be_one():
    typed = Typed("Control", "A Group", "", "January 2021")
    january = (date(2021, 1, 1), date(2021, 1, 31))
    assert texts_of(typed) == LayerTexts("Control", "A Group", "", *january)
    assert texts_of(Typed("Control", "")) is None
    assert texts_of(Typed("", "A Group")) is None
    assert texts_of(Typed("Control", "A Group", "", "1/2/2021")) is None
    before = LayerTexts("x", "y", "", date(2020, 1, 1), None)
    unchanged = texts_of(Typed("Control", "A Group", "", "from 1 January 2020"), before)
    assert unchanged == LayerTexts("Control", "A Group", "", date(2020, 1, 1), None)
