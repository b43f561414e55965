"""The legend of marks by colour: groups of kinds, attestation, or datasets.

Datasets take the remaining Okabe-Ito hues and then greys; source: Okabe and Ito, "Color Universal
Design" (2008).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.language.labels import label
from dashboard.language.messages import N_
from dashboard.legend import palette
from dashboard.model.event import Attestation, EventGroup
from dashboard.query.names import dataset_label

_DATASETS = tuple(palette.colour(f"dataset-{number}") for number in range(1, 9))
# The columns by which marks may be coloured, as messages.
COLOUR_LABELS: Mapping[str, str] = {
    "group": N_("Kind of event"),
    "attestation": N_("Attestation"),
    "dataset": N_("Dataset"),
}


@dataclass(frozen=True, slots=True)
class Shade:
    """One colour of the legend and its meaning; `id` is the value of the column."""

    id: str
    label: str
    colour: str


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
    return tuple(Shade(group.value, label(group), palette.GROUPS[group]) for group in EventGroup)
