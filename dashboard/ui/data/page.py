"""The Data page: the imported datasets, and importing another."""

import streamlit as st

from dashboard.browser.lapsed import lapsed_html
from dashboard.browser.resting import resting_html
from dashboard.language.messages import _
from dashboard.model.errors import DataError
from dashboard.project.lapsed import lapsed_of
from dashboard.project.project import Loaded
from dashboard.settings import read_settings
from dashboard.ui import project, shell
from dashboard.ui.components.faults import show_data_error
from dashboard.ui.components.seen_by import restrictions_list
from dashboard.ui.data.basemap_panel import basemap_panel
from dashboard.ui.data.dataset_card import dataset_card
from dashboard.ui.data.import_panel import import_panel
from dashboard.ui.data.layer_panel import layer_panel


@shell.page_of
def page(loaded: Loaded) -> None:
    """Show the datasets on the left and the import on the right."""
    try:
        # The curated events are listed once the engine has opened them.
        catalog = project.catalog(loaded)
    except DataError as error:
        show_data_error(error)
        return
    library = project.project().library
    left, right = st.columns([6, 7], gap="medium")
    with left:
        shell.heading(_("Datasets"))
        for card in library.cards():
            dataset_card(loaded, library, card)
        restrictions_list(loaded)
        if resting := resting_html(catalog.verified.resting):
            shell.heading(_("Verifications without their events"), 3)
            st.html(resting)
        if lapsed := lapsed_html(lapsed_of(catalog)):
            shell.heading(_("Verifications that lapsed"), 3)
            st.html(lapsed)
        basemap_panel(read_settings())
        layer_panel(read_settings())
    with right:
        shell.heading(_("Import a table"))
        import_panel(loaded, library, read_settings())
