"""The events of a saved view that came into the workspace after an entry of the log.

They are those that analysts made or accepted, and where the view shows unreviewed events, suggestions.
Rows of imported tables are none: the log does not say when each came.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from dashboard.model.event import Event
from dashboard.model.records import Table
from dashboard.model.saved_view import SavedView
from dashboard.project.catalog import Catalog
from dashboard.project.project import Project
from dashboard.query.link import from_params, to_params
from dashboard.query.pages import listed_among
from dashboard.query.query import Query

# Events that are named; of more only the number is said.
MOST_NAMED = 50
_AT_ONCE = 512


@dataclass(frozen=True, slots=True)
class NewEvents:
    """How many events are new, the newest of them by id, and the parameters of the links to them.

    `version` is the last entry of the log that was looked at.
    """

    count: int
    events: Mapping[str, Event]
    links: Mapping[str, Mapping[str, list[str]]]
    version: int


def new_events(project: Project, view: SavedView, since: int) -> NewEvents:
    """The new events of a view, as the present viewer sees them. Raises DataError, WorkspaceError.

    A value of the view that is no longer there filters nothing, as when the view is opened.
    """
    params = {key: list(values) for key, values in view.link.items()}
    unreviewed = params.get("unreviewed") == ["shown"]
    version = project.workspace.version()
    created = project.workspace.created(Table.EVENT, since, version)
    suggested = project.workspace.created(Table.SUGGESTION, since, version) if unreviewed else []
    loaded = project.load(unreviewed=unreviewed) if created or suggested else None
    if loaded is not None and suggested:
        new = frozenset(suggested)
        created += [event_id for event_id, key in loaded.pending.items() if key in new]
    if loaded is None or not created:
        return NewEvents(0, {}, {}, version)
    catalog = project.catalog(loaded)
    query, _notices = from_params(params, catalog.vocabulary)
    keys = catalog.answers.get(
        ("new", catalog.only_selection(query), since, version),
        lambda: _listed(catalog, query, created),
    )
    named = catalog.loader.load(keys.head(MOST_NAMED), claims=False)
    links = {
        event.event_id: to_params(replace(query, event_id=event.event_id, tab="evidence"))
        for event in named.events
    }
    return NewEvents(len(keys), named.corpus.events.events, links, version)


def _listed(catalog: Catalog, query: Query, created: Sequence[str]) -> pd.DataFrame:
    """The keys of those of the events that the view lists, the last created one first."""
    listed = catalog.only_selection(query)
    parts = []
    for at in range(0, len(created), _AT_ONCE):
        part = created[at : at + _AT_ONCE]
        # Each number of values is a statement of its own, which is made once.
        filled = (*part, *[part[-1]] * (2 ** (len(part) - 1).bit_length() - len(part)))
        parts.append(catalog.engine.ask(listed_among, listed, filled))
    keys = pd.concat(parts, ignore_index=True)
    order = {event_id: at for at, event_id in enumerate(created)}
    return keys.sort_values("event_id", key=lambda ids: -ids.map(order), ignore_index=True)
