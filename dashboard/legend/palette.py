"""Colours of the map, timeline and legend.

The four groups have Okabe-Ito hues (vermilion, orange, blue, bluish green), which readers with any
colour vision can distinguish; contested is a purple outside that set, and always dashed or hatched.
Source: Okabe and Ito, "Color Universal Design" (2008).
"""

from collections.abc import Mapping

from dashboard.model.event import Attestation, EventGroup

GROUPS: Mapping[EventGroup, str] = {
    EventGroup.VIOLENCE: "#D55E00",
    EventGroup.COERCION: "#E69F00",
    EventGroup.MOVEMENT: "#0072B2",
    EventGroup.POLITICS: "#009E73",
}
ATTESTATIONS: Mapping[Attestation, str] = {
    Attestation.CONTESTED: "#7B2D8B",
    Attestation.CORROBORATED: "#1F4E79",
    Attestation.SINGLE_SOURCE: "#8A8F98",
}
# Outlines of areas, and circles of uncertainty.
AREA_COLOUR = "#5B5F97"
# The ring of marks with unreviewed events; the CSS files have the same value.
UNREVIEWED = "#b42318"
