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
_COLOURS: Mapping[str, str] = dict(
    re.findall(r"--event-map-([a-z0-9-]+): (#[0-9a-fA-F]{6});", SHEET.read_text(encoding="utf-8"))
)


def colour(name: str) -> str:
    """The value of the property `--event-map-NAME` in hexadecimal; raises KeyError if there is none."""
    return _COLOURS[name]


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
