"""How a layer is shown on the map: its text in a link, e.g. "3f2a9c0112345678,teal,70,2,20"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

# The id of a layer has so many hexadecimal digits.
ID_DIGITS = 16
_ID = re.compile(rf"[0-9a-f]{{{ID_DIGITS}}}")
# Colours of layers by their names in frontend/palette.css ("layer-teal"): none is that of a mark.
COLOURS = ("teal", "brown", "navy", "rose", "olive", "plum", "slate", "black")
# In place of a colour: one for each of the most frequent labels, and `OTHER_LABELS` for all others.
BY_LABEL = "labels"
OTHER_LABELS = "slate"
LABEL_COLOURS = tuple(name for name in COLOURS if name != OTHER_LABELS)
# A link has at most so many layers, and a map draws no more.
MOST_SHOWN = 8
MOST_PERCENT = 100
# Widths of lines in pixels.
MOST_WIDTH = 8


@dataclass(frozen=True, slots=True)
class ShownLayer:
    """A layer on the map: how opaque it and the filling of its areas are, and its lines' width.

    `colour` is one of `COLOURS` or `BY_LABEL`; `opacity` and `fill` are in per cent, `width` is in
    pixels of the screen.
    """

    layer_id: str
    colour: str = COLOURS[0]
    opacity: int = 80
    width: int = 2
    fill: int = 20

    def __str__(self) -> str:
        return f"{self.layer_id},{self.colour},{self.opacity},{self.width},{self.fill}"


def another_layer(layer_id: str, shown: Iterable[ShownLayer]) -> ShownLayer:
    """A layer that is shown besides others, in a colour that none of them has, if there is one left."""
    used = {layer.colour for layer in shown}
    return ShownLayer(layer_id, next((name for name in COLOURS if name not in used), COLOURS[0]))


def is_layer_id(text: str) -> bool:
    """Whether a text can be the id of a layer."""
    return bool(_ID.fullmatch(text))


def parse_shown_layer(text: str) -> ShownLayer:
    """The layer of a text in a link, as `str` writes it, or of an id alone; raises ValueError."""
    layer_id, *style = text.split(",")
    if not is_layer_id(layer_id) or len(style) not in {0, 4}:
        raise ValueError(text)
    if not style:
        return ShownLayer(layer_id)
    colour, *numbers = style
    if colour not in {*COLOURS, BY_LABEL}:
        raise ValueError(text)
    opacity, width, fill = (
        _whole(number, most)
        for number, most in zip(numbers, (MOST_PERCENT, MOST_WIDTH, MOST_PERCENT), strict=True)
    )
    return ShownLayer(layer_id, colour, opacity, width, fill)


def _whole(text: str, most: int) -> int:
    if not re.fullmatch(r"[0-9]{1,3}", text, re.ASCII) or int(text) > most:
        raise ValueError(text)
    return int(text)
