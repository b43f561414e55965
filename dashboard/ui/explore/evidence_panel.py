"""The evidence for the selected event: its header, its claims, and the row that it was imported from."""

import streamlit as st

from dashboard.browser.captures import proofs_html
from dashboard.browser.event_header import event_header_html
from dashboard.browser.evidence import claims_html
from dashboard.browser.relations import relations_html
from dashboard.browser.source_columns import source_columns_html
from dashboard.language.messages import _
from dashboard.model.event_tables import CURATED
from dashboard.project.catalog import Catalog
from dashboard.project.project import Loaded
from dashboard.query import pages
from dashboard.query.query import Query
from dashboard.ui import shell
from dashboard.ui.explore.linked_events import imported_relations, linked_events


def evidence_panel(loaded: Loaded, catalog: Catalog, query: Query) -> None:
    """Show the evidence, or what to select first."""
    if query.event_id is None:
        message = _(
            "Choose an event in the list, or a mark on the map, to see what each article "
            "says about it."
        )
        st.text(message)
        return
    numbers = catalog.engine.ask(pages.numbers_of, (query.event_id,))
    selected = catalog.loader.load(numbers.head(1))
    (event,) = selected.events
    attestation = selected.attestation(event.event_id)
    st.html(event_header_html(selected.corpus, event, attestation))
    proofs = {}
    if selected.datasets[event.event_id] == CURATED:
        claims = selected.corpus.events.claims
        proofs = proofs_html(loaded.corpus, loaded.proof, claims, loaded.workspace.captures.state)
        if relations := relations_html(loaded.corpus, event.event_id):
            st.html(relations)
        _curated_links(loaded, event.event_id)
    else:
        dataset = selected.datasets[event.event_id]
        imported_relations(selected.corpus, catalog, event.event_id, dataset)
        with st.container(key="evidence_links", horizontal=True):
            shell.link_to("review", _("Verify"), {"event": event.event_id})
    linked_events(loaded.corpus, catalog, event.event_id)
    st.html(claims_html(selected.corpus, event, loaded.readings, proofs))
    if table := source_columns_html(event):
        st.html(table)


def _curated_links(loaded: Loaded, event_id: str) -> None:
    suggestion_id = loaded.pending.get(event_id)
    with st.container(key="evidence_links", horizontal=True):
        shell.link_to("compare", _("Compare the accounts"), {"event": event_id})
        if suggestion_id:
            params = {"suggestion": suggestion_id}
            shell.link_to("review", _("Review this suggestion"), params)
        else:
            shell.link_to("review", _("Edit this event, see its changes"), {"event": event_id})
