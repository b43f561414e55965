"""The filters with values to choose from, one row each: link key, table and column, label.

A row drives the link, the selection, the counts and the sentence alike.
"""

from dataclasses import dataclass
from typing import Literal

TableName = Literal["events", "event_actors", "claims", "containment"]


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter: `field` names it in Query, `key` in the link."""

    field: str
    key: str
    table: TableName
    column: str
    label: str


FACETS = (
    Facet("attestations", "attestation", "events", "attestation", "Attestation"),
    Facet("kinds", "kind", "events", "kind", "Kind of event"),
    Facet("actors", "actor", "event_actors", "actor", "Actor"),
    Facet("roles", "role", "event_actors", "role", "Role of the actor"),
    Facet("outlets", "outlet", "claims", "outlet", "Outlet"),
    Facet("speakers", "speaker", "claims", "speaker", "Speaker cited"),
    Facet("places", "place", "containment", "place", "Place"),
)
