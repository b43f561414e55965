"""A shaded map as JSON for the browser: areas, colours of classes, and the words of its legend."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.language.messages import _, plural_forms
from dashboard.language.numbers import number
from dashboard.legend.palette import SHADES
from dashboard.map.shading import ShadedArea, Shading
from dashboard.query.query import DENSITY, DISTRICTS


@dataclass(frozen=True, slots=True)
class ShadingLayer:
    """`ShadingData` of frontend/map/types.js; `side` is that of a square in tile units, else 0."""

    areas: tuple[ShadedArea, ...]
    side: int
    colours: tuple[str, ...]
    words: Mapping[str, object]


def shading_layer(shading: Shading) -> ShadingLayer:
    """The layer of a shaded map in the reader's language."""
    return ShadingLayer(
        shading.areas, shading.side, SHADES, shading_words(shading.level, shading.side_m)
    )


def shading_words(level: str, side_m: int = 0) -> dict[str, object]:
    """The words of tooltips and legend of a shaded map; `side_m` is the side of squares in metres."""
    return {
        "limits": _("Each limit is about the same multiple of the one before."),
        "certain": _("Colours count events that are certainly within the dates."),
        "possible": _("grey, dashed: only possibly within the dates"),
        "empty": _("without colour: no event"),
        "nothing": _("No event"),
        "more": _("About the colours"),
        **_words_of_level(level, side_m),
    }


def _words_of_level(level: str, side_m: int) -> dict[str, object]:
    if level == DENSITY:
        square = _("Events by square of about {km} × {km} km")
        return {
            "title": square.format(km=_kilometres(side_m)),
            "several": _("An event at several places counts in each of their squares."),
            "unknown": "",
            "without": plural_forms(
                "{n} event is in no square: its place is not known to a settlement",
                "{n} events are in no square: their places are not known to a settlement",
            ),
        }
    if level == DISTRICTS:
        return {
            "title": _("Events by district"),
            "several": _("An event in several districts counts in each."),
            "unknown": _("square: outline not known"),
            "without": plural_forms(
                "{n} event is in no district: its place is not known so precisely",
                "{n} events are in no district: their places are not known so precisely",
            ),
        }
    return {
        "title": _("Events by governorate"),
        "several": _("An event in several governorates counts in each."),
        "unknown": _("square: outline not known"),
        "without": plural_forms(
            "{n} event is in no governorate: its place is not known so precisely",
            "{n} events are in no governorate: their places are not known so precisely",
        ),
    }


def _kilometres(metres: int) -> str:
    """Kilometres to two digits, e.g. 3.9, 16, 130."""
    digits = 10 ** max(len(str(metres)) - 2, 0)
    return number(round(metres / digits) * digits / 1000)
