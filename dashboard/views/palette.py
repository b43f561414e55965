"""Colours of the map, timeline and legend.

The four groups are the Okabe-Ito hues (vermilion, orange, blue, bluish green), which readers with any
colour vision tell apart; contested is a purple outside that set and always dashed or hatched too.
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
GROUP_LABELS: Mapping[EventGroup, str] = {
    EventGroup.VIOLENCE: "Violence",
    EventGroup.COERCION: "Coercion and threats",
    EventGroup.MOVEMENT: "Movements of forces",
    EventGroup.POLITICS: "Talks and positions",
}
ATTESTATIONS: Mapping[Attestation, str] = {
    Attestation.CONTESTED: "#7B2D8B",
    Attestation.CORROBORATED: "#1F4E79",
    Attestation.SINGLE_SOURCE: "#8A8F98",
}
ATTESTATION_LABELS: Mapping[Attestation, str] = {
    Attestation.CONTESTED: "Contested",
    Attestation.CORROBORATED: "Corroborated",
    Attestation.SINGLE_SOURCE: "Single source",
}
ATTESTATION_MEANINGS: Mapping[Attestation, str] = {
    Attestation.CONTESTED: "asserted, and denied or doubted",
    Attestation.CORROBORATED: "asserted by two or more independent origins",
    Attestation.SINGLE_SOURCE: "asserted by one origin",
}
