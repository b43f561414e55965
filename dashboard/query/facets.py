"""The filters with values to choose from, one row each: link key, table and column, label.

A row drives the link, the selection, the counts and the sentence alike.
"""

from dataclasses import dataclass
from typing import Literal

from dashboard.language.messages import N_

TableName = Literal["events", "event_actors", "claims", "containment"]


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter: `field` names it in Query, `key` in the link; `label` is a message."""

    field: str
    key: str
    table: TableName
    column: str
    label: str


FACETS = (
    Facet("attestations", "attestation", "events", "attestation", N_("Attestation")),
    Facet("kinds", "kind", "events", "kind", N_("Kind of event")),
    Facet("actors", "actor", "event_actors", "actor", N_("Actor")),
    Facet("roles", "role", "event_actors", "role", N_("Role of the actor")),
    Facet("outlets", "outlet", "claims", "outlet", N_("Outlet")),
    Facet("speakers", "speaker", "claims", "speaker", N_("Speaker cited")),
    Facet("places", "place", "containment", "place", N_("Place")),
)
