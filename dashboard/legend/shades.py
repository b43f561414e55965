"""The legend of marks by colour: groups of kinds, attestation, or the values of another column.

Datasets take the remaining Okabe-Ito hues and then greys; source: Okabe and Ito, "Color Universal
Design" (2008).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.language.labels import label
from dashboard.language.messages import N_, _, plural
from dashboard.legend import palette
from dashboard.model.event import Attestation, EventGroup
from dashboard.model.verification import Verification
from dashboard.query.colouring import (
    LIMITED,
    MOST_COLOURED,
    NONE,
    SEVERAL,
    SEVERAL_VALUES,
    Colouring,
)
from dashboard.query.names import Names, dataset_label, facet_label
from dashboard.query.splits import OTHERS

_DATASETS = tuple(palette.colour(f"dataset-{number}") for number in range(1, 9))
# The columns by which marks may be coloured, as messages.
COLOUR_LABELS: Mapping[str, str] = {
    "group": N_("Kind of event"),
    "attestation": N_("Attestation"),
    "dataset": N_("Dataset"),
    "kind": N_("Single kinds"),
    "verification": N_("Verification of the event"),
    "initiator": N_("Initiator"),
    "outlet": N_("Outlet"),
}
_SERIES = tuple(palette.colour(f"series-{number}") for number in range(1, MOST_COLOURED + 1))
_OTHERS, _SEVERAL = palette.colour("grey"), palette.colour("ink-soft")
# What is not known is pale with an outline: never a colour that could be taken for a value.
_UNKNOWN = palette.colour("line-light")
_VERIFICATIONS: Mapping[Verification, str] = {
    Verification.PLAUSIBLE: palette.colour("series-3"),
    Verification.LOCATED: palette.colour("series-5"),
    Verification.CONFIRMED: palette.colour("series-1"),
    Verification.REFUTED: palette.colour("series-2"),
    Verification.LAPSED: palette.colour("series-4"),
    Verification.UNVERIFIED: _UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Shade:
    """One colour of the legend and its meaning; `id` is the value of the column.

    `outlined` is a colour so pale that it needs an outline: what is not known.
    """

    id: str
    label: str
    colour: str
    outlined: bool = False


def legend_of(colouring: Colouring, names: Names, others: int = 0) -> tuple[Shade, ...]:
    """The legend of a colouring; `others` is the number of values without a colour of their own."""
    if not colouring.limited:
        return shades(colouring.column, names.datasets)
    field = LIMITED[colouring.column].field
    rows = [
        Shade(value, facet_label(names, field, value)[0], hexadecimal)
        for value, hexadecimal in zip(colouring.first, _SERIES, strict=False)
    ]
    if others:
        rows.append(
            Shade(OTHERS, plural("Others ({n} value)", "Others ({n} values)", others), _OTHERS)
        )
    if colouring.column in SEVERAL_VALUES:
        rows.append(Shade(SEVERAL, _("Several at one event"), _SEVERAL))
        rows.append(Shade(NONE, _("Not known"), _UNKNOWN, outlined=True))
    return tuple(rows)


def shades(column: str, datasets: Mapping[str, str]) -> tuple[Shade, ...]:
    """The legend for a column, in the reader's language; `datasets` are names by id."""
    if column == "dataset":
        return tuple(
            Shade(key, dataset_label(name, key), _DATASETS[min(at, len(_DATASETS) - 1)])
            for at, (key, name) in enumerate(datasets.items())
        )
    if column == "attestation":
        return tuple(
            Shade(kind.value, label(kind), palette.ATTESTATIONS[kind]) for kind in Attestation
        )
    if column == "verification":
        return tuple(
            Shade(state.value, label(state), hexadecimal, outlined=hexadecimal == _UNKNOWN)
            for state, hexadecimal in _VERIFICATIONS.items()
        )
    return tuple(Shade(group.value, label(group), palette.GROUPS[group]) for group in EventGroup)
