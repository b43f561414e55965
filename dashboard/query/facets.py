"""The filters with values to choose from, one row each: link key, table and column, label.

Link, conditions, counts and description are all derived from these rows.
"""

from dataclasses import dataclass
from typing import Literal

from dashboard.language.messages import N_

TableName = Literal["events", "event_actors", "claims", "containment"]


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter: `field` names it in Query, `key` in the link; `label` is a message.

    `first` is the column that marks an event's first row with a value; "" if an event has one row.
    """

    field: str
    key: str
    table: TableName
    column: str
    label: str
    first: str = ""

    @property
    def shared(self) -> bool:
        """Whether `events` and `event_places` both have the column."""
        return self.column in SHARED


FACETS = (
    Facet("attestations", "attestation", "events", "attestation", N_("Attestation")),
    Facet(
        "verifications", "verification", "events", "verification", N_("Verification of the event")
    ),
    Facet(
        "place_verifications",
        "place_verification",
        "events",
        "place_verification",
        N_("Verification of the place"),
    ),
    Facet("kinds", "kind", "events", "kind", N_("Kind of event")),
    Facet("datasets", "dataset", "events", "dataset", N_("Dataset")),
    Facet("actors", "actor", "event_actors", "actor", N_("Actor"), "first_actor"),
    Facet("roles", "role", "event_actors", "role", N_("Role of the actor"), "first_role"),
    Facet("outlets", "outlet", "claims", "outlet", N_("Outlet"), "first_outlet"),
    Facet("speakers", "speaker", "claims", "speaker", N_("Speaker cited"), "first_speaker"),
    Facet("places", "place", "containment", "place", N_("Place")),
)
# Columns that both `events` and `event_places` have.
SHARED = frozenset({"attestation", "kind", "dataset", "verification", "place_verification"})
# The filters by how far an event or its place was verified: any state may be in a link.
VERIFICATIONS = frozenset({"verifications", "place_verifications"})
