"""Colours of the map, timeline and legend, from frontend/palette.css.

The four groups have Okabe-Ito hues (vermilion, orange, blue, bluish green), which readers with any
colour vision can distinguish; contested is a purple outside that set, and always dashed or hatched.
Source: Okabe and Ito, "Color Universal Design" (2008).
"""

import re
from collections.abc import Mapping
from pathlib import Path

from dashboard.model.event import Attestation, EventGroup

SHEET = Path(__file__).parents[1] / "frontend" / "palette.css"
_HEX = "#[0-9a-fA-F]{6}"
_PROPERTY = re.compile(
    f"--event-map-([a-z0-9-]+): (?:({_HEX})|light-dark\\(({_HEX}), ({_HEX})\\));"
)
_COLOURS: Mapping[str, tuple[str, str]] = {
    name: (same or light, same or dark)
    for name, same, light, dark in _PROPERTY.findall(SHEET.read_text(encoding="utf-8"))
}


def colour(name: str, *, dark: bool = False) -> str:
    """The value of `--event-map-NAME` in hexadecimal, on a light ground or a dark one.

    Raises KeyError if there is none.
    """
    return _COLOURS[name][dark]


def css_colour(name: str) -> str:
    """The property as a value in style sheets and SVG, where it follows the reader's theme.

    Raises KeyError if there is none.
    """
    colour(name)
    return f"var(--event-map-{name})"


def on_light(sheet: str) -> str:
    """A style sheet with the light colours alone, also for browsers that are older than light-dark()."""
    return re.sub(f"light-dark\\(({_HEX}), {_HEX}\\)", r"\1", sheet)


def css_attestation(attestation: Attestation) -> str:
    """The colour of an attestation as `css_colour` has it."""
    return css_colour(attestation.value.replace("_", "-"))


def on_dark(hexadecimal: str) -> str:
    """The colour of a series of a trend on a dark ground; any other colour as it is."""
    return _SERIES_ON_DARK.get(hexadecimal, hexadecimal)


_SERIES_ON_DARK = {
    light: dark for name, (light, dark) in _COLOURS.items() if name.startswith("series-")
}
GROUPS: Mapping[EventGroup, str] = {group: colour(group.value) for group in EventGroup}
ATTESTATIONS: Mapping[Attestation, str] = {
    kind: colour(kind.value.replace("_", "-")) for kind in Attestation
}
# Outlines of areas, and circles of uncertainty.
AREA_COLOUR = colour("area")
# The ring of marks with unreviewed events.
UNREVIEWED = colour("unreviewed")
# The classes of a shaded map, from few events to many: each darker than the one before.
SHADES = tuple(colour(f"shade-{number}") for number in range(1, 6))
