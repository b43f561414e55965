"""The style of a layer as a text of a link."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.legend import palette
from dashboard.model.layer_style import (
    BY_LABEL,
    COLOURS,
    LABEL_COLOURS,
    MOST_PERCENT,
    MOST_WIDTH,
    ShownLayer,
    parse_shown_layer,
)

ID = "3f2a9c0112345678"
_PERCENT = st.integers(0, MOST_PERCENT)


@given(st.sampled_from((*COLOURS, BY_LABEL)), _PERCENT, st.integers(0, MOST_WIDTH), _PERCENT)
def test_a_style_is_read_as_it_was_written(colour: str, opacity: int, width: int, fill: int):
    shown = ShownLayer(ID, colour, opacity, width, fill)
    assert parse_shown_layer(str(shown)) == shown


def test_an_id_alone_has_the_usual_style():
    assert parse_shown_layer(ID) == ShownLayer(ID)


@pytest.mark.parametrize("text", [
    "", "x", f"{ID},teal", f"{ID},red,80,2,20", f"{ID},teal,101,2,20", f"{ID},teal,80,99,20",
    f"{ID},teal,-1,2,20", f"{ID},teal,٨٠,2,20", f"{ID},teal,80,2,20,1", f"../{ID}",
    f"{ID},teal,1e2,2,20",
])  # fmt: skip
def test_any_other_text_is_refused(text: str):
    with pytest.raises(ValueError, match=r"."):
        parse_shown_layer(text or "nothing")


def test_each_colour_is_in_the_palette_and_no_colour_of_a_mark():
    colours = {palette.colour(f"layer-{name}") for name in COLOURS}
    assert len(colours) == len(COLOURS) == len(LABEL_COLOURS) + 1
    assert not colours & {*palette.GROUPS.values(), *palette.ATTESTATIONS.values()}
