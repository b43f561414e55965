"""Add and remove lists, unless an event would lose its place."""

from collections.abc import Collection

from dashboard.model.corpus import Corpus
from dashboard.model.errors import DashboardError
from dashboard.model.listed_places import ListedPlaces
from dashboard.place_lists.report import AddReport
from dashboard.store.place_lists import PlaceLists

# Places that a message names.
_MOST_NAMED = 5


class UsedPlacesError(DashboardError):
    """Events are at places of the list, which would be without a place."""


def save_list(lists: PlaceLists, report: AddReport, corpus: Corpus) -> None:
    """Add a list, or replace the one of the same id; raises UsedPlacesError or OSError."""
    if report.replaced is not None:
        remaining = frozenset(report.listed.key)
        _check_unused(lists, report.replaced.list_id, corpus, remaining)
    lists.save(report.listed)


def remove_list(lists: PlaceLists, list_id: str, corpus: Corpus) -> None:
    """Remove a list; raises UsedPlacesError or NoListError."""
    _check_unused(lists, list_id, corpus, frozenset())
    lists.remove(list_id)


def _check_unused(
    lists: PlaceLists, list_id: str, corpus: Corpus, remaining: Collection[str]
) -> None:
    places = corpus.gazetteer.places
    if not isinstance(places, ListedPlaces):
        return
    used = {row.place_id for row in corpus.events.places if places.is_listed(row.place_id)}
    keys = {key for each in lists.read()[0] if each.card.list_id == list_id for key in each.key}
    lost = sorted((used & keys).difference(remaining))
    if lost:
        named = ", ".join(places[key].name_en for key in lost[:_MOST_NAMED])
        raise UsedPlacesError(
            f"{list_id}: expected a list without places of events, found {len(lost):,}: {named}"
        )
