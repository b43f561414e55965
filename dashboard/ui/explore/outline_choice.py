"""Below the filter by place: what a chosen place has, and its outline as an area, if one is known."""

from functools import partial

import streamlit as st

from dashboard.language.messages import _
from dashboard.project.catalog import Catalog
from dashboard.query.names import facet_label
from dashboard.query.query import Query
from dashboard.text.escape import escape_markdown
from dashboard.ui.explore.area_filter import add
from dashboard.ui.state import explore_query


def outline_choice(catalog: Catalog, query: Query) -> None:
    """Say that the chosen places have the events of the places inside them, and offer their outlines."""
    outlines = catalog.vocabulary["outlines"]
    known = [key for key in query.places if key in outlines]
    if known:
        st.caption(_("A place has the events at all places listed inside it, or in its outline."))
    else:
        st.caption(
            _(
                "A place has the events at all places listed inside it; its outline is not known here."
            )
        )
    for key in known:
        name = escape_markdown(facet_label(catalog.names, "places", key)[0])
        st.button(
            _("Use the outline of {place}").format(place=name),
            key=f"outline_{key}",
            help=_("Events whose point is in it, whatever list of places they are of."),
            on_click=partial(_use_outline, catalog, key),
            width="stretch",
        )


def _use_outline(catalog: Catalog, place_id: str) -> None:
    if add(f"outline:{place_id}", catalog):
        explore_query.choose("places", place_id, selected=False)
