"""What the words around a name say that it means; whole texts are in test_resolve.py."""

import pytest

from dashboard.gazetteer.context import load_context
from dashboard.gazetteer.uses import after_locative, after_town_locative, are_road_ends
from dashboard.text.normalise import fold
from dashboard.text.phrases import Match, PhraseIndex

_NAMES = PhraseIndex([fold("دمشق"), fold("السويداء")])


def _matches(text: str) -> tuple[str, list[Match]]:
    folded = fold(text)
    return folded, _NAMES.search(folded)


@pytest.mark.parametrize(
    ("text", "locative", "of_towns"),
    [
        ("وصل إلى السويداء", True, False),
        ("شن غارات على السويداء", True, True),
        ("ضغط على السويداء", False, True),
        ("خرج من السويداء", False, True),
        ("قالت السويداء", False, False),
    ],
)
def test_words_of_place(text: str, locative: bool, of_towns: bool):
    folded, (match,) = _matches(text)
    context = load_context()
    assert after_locative(folded, match, context) is locative
    assert after_town_locative(folded, match, context) is of_towns


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("طريق دمشق - السويداء", True),
        ("الطريق الدولي دمشق السويداء", True),
        ("في دمشق - السويداء", False),
        ("طريق دمشق. السويداء", False),
    ],
)
def test_the_ends_of_a_road(text: str, ends: bool):
    folded, (one, other) = _matches(text)
    assert are_road_ends(folded, one, other, load_context()) is ends
