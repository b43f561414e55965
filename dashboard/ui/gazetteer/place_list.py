"""The places of the gazetteer as a searchable list."""

import streamlit as st

from dashboard.language.labels import label
from dashboard.language.messages import _, plural
from dashboard.language.names import both_names
from dashboard.language.numbers import number
from dashboard.language.words import comma
from dashboard.project.project import Loaded
from dashboard.ui.components.workspace_fault import literal
from dashboard.ui.state.session import SessionValue

CHOSEN = SessionValue("place_chosen", "")
_MOST = 100


def place_list(loaded: Loaded) -> None:
    """Show a search field and the places that it finds; a clicked one is stored in `CHOSEN`."""
    words = st.text_input(
        _("Find places"), key="find_places", placeholder=_("Any name, any language")
    )
    places = loaded.corpus.gazetteer.places
    search = loaded.place_search
    matches, number_found = search.find(words, _MOST)
    second = search.second_tier
    total = plural("{n} place", "{n} places", len(places))
    shown = _("{shown} of {places}").format(shown=number(number_found), places=total)
    tier = plural("{n} of them in the second tier", "{n} of them in the second tier", second)
    st.caption(comma([shown, tier]) if second else shown)
    for place in matches:
        st.button(
            f"{literal(both_names(place))} · {literal(label(place.feature_class))}",
            key=f"open_{place.place_id}",
            type="primary" if CHOSEN.get() == place.place_id else "secondary",
            width="stretch",
            on_click=lambda key=place.place_id: CHOSEN.set(key),
        )
