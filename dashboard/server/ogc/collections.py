"""The collections: all events, their places, their claims, and the events of each dataset."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.datasets.event_map.layouts import Layout
from dashboard.language.dataset_terms import not_to_be_shared
from dashboard.model.event_tables import CURATED
from dashboard.project.catalog import Catalog
from dashboard.query.query import Query
from dashboard.server.parameters import RequestError

_OF_DATASET = "dataset."


@dataclass(frozen=True, slots=True)
class Collection:
    """One layer; `layout` says what a feature is, `datasets` whose events it has ("" for all)."""

    id: str
    title: str
    description: str
    layout: Layout
    dataset: str = ""


@dataclass(frozen=True, slots=True)
class Access:
    """The datasets that are answered, and the names of those left out because of their terms."""

    datasets: tuple[str, ...]
    left_out: tuple[str, ...]

    def restrict(self, query: Query, collection: Collection) -> Query:
        """The query for events of the collection that may be answered. Raises RequestError."""
        wanted = (collection.dataset,) if collection.dataset else query.datasets
        if collection.dataset and query.datasets:
            raise RequestError("dataset: this collection has one dataset already")
        if forbidden := sorted(set(wanted) - set(self.datasets)):
            raise RequestError(
                f"the terms of {', '.join(forbidden)} do not allow rows to be shared"
            )
        if wanted or not self.left_out:
            return replace(query, datasets=wanted)
        return replace(query, datasets=self.datasets)


def access(catalog: Catalog, *, shared: bool) -> Access:
    """Which datasets are answered; those whose rows may not be shared only on this machine.

    `shared` is whether other machines may reach the server.
    """
    forbidden = not_to_be_shared(catalog.terms(catalog.datasets)) if shared else ()
    ids = {terms.dataset_id for terms in forbidden}
    allowed = tuple(key for key in catalog.datasets if key not in ids)
    return Access(allowed, tuple(terms.name for terms in forbidden))


def collections(catalog: Catalog, allowed: Access) -> Mapping[str, Collection]:
    """All collections by id."""
    note = ""
    if allowed.left_out:
        names = ", ".join(allowed.left_out)
        note = f" Left out, because their terms do not allow rows to be shared: {names}."
    made: Sequence[Collection] = (
        Collection(
            "events", "Events", f"One point per event: its best known place.{note}", Layout.EVENT
        ),
        Collection("places", "Places", f"One point per place of an event.{note}", Layout.PLACE),
        Collection(
            "claims",
            "Claims",
            f"One feature per claim, with its sentence and source, at the event's place.{note}",
            Layout.CLAIM,
        ),
        *(
            Collection(
                f"{_OF_DATASET}{key}",
                "Curated events" if key == CURATED else catalog.datasets[key].name,
                "The events of one dataset.",
                Layout.EVENT,
                key,
            )
            for key in allowed.datasets
        ),
    )
    return {each.id: each for each in made}
