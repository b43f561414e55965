"""The events that an event is linked with, beside its evidence: of other datasets, or of its file."""

import streamlit as st

from dashboard.browser.event_links import linked_events_html, related_events_html
from dashboard.datasets.event_map.judged_columns import related_in
from dashboard.language.labels import label
from dashboard.language.names import title_of
from dashboard.model.corpus import Corpus
from dashboard.project.catalog import Catalog
from dashboard.project.cross_pairs import events_by_id
from dashboard.query.names import dataset_label


def linked_events(corpus: Corpus, catalog: Catalog, event_id: str) -> None:
    """Show which other datasets report the same happening, "also reported by ACLED …"."""
    others = [ref for link in corpus.links if (ref := link.other(event_id)) is not None]
    if not others:
        return
    titles = _titles(catalog, {ref.event_id for ref in others})
    names = catalog.names.datasets
    rows = [
        (
            dataset_label(names.get(ref.dataset, ref.dataset), ref.dataset),
            ref.event_id,
            titles.get(ref.event_id),
        )
        for ref in others
    ]
    st.html(linked_events_html(rows))


def imported_relations(corpus: Corpus, catalog: Catalog, event_id: str, dataset: str) -> None:
    """Show the relations that came with an imported event; the other event may not be here.

    A file of any size has them as the text of a column.

    An event whose id was taken got the dataset before it: the other one of the file is looked for so
    first.
    """
    event = corpus.events.events[event_id]
    cell = dict(event.source_columns).get("relations", "")
    rows = [row for row in corpus.relations if row.event_id == event_id]
    rows += related_in(event_id, cell)
    if not rows:
        return
    renamed = {row.related_id: f"{dataset}:{row.related_id}" for row in rows}
    titles = _titles(catalog, {*renamed, *renamed.values()})
    shown = []
    for row in rows:
        own = renamed[row.related_id]
        key = own if own in titles else row.related_id
        shown.append((label(row.kind), key, titles.get(key)))
    st.html(related_events_html(shown))


def _titles(catalog: Catalog, event_ids: set[str]) -> dict[str, str]:
    """The titles of those of the events that are shown, by id."""
    events = events_by_id(catalog, event_ids).corpus.events.events
    return {key: title_of(event) or key for key, event in events.items()}
