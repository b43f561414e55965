"""Verifying an event of an imported dataset: its evidence, the form, and its changes."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard.browser.event_header import event_header_html
from dashboard.browser.evidence import claims_html
from dashboard.engine.verified import imported_events
from dashboard.language.messages import _
from dashboard.language.names import title_of
from dashboard.language.words import isolate
from dashboard.model.errors import DataError
from dashboard.model.verification import ImportedEvent
from dashboard.project.project import Loaded
from dashboard.query import pages
from dashboard.review.claims import Opened
from dashboard.review.history import imported_entries
from dashboard.store.merge import event_record
from dashboard.text.escape import escape
from dashboard.ui import project, shell
from dashboard.ui.actions import act
from dashboard.ui.components.faults import show_data_error
from dashboard.ui.components.form_draft import DraftedForm, drafted, forget_draft
from dashboard.ui.review.history_panel import history_panel
from dashboard.ui.review.verification_form import verification_form
from dashboard.ui.state.drawn_forms import form_key

_KEY = "imported_work"


def imported_panel(loaded: Loaded, event_id: str) -> bool:
    """Show the form for an event of an imported dataset. Returns whether it is one that is shown.

    If the engine does not answer, it is said instead.
    """
    try:
        catalog = project.catalog(loaded)
    except DataError as error:
        show_data_error(error)
        return True
    imported = imported_events(catalog.engine, [event_id]).get(event_id)
    if imported is None:
        return False
    keys = catalog.engine.ask(pages.numbers_of, (event_id,))
    corpus = catalog.loader.load(keys[keys["event"] == imported.number]).corpus
    # The same workspace, with the corpus of this event.
    _panel(replace(loaded, corpus=corpus), event_id, imported)
    return True


def _panel(loaded: Loaded, event_id: str, imported: ImportedEvent) -> None:
    record = event_record(loaded.corpus, event_id)
    if record is None:
        raise KeyError(event_id)
    title = f"<bdi>{escape(title_of(record.event))}</bdi>"
    shell.heading(_("Verify: {title}").format(title=title))
    attestation = loaded.corpus.attestations()[event_id]
    st.html(event_header_html(loaded.corpus, record.event, attestation))
    shell.link_to("explore", _("Back to the map"), {"event": event_id, "tab": "evidence"})
    opened = Opened(record, 0)
    with st.container(border=True, key="imported_fields"), drafted(_form(opened)):
        verification_form(
            loaded, opened, partial(_finish, loaded), key=form_key(_KEY), imported=imported
        )
    shell.heading(_("Claims"), 3)
    st.html(claims_html(loaded.corpus, record.event, loaded.readings, {}))
    shell.heading(_("Changes to this event"), 3)
    history_panel(loaded, event_id, imported_entries(loaded.workspace, imported.dataset, event_id))


def _form(opened: Opened) -> DraftedForm:
    event = opened.record.event
    title = _("Verify: {title}").format(title=isolate(title_of(event)))
    link = {"page": "review", "event": event.event_id}
    return DraftedForm(f"verify:{event.event_id}", _KEY, "_part", title, link)


def _finish(loaded: Loaded, what: str, opened: Opened, action: Callable[[], object]) -> None:
    title = title_of(opened.record.event)
    if act(loaded, what.format(title=isolate(title)), action):
        forget_draft(_form(opened))
    st.rerun()
